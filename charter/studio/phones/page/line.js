// The line to the room. It falls and comes back by itself; what was given meanwhile isn't lost.
//
// One thing is sent at a time, and the next one once it was answered, so that all arrive in the
// order in which they were done. Each has a name: sent twice, it counts once.

// The server waits for a busy disk for ten seconds.
const ANSWERED_WITHIN = 15_000;
const SIGN_EVERY = 15_000;
const SHORTEST_PAUSE = 400;
const LONGEST_PAUSE = 8_000;
const SENT_AGAIN_AFTER = { "too-fast": 1_000, "cannot-keep": 3_000 };

export class Line {
  #socket = null;
  #hello = null;
  #isIn = false;
  #pause = SHORTEST_PAUSE;
  #timers = { again: 0, answer: 0, sign: 0, held: 0 };
  #sent = null;

  /**
   * @param outbox What isn't saved yet: `first()`, `sending(entry)`, `done(entry)`.
   * @param heard Called with each message that isn't about the line itself.
   * @param changed Called when the line fell or came back.
   */
  constructor({ outbox, heard, changed }) {
    this.outbox = outbox;
    this.heard = heard;
    this.changed = changed;
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#fall());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#hurry();
    });
  }

  get isUp() {
    return this.#isIn;
  }

  /** Come in with a message that says who one is, now and whenever the line comes back. */
  open(hello) {
    this.close();
    this.#hello = hello;
    this.#pause = SHORTEST_PAUSE;
    this.#connect();
  }

  close() {
    this.#hello = null;
    this.#fall();
    clearTimeout(this.#timers.again);
  }

  leave() {
    this.#tell({ type: "leave" });
    this.close();
  }

  /** Have the room speak another language, now and when the line comes back. */
  speak(language) {
    if (this.#hello) this.#hello.language = language;
    if (this.#isIn) this.#tell({ type: "language", language });
  }

  /** Send what isn't saved yet, if the line is up and nothing is on its way. */
  send() {
    if (!this.#isIn || this.#sent || this.#timers.held) return;
    const entry = this.outbox.first();
    if (!entry) return;
    this.#sent = entry;
    this.outbox.sending(entry);
    const { isSent, ...message } = entry;
    this.#tell(message);
    this.#expectAnswer();
  }

  #connect() {
    clearTimeout(this.#timers.again);
    const address = new URL("room", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.hash = "";
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#tell(this.#hello));
    socket.addEventListener("message", (event) => {
      if (socket === this.#socket) this.#hear(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => {
      if (socket === this.#socket) this.#fall();
    });
    this.#expectAnswer();
  }

  #expectAnswer() {
    clearTimeout(this.#timers.answer);
    this.#timers.answer = setTimeout(() => this.#fall(), ANSWERED_WITHIN);
  }

  #tell(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(message) {
    clearTimeout(this.#timers.answer);
    clearTimeout(this.#timers.sign);
    this.#timers.sign = setTimeout(() => {
      this.#tell({ type: "here" });
      this.#expectAnswer();
    }, SIGN_EVERY);
    if (message.type === "joined") {
      this.#isIn = true;
      this.#pause = SHORTEST_PAUSE;
      // From now on it is who one is that brings one back.
      this.#hello = { type: "return", token: message.token, language: this.#hello.language };
      this.heard(message);
      this.changed();
      this.send();
      return;
    }
    const entry = this.#sent;
    const isAboutIt = entry && message.name === entry.name;
    if (!isAboutIt) {
      if (entry) this.#expectAnswer();
      this.heard(message);
      return;
    }
    this.#sent = null;
    const pause = message.type === "refused" ? SENT_AGAIN_AFTER[message.reason] : undefined;
    if (pause) {
      this.#timers.held = setTimeout(() => {
        this.#timers.held = 0;
        this.send();
      }, pause);
    } else {
      this.outbox.done(entry);
    }
    this.heard(message, entry);
    this.send();
  }

  #fall() {
    const { again, ...timers } = this.#timers;
    Object.values(timers).forEach(clearTimeout);
    this.#timers = { again, answer: 0, sign: 0, held: 0 };
    this.#sent = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const wasIn = this.#isIn;
    this.#isIn = false;
    if (wasIn || socket) this.changed();
    if (!this.#hello) return;
    clearTimeout(this.#timers.again);
    // Not all at the same moment, when a whole room comes back.
    const pause = this.#pause * (0.5 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#timers.again = setTimeout(() => this.#connect(), pause);
  }

  #hurry() {
    if (!this.#hello) return;
    if (this.#isIn) {
      this.#tell({ type: "here" });
      this.#expectAnswer();
    } else if (this.#socket?.readyState !== WebSocket.CONNECTING) {
      this.#pause = SHORTEST_PAUSE;
      this.#connect();
    }
  }
}

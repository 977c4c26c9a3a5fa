// One's own answers: as the room knows them, and what was done on this phone since.

import { newName, remember, remembered } from "./memory.js";

export class Answers {
  #known = new Map();
  #outbox = [];
  #code = "";
  round = null;

  /** Take up what isn't saved yet of the workshop of a code. */
  belongTo(code) {
    this.#code = code;
    this.#outbox = remembered(code)?.outbox ?? [];
    this.#known = new Map();
    this.round = null;
  }

  /** Learn what the room knows; return the key of what is otherwise than before, if one is. */
  learn(round, mine) {
    const isSame = this.round === round;
    const before = this.#known;
    this.round = round;
    this.#known = new Map(mine.map(({ key, says }) => [key, says]));
    if (!isSame) return null;
    const keys = new Set([...before.keys(), ...this.#known.keys()]);
    const other = (key) => JSON.stringify(before.get(key)) !== JSON.stringify(this.#known.get(key));
    return [...keys].find(other) ?? null;
  }

  /** Return what one answers now, by card, what isn't saved yet included. */
  get now() {
    const now = new Map(this.#known);
    for (const entry of this.#outbox) {
      if (entry.round === this.round && entry.type === "answer") now.set(entry.key, entry.says);
    }
    return now;
  }

  of(key) {
    return this.now.get(key);
  }

  isSaved(key) {
    return this.#known.has(key) && !this.#outbox.some((entry) => entry.key === key);
  }

  /** Whether an entry is still to be sent. */
  isWaiting(entry) {
    return this.#outbox.includes(entry);
  }

  get areAllSaved() {
    return this.#outbox.length === 0;
  }

  get canUndo() {
    return this.now.size > 0 && !this.#outbox.some((entry) => entry.type === "undo");
  }

  give(key, says) {
    const last = this.#outbox.at(-1);
    const isSaidOtherwise = isUnheard(last) && last.key === key && last.round === this.round;
    if (isSaidOtherwise) last.says = says;
    else this.#add({ type: "answer", key, says });
    this.#keep();
  }

  /** Take the last answer back; return its card where the room hadn't heard of it. */
  undo() {
    const last = this.#outbox.at(-1);
    if (isUnheard(last) && last.round === this.round) {
      this.#outbox.pop();
      this.#keep();
      return last.key;
    }
    this.#add({ type: "undo" });
    this.#keep();
    return null;
  }

  first() {
    return this.#outbox[0];
  }

  /** An entry goes out: from now on the room may have it, though it didn't say so yet. */
  sending(entry) {
    entry.isSent = true;
    this.#keep();
  }

  /** An entry was answered: saved, or refused for good. */
  done(entry) {
    this.#outbox = this.#outbox.filter((each) => each !== entry);
    this.#keep();
  }

  /** Learn that an answer is saved. */
  saved(entry) {
    if (entry.type === "answer" && entry.round === this.round) this.#known.set(entry.key, entry.says);
  }

  #add(entry) {
    this.#outbox.push({ name: newName(), round: this.round, ...entry });
  }

  #keep() {
    remember(this.#code, { outbox: this.#outbox });
  }
}

/** Whether an entry is an answer that can still be said otherwise under the same name. */
function isUnheard(entry) {
  return entry?.type === "answer" && !entry.isSent;
}

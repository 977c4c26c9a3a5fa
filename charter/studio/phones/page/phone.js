// The page of a participant: who one is, what the room says, what one does, and what is seen of it.

import { Answers } from "./answers.js";
import { asking, Walk, ways } from "./asking.js";
import { KINDS, takeUpAgain } from "./kinds.js";
import { Line } from "./line.js";
import { made } from "./made.js";
import {
  chosenLanguage,
  forget,
  lastCode,
  plainCode,
  remember,
  rememberLanguage,
  remembered,
} from "./memory.js";
import { joining, ownAnswers, revealed, standing } from "./screens.js";
import { language, languages, learnWords, say, speakIn } from "./words.js";

const QUIET_FOR = 1_500;
/** Refusals after which one isn't in the workshop any more. */
const OUT = ["not-in-the-room", "no-workshop"];

const page = Object.fromEntries(
  ["title", "who", "languages", "where", "clock", "offline", "main", "told", "ways"].map((id) => [
    id,
    document.getElementById(id),
  ]),
);
const answers = new Answers();
const line = new Line({ outbox: answers, heard, changed: lineChanged });

let code = "";
let nickname = "";
let isIn = false;
let isGoing = false;
let refused = "";
let state = null;
let walk = new Walk();
let isUndoing = false;
let endsAt = 0;
let notice = null;
let offlineTimer = 0;

// Who one is.

function begin() {
  const opened = plainCode(location.hash);
  if (opened && opened === code && isIn) return;
  code = opened || lastCode();
  const known = remembered(code);
  nickname = known?.nickname ?? "";
  isIn = Boolean(known?.token);
  isGoing = false;
  refused = "";
  learnNothing();
  if (isIn) line.open({ type: "return", token: known.token, language: language() });
  else line.close();
  show();
}

function join(typed, chosen) {
  code = typed;
  nickname = chosen;
  isGoing = true;
  refused = "";
  learnNothing();
  line.open({ type: "join", code, nickname, language: language() });
  refresh();
}

function joined(message) {
  const isNew = remembered(code)?.token !== message.token;
  nickname = message.nickname;
  isIn = true;
  isGoing = false;
  remember(code, { token: message.token, nickname, ...(isNew && { outbox: [] }) });
  if (isNew) answers.belongTo(code);
  // A reload comes back here, and the address may be given to somebody beside one.
  history.replaceState(null, "", `#${code}`);
}

/** One isn't in the workshop: not yet, or not any more. */
function out(sentence) {
  line.close();
  if (isIn) forget(code);
  isIn = false;
  isGoing = false;
  refused = sentence;
  learnNothing();
  show();
}

function leave() {
  if (!confirm(say("leave.sure"))) return;
  line.leave();
  forget(code);
  history.replaceState(null, "", location.pathname);
  code = "";
  isIn = false;
  learnNothing();
  show();
}

function learnNothing() {
  state = null;
  walk = new Walk();
  notice = null;
  isUndoing = false;
  answers.belongTo(code);
}

// What the room says.

function heard(message, entry) {
  if (message.type === "joined") {
    joined(message);
    show();
  } else if (message.type === "state") {
    learn(message);
  } else if (message.type === "kept" && entry) {
    answers.saved(entry);
    notice = entry.type === "undo" ? { text: say("undone") } : null;
    refresh();
  } else if (message.type === "refused") {
    hearRefusal(message, entry);
  }
}

function hearRefusal({ reason, sentence }, entry) {
  if (OUT.includes(reason) || !isIn) {
    out(sentence);
    return;
  }
  if (!entry) return;
  notice = { text: sentence, isGrave: true };
  if (answers.isWaiting(entry)) {
    refresh();
    return;
  }
  if (entry.type === "undo") isUndoing = false;
  else takeUpAgain(state?.round, entry);
  show({ isForced: true });
}

function learn(message) {
  const { round } = message;
  if (round?.id !== state?.round?.id) {
    walk = new Walk();
    isUndoing = false;
    notice = null;
  }
  state = message;
  endsAt = round ? performance.now() + round.remaining * 1000 : 0;
  const otherwise = answers.learn(round?.id ?? null, message.mine);
  if (otherwise !== null && isUndoing) walk.goTo(round, otherwise);
  isUndoing = false;
  show({ isForced: otherwise !== null });
}

function lineChanged() {
  clearTimeout(offlineTimer);
  if (line.isUp || !(isIn || isGoing)) {
    page.offline.textContent = "";
  } else if (!page.offline.textContent) {
    // A line that is back at once is no news.
    offlineTimer = setTimeout(() => {
      page.offline.textContent = say("offline");
    }, QUIET_FOR);
  }
  refresh();
}

// What one does.

function give(key, says) {
  notice = null;
  answers.give(key, says);
  line.send();
  refresh();
}

function undo() {
  if (!answers.canUndo) return;
  const key = answers.undo();
  isUndoing = key === null;
  if (key !== null) {
    walk.goTo(state.round, key);
    notice = { text: say("undone") };
  }
  line.send();
  show({ isForced: key !== null });
}

function tell(sentence) {
  notice = { text: sentence };
  refresh();
}

function speak(chosen) {
  speakIn(chosen);
  rememberLanguage(chosen);
  line.speak(chosen);
  refused = "";
  notice = null;
  if (page.offline.textContent) page.offline.textContent = say("offline");
  show({ isForced: true });
}

// What is on the screen.

let shown = null;

/** Draw what is to be seen, if it is another screen than before or has to be drawn again. */
function show({ isForced = false } = {}) {
  const screen = now();
  const isOther = screen.name !== shown;
  if (isOther || isForced) {
    const isFirst = shown === null;
    shown = screen.name;
    page.main.replaceChildren(...present(screen.draw()));
    page.main.dataset.screen = screen.kind;
    page.ways.replaceChildren(...present(screen.ways?.() ?? []));
    const isLost = document.activeElement === document.body;
    if (!isFirst && (isOther || isLost)) bring();
  }
  refresh();
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined);
}

/** Bring whoever reads or listens to what is new: the card, else the screen. */
function bring() {
  scrollTo(0, 0);
  const target = page.main.querySelector("h2[tabindex]") ?? page.main.querySelector("h1");
  target?.focus({ preventScroll: true });
}

function now() {
  if (!isIn) {
    return { kind: "join", name: `join ${code}`, draw: () => joining({ code, nickname, join }) };
  }
  if (!state) return { kind: "moment", name: "moment", draw: () => [made("p", {}, say("moment"))] };
  const { round } = state;
  const { remaining: _, ...asked } = round ?? {};
  const about = JSON.stringify([asked, state.is_over]);
  const mine = () =>
    answers.now.size
      ? [made("h2", {}, say("mine.title")), ...ownAnswers({ round, answers: answers.now })]
      : [];
  if (state.is_over) {
    const over = { title: say("over.title"), text: say("over.text"), leave };
    return { kind: "over", name: "over", draw: () => standing(over) };
  }
  if (!round || round.stage === "waiting") {
    const waiting = { title: round?.title ?? say("waiting.title"), text: say("waiting.text"), leave };
    return { kind: "waiting", name: `waiting ${about}`, draw: () => standing(waiting) };
  }
  if (round.stage === "open") {
    const seen = { round, answers, walk, give, tell, mark, undo };
    seen.show = () => {
      notice = null;
      show({ isForced: true });
      bring();
    };
    const place = [walk.place, walk.isAtEnd, walk.changing];
    const name = `open ${place.join(" ")} ${about}`;
    return { kind: "open", name, draw: () => asking(seen), ways: () => ways(seen) };
  }
  if (state.revealed) {
    const extra = () => [...revealed(state), ...mine()];
    const draw = () =>
      standing({ title: say("revealed.title"), text: round.title, extra: extra(), leave });
    return { kind: "revealed", name: `revealed ${about} ${JSON.stringify(state.revealed)}`, draw };
  }
  const draw = () =>
    standing({ title: say("closed.title"), text: say("closed.text"), extra: mine(), leave });
  return { kind: "closed", name: `closed ${about}`, draw };
}

/** Bring up to date what changes beside the screen: who and where one is, marks, the time. */
function refresh() {
  const title = state?.title || say("title");
  document.title = title;
  page.title.textContent = title;
  page.who.textContent = isIn ? nickname : "";
  page.where.textContent =
    state?.round && !state.is_over ? say("place", { place: state.place, places: state.places }) : "";
  for (const each of page.languages.children) {
    each.setAttribute("aria-pressed", String(each.lang === language()));
  }
  const why = document.getElementById("refused");
  if (why && why.textContent !== refused) why.textContent = refused;
  document.getElementById("join")?.toggleAttribute("disabled", isGoing);
  for (const each of page.main.querySelectorAll("[data-key]")) {
    each.textContent = mark(each.dataset.key);
  }
  document.getElementById("undo")?.setAttribute("aria-disabled", String(!answers.canUndo));
  const told = notice?.text ?? (page.main.dataset.screen === "open" ? stateOfAnswers() : "");
  if (page.told.textContent !== told) page.told.textContent = told;
  page.told.classList.toggle("grave", notice?.isGrave ?? false);
  showTime();
}

/** Say whether what one answers here is saved. */
function stateOfAnswers() {
  const { round } = state;
  const card = KINDS[round.kind].hasCards && !walk.isAtEnd ? round.cards[walk.place] : null;
  if (card) return answers.of(card.key) === undefined ? "" : mark(card.key);
  if (answers.now.size === 0) return "";
  return answers.areAllSaved ? `✓ ${say("saved")}` : say(line.isUp ? "saving" : "held");
}

function mark(key) {
  if (answers.isSaved(key)) return `✓ ${say("saved")}`;
  return say(line.isUp ? "saving" : "held");
}

/** Show the time that is left; the clocks of phones and servers don't matter. */
function showTime() {
  if (state?.round?.stage !== "open" || state.is_over) {
    page.clock.textContent = "";
    return;
  }
  const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const told = left ? time : say("time.up");
  if (page.clock.textContent !== told) page.clock.textContent = told;
}

async function start() {
  await learnWords(chosenLanguage());
  for (const [each, name] of languages()) {
    const attributes = { type: "button", lang: each, "aria-label": name, onclick: () => speak(each) };
    page.languages.append(made("button", attributes, each.toUpperCase()));
  }
  addEventListener("hashchange", begin);
  setInterval(showTime, 500);
  begin();
}

start();

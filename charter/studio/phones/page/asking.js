// The screen of an open round: one card, or one idea, at a time.

import { made, written } from "./made.js";
import { newName } from "./memory.js";
import { KINDS } from "./kinds.js";
import { heading, ownAnswers } from "./screens.js";
import { say } from "./words.js";
import { clearDraft } from "./writing.js";

/** Where one is in a round: at which card, at the list of all, or at an idea that is changed. */
export class Walk {
  place = 0;
  isAtEnd = false;
  changing = null;

  /** Go to the card of a key, where the round has one. */
  goTo(round, key) {
    const place = round.cards.findIndex((card) => card.key === key);
    if (place < 0 || !KINDS[round.kind].hasCards) return;
    this.place = place;
    this.isAtEnd = false;
  }
}

/**
 * Return what is asked now.
 * @param seen `round`, `answers`, `walk`, and what one does: `give`, `tell`, `show`.
 */
export function asking(seen) {
  const { round } = seen;
  const kind = KINDS[round.kind];
  const head = [];
  if (round.question !== round.title) head.push(written("p", round.question, { class: "question" }));
  if (round.note) head.push(written("p", round.note, { class: "hint" }));
  if (!kind.hasCards) return [heading(round.title), ...head, ...(kind.hasIdeas ? ideas : one)(seen, kind)];
  return [heading(round.title), ...head, ...(seen.walk.isAtEnd ? all(seen) : card(seen, kind))];
}

/** Return the ways on from where one is. */
export function ways(seen) {
  const { round, walk, show, undo } = seen;
  const kind = KINDS[round.kind];
  const takingBack = button(say("undo"), undo, { id: "undo" });
  if (kind.hasIdeas) return waysOfIdeas(seen, takingBack);
  if (!kind.hasCards) return [takingBack];
  const last = round.cards.length - 1;
  const go = (place, isAtEnd) => () => {
    walk.place = place;
    walk.isAtEnd = isAtEnd;
    show();
  };
  if (walk.isAtEnd) return [button(say("back"), go(last, false)), takingBack];
  const isLast = walk.place === last;
  return [
    walk.place > 0 ? button(say("back"), go(walk.place - 1, false)) : null,
    takingBack,
    button(say(isLast ? "finish" : "next"), go(isLast ? walk.place : walk.place + 1, isLast), {
      class: "main",
    }),
  ];
}

function waysOfIdeas({ round, walk, answers, show }, takingBack) {
  const isChanging = answers.now.has(walk.changing);
  const send = { type: "submit", form: "idea", class: "main" };
  if (!isChanging) return [takingBack, made("button", send, say(`${round.kind}.send`))];
  const cancel = () => {
    clearDraft(`${round.id}/${walk.changing}`);
    walk.changing = null;
    show();
  };
  return [button(say("cancel"), cancel), made("button", send, say("save"))];
}

function button(text, onclick, attributes = {}) {
  return made("button", { type: "button", onclick, ...attributes }, text);
}

function card({ round, answers, walk, give, show }, kind) {
  const whole = round.cards.length;
  const here = round.cards[Math.min(walk.place, whole - 1)];
  const far = say("progress", { number: walk.place + 1, whole });
  const showAll = () => {
    walk.isAtEnd = true;
    show();
  };
  return [
    made(
      "div",
      { class: "progress" },
      made("p", {}, far),
      made("progress", { max: whole, value: walk.place + 1, "aria-label": far }),
      button(say("all"), showAll, { class: "quiet" }),
    ),
    made(
      "section",
      { class: "card" },
      made(
        "div",
        {},
        written("h2", here.name, { tabindex: "-1" }),
        here.detail ? written("p", here.detail, { class: "hint" }) : null,
      ),
      kind.ask({ round, card: here, says: answers.of(here.key), give: (says) => give(here.key, says) }),
    ),
  ];
}

function all({ round, answers, walk, show }) {
  const now = answers.now;
  const number = round.cards.filter((each) => now.has(each.key)).length;
  const whole = round.cards.length;
  const go = (place) => {
    walk.place = place;
    walk.isAtEnd = false;
    show();
  };
  return [
    made("h2", { tabindex: "-1" }, say("mine.title")),
    made("p", {}, `${say("progress.answered", { number, whole })} ${say("mine.until")}`),
    ...ownAnswers({ round, answers: now, go }),
  ];
}

function one({ round, answers, give, tell }, kind) {
  return [kind.ask({ round, says: answers.of("dots"), give: (says) => give("dots", says), tell })];
}

function ideas({ round, answers, walk, give, show, mark }, kind) {
  const now = answers.now;
  const says = walk.changing ? now.get(walk.changing) : undefined;
  const key = says ? walk.changing : newName();
  const form = kind.ask({
    round,
    card: { key },
    says,
    give: (idea) => {
      walk.changing = null;
      give(key, idea);
      show();
    },
  });
  const change = (_, changed) => {
    walk.changing = changed;
    show();
  };
  return [
    made(
      "section",
      { class: "card" },
      made("h2", { tabindex: "-1" }, say(says ? "idea.change" : `${round.kind}.new`)),
      form,
    ),
    made("h2", { class: "below" }, say(`${round.kind}.mine`)),
    ...ownAnswers({ round, answers: now, mark, go: change }),
  ];
}

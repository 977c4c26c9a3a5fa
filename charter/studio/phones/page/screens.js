// The screens without a question: joining, waiting, what was answered, what the room said.

import { made, written } from "./made.js";
import { plainCode, shownCode } from "./memory.js";
import { KINDS, nameOf } from "./kinds.js";
import { say } from "./words.js";

/** Return the heading of a screen, to which one is brought when it appears. */
export function heading(text) {
  return written("h1", text, { tabindex: "-1" });
}

/** Return the form by which one joins; in `#refused` stands why one couldn't. */
export function joining({ code, nickname, join }) {
  const codeField = made("input", {
    id: "code",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 20,
    required: true,
    "aria-describedby": "code-help",
  });
  codeField.value = shownCode(code);
  const nameField = made("input", {
    id: "nickname",
    type: "text",
    dir: "auto",
    autocomplete: "nickname",
    maxlength: 30,
    required: true,
    "aria-describedby": "nickname-help",
  });
  nameField.value = nickname;
  const send = (event) => {
    event.preventDefault();
    const typed = plainCode(codeField.value);
    if (typed && nameField.value.trim()) join(typed, nameField.value.trim());
    else (typed ? nameField : codeField).focus();
  };
  return [
    heading(say("join.title")),
    made("p", { id: "refused", role: "alert" }),
    made(
      "form",
      { onsubmit: send, novalidate: true },
      made(
        "div",
        { class: "field" },
        made("label", { for: "code" }, say("join.code")),
        made("p", { id: "code-help", class: "hint" }, say("join.code.help")),
        codeField,
      ),
      made(
        "div",
        { class: "field" },
        made("label", { for: "nickname" }, say("join.nickname")),
        made("p", { id: "nickname-help", class: "hint" }, say("join.nickname.help")),
        nameField,
      ),
      made("button", { id: "join", class: "main", type: "submit" }, say("join.button")),
    ),
  ];
}

/** Return a screen that says how it stands, and maybe what one answered. */
export function standing({ title, text, extra = [], leave }) {
  return [
    heading(title),
    made("p", {}, text),
    ...extra,
    made("button", { class: "quiet", type: "button", onclick: leave }, say("leave")),
  ];
}

/** Return what one answered in a round, to be read; with `go`, one goes to a card from there. */
export function ownAnswers({ round, answers, mark, go }) {
  const kind = KINDS[round.kind];
  const told = (key) => {
    const says = answers.get(key);
    return says ? kind.told(round, says) || say("tag.none") : null;
  };
  const { hasCards } = kind;
  if (!hasCards && answers.size === 0) return [made("p", { class: "hint" }, say("mine.nothing"))];
  const cards = round.cards.map((card) => card.key);
  const keys = hasCards ? cards.filter((key) => go || answers.has(key)) : [...answers.keys()];
  const items = keys.map((key, place) => {
    const parts = [
      hasCards ? written("span", nameOf(round.cards, key), { class: "name" }) : null,
      told(key)
        ? written("span", told(key), { class: hasCards ? "said" : "name" })
        : made("span", { class: "said open" }, say("mine.open")),
      mark && answers.has(key) ? made("span", { class: "mark", "data-key": key }, mark(key)) : null,
    ];
    const item = go ? made("button", { type: "button", onclick: () => go(place, key) }, ...parts) : parts;
    return made("li", {}, item);
  });
  return [made("ul", { class: "answers" }, ...items)];
}

/** Return what the room said in a round that is revealed: how much of what, and never who. */
export function revealed({ round, revealed: room }) {
  const most = Math.max(1, ...Object.values(room.cards));
  const rows = round.cards.map((card) => {
    const number = room.cards[card.key] ?? 0;
    const part = made("div");
    part.style.width = `${(100 * number) / most}%`;
    return made(
      "li",
      {},
      written("span", card.name, { class: "name" }),
      made("b", {}, String(number)),
      made("div", { class: "bar", "aria-hidden": "true" }, part),
    );
  });
  return [
    made(
      "p",
      {},
      `${say("revealed.answered", { number: room.answered })} · ${say("revealed.answers", { number: room.answers })}`,
    ),
    rows.length ? made("ul", { class: "counts" }, ...rows) : null,
  ];
}

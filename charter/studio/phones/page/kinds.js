// What each kind of round asks, and how an answer reads.
//
// A kind that `hasCards` shows one at a time; one that `hasIdeas` lets people write what comes to
// mind. `ask` returns the controls, `told` an answer in a line.

import { face, oneOf, someOf } from "./choosing.js";
import { made, written } from "./made.js";
import { say } from "./words.js";
import { clearDraft, draft, field, keepDraft } from "./writing.js";

const FEELINGS = [2, 1, 0, -1, -2];
const GRADES = ["duration", "frequency", "complexity", "value"];
const MOST_CHIPS = 12;

export const KINDS = {
  emotion: {
    hasCards: true,
    ask({ round, says, give }) {
      return oneOf({
        legend: round.question,
        isLegendSeen: false,
        look: "rows",
        options: FEELINGS.map((feeling) => ({
          value: String(feeling),
          label: say(`emotion.${feeling}`),
          picture: () => face(feeling),
        })),
        chosen: says && String(says.emotion),
        choose: (value) => give({ emotion: Number(value) }),
      });
    },
    told: (_, says) => say(`emotion.${says.emotion}`),
  },

  tag: {
    hasCards: true,
    ask({ round, says, give }) {
      return someOf({
        legend: round.question,
        options: choices(round),
        chosen: says?.markers,
        none: say("tag.none"),
        choose: (markers) => give({ markers }),
      });
    },
    told: (round, says) =>
      says.markers.map((key) => nameOf(round.choices, key)).join(" · ") || say("tag.none"),
  },

  effort: {
    hasCards: true,
    ask({ says, give }) {
      const grades = { ...says };
      return GRADES.map((grade) =>
        oneOf({
          legend: say(`grade.${grade}`),
          look: "scale",
          options: [1, 2, 3].map((value) => ({
            value: String(value),
            label: say(`effort.${value}`),
          })),
          chosen: says?.[grade] ? String(says[grade]) : undefined,
          choose: (value) => {
            grades[grade] = Number(value);
            give({ ...grades });
          },
        }),
      );
    },
    told: (_, says) =>
      say("progress.answered", {
        number: GRADES.filter((grade) => says[grade]).length,
        whole: GRADES.length,
      }),
  },

  express: {
    hasCards: true,
    ask({ round, card, says, give }) {
      const place = `${round.id}/${card.key}`;
      const showing = { do: "", dont: "", example: "", ...says, ...draft(place) };
      const send = () => {
        if (!draft(place) || !Object.values(showing).some((text) => text.trim())) return;
        clearDraft(place);
        give({ ...showing });
      };
      const fields = ["do", "dont", "example"].map((key) =>
        field({
          label: say(`express.${key}`),
          value: showing[key],
          isLong: true,
          isOptional: true,
          wrote: (text) => {
            showing[key] = text;
            keepDraft(place, { ...showing });
          },
        }),
      );
      const form = made(
        "form",
        {
          onsubmit: (event) => {
            event.preventDefault();
            send();
          },
          // What was written is saved when one goes on, too.
          onchange: send,
        },
        ...fields,
        made("button", { class: "main", type: "submit" }, say("save")),
      );
      return form;
    },
    told: (_, says) => [says.do, says.dont, says.example].filter(Boolean).join(" · "),
  },

  propose: {
    hasIdeas: true,
    ask: (asked) => idea({ ...asked, choice: "value", hasExample: true }),
    told: (round, says) => toldIdea(round, says.name, says.value),
  },

  irritants: {
    hasIdeas: true,
    ask: (asked) => idea({ ...asked, choice: "touchpoint", hasExample: false }),
    told: (round, says) => toldIdea(round, says.name, says.touchpoint),
  },

  dots: {
    ask({ round, says, give, tell }) {
      const spent = { ...says?.dots };
      const left = () => round.dots - Object.values(spent).reduce((sum, dots) => sum + dots, 0);
      const rows = round.cards.map((card) => {
        const count = made("output", { class: "count" });
        const fewer = step("−", say("dots.less", { name: card.name }), () => change(-1));
        const more = step("+", say("dots.more", { name: card.name }), () => change(1));
        const show = () => {
          count.textContent = String(spent[card.key] ?? 0);
          // A button that is switched off would lose the place of whoever uses the keyboard.
          fewer.setAttribute("aria-disabled", String(!spent[card.key]));
          more.setAttribute("aria-disabled", String(left() <= 0));
        };
        const change = (by) => {
          const dots = (spent[card.key] ?? 0) + by;
          if (dots < 0 || left() < by) return;
          spent[card.key] = dots;
          for (const row of rows) row.show();
          showLeft();
          tell(leftTold());
          give({ dots: Object.fromEntries(Object.entries(spent).filter(([, dots]) => dots)) });
        };
        const detail = card.detail ? written("p", card.detail, { class: "hint" }) : null;
        const name = made("div", { class: "name" }, written("p", card.name), detail);
        return { show, element: made("li", {}, name, fewer, count, more) };
      });
      const leftTold = () => say("dots.left", { number: left(), whole: round.dots });
      const shown = made("h2", { class: "left", tabindex: "-1" });
      const showLeft = () => {
        shown.textContent = leftTold();
      };
      for (const row of rows) row.show();
      showLeft();
      return [shown, made("ul", { class: "dots" }, ...rows.map((row) => row.element))];
    },
    told: (round, says) =>
      Object.entries(says.dots)
        .map(([key, dots]) => `${nameOf(round.cards, key)} ×\u00a0${dots}`)
        .join(" · "),
  },
};

/** Give a text back to whoever wrote it, to be sent once it can be: it was refused. */
export function takeUpAgain(round, { round: id, key, says }) {
  if (!round || round.id !== id) return;
  if (KINDS[round.kind].hasIdeas) keepDraft(`${id}/`, says);
  else if (round.kind === "express") keepDraft(`${id}/${key}`, says);
}

export function nameOf(cards, key) {
  return cards.find((card) => card.key === key)?.name ?? key;
}

function choices(round) {
  return round.choices.map((choice) => ({ value: choice.key, label: choice.name }));
}

function toldIdea(round, name, chosen) {
  return chosen ? `${name} (${nameOf(round.choices, chosen)})` : name;
}

function step(sign, label, onclick) {
  return made("button", { type: "button", class: "step", "aria-label": label, onclick }, sign);
}

/** Return the form of an idea: what it is called, what it belongs to, an example. */
function idea({ round, card, says, give, choice, hasExample }) {
  const place = `${round.id}/${says ? card.key : ""}`;
  const kind = round.kind;
  const empty = { name: "", [choice]: "", ...(hasExample && { example: "" }) };
  const wording = { ...empty, ...says, ...draft(place) };
  const wrote = (key) => (value) => {
    wording[key] = value;
    keepDraft(place, { ...wording });
  };
  const name = field({
    label: say(`${kind}.name`),
    help: say(`${kind}.help`),
    value: wording.name,
    wrote: wrote("name"),
  });
  const example = hasExample
    ? field({
        label: say("propose.example"),
        value: wording.example,
        isLong: true,
        isOptional: true,
        wrote: wrote("example"),
      })
    : null;
  const options = [...choices(round), { value: "", label: say(`${kind}.none`) }];
  const chosen = wording[choice] || (says || draft(place) ? "" : undefined);
  const legend = say(`${kind}.${choice}`);
  return made(
    "form",
    {
      id: "idea",
      onsubmit: (event) => {
        event.preventDefault();
        if (!wording.name.trim()) {
          name.control.focus();
          return;
        }
        clearDraft(place);
        give({ ...wording });
      },
    },
    name,
    round.choices.length ? chooser(legend, options, chosen, wrote(choice)) : null,
    example,
  );
}

/** Return chips, or the phone's own list where they would be too many. */
function chooser(legend, options, chosen, choose) {
  if (options.length <= MOST_CHIPS) return oneOf({ legend, options, chosen, choose });
  const control = made(
    "select",
    { onchange: () => choose(control.value) },
    ...options.map(({ value, label }) => made("option", { value }, label)),
  );
  control.value = chosen ?? "";
  return made("div", { class: "field" }, made("label", {}, legend, control));
}

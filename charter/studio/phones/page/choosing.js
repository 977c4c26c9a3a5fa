// Controls that answer by a touch: one of some, several of some, and the five faces.

import { drawn, made, written } from "./made.js";

let groups = 0;

/**
 * Return a group of which one is chosen.
 * @param options `{ value, label, picture }` each.
 * @param look How it looks: "rows", "chips" or "scale".
 */
export function oneOf({ legend, options, chosen, choose, look = "chips", isLegendSeen = true }) {
  const name = `group-${(groups += 1)}`;
  const inputs = options.map(({ value }) =>
    made("input", {
      type: "radio",
      name,
      value,
      checked: value === chosen,
      onchange: () => choose(value),
    }),
  );
  const labels = options.map(({ label, picture }, place) =>
    made("label", { class: "option" }, inputs[place], picture?.(), written("span", label)),
  );
  return made(
    "fieldset",
    { class: look },
    made("legend", isLegendSeen ? {} : { class: "unseen" }, legend),
    made("div", { class: "options" }, ...labels),
  );
}

/** Return a group of which several are chosen, or, in so many words, none. */
export function someOf({ legend, options, chosen, none, choose }) {
  const keys = () => options.map(({ value }) => value).filter((_, place) => inputs[place].checked);
  const nothing = made("input", {
    type: "checkbox",
    checked: chosen?.length === 0,
    onchange: () => {
      // It is said by what is chosen instead that one takes it off.
      nothing.checked = true;
      for (const input of inputs) input.checked = false;
      choose([]);
    },
  });
  const inputs = options.map(({ value }) =>
    made("input", {
      type: "checkbox",
      checked: chosen?.includes(value) ?? false,
      onchange: () => {
        nothing.checked = keys().length === 0;
        choose(keys());
      },
    }),
  );
  const labels = options.map(({ label }, place) =>
    made("label", { class: "option" }, inputs[place], written("span", label)),
  );
  return made(
    "fieldset",
    { class: "chips" },
    made("legend", { class: "unseen" }, legend),
    made("div", { class: "options" }, ...labels),
    made("div", { class: "options" }, made("label", { class: "option none" }, nothing, made("span", {}, none))),
  );
}

/** Return the face of a feeling, from -2 to 2. */
export function face(feeling) {
  const bend = 5 * feeling;
  const mouth = `M 13 ${27 - bend / 2} Q 20 ${27 + bend} 27 ${27 - bend / 2}`;
  return drawn(
    "svg",
    { viewBox: "0 0 40 40", class: "face", "aria-hidden": "true" },
    drawn("circle", { cx: 20, cy: 20, r: 17 }),
    drawn("circle", { cx: 14, cy: 16, r: 2, class: "eye" }),
    drawn("circle", { cx: 26, cy: 16, r: 2, class: "eye" }),
    drawn("path", { d: mouth }),
  );
}

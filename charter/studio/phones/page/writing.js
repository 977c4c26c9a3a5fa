// Fields that are written in. What is written stays on this phone until it is sent or cleared.

import { made } from "./made.js";
import { say } from "./words.js";

const LONGEST = { name: 80, text: 400 };
const PLACE = "charter-drafts";
const drafts = new Map(readDrafts());
let fields = 0;

/** Return what was written and not sent, by the place where it was written. */
export function draft(place) {
  return drafts.get(place);
}

export function keepDraft(place, says) {
  drafts.set(place, says);
  writeDrafts();
}

/** Forget what was written at a place. */
export function clearDraft(place) {
  drafts.delete(place);
  writeDrafts();
}

function readDrafts() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

function writeDrafts() {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify([...drafts]));
  } catch {
    // They stay until the page is closed.
  }
}

/** Return a field with its label; `field.control` is what is written in. */
export function field({ label, help, value = "", isLong = false, isOptional = false, wrote }) {
  const id = `field-${(fields += 1)}`;
  const described = help ? `${id}-help` : null;
  const attributes = {
    id,
    dir: "auto",
    "aria-describedby": described,
    oninput: () => {
      grow();
      wrote?.(control.value);
    },
  };
  const control = isLong
    ? made("textarea", { ...attributes, rows: 2, maxlength: LONGEST.text })
    : made("input", { ...attributes, type: "text", maxlength: LONGEST.name, autocomplete: "off" });
  control.value = value;
  const grow = () => {
    if (!isLong) return;
    control.style.height = "auto";
    control.style.height = `${control.scrollHeight + 2}px`;
  };
  requestAnimationFrame(grow);
  const optional = isOptional ? made("span", { class: "hint" }, ` (${say("optional")})`) : null;
  const element = made(
    "div",
    { class: "field" },
    made("label", { for: id }, label, optional),
    help ? made("p", { id: described, class: "hint" }, help) : null,
    control,
  );
  element.control = control;
  return element;
}

// What this phone remembers: who one is in which workshop, and what isn't saved there yet.

const PLACE = "charter-workshops";
const MOST_WORKSHOPS = 20;

let held = null;

function all() {
  if (held) return held;
  try {
    held = JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    // Nothing is remembered where the browser doesn't let us; the page works until it is closed.
    held = {};
  }
  if (typeof held !== "object" || Array.isArray(held)) held = {};
  held.workshops ??= {};
  return held;
}

function write() {
  try {
    localStorage.setItem(PLACE, JSON.stringify(held));
  } catch {
    // As above.
  }
}

/** Return what is remembered of the workshop of a code. */
export function remembered(code) {
  return all().workshops[code] ?? null;
}

export function remember(code, what) {
  const { workshops } = all();
  const before = workshops[code] ?? {};
  delete workshops[code];
  workshops[code] = { ...before, ...what };
  for (const old of Object.keys(workshops).slice(0, -MOST_WORKSHOPS)) delete workshops[old];
  held.last = code;
  write();
}

export function forget(code) {
  const { workshops } = all();
  delete workshops[code];
  if (held.last === code) delete held.last;
  write();
}

/** Return the code of the workshop that this phone was in last. */
export function lastCode() {
  return all().last ?? "";
}

export function chosenLanguage() {
  return all().language;
}

export function rememberLanguage(language) {
  all().language = language;
  write();
}

/** Return the code that somebody typed or opened, as servers know it. */
export function plainCode(typed) {
  return typed.toUpperCase().replace(/[^2-9A-HJKMNP-TV-Z]/g, "").slice(0, 8);
}

/** Return a code as people read it, in two halves. */
export function shownCode(code) {
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

/** Return a name that nobody else has thought of. */
export function newName() {
  // `crypto.randomUUID` isn't there on pages without HTTPS, as in a room's own network.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

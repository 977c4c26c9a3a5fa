// The words of the page, in the language that is spoken on it.

const LANGUAGES = { en: "English", fr: "Français" };

let words = {};
let spoken = "en";

/** Fetch the words, and speak the language that was chosen before, or the browser's. */
export async function learnWords(chosen) {
  const answer = await fetch("words.json");
  if (!answer.ok) throw new Error(`words: ${answer.status}`);
  words = await answer.json();
  const asked = [chosen, ...(navigator.languages ?? [navigator.language])];
  const known = asked.map((each) => (each ?? "").slice(0, 2)).find((each) => each in words);
  speakIn(known ?? "en");
}

export function languages() {
  return Object.entries(LANGUAGES).filter(([language]) => language in words);
}

export function language() {
  return spoken;
}

export function speakIn(language) {
  spoken = language;
  document.documentElement.lang = language;
}

/** Return a sentence by its name, with what it names filled in. */
export function say(name, fill = {}) {
  const sentence = words[spoken]?.[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (hole, key) => (key in fill ? String(fill[key]) : hole));
}

// Looks through what stands below, and sends nothing anywhere. What is found is written as text,
// never as markup.
"use strict";
const site = {{ index }};
const most = 50;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const entries = site.entries.map(([title, kind, address, said], order) => ({
  title, kind, address, said, order, name: plain(title), all: plain(`${title} ${kind} ${said}`),
}));

function found(words) {
  return entries
    .filter((entry) => words.every((word) => entry.all.includes(word)))
    .map((entry) => {
      const named = words.filter((word) => entry.name.includes(word)).length;
      const begins = words.some((word) => entry.name.startsWith(word)) ? 1 : 0;
      return { entry, worth: 2 * named + begins };
    })
    .sort((one, other) => other.worth - one.worth || one.entry.order - other.entry.order)
    .map(({ entry }) => entry);
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  made.dir = "auto";
  if (kind) made.className = kind;
  return made;
}

function around(said, words) {
  const at = Math.min(...words.map((word) => plain(said).indexOf(word)).filter((place) => place >= 0), said.length);
  const start = at === said.length ? 0 : Math.max(0, at - 60);
  return (start ? "… " : "") + said.slice(start, start + 180).trim() + (start + 180 < said.length ? " …" : "");
}

function show(asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  const results = words.length ? found(words) : [];
  const list = document.getElementById("results");
  list.replaceChildren(...results.slice(0, most).map((entry) => {
    const item = document.createElement("li");
    const link = element("a", entry.title);
    link.href = entry.address;
    item.append(link, element("span", entry.kind, "kind"));
    if (entry.said.trim()) item.append(element("p", around(entry.said.trim(), words), "said"));
    return item;
  }));
  const { none, one, many, first } = site.words;
  let told = results.length === 0 ? none : results.length === 1 ? one : many.replace("{number}", results.length);
  if (results.length > most) told += ` ${first.replace("{number}", most)}`;
  document.getElementById("told").textContent = words.length ? told : "";
}

const field = document.getElementById("words");
field.value = new URLSearchParams(location.search).get("q") || "";
field.addEventListener("input", () => show(field.value));
document.getElementById("ask").addEventListener("submit", (event) => event.preventDefault());
show(field.value);
field.focus();

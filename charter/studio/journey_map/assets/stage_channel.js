// The stages of a journey by channel, as a table of buttons; texts go through textContent only.

import { drawingOf } from "./drawing.js";

const instances = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  let frame = instances.get(parentElement);
  if (!frame) {
    frame = made("div", "crossings");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    parentElement.append(frame);
    instances.set(parentElement, frame);
  }
  const focused = frame.querySelector("button:focus")?.dataset.cell;
  frame.setAttribute("aria-label", data.title);
  frame.replaceChildren(table(data, (name) => setStateValue("opened", name)));
  frame.dataset.ready = "true";
  if (focused) frame.querySelector(`button[data-cell="${CSS.escape(focused)}"]`)?.focus();
  return () => {
    frame.remove();
    instances.delete(parentElement);
  };
}

function table(data, open) {
  const whole = made("table");
  const caption = made("caption", "heard", data.title);
  const head = made("thead");
  head.append(row([heading("col", data.corner), ...data.channels.map(channelHeading)]));
  const body = made("tbody");
  body.append(
    ...data.stages.map((stage) =>
      row([
        heading("row", stage.label),
        ...data.channels.map((channel) => cell(`${stage.id}.${channel.id}`, data, open)),
      ]),
    ),
  );
  whole.append(caption, head, body);
  return whole;
}

function cell(name, data, open) {
  const there = data.cells[name];
  const place = made("td");
  if (!there) return place;
  const isOpen = data.opened === name;
  const button = made("button");
  button.type = "button";
  button.dataset.cell = name;
  button.setAttribute("aria-label", there.told);
  button.setAttribute("aria-pressed", isOpen);
  button.title = there.told;
  // Once more on what is open closes it.
  button.onclick = () => open(isOpen ? null : name);
  const bar = made("span", "bar");
  const part = made("span", "part");
  part.style.width = `${100 * there.part}%`;
  bar.append(part);
  button.append(made("b", "", there.number), bar, made("span", "line", there.signed));
  if (there.broken) button.append(made("span", "line broken", `✕ ${there.broken}`));
  place.append(button);
  return place;
}

function channelHeading(channel) {
  const head = heading("col", channel.label);
  const tile = made("span", "tile");
  tile.style.background = channel.colour;
  tile.append(drawingOf(channel.icon));
  head.prepend(tile);
  return head;
}

function heading(scope, label) {
  const cellOfHead = made("th");
  cellOfHead.scope = scope;
  const text = made("span", "name", label);
  text.dir = "auto";
  text.title = label;
  cellOfHead.append(text);
  return cellOfHead;
}

function row(cells) {
  const line = made("tr");
  line.append(...cells);
  return line;
}

function made(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

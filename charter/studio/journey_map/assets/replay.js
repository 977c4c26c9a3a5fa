// Customers who walk the map step by step: the buttons, and what is drawn over the map.

import { drawGroup, drawNumber } from "./card.js";
import { drawingOf } from "./drawing.js";

const TRAVEL = 700; // milliseconds from one stop to the next
const REST = 300;
const HURRY = 0.05; // once fewer than this share are on the way, steps go faster

export class Replay {
  // `map` gives positions and heights of stops, points on passages, and draws again.
  constructor(map) {
    this.map = map;
    this.row = document.createElement("section");
    this.row.className = "replay";
    this.data = null;
    this.known = "";
    this.stop();
  }

  show(data, words, theme) {
    const text = JSON.stringify([data, words]);
    const isOther = text !== this.known;
    this.known = text;
    this.data = data;
    this.theme = theme;
    this.words = words;
    this.row.hidden = !data;
    if (!isOther) return;
    this.stop();
    this.index = 0;
    this.row.replaceChildren();
    if (data) this.fill();
  }

  stop() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    this.isPlaying = false;
    this.travelled = 1;
  }

  get isStill() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  get last() {
    return this.data.steps.length - 1;
  }

  // --- the buttons ---------------------------------------------------------------------

  fill() {
    const { words, data } = this;
    const title = made("p", "title", data.title);
    this.row.setAttribute("aria-label", data.title);
    const buttons = made("div", "buttons");
    this.buttons = {
      start: this.button(words.from_start, "M6 5v14 M19 5l-9 7 9 7z", () => this.go(0)),
      back: this.button(words.step_back, "M15 5l-8 7 8 7", () => this.go(this.index - 1)),
      play: this.button(words.play, null, () => this.toggle()),
      on: this.button(words.step_on, "M9 5l8 7-8 7", () => this.go(this.index + 1, true)),
    };
    for (const [name, button] of Object.entries(this.buttons)) {
      if (name !== "play" || !this.isStill) buttons.append(button);
    }
    this.told = made("p", "told");
    this.endings = made("ul", "endings");
    this.row.append(title, buttons, this.told, this.endings, made("p", "note", data.note));
    this.tell();
  }

  button(label, path, act) {
    const button = made("button");
    button.type = "button";
    if (path) {
      button.append(drawingOf(path));
      button.setAttribute("aria-label", label);
      button.title = label;
    } else {
      button.textContent = label;
    }
    button.onclick = act;
    return button;
  }

  // Says where one is; aloud, unless it plays, where it would never be silent.
  tell() {
    const { data, words, index } = this;
    const step = data.steps[index];
    this.told.setAttribute("aria-live", this.isPlaying ? "off" : "polite");
    this.told.textContent = step.told;
    this.buttons.start.disabled = this.buttons.back.disabled = index === 0;
    this.buttons.on.disabled = index === this.last;
    this.buttons.play.textContent = this.isPlaying ? words.pause : words.play;
    this.row.dataset.step = index;
    this.row.dataset.playing = this.isPlaying;
    this.endings.replaceChildren(
      ...data.outcomes.map((outcome, place) => {
        const item = made("li");
        const bar = made("span", "bar");
        bar.style.width = `${Math.round((90 * step.ended[place]) / data.number)}px`;
        const number = index === this.last ? data.shares[place] : String(step.ended[place]);
        const name = made("span", "name", outcome);
        name.dir = "auto";
        item.append(name, bar, made("b", "", number));
        return item;
      }),
    );
  }

  toggle() {
    if (this.isPlaying) {
      this.stop();
      this.tell();
      this.map.redraw();
    } else {
      if (this.index === this.last) this.index = 0;
      this.isPlaying = true;
      this.advance();
    }
  }

  go(index, isTravelling = false) {
    this.stop();
    this.index = Math.min(Math.max(index, 0), this.last);
    this.tell();
    if (isTravelling && !this.isStill) this.travel();
    else this.map.redraw();
  }

  advance() {
    if (this.index === this.last) {
      this.stop();
      this.tell();
      this.map.redraw();
      return;
    }
    this.index += 1;
    this.tell();
    this.travel(() => {
      this.resting = setTimeout(() => this.advance(), REST * this.pace);
    });
  }

  get pace() {
    const onTheWay = this.data.steps[this.index].at.reduce((sum, [, number]) => sum + number, 0);
    return onTheWay < HURRY * this.data.number ? 0.4 : 1;
  }

  travel(then = () => {}) {
    const start = performance.now();
    const duration = TRAVEL * this.pace;
    const move = (now) => {
      this.travelled = Math.min(1, Math.max(0, (now - start) / duration));
      this.map.redraw();
      if (this.travelled < 1) this.frame = requestAnimationFrame(move);
      else then();
    };
    this.travelled = 0;
    this.frame = requestAnimationFrame(move);
  }

  // --- over the map --------------------------------------------------------------------

  draw(ctx) {
    if (!this.data) return;
    const step = this.data.steps[this.index];
    const { stops, number: total } = this.data;
    if (this.travelled < 1) {
      const part = eased(this.travelled);
      for (const [source, target, number] of step.flows) {
        const { x, y } = this.map.pointBetween(stops[source], stops[target], part);
        drawGroup(ctx, x, y, number, total, this.theme);
      }
      return;
    }
    for (const [stop, number] of step.at) {
      const { x, y, height } = this.map.placeOf(stops[stop]);
      drawNumber(ctx, x, y, height, number, this.theme);
    }
  }
}

function eased(part) {
  return part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2;
}

function made(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

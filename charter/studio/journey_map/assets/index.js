// The map of a journey: draws what charter.studio.journey_map.picture describes.
//
// Streamlit calls the default export again whenever the data or the theme changes. What was
// drawn stays: nodes and edges are updated in place, and the part of the map in view is kept
// unless the map shows other stops. Texts reach the page through the canvas and through
// textContent only, so that nothing in them is ever read as markup.

import "./vis-network.min.js";
import { CARD_WIDTH, SIGNS, WARNING, cardLines, drawCard } from "./card.js";
import { drawingOf } from "./drawing.js";
import { Replay } from "./replay.js";

const vis = globalThis.vis;
const CORRIDOR = "\u241e";
const SMALLEST_SCALE = 0.66;
const LARGEST_SCALE = 2.2;
const LARGEST_FIT = 1.1;
const MOST_PIXELS = 680;
const TALLEST = 1100;
const MARGIN = 16;
const LONGEST = 90; // letters of one text in a tooltip
const STEP = 0.125; // of a column or row, by which the keyboard moves a card
const PAUSE = 500; // milliseconds without a key before such a move is reported
const FORGET = 4000; // milliseconds after which a move that nobody kept is taken back
const instances = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue, setTriggerValue } = component;
  let map = instances.get(parentElement);
  if (!map) {
    map = new JourneyMap(parentElement);
    instances.set(parentElement, map);
  }
  map.report = (id) => setStateValue("clicked", id);
  map.reportMove = (move) => setTriggerValue("moved", move);
  map.reportReset = () => setTriggerValue("reset", true);
  // What no click changes comes as one text.
  const { drawn, ...changing } = data;
  map.show({ ...JSON.parse(drawn), ...changing });
  return () => {
    map.close();
    instances.delete(parentElement);
  };
}

class JourneyMap {
  constructor(parent) {
    this.host = parent.host ?? parent;
    this.frame = element("div", "frame");
    this.stageRow = element("div", "stage-row");
    this.stageRow.setAttribute("aria-hidden", "true");
    this.canvas = element("div", "canvas");
    this.drawing = element("div");
    this.drawing.style.height = "100%";
    this.heard = element("div", "heard");
    this.heard.setAttribute("aria-live", "polite");
    this.help = element("div", "heard");
    this.help.id = "help";
    this.zoomRow = element("div", "zoom");
    this.legend = element("ul", "legend");
    this.canvas.append(this.drawing);
    const foot = element("div", "foot");
    foot.append(this.legend, this.zoomRow);
    this.orderRow = element("div", "order");
    this.replay = new Replay(this);
    this.frame.append(
      this.replay.row,
      this.stageRow,
      this.canvas,
      foot,
      this.orderRow,
      this.help,
      this.heard,
    );
    parent.append(this.frame);

    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-describedby", "help");
    this.canvas.onkeydown = (event) => this.onKey(event);
    this.canvas.onblur = () => this.point(null);
    this.canvas.onpointerleave = () => this.hideTooltip();
    // For tests that click with a real mouse: where a stop is on the page, in pixels.
    this.frame.stopPosition = (id) => this.stopPosition(id);

    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = null;
    this.data = null;
    this.cursor = null;
    this.hovered = null;
    this.shown = "";
    // Moves that the app hasn't answered yet: what it draws meanwhile must not undo them.
    this.pending = new Map();
    this.unsettled = null;
    this.resized = new ResizeObserver(() => this.onResize());
    this.resized.observe(this.frame);
  }

  show(data) {
    const stops = Object.keys(data.cards).sort().join("\n");
    const isOtherMap = stops !== this.shown;
    this.shown = stops;
    this.data = data;
    this.keepMoves();
    this.selected = data.selected;
    this.theme = readTheme(this.host);
    this.lines = new Map();
    this.frame.style.setProperty("--witness", this.theme.witness);
    this.frame.style.setProperty("--muted", this.theme.muted);
    this.frame.style.setProperty("--customers", this.theme.customers);
    this.frame.dataset.stops = Object.keys(data.cards).length;
    this.canvas.setAttribute("aria-label", data.title);
    this.help.textContent = [data.words.help, data.is_arrangeable && data.words.arrange_help]
      .filter(Boolean)
      .join(" ");
    this.fillZoom();
    this.fillOrder();
    this.replay.show(data.replay, data.words, this.theme);
    this.fillLegend();
    this.fillStages();
    this.layDown();
    if (isOtherMap) {
      this.cursor = null;
      this.fit();
    } else {
      this.network.redraw();
    }
    const pointedOut = data.witness?.stop ?? (isOtherMap ? data.selected : null);
    if (pointedOut) {
      this.bringIntoView(pointedOut);
    }
    this.network.once("afterDrawing", () => (this.frame.dataset.ready = "true"));
    this.network.redraw();
  }

  close() {
    clearTimeout(this.settling);
    this.replay.stop();
    this.resized.disconnect();
    this.network?.destroy();
    this.frame.remove();
  }

  layDown() {
    const nodes = this.data.nodes.map((node) =>
      this.isCorridor(node.id)
        ? { ...node, color: "transparent" }
        : {
            ...node,
            label: undefined,
            title: this.tooltip(node.id),
            ctxRenderer: (drawn) => this.drawStop(drawn),
          },
    );
    replace(this.nodes, nodes);
    replace(
      this.edges,
      this.data.edges.map((edge) => this.dress(edge)),
    );
    if (!this.network) {
      this.network = new vis.Network(
        this.drawing,
        { nodes: this.nodes, edges: this.edges },
        this.data.options,
      );
      this.network.on("click", ({ pointer }) => this.choose(this.stopAt(pointer.DOM)));
      this.network.on("hoverNode", ({ node }) => this.onHover(node));
      this.network.on("blurNode", () => this.onHover(null));
      this.network.on("dragStart", ({ nodes }) => this.onDrag(nodes));
      this.network.on("dragging", ({ nodes }) => this.onDrag(nodes));
      this.network.on("dragEnd", ({ nodes }) => this.onDrop(nodes));
      this.network.on("beforeDrawing", (ctx) => this.drawBands(ctx));
      this.network.on("afterDrawing", (ctx) => {
        this.replay.draw(ctx);
        this.placeStages();
      });
    }
  }

  // Draws cards where people put them, until the app has answered or is taken not to.
  keepMoves() {
    const now = Date.now();
    for (const [id, move] of this.pending) {
      const node = this.data.nodes.find((each) => each.id === id);
      const isThere = node && Math.abs(node.x - move.x) < 1 && Math.abs(node.y - move.y) < 1;
      if (!node || isThere || now > move.until) {
        this.pending.delete(id);
      } else {
        [node.x, node.y] = [move.x, move.y];
      }
    }
  }

  isCorridor(id) {
    return String(id).startsWith(CORRIDOR);
  }

  // --- what is drawn ---------------------------------------------------------------------

  dress(edge) {
    const { witness } = this.data;
    const onPath = witness?.passages.includes(edge.passage) ?? false;
    const isCurrent = witness?.passage === edge.passage;
    const touches = !witness && edge.ends.includes(this.selected);
    const isFaint =
      (witness && !onPath) || edge.ends.some((id) => this.data.cards[id].is_dimmed);
    const plain = edge.change ? this.theme.changes[edge.change] : this.theme.line;
    const colour = onPath ? this.theme.witness : touches ? this.theme.primary : plain;
    const sign = edge.change && edge.bears_sign ? SIGNS[edge.change] : "";
    return {
      ...edge,
      label: [sign, touches ? edge.text : ""].filter(Boolean).join(" "),
      dashes: edge.change === "removed" ? [6, 5] : false,
      color: { color: colour, hover: colour, highlight: colour, opacity: isFaint ? 0.18 : 1 },
      width: isCurrent ? 6 : onPath ? 4 : touches || edge.change ? 2.4 : 1.4,
      chosen: false,
      hoverWidth: 0,
      selectionWidth: 0,
      arrows: { to: { ...edge.arrows.to, scaleFactor: onPath ? 0.5 : 0.6 } },
      font: {
        size: sign ? 18 : 12,
        face: this.theme.font,
        color: sign ? plain : this.theme.text,
        background: this.theme.background,
        strokeWidth: 0,
      },
    };
  }

  drawStop({ ctx, id, x, y }) {
    const card = this.data.cards[id];
    if (!this.lines.has(id)) {
      this.lines.set(id, cardLines(ctx, card, this.channel(card), this.data.words, this.theme));
    }
    const lines = this.lines.get(id);
    const { witness } = this.data;
    const state = {
      isSelected: id === this.selected,
      isHovered: id === this.hovered,
      isCursor: id === this.cursor,
      isFaint: Boolean(card.is_dimmed) || Boolean(witness && !(id in witness.steps)),
      steps: witness?.steps[id] ?? null,
      isStep: witness?.stop === id,
    };
    return {
      drawNode: () => drawCard(ctx, x, y, card, lines, state, this.theme),
      nodeDimensions: { width: CARD_WIDTH, height: lines.height },
    };
  }

  channel(card) {
    return this.data.channels.find((channel) => channel.id === card.channel);
  }

  drawBands(ctx) {
    const [top, bottom] = [-100000, 200000];
    this.data.bands.forEach((band, index) => {
      if (index % 2 === 0) {
        ctx.fillStyle = this.theme.band;
        ctx.fillRect(band.left, top, band.right - band.left, bottom);
      }
    });
  }

  placeStages() {
    this.data.bands.forEach((band, index) => {
      const left = this.network.canvasToDOM({ x: band.left, y: 0 }).x;
      const right = this.network.canvasToDOM({ x: band.right, y: 0 }).x;
      const label = this.stageRow.children[index];
      label.style.left = `${left}px`;
      label.style.width = `${right - left}px`;
    });
  }

  // --- what surrounds the drawing --------------------------------------------------------

  fillStages() {
    this.stageRow.replaceChildren(
      ...this.data.bands.map((band) => element("span", "", band.label)),
    );
  }

  fillZoom() {
    const { words } = this.data;
    const button = (label, path, act) => {
      const made = element("button");
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
      made.append(drawingOf(path));
      made.onclick = act;
      return made;
    };
    this.zoomRow.replaceChildren(
      button(words.zoom_out, "M5 12h14", () => this.zoom(1 / 1.25)),
      button(words.zoom_in, "M12 5v14 M5 12h14", () => this.zoom(1.25)),
      button(words.fit, "M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5", () => this.fit()),
    );
  }

  fillOrder() {
    const { words, is_arrangeable: isArrangeable, moved } = this.data;
    this.orderRow.replaceChildren();
    if (!isArrangeable) {
      return;
    }
    this.orderRow.append(element("span", "", words.arrange_help));
    if (moved.length) {
      const made = element("button", "", words.put_in_order);
      made.type = "button";
      made.onclick = () => {
        this.pending.clear();
        this.reportReset();
      };
      this.orderRow.append(made);
    }
  }

  fillLegend() {
    const { words, channels, cards, witness } = this.data;
    const items = channels.map((channel) => {
      const tile = element("span", "tile");
      tile.style.background = channel.colour;
      tile.append(drawingOf(channel.icon));
      return legendItem(tile, channel.label);
    });
    const all = Object.values(cards);
    if (all.some((card) => card.is_moment_of_truth)) {
      const star = drawingOf(STAR);
      star.setAttribute("class", "star");
      star.style.fill = this.theme.truth;
      items.push(legendItem(star, words.moment_of_truth));
    }
    if (all.some((card) => card.irritants)) {
      const sign = drawingOf(WARNING);
      sign.setAttribute("class", "sign");
      sign.style.stroke = this.theme.irritant;
      items.push(legendItem(sign, words.irritant));
    }
    if (all.some((card) => card.is_counted === undefined)) {
      items.push(legendItem(element("span", "mark dashed"), words.uncounted));
    }
    if (witness) {
      items.push(legendItem(element("span", "mark line"), words.witness));
    }
    const changes = new Set([...all, ...this.data.edges].map((each) => each.change));
    for (const change of Object.keys(SIGNS).filter((each) => changes.has(each))) {
      const mark = element("span", `mark change ${change}`, SIGNS[change]);
      mark.style.color = this.theme.changes[change];
      items.push(legendItem(mark, words[change]));
    }
    this.legend.setAttribute("aria-label", words.legend);
    this.legend.replaceChildren(...items);
  }

  tooltip(id) {
    const made = element("div", "", this.describe(id, clipped));
    made.dir = "auto";
    return made;
  }

  // How the ways on from a stop differ from another version.
  *changedWays(id) {
    const { words, edges, cards } = this.data;
    const seen = new Set();
    for (const { passage, ends, change } of edges) {
      if (change && ends[0] === id && !seen.has(passage)) {
        seen.add(passage);
        yield `${words[change]}: ${cards[id].label} → ${cards[ends[1]].label}`;
      }
    }
  }

  // Says all of a stop; `told` may shorten each of the texts that people wrote.
  describe(id, told = (text) => text) {
    const card = this.data.cards[id];
    const { words } = this.data;
    const irritants = card.irritants?.map(told).join(", ");
    const extras = [
      irritants && fill(words.irritants, { irritants }),
      card.is_entry && words.entry,
      card.is_exit && [words.exit, told(card.exit_label ?? "")].filter(Boolean).join(": "),
      card.is_moment_of_truth && words.moment_of_truth,
      card.is_counted === undefined && words.uncounted,
      card.note,
      card.change && words[card.change],
      ...[...this.changedWays(id)].map(told),
    ].filter(Boolean);
    const said = fill(words.stop, {
      label: told(card.label),
      channel: told(this.channel(card).label),
      stage: told(card.stage),
      tags: card.tags?.map(told).join(", ") ?? (irritants ? "" : words.no_tags),
    });
    return [said, ...extras].join("\n");
  }

  // --- where one is on the map -----------------------------------------------------------

  bounds() {
    const stops = this.data.nodes.filter((node) => !this.isCorridor(node.id));
    const ys = this.data.nodes.map((node) => node.y);
    return {
      left: Math.min(...this.data.bands.map((band) => band.left)),
      right: Math.max(...this.data.bands.map((band) => band.right)),
      top: Math.min(...ys) - 80,
      bottom: Math.max(...ys) + 70,
      isEmpty: stops.length === 0,
    };
  }

  onResize() {
    if (this.network && this.frame.clientWidth !== this.width) {
      this.fit();
    }
  }

  fit() {
    const box = this.bounds();
    this.width = this.frame.clientWidth;
    if (box.isEmpty || !this.width) {
      return;
    }
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const wanted = Math.min(LARGEST_FIT, (this.width - MARGIN) / width);
    this.fitted = Math.max(SMALLEST_SCALE, Math.min(wanted, MOST_PIXELS / height));
    const pixels = Math.min(TALLEST, Math.max(220, height * this.fitted));
    this.canvas.style.height = `${Math.round(pixels)}px`;
    this.network.setSize("100%", "100%");
    this.network.redraw();
    const half = (this.width - MARGIN) / 2 / this.fitted;
    const isWhole = wanted >= SMALLEST_SCALE;
    this.network.moveTo({
      // A map too wide to be read whole is shown from its beginning.
      position: {
        x: isWhole ? (box.left + box.right) / 2 : box.left + half,
        y: (box.top + box.bottom) / 2,
      },
      scale: this.fitted,
    });
  }

  zoom(factor) {
    const scale = this.network.getScale() * factor;
    this.network.moveTo({ scale: Math.min(LARGEST_SCALE, Math.max(0.2, scale)) });
  }

  bringIntoView(id) {
    const scale = this.network.getScale();
    const stop = this.network.getPosition(id);
    const view = this.network.getViewPosition();
    const box = this.bounds();
    const { clientWidth, clientHeight } = this.canvas;
    this.network.moveTo({
      position: {
        x: nearest(view.x, stop.x, CARD_WIDTH * 0.6, clientWidth / 2 / scale, box.left, box.right),
        y: nearest(view.y, stop.y, 60, clientHeight / 2 / scale, box.top, box.bottom),
      },
    });
  }

  stopAt(point) {
    const at = this.network.DOMtoCanvas(point);
    const found = this.data.nodes.find((node) => {
      const half = (this.lines.get(node.id)?.height ?? 0) / 2;
      return Math.abs(at.x - node.x) <= CARD_WIDTH / 2 && Math.abs(at.y - node.y) <= half;
    });
    return found ? found.id : null;
  }

  stopPosition(id) {
    const box = this.canvas.getBoundingClientRect();
    const at = this.network.canvasToDOM(this.network.getPosition(id));
    return { x: box.left + at.x, y: box.top + at.y };
  }

  // --- for the replay --------------------------------------------------------------------

  redraw() {
    this.network?.redraw();
  }

  placeOf(id) {
    const height = this.lines.get(id)?.height ?? 0;
    return { ...this.network.getPosition(id), height };
  }

  // The point that lies some part of the way from one stop to another, along its line.
  pointBetween(source, target, part) {
    const chain = this.data.edges.filter(({ ends: [a, b] }) => a === source && b === target);
    const stretches = chain.filter(({ passage }) => passage === chain[0].passage);
    const from = this.network.getPosition(source);
    if (!stretches.length || source === target) {
      return { x: from.x, y: from.y - 60 * Math.sin(part * Math.PI) };
    }
    const along = Math.min(part * stretches.length, stretches.length - 1e-6);
    const stretch = stretches[Math.floor(along)];
    return this.network.body.edges[stretch.id].edgeType.getPoint(along % 1);
  }

  // --- what people do --------------------------------------------------------------------

  choose(id) {
    this.selected = id;
    this.edges.update(this.data.edges.map((edge) => this.dress(edge)));
    this.network.redraw();
    this.report(id);
  }

  onHover(id) {
    this.hovered = id && !this.isCorridor(id) ? id : null;
    this.canvas.classList.toggle("on-stop", this.hovered !== null);
    this.network.redraw();
  }

  onDrag([id]) {
    if (!id || !this.data.is_arrangeable || this.isCorridor(id)) {
      return;
    }
    const at = this.network.getPosition(id);
    const x = this.withinStage(id, at.x);
    if (x !== at.x) {
      this.network.moveNode(id, x, at.y);
    }
  }

  onDrop([id]) {
    if (id && this.data.is_arrangeable && !this.isCorridor(id)) {
      this.onDrag([id]);
      this.put(id, this.network.getPosition(id));
      this.tell(id);
    }
  }

  tell(id) {
    const { x, y } = this.network.getPosition(id);
    this.reportMove({ id, x, y });
  }

  // A card never leaves its stage, which is what the band behind it tells.
  withinStage(id, x) {
    const band = this.data.bands.find((each) => each.id === this.data.cards[id].stage_id);
    const { margin } = this.data.units;
    return Math.min(Math.max(x, band.left + margin), band.right - margin);
  }

  put(id, { x, y }) {
    const node = this.data.nodes.find((each) => each.id === id);
    [node.x, node.y] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
    this.pending.set(id, { x: node.x, y: node.y, until: Date.now() + FORGET });
    this.nodes.update({ id, x: node.x, y: node.y });
  }

  // Moves the chosen card by a step; told to the app once no more steps follow.
  shift(right, down) {
    const id = this.cursor ?? this.selected;
    if (!this.data.is_arrangeable || !id || !this.data.cards[id]) {
      return;
    }
    const { units } = this.data;
    const at = this.network.getPosition(id);
    const x = this.withinStage(id, at.x + right * STEP * units.x);
    this.put(id, { x, y: at.y + down * STEP * units.y });
    this.bringIntoView(id);
    if (this.unsettled && this.unsettled !== id) {
      this.settle();
    }
    this.unsettled = id;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), PAUSE);
  }

  settle() {
    const id = this.unsettled;
    this.unsettled = null;
    if (this.data.cards[id]) {
      this.heard.textContent = fill(this.data.words.moved, { label: this.data.cards[id].label });
      this.tell(id);
    }
  }

  // vis-network doesn't see that somebody has left the map.
  hideTooltip() {
    const handler = this.network?.interactionHandler;
    if (handler?.popup) {
      handler.popup.hide();
      handler.popupObj = undefined;
    }
  }

  point(id) {
    this.cursor = id;
    if (id) {
      this.heard.textContent = this.describe(id);
      this.bringIntoView(id);
    }
    this.network.redraw();
  }

  onKey(event) {
    const moves = {
      ArrowRight: [1, 0],
      ArrowLeft: [-1, 0],
      ArrowDown: [0, 1],
      ArrowUp: [0, -1],
    };
    const acts = {
      "+": () => this.zoom(1.25),
      "=": () => this.zoom(1.25),
      "-": () => this.zoom(1 / 1.25),
      0: () => this.fit(),
      Enter: () => this.cursor && this.choose(this.cursor),
      " ": () => this.cursor && this.choose(this.cursor),
      Escape: () => this.choose(null),
    };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (moves[event.key] && event.shiftKey) {
      this.shift(...moves[event.key]);
    } else if (moves[event.key]) {
      this.point(this.neighbour(...moves[event.key]));
    } else if (acts[event.key]) {
      acts[event.key]();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // The nearest stop in that direction; steps aside count three times.
  neighbour(right, down) {
    const stops = this.data.nodes.filter((node) => !this.isCorridor(node.id));
    const from = stops.find((node) => node.id === (this.cursor ?? this.selected));
    if (!from) {
      return stops[0]?.id ?? null;
    }
    let [best, least] = [from.id, Infinity];
    for (const node of stops) {
      const [x, y] = [node.x - from.x, node.y - from.y];
      const ahead = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      if (ahead > 1 && ahead + 3 * aside < least) {
        [best, least] = [node.id, ahead + 3 * aside];
      }
    }
    return best;
  }
}

const STAR =
  "M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 16.9l-5.4 3 1.1-6.1L3.2 9.6l6.1-.8z";

// Where to look along one axis so that a stop is in view: where one looks already, if that will
// do; else the stop in the middle, but not beyond the ends of the map.
function nearest(view, stop, margin, half, start, end) {
  if (Math.abs(stop - view) <= half - margin) return view;
  if (end - start <= 2 * half) return (start + end) / 2;
  return Math.min(Math.max(stop, start + half), end - half);
}

// What a tooltip has room for.
function clipped(text) {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST).join("").trimEnd()}…`;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function legendItem(mark, label) {
  const item = element("li");
  item.append(mark, element("span", "", label));
  return item;
}

function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function replace(dataSet, items) {
  const kept = new Set(items.map((item) => item.id));
  dataSet.remove(dataSet.getIds().filter((id) => !kept.has(id)));
  dataSet.update(items);
}

function readTheme(host) {
  const style = getComputedStyle(host);
  const read = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const background = read("background-color") || "#ffffff";
  const isDark = luminance(background) < 0.4;
  return {
    isDark,
    background,
    surface: isDark ? read("secondary-background-color") : background,
    text: read("text-color"),
    muted: isDark ? "#b3bac6" : "#586271",
    chip: isDark ? "#3a4250" : "#eef0f4",
    band: isDark ? "rgba(255, 255, 255, 0.035)" : "rgba(30, 40, 60, 0.035)",
    border: isDark ? "#566072" : "#b4bcc9",
    line: isDark ? "#7d8899" : "#8b95a5",
    primary: read("primary-color"),
    witness: isDark ? "#ff7b66" : "#c6281c",
    onWitness: isDark ? "#2a0b06" : "#ffffff",
    irritant: isDark ? "#ffb066" : "#a84300",
    irritantChip: isDark ? "#4d3218" : "#fbe5d2",
    // Blue, vermilion and violet, which all eyes tell apart; signs and words stand beside them.
    changes: isDark
      ? { added: "#7cb8ff", removed: "#ff9d6b", changed: "#c9a6ff" }
      : { added: "#0058a8", removed: "#b23c00", changed: "#6a35b0" },
    onChange: isDark ? "#10131a" : "#ffffff",
    customers: isDark ? "#8fd3c8" : "#006657",
    onCustomers: isDark ? "#06231f" : "#ffffff",
    truth: isDark ? "#f5c542" : "#8a5a00",
    truthFill: isDark ? "#f5c542" : "#f7b500",
    font: read("font") || "sans-serif",
  };
}

function luminance(colour) {
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, 1, 1);
  const [red, green, blue] = ctx.getImageData(0, 0, 1, 1).data;
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

// One touchpoint, drawn as a card: icon, name, channel, and the markers that it carries.

export const CARD_WIDTH = 182;

const PADDING = 9;
const TILE = 24;
const TITLE = { size: 14, line: 17, weight: 600 };
const NOTE = { size: 12, line: 15, weight: 400 };
const CHIP = { size: 11.5, height: 18, gap: 4, padding: 6, weight: 500 };
const CHIP_ROWS = 2;
const SIGN = 13; // room for the sign before an irritant
const MOST_LETTERS = 600; // no card has room for more
const MORE = 34; // room for "+12"
// How something differs from another version: a sign, so that colour isn't needed.
export const SIGNS = { added: "+", removed: "\u2212", changed: "\u2260" };
export const WARNING = "M12 3.6 21.6 20.4H2.4z M12 9.8v4.6 M12 17.2v.3";
const STAR = "M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 16.9l-5.4 3 1.1-6.1L3.2 9.6l6.1-.8z";

// Measures and breaks the texts of a card, once; drawing then only draws.
export function cardLines(ctx, card, channel, words, theme) {
  const room = CARD_WIDTH - 3 * PADDING - TILE;
  setFont(ctx, TITLE, theme);
  const title = wrap(ctx, card.label, room, 2);
  setFont(ctx, NOTE, theme);
  const note = shorten(ctx, [channel.label, card.note].filter(Boolean).join(" · "), room);
  setFont(ctx, CHIP, theme);
  const tags = [
    ...(card.irritants ?? []).map((text) => ({ text, isIrritant: true })),
    ...(card.tags ?? []).map((text) => ({ text, isIrritant: false })),
  ];
  const chips = layChips(ctx, tags, CARD_WIDTH - 2 * PADDING);
  const head = Math.max(TILE, title.length * TITLE.line + NOTE.line);
  const rows = chips.length ? chips.at(-1).row + 1 : 0;
  const tagHeight = rows ? 6 + rows * CHIP.height + (rows - 1) * CHIP.gap : 0;
  const flags = [];
  if (card.is_entry) flags.push(`▶ ${words.entry}`);
  if (card.is_exit) flags.push(`■ ${card.exit_label || words.exit}`);
  return {
    title,
    note,
    chips,
    head,
    height: 2 * PADDING + head + tagHeight,
    colour: channel.colour,
    icon: new Path2D(channel.icon),
    flags,
    change: card.change ? words[card.change] : "",
  };
}

// How many customers are at a stop, below its card.
export function drawNumber(ctx, x, y, height, number, theme) {
  setFont(ctx, { ...TITLE, weight: 700 }, theme);
  const width = Math.max(34, ctx.measureText(number).width + 18);
  ctx.save();
  box(ctx, x + CARD_WIDTH / 2 - width - 6, y + height / 2 - 12, width, 24, 12);
  ctx.fillStyle = theme.customers;
  ctx.fill();
  stroke(ctx, theme.surface, 2, []);
  ctx.fillStyle = theme.onCustomers;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(number, x + CARD_WIDTH / 2 - width / 2 - 6, y + height / 2 + 0.5);
  ctx.restore();
}

// Customers on their way: a dot that grows with how many they are.
export function drawGroup(ctx, x, y, number, total, theme) {
  ctx.save();
  disc(ctx, x, y, 10 + 12 * Math.sqrt(number / total), theme.customers, theme.surface);
  setFont(ctx, { ...NOTE, weight: 700 }, theme);
  ctx.fillStyle = theme.onCustomers;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(number, x, y + 0.5);
  ctx.restore();
}

export function drawCard(ctx, x, y, card, lines, state, theme) {
  const left = x - CARD_WIDTH / 2;
  const top = y - lines.height / 2;
  ctx.save();
  ctx.globalAlpha = state.isFaint ? 0.3 : card.change === "removed" ? 0.55 : 1;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  drawFrame(ctx, left, top, card, lines, state, theme);
  drawTile(ctx, left + PADDING, top + PADDING, lines);
  drawTexts(ctx, left + 2 * PADDING + TILE, top + PADDING, lines, theme);
  drawChips(ctx, left + PADDING, top + PADDING + lines.head + 6, lines, theme);
  drawFlags(ctx, left + 12, top, card, lines, theme);
  if (card.is_moment_of_truth) drawStar(ctx, left + CARD_WIDTH - 8, top + 2, theme);
  if (card.change) drawChange(ctx, left, top, card, lines, theme);
  if (state.steps) drawSteps(ctx, left, top, state, theme);
  ctx.restore();
}

function drawFrame(ctx, left, top, card, lines, state, theme) {
  if (state.isCursor) {
    box(ctx, left - 6, top - 6, CARD_WIDTH + 12, lines.height + 12, 14);
    stroke(ctx, theme.text, 2, [3, 3]);
  }
  if (state.isStep) {
    box(ctx, left - 5, top - 5, CARD_WIDTH + 10, lines.height + 10, 14);
    stroke(ctx, theme.witness, 4, []);
  }
  ctx.save();
  if (!theme.isDark && !state.isFaint) {
    ctx.shadowColor = "rgba(20, 30, 50, 0.13)";
    ctx.shadowBlur = state.isHovered ? 14 : 7;
    ctx.shadowOffsetY = 2;
  }
  box(ctx, left, top, CARD_WIDTH, lines.height, 10);
  ctx.globalAlpha = 1; // so that lines behind never show through
  ctx.fillStyle = theme.surface;
  ctx.fill();
  ctx.restore();
  const isDashed = card.is_counted === undefined || card.change === "removed";
  const dashes = isDashed ? [5, 4] : [];
  if (state.isSelected) stroke(ctx, theme.primary, 3, dashes);
  else if (state.steps) stroke(ctx, theme.witness, 2, dashes);
  else if (card.change) stroke(ctx, theme.changes[card.change], 2.5, dashes);
  else if (card.is_moment_of_truth) stroke(ctx, theme.truthFill, 2, dashes);
  else stroke(ctx, state.isHovered ? theme.text : theme.border, 1.25, dashes);
}

function drawTile(ctx, left, top, lines) {
  box(ctx, left, top, TILE, TILE, 7);
  ctx.fillStyle = lines.colour;
  ctx.fill();
  ctx.save();
  ctx.translate(left + 4, top + 4);
  ctx.scale((TILE - 8) / 24, (TILE - 8) / 24);
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = 2.1;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.stroke(lines.icon);
  ctx.restore();
}

function drawTexts(ctx, left, top, lines, theme) {
  setFont(ctx, TITLE, theme);
  ctx.fillStyle = theme.text;
  const room = CARD_WIDTH - 3 * PADDING - TILE;
  lines.title.forEach((line, index) =>
    write(ctx, line, left, top + (index + 0.5) * TITLE.line, room),
  );
  setFont(ctx, NOTE, theme);
  ctx.fillStyle = theme.muted;
  write(ctx, lines.note, left, top + lines.title.length * TITLE.line + NOTE.line / 2, room);
}

function drawChips(ctx, left, top, lines, theme) {
  setFont(ctx, CHIP, theme);
  for (const chip of lines.chips) {
    const chipTop = top + chip.row * (CHIP.height + CHIP.gap);
    box(ctx, left + chip.x, chipTop, chip.width, CHIP.height, CHIP.height / 2);
    ctx.fillStyle = chip.isIrritant ? theme.irritantChip : theme.chip;
    ctx.fill();
    if (chip.isIrritant) {
      stroke(ctx, theme.irritant, 1.5, []);
      drawWarning(ctx, left + chip.x + CHIP.padding - 2, chipTop + 3, theme);
    }
    ctx.fillStyle = theme.text;
    const indent = CHIP.padding + (chip.isIrritant ? SIGN : 0);
    const room = chip.width - indent - CHIP.padding;
    write(ctx, chip.text, left + chip.x + indent, chipTop + CHIP.height / 2 + 0.5, room);
  }
}

function drawWarning(ctx, x, y, theme) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(12 / 24, 12 / 24);
  ctx.strokeStyle = theme.irritant;
  ctx.lineWidth = 2.6;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.stroke(new Path2D(WARNING));
  ctx.restore();
}

function drawFlags(ctx, left, top, card, lines, theme) {
  setFont(ctx, CHIP, theme);
  let x = left;
  for (const flag of lines.flags) {
    const text = shorten(ctx, flag, Math.max(40, left + CARD_WIDTH - 30 - x));
    const width = ctx.measureText(text).width + 2 * CHIP.padding;
    box(ctx, x, top - 10, width, CHIP.height, 5);
    ctx.fillStyle = theme.text;
    ctx.fill();
    ctx.fillStyle = theme.background;
    ctx.fillText(text, x + CHIP.padding, top - 10 + CHIP.height / 2 + 0.5);
    x += width + 4;
  }
}

// A pill below the card: the sign and the word for how it differs.
function drawChange(ctx, left, top, card, lines, theme) {
  setFont(ctx, { ...CHIP, weight: 600 }, theme);
  const text = `${SIGNS[card.change]} ${lines.change}`;
  const width = ctx.measureText(text).width + 2 * CHIP.padding;
  const y = top + lines.height - 8;
  box(ctx, left + 12, y, width, CHIP.height, 5);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.changes[card.change];
  ctx.fill();
  ctx.fillStyle = theme.onChange;
  ctx.fillText(text, left + 12 + CHIP.padding, y + CHIP.height / 2 + 0.5);
}

function drawStar(ctx, x, y, theme) {
  ctx.save();
  disc(ctx, x, y, 12, theme.truthFill, theme.surface);
  ctx.translate(x - 8, y - 8.4);
  ctx.scale(16 / 24, 16 / 24);
  ctx.fillStyle = "#3b2600";
  ctx.fill(new Path2D(STAR));
  ctx.restore();
}

function drawSteps(ctx, left, top, state, theme) {
  const text = state.steps.length > 3 ? `${state.steps.slice(0, 3).join(" · ")}…` : state.steps.join(" · ");
  ctx.font = `700 13px ${theme.font}`;
  const width = Math.max(26, ctx.measureText(text).width + 14);
  box(ctx, left - 12, top - 13, width, 26, 13);
  ctx.fillStyle = theme.witness;
  ctx.fill();
  stroke(ctx, theme.surface, 2, []);
  ctx.fillStyle = theme.onWitness;
  ctx.textAlign = "center";
  ctx.fillText(text, left - 12 + width / 2, top + 0.5);
}

function disc(ctx, x, y, radius, fill, edge) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  stroke(ctx, edge, 2, []);
}

function box(ctx, left, top, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, Math.min(radius, height / 2));
}

function stroke(ctx, colour, width, dashes) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dashes);
  ctx.stroke();
  ctx.setLineDash([]);
}

function setFont(ctx, kind, theme) {
  ctx.font = `${kind.weight} ${kind.size}px ${theme.font}`;
}

// Writes a line; one that reads from right to left begins at the right of its room.
function write(ctx, text, left, y, room) {
  const isFromRight = FROM_RIGHT.test(text);
  ctx.save();
  ctx.direction = isFromRight ? "rtl" : "ltr";
  ctx.textAlign = isFromRight ? "right" : "left";
  ctx.fillText(text, isFromRight ? left + room : left, y);
  ctx.restore();
}

// Texts whose first letter is of a script that is written from right to left.
const FROM_RIGHT = /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const segmenter = new Intl.Segmenter();

// What people take for letters: an emoji made of several code points is one.
function letters(text) {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function shorten(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  const all = letters(text.slice(0, MOST_LETTERS));
  let [fits, isTooLong] = [0, all.length];
  while (isTooLong - fits > 1) {
    const middle = (fits + isTooLong) >> 1;
    const isFitting = ctx.measureText(`${all.slice(0, middle).join("")}…`).width <= room;
    if (isFitting) fits = middle;
    else isTooLong = middle;
  }
  return `${all.slice(0, fits).join("").trimEnd()}…`;
}

function wrap(ctx, text, room, most) {
  const lines = [];
  let line = "";
  for (const word of text.slice(0, MOST_LETTERS).split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && ctx.measureText(longer).width > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = lines.slice(most - 1).join(" ");
  return kept.map((each) => shorten(ctx, each, room));
}

// Chips in rows; those that don't fit are summed up as "+2".
function layChips(ctx, tags, room) {
  const chips = [];
  let [x, row] = [0, 0];
  const around = (tag) => 2 * CHIP.padding + (tag.isIrritant ? SIGN : 0);
  const put = (tag, limit) => {
    const shown = shorten(ctx, tag.text, limit - around(tag));
    const width = ctx.measureText(shown).width + around(tag);
    chips.push({ ...tag, text: shown, x, row, width });
    x += width + CHIP.gap;
  };
  for (const [index, tag] of tags.entries()) {
    const width = ctx.measureText(tag.text).width + around(tag);
    if (x && x + width > room && row < CHIP_ROWS - 1) [x, row] = [0, row + 1];
    const isInLastRow = row === CHIP_ROWS - 1;
    const kept = isInLastRow && index < tags.length - 1 ? MORE : 0;
    if (isInLastRow && x && x + width + kept > room) {
      put({ text: `+${tags.length - index}`, isIrritant: false }, room);
      return chips;
    }
    put(tag, room - kept);
  }
  return chips;
}

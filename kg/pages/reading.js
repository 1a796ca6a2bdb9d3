// @ts-check
/* Pure functions of the page: no document, no network. Tested by `node --test` in explorer/. */
"use strict";

/**
 * Text for comparing: accents, case and invisible characters gone, one space between words.
 * @param {string} text
 * @returns {string}
 */
function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mn}|\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * Places of the texts that hold every word of a query, the best first: a whole text, a beginning,
 * the beginning of a word, anywhere. Equal ones keep their order.
 * @param {string[][]} texts For each thing, its folded texts; the first is its label.
 * @param {string} query As typed.
 * @returns {number[]}
 */
function find(texts, query) {
  const wanted = fold(query);
  if (!wanted) return [];
  const words = wanted.split(" ");
  /** @type {[number, number][]} */
  const found = [];
  texts.forEach((mine, place) => {
    let best = Infinity;
    for (const text of mine) {
      if (text === wanted) best = Math.min(best, 0);
      else if (text.startsWith(wanted)) best = Math.min(best, 1);
      else if (text.includes(` ${wanted}`)) best = Math.min(best, 2);
      else if (text.includes(wanted)) best = Math.min(best, 3);
    }
    const all = mine.join(" ");
    if (best === Infinity && words.every((word) => all.includes(word))) best = 4;
    if (best < Infinity) found.push([best, place]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, place]) => place);
}

/**
 * A text cut into marked and unmarked pieces. Offsets are code points, end exclusive; spans may
 * overlap, and what lies outside the text is cut off.
 * @param {string} text
 * @param {[number, number][]} spans
 * @returns {{text: string, marked: boolean}[]}
 */
function pieces(text, spans) {
  const points = Array.from(text);
  const marked = new Array(points.length).fill(false);
  for (const [start, end] of spans)
    for (let at = Math.max(start, 0); at < Math.min(end, points.length); at++) marked[at] = true;
  /** @type {{text: string, marked: boolean}[]} */
  const found = [];
  points.forEach((point, at) => {
    const last = found[found.length - 1];
    if (last && last.marked === marked[at]) last.text += point;
    else found.push({ text: point, marked: marked[at] });
  });
  return found;
}

/**
 * The sentences of a text that hold any of the spans, cut out; "…" stands for what is left out.
 * @param {string} text
 * @param {[number, number][]} spans Code points, end exclusive.
 * @returns {{text: string, marked: boolean}[]}
 */
function excerpt(text, spans) {
  const points = Array.from(text);
  const kept = new Array(points.length).fill(false);
  let start = 0;
  for (let at = 0; at <= points.length; at++) {
    const ends = at === points.length || (/[.!?…]/u.test(points[at]) && /^\s?$/u.test(points[at + 1] ?? "")) || points[at] === "\n";
    if (!ends) continue;
    const end = Math.min(at + 1, points.length);
    if (spans.some(([from, to]) => from < end && to > start)) kept.fill(true, start, end);
    start = end;
  }
  const marks = pieces(text, spans);
  /** @type {{text: string, marked: boolean}[]} */
  const found = [];
  let at = 0;
  let gap = false;
  /** @param {string} piece @param {boolean} marked */
  const put = (piece, marked) => {
    const last = found[found.length - 1];
    if (last && last.marked === marked) last.text += piece;
    else found.push({ text: piece, marked });
  };
  for (const { text: piece, marked } of marks)
    for (const point of Array.from(piece)) {
      if (kept[at]) {
        if (gap && point.trim()) {
          put(found.length ? " … " : "… ", false);
          gap = false;
        }
        if (!gap) put(point, marked);
      } else gap = gap || point.trim() !== "";
      at++;
    }
  if (gap && found.length) put(" …", false);
  return found;
}

/**
 * A label broken into lines that are not wider than `width` characters, the last one cut by "…".
 * @param {string} label
 * @param {number} width
 * @param {number} lines
 * @returns {string[]}
 */
function wrap(label, width, lines) {
  /** @type {string[]} */
  const found = [];
  for (const word of label.split(/\s+/u).filter(Boolean)) {
    const last = found[found.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const cut = (/** @type {string} */ text, /** @type {boolean} */ more) => {
    const points = Array.from(text);
    return points.length > width || more ? `${points.slice(0, width - 1).join("").replace(/[\s,;.:]+$/u, "")}…` : text;
  };
  return found.slice(0, lines).map((line, place) => cut(line, place === lines - 1 && found.length > lines));
}

/**
 * What lies within some links of a place. Places in `walls` are reached but not passed.
 * @param {Map<number, Set<number>>} near
 * @param {number} start
 * @param {number} hops
 * @param {Set<number>} walls
 * @returns {Set<number>}
 */
function within(near, start, hops, walls) {
  const found = new Set([start]);
  let edge = [start];
  for (let hop = 0; hop < hops; hop++) {
    /** @type {number[]} */
    const next = [];
    for (const one of edge) {
      if (one !== start && walls.has(one)) continue;
      for (const other of near.get(one) ?? [])
        if (!found.has(other)) {
          found.add(other);
          next.push(other);
        }
    }
    edge = next;
  }
  return found;
}

/**
 * The nearest point in a direction: within a quarter turn of it, the nearer the straighter.
 * @param {{x: number, y: number}[]} points
 * @param {number} from
 * @param {{x: number, y: number}} direction A unit vector.
 * @param {(place: number) => boolean} shown
 * @returns {number | null}
 */
function nearest(points, from, direction, shown) {
  let best = Infinity;
  /** @type {number | null} */
  let found = null;
  points.forEach((point, place) => {
    if (place === from || !shown(place)) return;
    const x = point.x - points[from].x;
    const y = point.y - points[from].y;
    const along = x * direction.x + y * direction.y;
    const aside = Math.abs(x * direction.y - y * direction.x);
    if (along <= 0 || aside > along) return;
    const cost = along + 2 * aside;
    if (cost < best) {
      best = cost;
      found = place;
    }
  });
  return found;
}

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * Which of its boxes each thing can have without covering another; earlier things choose first.
 * @param {Box[][]} choices For each thing, its boxes, the best first.
 * @param {Box[]} taken Boxes nobody may cover.
 * @returns {number[]} Places in `choices`; -1 where there is no room.
 */
function room(choices, taken) {
  const placed = taken.slice();
  return choices.map((boxes) => {
    const free = boxes.findIndex((box) =>
      placed.every((other) => box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom),
    );
    if (free >= 0) placed.push(boxes[free]);
    return free;
  });
}

/**
 * A text with its {places} filled in. What has no value stays as it stands.
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/gu, (whole, name) => (Object.prototype.hasOwnProperty.call(values, name) ? String(values[name]) : whole));
}

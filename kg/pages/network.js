// @ts-check
/* The page of a network. Data comes as JSON and reaches the screen as text nodes only. */
"use strict";

/**
 * @typedef {Record<string, string>} Labels language → text, "" where the language is unknown
 * @typedef {{passage: number, start: number, end: number, method?: string, confidence?: number,
 *   status?: string, role_method?: string, role_confidence?: number}} Quote
 * @typedef {{kind: string, labels: Labels, short: string, search: string[], fields: [string, Labels[]][],
 *   passages: number[], gap: boolean, column: [number, number]}} Thing
 * @typedef {{relation: string, family: string, words: Quote[]}} Link
 * @typedef {{key: string, identifier: string, field: string, heading: string, text: string, language: string}} Passage
 * @typedef {{audience: string, language: string, version: string, note: Labels, left_out: [string, number, number][],
 *   kinds: [string, string, string, string][], hubs: string[], relations: string[], terms: Record<string, Labels>, texts: Record<string, any>,
 *   nodes: Thing[], edges: Link[], passages: Passage[]}} Scene
 * @typedef {{id: string, size: number, x: number, y: number}} Placed
 * @typedef {{from: string, to: string, color: string, width: number, dashes: boolean | number[], arrows: string,
 *   smooth?: object}} Drawn
 */

/** @param {string} id @returns {any} */
const read = (id) => JSON.parse(/** @type {HTMLElement} */ (document.getElementById(id)).textContent ?? "null");
/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Scene} */
const scene = read("data-scene");
/** @type {Placed[]} */
const placed = read("data-nodes");
/** @type {Drawn[]} */
const drawn = read("data-edges");
const things = scene.nodes;
const links = scene.edges;

// Ids are data. Inside the page a place in the list stands for each, so that none can mean anything to a library.
const placeOf = new Map(placed.map((node, place) => [node.id, place]));
const ends = drawn.map((edge) => [placeOf.get(edge.from) ?? -1, placeOf.get(edge.to) ?? -1]);
/** @type {Map<number, Set<number>>} */
const near = new Map(things.map((_, place) => [place, new Set()]));
ends.forEach(([from, to]) => {
  near.get(from)?.add(to);
  near.get(to)?.add(from);
});
const degree = things.map((_, place) => ends.filter((pair) => pair.includes(place)).length);
const hubs = new Set(things.map((_, place) => place).filter((place) => scene.hubs.includes(things[place].kind)));
const negative = things.map((thing) => thing.fields.some(([name, values]) => name === "negative" && values[0]?.[""] === "true"));
const style = new Map(scene.kinds.map(([kind, shape, light, dark]) => [kind, { shape, light, dark }]));
const kinds = scene.kinds.map(([kind]) => kind).filter((kind) => things.some((thing) => thing.kind === kind));
const relations = scene.relations
  .concat([...new Set(links.map((link) => link.relation))].sort())
  .filter((name, place, all) => all.indexOf(name) === place && links.some((link) => link.relation === name));

const state = {
  language: scene.language,
  /** @type {"network" | "columns"} */
  arrangement: "network",
  /** @type {number | null} */ thing: null,
  /** @type {number | null} */ link: null,
  /** @type {number | null} */ hover: null,
  /** @type {{around: number, hops: number} | null} */ focus: null,
  /** @type {Set<string>} */ hiddenKinds: new Set(),
  /** @type {Set<string>} */ hiddenRelations: new Set(),
  /** @type {Set<number> | null} */ lit: null,
};

/* ---- words ---- */

/** A text of the page. @param {string} name @returns {string} */
function say(name) {
  let found = scene.texts[state.language];
  for (const part of name.split(".")) found = found?.[part];
  return typeof found === "string" ? found : "";
}

/** @param {string} name @param {number} n @returns {string} */
const count = (name, n) => fill(say(`${name}.${n === 1 ? "one" : "many"}`), { n });

/** @param {Labels} labels @returns {string} */
const inLanguage = (labels) => labels[state.language] || labels[""] || labels.en || Object.values(labels)[0] || "";

/** @param {number} place @returns {string} */
const labelOf = (place) => inLanguage(things[place].labels) || things[place].short || say("unnamed");

/** A word of the ontology, else its slug as words. @param {string} scheme @param {string} slug @returns {string} */
function term(scheme, slug) {
  const labels = Object.prototype.hasOwnProperty.call(scene.terms, `${scheme}/${slug}`) ? scene.terms[`${scheme}/${slug}`] : null;
  return (labels && inLanguage(labels)) || slug.replace(/-/g, " ");
}

/** @param {string} slug @returns {string} */
const fieldName = (slug) => {
  const known = Object.prototype.hasOwnProperty.call(scene.texts[state.language].fields, slug);
  return known ? say(`fields.${slug}`) : term("field", slug);
};

/** @param {string} relation @param {"legend" | "out" | "in" | "says"} form @returns {string} */
function relationName(relation, form) {
  const known = Object.prototype.hasOwnProperty.call(scene.texts[state.language].relations, relation);
  return known ? scene.texts[state.language].relations[relation][form] : relation.replace(/-/g, " ");
}

/* ---- elements ---- */

/**
 * An element. Children that are strings become text nodes.
 * @param {string} name
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [about] Attributes; functions listen.
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function make(name, about = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(about))
    if (typeof value === "function") element.addEventListener(key, value);
    else if (typeof value === "boolean") element.toggleAttribute(key, value);
    else element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Outlines of the shapes in a box from -1 to 1. @type {Record<string, [number, number][]>} */
const OUTLINES = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.05], [1.05, 0.8], [-1.05, 0.8]],
  triangleDown: [[0, 1.05], [1.05, -0.8], [-1.05, -0.8]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  hexagon: [[-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]],
  pentagon: [[0, -1.1], [1.05, -0.3], [0.65, 0.95], [-0.65, 0.95], [-1.05, -0.3]],
  cross: [[-0.38, -1], [0.38, -1], [0.38, -0.38], [1, -0.38], [1, 0.38], [0.38, 0.38], [0.38, 1], [-0.38, 1], [-0.38, 0.38], [-1, 0.38], [-1, -0.38], [-0.38, -0.38]],
  star: Array.from({ length: 10 }, (_, n) => {
    const reach = n % 2 ? 0.5 : 1.2;
    const turn = (n * Math.PI) / 5 - Math.PI / 2;
    return [Math.cos(turn) * reach, Math.sin(turn) * reach];
  }),
};

const dark = () => getComputedStyle(document.documentElement).colorScheme.includes("dark");
/** @param {string} name @returns {string} */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
/** @param {string} kind @returns {string} */
const colourOf = (kind) => {
  const mine = style.get(kind);
  return mine ? (dark() ? mine.dark : mine.light) : "#888888";
};

/** The mark of a kind, as in the picture. @param {string} kind @param {boolean} [hollow] @returns {SVGElement} */
function mark(kind, hollow = false) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "-1.5 -1.5 3 3");
  picture.setAttribute("class", "mark");
  picture.setAttribute("aria-hidden", "true");
  const outline = OUTLINES[style.get(kind)?.shape ?? ""];
  const shape = document.createElementNS(SVG, outline ? "polygon" : "circle");
  if (outline) shape.setAttribute("points", outline.map((point) => point.join(",")).join(" "));
  else shape.setAttribute("r", "1");
  shape.setAttribute("fill", hollow ? "none" : colourOf(kind));
  shape.setAttribute("stroke", hollow ? colourOf(kind) : colour("ink"));
  shape.setAttribute("stroke-width", hollow ? "0.4" : "0.14");
  picture.append(shape);
  return picture;
}

/** @param {string} text */
function announce(text) {
  at("said").textContent = text;
}

/* ---- what is shown ---- */

/** @returns {Set<number>} */
function shown() {
  const around = state.focus ? within(near, state.focus.around, state.focus.hops, hubs) : null;
  return new Set(
    things
      .map((_, place) => place)
      .filter((place) => (!around || around.has(place)) && (!state.hiddenKinds.has(things[place].kind) || state.focus?.around === place)),
  );
}

/** @type {any} */ let network = null;
/** @type {any} */ let nodeData = null;
/** @type {any} */ let edgeData = null;
/** @type {Set<number>} */ let visible = new Set(things.map((_, place) => place));

/** @param {number} place @returns {{x: number, y: number}} */
function spot(place) {
  const [x, y] = state.arrangement === "network" ? [placed[place].x, placed[place].y] : things[place].column;
  return { x, y };
}

/** Give the picture what is to be seen now. @param {boolean} [moved] also the places */
function refresh(moved = false) {
  visible = shown();
  if (state.thing !== null && state.link === null) state.lit = new Set([state.thing, ...(near.get(state.thing) ?? [])]);
  else if (state.link !== null) state.lit = new Set(ends[state.link]);
  else state.lit = null;
  if (!network) return;
  nodeData.update(things.map((_, place) => ({ id: place, hidden: !visible.has(place), ...(moved ? spot(place) : {}) })));
  edgeData.update(links.map((_, place) => edgeLook(place)));
  network.redraw();
}

// Beside other links, those to hubs are faint; and many links are fainter each, or they would hide what they link.
const manyToHubs = ends.some(([from, to], place) => links[place].family !== "structure" && !hubs.has(from) && !hubs.has(to));
const crowd = Math.min(1, Math.sqrt(600 / Math.max(links.length, 1)));

/** @param {number} place @returns {object} */
function edgeLook(place) {
  const [from, to] = ends[place];
  const edge = drawn[place];
  const link = links[place];
  const chosen = state.link === place;
  const touched = state.link === null && state.thing !== null && ends[place].includes(state.thing);
  const other = [from, to].find((end) => things[end].kind !== "outcome") ?? from;
  const toHub = manyToHubs && (hubs.has(from) || hubs.has(to));
  const tone = link.family === "structure" ? colour("soft") : things[other].kind === "outcome" ? colour("ink") : colourOf(things[other].kind);
  let opacity = (link.family === "structure" ? 0.85 : toHub ? 0.2 : 0.65) * crowd;
  if (state.lit) opacity = chosen || touched ? 0.95 : 0.05;
  return {
    id: place,
    hidden: !visible.has(from) || !visible.has(to) || state.hiddenRelations.has(link.relation),
    color: { color: tone, highlight: tone, hover: tone, opacity, inherit: false },
    width: chosen ? edge.width + 2.5 : touched ? edge.width + 0.8 : edge.width,
  };
}

/** The drawing of one node. @param {any} given */
function drawNode({ ctx, id, x, y, state: { hover } }) {
  const thing = things[id];
  const size = placed[id].size;
  const shape = OUTLINES[style.get(thing.kind)?.shape ?? ""];
  const chosen = state.thing === id;
  return {
    drawNode() {
      ctx.globalAlpha = state.lit && !state.lit.has(id) ? 0.14 : 1;
      const outline = () => {
        ctx.beginPath();
        if (shape) shape.forEach(([dx, dy]) => ctx.lineTo(x + dx * size, y + dy * size));
        else ctx.arc(x, y, size, 0, 2 * Math.PI);
        ctx.closePath();
      };
      outline();
      if (chosen || hover) {
        ctx.lineWidth = chosen ? 10 : 6;
        ctx.lineJoin = "round";
        ctx.strokeStyle = colour("accent");
        ctx.globalAlpha *= chosen ? 0.55 : 0.35;
        ctx.stroke();
        ctx.globalAlpha = state.lit && !state.lit.has(id) ? 0.14 : 1;
      }
      const tone = colourOf(thing.kind);
      ctx.fillStyle = thing.gap ? colour("ground") : tone;
      ctx.fill();
      ctx.lineWidth = thing.gap ? 3 : 1.2;
      ctx.strokeStyle = thing.gap ? tone : colour("ground");
      ctx.setLineDash([]);
      ctx.stroke();
      if (negative[id]) {
        ctx.lineWidth = 3;
        ctx.strokeStyle = thing.gap ? tone : colour("ground");
        ctx.beginPath();
        ctx.moveTo(x - size * 0.55, y);
        ctx.lineTo(x + size * 0.55, y);
        ctx.stroke();
      }
    },
    nodeDimensions: { width: size * 2.1, height: size * 2.1 },
  };
}

/** Labels over the picture: of one size on the screen, the most linked first, none over another. @param {any} ctx */
function drawLabels(ctx) {
  const scale = network.getScale();
  const positions = network.getPositions();
  const pixels = 12.5;
  ctx.font = `${pixels / scale}px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  /** @param {number} place */
  const rank = (place) =>
    (place === state.thing ? 1e6 : 0) + (place === state.hover ? 1e5 : 0) + (state.lit?.has(place) ? 1e4 : 0) + (hubs.has(place) ? 500 : 0) + degree[place];
  const order = [...visible].filter((place) => !state.lit || state.lit.has(place) || place === state.hover).sort((a, b) => rank(b) - rank(a) || a - b);
  const { clientWidth, clientHeight } = at("picture");
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  const view = { left: from.x, top: from.y, right: to.x, bottom: to.y };
  const labels = order.map((place) => {
    const big = place === state.thing || place === state.hover;
    // From afar, and among many, the short name; near by, or among what is lit, an outcome's words.
    const few = state.lit && things[place].kind === "outcome";
    const text = big || few || scale > 0.95 ? labelOf(place) : things[place].short || labelOf(place);
    const lines = wrap(text, big ? 34 : 22, big ? 4 : 2);
    const { x, y } = positions[place];
    const wide = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 4 / scale;
    const high = (lines.length * pixels * 1.15 + 2) / scale;
    const reach = placed[place].size * 1.1 + 2 / scale;
    /** @param {number} left @param {number} top */
    const box = (left, top) => ({ left, top, right: left + wide, bottom: top + high });
    const below = box(x - wide / 2, y + reach);
    const above = box(x - wide / 2, y - reach - high);
    const right = box(x + reach, y - high / 2);
    const left = box(x - reach - wide, y - high / 2);
    // In columns the room is to the right, elsewhere rather below.
    const describes = ["actor", "change", "place"].includes(things[place].kind);
    const boxes = state.arrangement === "columns" && !describes ? [right, below] : [below, right, left, above];
    // A label that the edge of the picture cuts is no label, where there is another place for it.
    const whole = boxes.filter((one) => one.left > view.left && one.right < view.right && one.top > view.top && one.bottom < view.bottom);
    return { place, lines, boxes: whole.length ? whole : boxes };
  });
  const marks = [...visible].map((place) => {
    const { x, y } = positions[place];
    const reach = placed[place].size * 0.8;
    return { place, left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  });
  const taken = state.lit ? marks.filter((box) => state.lit?.has(box.place)) : marks;
  const free = room(labels.map((label) => label.boxes), taken);
  labels.forEach((label, order) => {
    const must = label.place === state.thing || label.place === state.hover;
    const box = label.boxes[free[order] < 0 && must ? 0 : free[order]];
    if (!box) return;
    ctx.lineWidth = 4 / scale;
    ctx.strokeStyle = colour("ground");
    ctx.fillStyle = colour("ink");
    label.lines.forEach((line, row) => {
      const x = (box.left + box.right) / 2;
      const y = box.top + (row * pixels * 1.15 + 1) / scale;
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  });
}

function drawPicture() {
  const empty = things.length === 0;
  at("empty").hidden = !empty;
  if (empty) return;
  nodeData = new vis.DataSet(
    things.map((_, place) => ({ id: place, x: placed[place].x, y: placed[place].y, shape: "custom", ctxRenderer: drawNode, size: placed[place].size })),
  );
  edgeData = new vis.DataSet(
    links.map((_, place) => ({
      from: ends[place][0],
      to: ends[place][1],
      dashes: drawn[place].dashes,
      arrows: drawn[place].arrows ? { to: { enabled: true, scaleFactor: 0.6 } } : "",
      ...(drawn[place].smooth ? { smooth: drawn[place].smooth } : {}),
      ...edgeLook(place),
    })),
  );
  // pyvis hands its options over as a text of JSON, and the page holds that as JSON again.
  const options = JSON.parse(read("data-options"));
  network = new vis.Network(at("picture"), { nodes: nodeData, edges: edgeData }, options);
  network.on("afterDrawing", drawLabels);
  network.on("click", (/** @type {any} */ event) => {
    if (event.nodes.length) choose(event.nodes[0]);
    else if (event.edges.length) chooseLink(event.edges[0]);
    else letGo();
  });
  network.on("doubleClick", (/** @type {any} */ event) => {
    if (event.nodes.length) focusOn(event.nodes[0], 1);
  });
  network.on("hoverNode", (/** @type {any} */ event) => {
    state.hover = event.node;
    at("picture").classList.add("pointing");
    network.redraw();
  });
  network.on("blurNode", () => {
    state.hover = null;
    at("picture").classList.remove("pointing");
    network.redraw();
  });
  let width = at("picture").clientWidth;
  network.on("resize", () => {
    // A phone's bars come and go and change the height alone: that is no reason to lose one's place.
    if (at("picture").clientWidth !== width) fit(false);
    width = at("picture").clientWidth;
  });
  fit(false);
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Bring some things into view, all that is shown by default, with room for labels and buttons.
 * @param {boolean} [moving]
 * @param {number[]} [places]
 */
function fit(moving = true, places = [...visible]) {
  if (!network || !places.length) return;
  const positions = network.getPositions();
  const xs = places.map((place) => positions[place].x);
  const ys = places.map((place) => positions[place].y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const { clientWidth, clientHeight } = at("picture");
  const side = clientWidth < 500 ? 40 : 70;
  const scale = Math.min((clientWidth - 2 * side) / Math.max(right - left, 1), (clientHeight - 120) / Math.max(bottom - top, 1), 1.3);
  const animation = moving && !still() ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - 6 / scale }, scale, animation });
}

/** @param {number} factor */
function zoom(factor) {
  network?.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 6), animation: still() ? false : { duration: 150, easingFunction: "linear" } });
}

/* ---- choosing ---- */

/** @param {number} place @param {{move?: boolean, open?: boolean}} [how] */
function choose(place, { move = false, open = false } = {}) {
  if (state.hiddenKinds.delete(things[place].kind)) showLegend();
  state.thing = place;
  state.link = null;
  if (state.focus && !shown().has(place)) endFocus();
  refresh();
  network?.selectNodes([place], false);
  if (move) bring(place);
  showPanel(open);
  announce(`${say(`kinds.${things[place].kind}.one`)}: ${labelOf(place)}, ${count("links", degree[place])}`);
}

/** @param {number} place @returns {boolean} */
function inSight(place) {
  if (!network) return true;
  const { clientWidth, clientHeight } = at("picture");
  const { x, y } = network.canvasToDOM(network.getPositions([place])[place]);
  return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
}

/** Bring a thing into view, with what it links to where that is not half the picture. @param {number} place */
function bring(place) {
  const around = [place, ...(near.get(place) ?? [])].filter((other) => visible.has(other));
  if (around.length <= 16) fit(true, around);
  else if (!inSight(place)) fit(true, [place]);
}

/** @param {number} place @param {boolean} [open] */
function chooseLink(place, open = false) {
  state.link = place;
  refresh();
  network?.setSelection({ nodes: [], edges: [place] }, { highlightEdges: false });
  showPanel(open);
  const [from, to] = ends[place];
  if (ends[place].some((end) => !inSight(end))) fit(true, ends[place]);
  announce(`${labelOf(from)} ${relationName(links[place].relation, "says")} ${labelOf(to)}`);
}

function letGo() {
  state.thing = null;
  state.link = null;
  network?.unselectAll();
  refresh();
  showPanel();
}

/** @param {number} place @param {number} hops */
function focusOn(place, hops) {
  state.focus = { around: place, hops };
  if (state.thing !== place) choose(place);
  refresh();
  showFocus();
  showPanel();
  fit();
}

function endFocus() {
  state.focus = null;
  showFocus();
}

function showFocus() {
  at("focused").hidden = state.focus === null;
  if (state.focus) /** @type {HTMLElement} */ (at("focused").querySelector("span")).textContent = fill(say("focused"), { label: labelOf(state.focus.around) });
}

/* ---- the panel ---- */

/** @param {boolean} [open] put the keyboard there */
function showPanel(open = false) {
  const panel = at("panel");
  panel.replaceChildren(...(state.link !== null ? linkDetails(state.link) : state.thing !== null ? thingDetails(state.thing) : start()));
  panel.scrollTop = 0;
  if (open) panel.focus();
}

/** @returns {Node[]} */
function start() {
  const most = things
    .map((_, place) => place)
    .filter((place) => degree[place] && (!hubs.has(place) || hubs.size === things.length))
    .sort((a, b) => Number(things[a].kind === "outcome") - Number(things[b].kind === "outcome") || degree[b] - degree[a] || a - b)
    .slice(0, 8);
  return [
    make("h2", {}, say("start_title")),
    make("p", {}, say("start")),
    make("p", {}, say("start_claims")),
    make("p", { class: "quiet" }, say("start_keys")),
    ...(most.length ? [make("h3", {}, say("most")), make("ul", { class: "near" }, ...most.map((place) => make("li", {}, goTo(place, `${degree[place]}`))))] : []),
  ];
}

/** A button that goes to a thing. @param {number} place @param {string} [more] @returns {HTMLElement} */
function goTo(place, more = "") {
  const label = make("span", {}, labelOf(place), ...(more ? [make("span", { class: "quiet" }, ` · ${more}`)] : []));
  return make("button", { type: "button", class: "go", click: () => choose(place, { move: true, open: true }) }, mark(things[place].kind, things[place].gap), label);
}

/** @param {string} kindText @param {Node} picture @returns {HTMLElement} */
const kindLine = (kindText, picture) =>
  make("p", { class: "kind" }, picture, make("span", {}, kindText), make("button", { type: "button", class: "close", click: letGo, "aria-label": say("close"), title: say("close") }, "×"));

/** @param {number} place @returns {Node[]} */
function thingDetails(place) {
  const thing = things[place];
  const focused = state.focus?.around === place ? state.focus.hops : 0;
  /** @param {string} text @param {boolean} pressed @param {() => void} act */
  const action = (text, pressed, act) => make("button", { type: "button", "aria-pressed": String(pressed), click: act }, text);
  const parts = [
    kindLine(say(`kinds.${thing.kind}.one`), mark(thing.kind, thing.gap)),
    make("h2", {}, labelOf(place)),
    ...(thing.gap ? [make("p", { class: "gapline" }, say(`gap.${thing.kind}`))] : []),
    make(
      "div",
      { class: "actions" },
      action(say("focus_1"), focused === 1, () => focusOn(place, 1)),
      action(say("focus_2"), focused === 2, () => focusOn(place, 2)),
      ...(state.focus ? [action(say("focus_off"), false, unfocus)] : []),
    ),
  ];
  if (thing.fields.length)
    parts.push(
      make("h3", {}, say("fields_title")),
      make("dl", {}, ...thing.fields.flatMap(([name, values]) => [make("dt", {}, fieldName(name)), make("dd", {}, values.map((value) => valueText(name, value)).join("; "))])),
    );
  parts.push(make("h3", {}, say("neighbours")));
  const groups = neighbours(place);
  if (!groups.length) parts.push(make("p", { class: "quiet" }, say("no_links")));
  for (const group of groups)
    parts.push(
      make("p", { class: "quiet" }, `${relationName(group.relation, group.form)} · ${group.links.length}`),
      make("ul", { class: "near" }, ...group.links.map((link) => neighbour(link, group.form))),
    );
  if (thing.passages.length) {
    parts.push(make("h3", {}, say("passages")));
    thing.passages.forEach((number, first) => {
      const passage = scene.passages[number];
      const fold = make("details", { class: "fold" }, make("summary", {}, fieldName(passage.field)), make("blockquote", { ...(passage.language ? { lang: passage.language } : {}) }, passage.text));
      fold.toggleAttribute("open", first === 0);
      parts.push(fold);
    });
  }
  return parts;
}

/** @param {string} name @param {Labels} value @returns {string} */
function valueText(name, value) {
  const text = inLanguage(value);
  if (["unintended", "negative", "confidential"].includes(name)) return text === "true" ? say("said_yes") : text === "false" ? say("said_no") : text;
  return text;
}

/** Links of a thing by relation and direction. @param {number} place */
function neighbours(place) {
  const near = [...links.keys()].filter((link) => ends[link].includes(place));
  /** @type {{relation: string, form: "out" | "in", links: number[]}[]} */
  const found = [];
  for (const relation of relations)
    for (const form of /** @type {const} */ (["out", "in"])) {
      const mine = near
        .filter((link) => links[link].relation === relation && ends[link][form === "out" ? 0 : 1] === place)
        .sort((a, b) => {
          const [one, two] = [a, b].map((link) => labelOf(ends[link][form === "out" ? 1 : 0]));
          return one < two ? -1 : one > two ? 1 : a - b;
        });
      if (mine.length) found.push({ relation, form, links: mine });
    }
  return found;
}

/** @param {number} link @param {"out" | "in"} form @returns {HTMLElement} */
function neighbour(link, form) {
  const other = ends[link][form === "out" ? 1 : 0];
  const quotes = links[link].words.length;
  const item = make("li", {}, goTo(other));
  const fold = make("details", { class: "fold" }, make("summary", {}, quotes ? count("words", quotes) : say("words_title")));
  // Filled when it is opened: a hub has hundreds.
  fold.addEventListener("toggle", () => {
    if (fold.childElementCount === 1) fold.append(...quotesOf(link));
  });
  item.append(fold);
  return item;
}

/** @param {number} link @returns {Node[]} */
function linkDetails(link) {
  const [from, to] = ends[link];
  const { relation, family } = links[link];
  return [
    kindLine(relationName(relation, "legend"), line(relation)),
    make("div", { class: "ends" }, goTo(from), make("span", { class: "says" }, relationName(relation, "says")), goTo(to)),
    make("p", { class: family === "claim" ? "gapline" : "quiet" }, say(`family.${family}`)),
    make("h3", {}, say("words_title")),
    ...quotesOf(link),
  ];
}

/** The words behind a link, one figure a cell. @param {number} link @returns {Node[]} */
function quotesOf(link) {
  const { words, family } = links[link];
  if (!words.length) return [make("p", { class: "quiet" }, say(`words_none.${family}`))];
  /** @type {Map<number, Quote[]>} */
  const cells = new Map();
  for (const quote of words) cells.set(quote.passage, [...(cells.get(quote.passage) ?? []), quote]);
  return [...cells].map(([number, quotes]) => {
    const passage = scene.passages[number];
    const length = Array.from(passage.text).length;
    const whole = quotes.every((quote) => quote.start === 0 && quote.end === length);
    /** @type {[number, number][]} */
    const spans = quotes.map((quote) => [quote.start, quote.end]);
    const shownPieces = whole ? [{ text: passage.text, marked: length < 120 }] : excerpt(passage.text, spans);
    const cut = !whole && shownPieces.reduce((sum, piece) => sum + piece.text.length, 0) < passage.text.length;
    const quote = make("blockquote", passage.language ? { lang: passage.language } : {}, ...marked(shownPieces));
    const figure = make("figure", { class: "words" }, quote, make("figcaption", {}, ...caption(passage, quotes, whole)));
    if (cut) figure.append(make("details", { class: "fold" }, make("summary", {}, say("show_field")), make("blockquote", {}, ...marked(pieces(passage.text, spans)))));
    return figure;
  });
}

/** @param {{text: string, marked: boolean}[]} found @returns {Node[]} */
const marked = (found) => found.map((piece) => (piece.marked ? make("mark", {}, piece.text) : document.createTextNode(piece.text)));

/** @param {Passage} passage @param {Quote[]} quotes @param {boolean} whole @returns {Node[]} */
function caption(passage, quotes, whole) {
  const heading = passage.heading.trim();
  const name = fieldName(passage.field);
  const where = [`${say("record")} ${passage.identifier || passage.key}`, name, ...(heading && fold(heading) !== fold(name) ? [`“${heading}”`] : []), ...(whole ? [say("whole_cell")] : [])];
  /** @param {number | undefined} n */
  const sure = (n) => (n === undefined ? "" : fill(say("confidence"), { n: n.toLocaleString(state.language, { maximumFractionDigits: 2 }) }));
  const how = new Set(
    quotes.flatMap((quote) => [
      ...(quote.method ? [fill(say("name_by"), { method: term("method", quote.method), confidence: sure(quote.confidence) })] : []),
      ...(quote.role_method ? [fill(say("role_by"), { method: term("method", quote.role_method), confidence: sure(quote.role_confidence) })] : []),
      ...(quote.status && quote.status !== "accepted" ? [term("mention", quote.status)] : []),
    ]),
  );
  return [document.createTextNode(where.join(" · ")), ...(how.size ? [make("br"), document.createTextNode([...how].join(" · "))] : [])];
}

/* ---- legend ---- */

/** A sample of a line. @param {string} relation @returns {SVGElement} */
function line(relation) {
  const place = links.findIndex((link) => link.relation === relation);
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 26 12");
  picture.setAttribute("class", "line");
  picture.setAttribute("width", "26");
  picture.setAttribute("height", "12");
  picture.setAttribute("aria-hidden", "true");
  const stroke = document.createElementNS(SVG, "path");
  stroke.setAttribute("d", drawn[place].arrows ? "M1 6h22M18 2l5 4-5 4" : "M1 6h24");
  stroke.setAttribute("fill", "none");
  stroke.setAttribute("stroke", /** @type {any} */ (edgeLook(place)).color.color);
  stroke.setAttribute("stroke-width", String(drawn[place].width + 0.6));
  const { dashes } = drawn[place];
  if (Array.isArray(dashes) && !drawn[place].arrows) stroke.setAttribute("stroke-dasharray", dashes.map((n) => n * 0.7).join(" "));
  picture.append(stroke);
  return picture;
}

/** @param {Set<string>} hidden @param {string} value @param {Node} picture @param {string} name @param {number} n @returns {HTMLElement} */
function choice(hidden, value, picture, name, n) {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value }));
  box.checked = !hidden.has(value);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(value);
    else hidden.add(value);
    refresh();
    const last = /** @type {HTMLElement} */ (box.closest("fieldset"));
    showLegend();
    for (const other of last.querySelectorAll("input")) if (other.value === value) other.focus();
    announce(count("nodes", visible.size));
  });
  return make("label", { class: "choice" }, box, picture, make("span", { class: "name" }, name), make("span", { class: "count" }, String(n)));
}

function showLegend() {
  at("legend-nodes").replaceChildren(
    ...kinds.map((kind) => {
      const n = things.filter((thing) => thing.kind === kind).length;
      return choice(state.hiddenKinds, kind, mark(kind), say(`kinds.${kind}.${n === 1 ? "one" : "many"}`), n);
    }),
  );
  at("legend-links").replaceChildren(
    ...relations.map((relation) =>
      choice(state.hiddenRelations, relation, line(relation), relationName(relation, "legend"), links.filter((link) => link.relation === relation).length),
    ),
  );
  for (const id of ["legend-nodes", "legend-links"]) /** @type {HTMLElement} */ (at(id).closest("fieldset")).hidden = !at(id).childElementCount;
  const marks = [];
  if (things.some((thing) => thing.gap)) marks.push(say("hollow"));
  if (negative.some(Boolean)) marks.push(say("negative_mark"));
  at("legend-marks").textContent = marks.join(" ");
}

/* ---- search ---- */

/** @type {number[]} */ let found = [];
let pointed = -1;
/** Everything a thing can be found by; labels in all languages. */
const texts = things.map((thing) => [...new Set([...Object.values(thing.labels), thing.short, ...thing.search].filter(Boolean).map(fold))]);

function showFound() {
  const box = /** @type {HTMLInputElement} */ (at("search"));
  const list = at("found");
  const wanted = box.value.trim();
  const all = find(texts, wanted);
  found = all.slice(0, 12);
  pointed = found.length ? 0 : -1;
  list.hidden = !wanted;
  box.setAttribute("aria-expanded", String(Boolean(wanted)));
  const items = found.map((place, row) =>
    make(
      "li",
      { role: "option", id: `found-${row}`, pointerdown: (event) => (event.preventDefault(), take(row)) },
      mark(things[place].kind, things[place].gap),
      make("span", {}, things[place].short && !labelOf(place).startsWith(things[place].short) ? `${things[place].short} · ${labelOf(place)}` : labelOf(place)),
    ),
  );
  list.replaceChildren(...(items.length ? items : [make("li", { class: "none" }, say("found.none"))]));
  point();
  if (wanted) announce(all.length ? fill(say(`found.${all.length === 1 ? "one" : "many"}`), { n: all.length }) : say("found.none"));
}

function point() {
  const box = at("search");
  [...at("found").children].forEach((item, row) => {
    if (item.getAttribute("role") === "option") item.setAttribute("aria-selected", String(row === pointed));
    if (row === pointed) item.scrollIntoView({ block: "nearest" });
  });
  if (pointed >= 0) box.setAttribute("aria-activedescendant", `found-${pointed}`);
  else box.removeAttribute("aria-activedescendant");
}

/** @param {number} row */
function take(row) {
  closeFound();
  if (found[row] !== undefined) choose(found[row], { move: true, open: true });
}

function closeFound() {
  at("found").hidden = true;
  at("search").setAttribute("aria-expanded", "false");
  at("search").removeAttribute("aria-activedescendant");
}

/* ---- page ---- */

function showTexts() {
  document.documentElement.lang = state.language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.getAttribute("data-t") ?? "");
  for (const [from, to] of [["data-t-label", "aria-label"], ["data-t-title", "title"], ["data-t-placeholder", "placeholder"]])
    for (const element of document.querySelectorAll(`[${from}]`)) element.setAttribute(to, say(element.getAttribute(from) ?? ""));
  const counts = kinds.map((kind) => {
    const n = things.filter((thing) => thing.kind === kind).length;
    return `${n} ${say(`kinds.${kind}.${n === 1 ? "one" : "many"}`)}`;
  });
  at("holds").textContent = `${fill(say("holds"), { nodes: count("nodes", things.length), links: count("links", links.length) })}`;
  at("holds").title = counts.join(", ");
  at("made").textContent = fill(say("made"), { version: scene.version });
  const notes = [];
  const note = inLanguage(scene.note);
  if (note) notes.push(note);
  if (scene.left_out.length) {
    const parts = scene.left_out.map(([kind, kept, all]) => fill(say("left_out_part"), { kept, all, kind: say(`kinds.${kind}.many`) }));
    notes.push(fill(say("left_out"), { parts: parts.join(", ") }));
  }
  at("notes").replaceChildren(...notes.map((text) => make("p", { class: "note" }, text)));
  showLegend();
  showFocus();
  showPanel();
}

/** @param {"network" | "columns"} arrangement */
function arrange(arrangement) {
  state.arrangement = arrangement;
  for (const name of ["network", "columns"]) at(`arrange-${name}`).setAttribute("aria-pressed", String(name === arrangement));
  refresh(true);
  fit();
}

function unfocus() {
  endFocus();
  refresh();
  showPanel();
  fit();
}

function repaint() {
  showLegend();
  showPanel();
  refresh();
}

/** Go to the next thing by key; the picture moves only where it must. @param {number} place */
function step(place) {
  choose(place);
  if (!inSight(place)) network.focus(place, { animation: false });
}

/** @param {KeyboardEvent} event */
function onPictureKey(event) {
  /** @type {Record<string, {x: number, y: number}>} */
  const ways = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
  const way = ways[event.key];
  if (way && things.length) {
    event.preventDefault();
    const now = state.thing;
    if (now === null) {
      const first = [...visible].sort((a, b) => degree[b] - degree[a] || a - b)[0];
      if (first !== undefined) step(first);
    } else {
      const positions = network.getPositions();
      const next = nearest(things.map((_, place) => positions[place]), now, way, (place) => visible.has(place));
      if (next !== null) step(next);
    }
  } else if (event.key === "Enter" && state.thing !== null) showPanel(true);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) pointed = (pointed + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      point();
    } else if (event.key === "Enter" && pointed >= 0 && !at("found").hidden) {
      event.preventDefault();
      take(pointed);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (at("found").hidden) at("picture").focus();
      closeFound();
    }
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    const box = /** @type {HTMLInputElement} */ (at("search"));
    box.focus();
    box.select();
  } else if (event.key === "Escape") {
    if (state.thing !== null || state.link !== null) letGo();
    else if (state.focus) unfocus();
    at("picture").focus();
  } else if (event.key === "f" || event.key === "F") {
    if (state.focus) unfocus();
    else if (state.thing !== null) focusOn(state.thing, 1);
  } else if (event.key === "0") fit();
  else if (event.key === "+") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
}

function listen() {
  at("language").addEventListener("click", () => {
    state.language = state.language === "en" ? "fr" : "en";
    showTexts();
    network?.redraw();
  });
  at("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  const box = at("search");
  box.addEventListener("input", showFound);
  box.addEventListener("focus", () => /** @type {HTMLInputElement} */ (box).value && showFound());
  box.addEventListener("blur", closeFound);
  at("zoom-in").addEventListener("click", () => zoom(1.25));
  at("zoom-out").addEventListener("click", () => zoom(0.8));
  at("fit").addEventListener("click", () => fit());
  at("unfocus").addEventListener("click", unfocus);
  at("arrange-network").addEventListener("click", () => arrange("network"));
  at("arrange-columns").addEventListener("click", () => arrange("columns"));
  at("picture").addEventListener("keydown", onPictureKey);
  document.addEventListener("keydown", onKey);
  // Paper is white, whatever the screen is.
  let before = document.documentElement.dataset.theme;
  addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    repaint();
  });
  addEventListener("afterprint", () => {
    if (before) document.documentElement.dataset.theme = before;
    else delete document.documentElement.dataset.theme;
    repaint();
  });
}

if (matchMedia("(max-width: 760px)").matches) at("legend").toggleAttribute("open", false);
showTexts();
drawPicture();
refresh();
listen();

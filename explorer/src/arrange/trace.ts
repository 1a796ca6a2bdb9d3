/* The trace laid out: columns from outcomes to the programme, one framework below the other in order of its codes. */
import { sankey, type SankeyLink, type SankeyNode } from "d3-sankey";
import { COLUMNS, WITHIN, type Flow, type Stop } from "../model/flow.ts";
import { fold } from "../model/fold.ts";
import type { Model } from "../model/model.ts";

export interface NodeData { stop: Stop }
export interface LinkData { outcomes: number[]; edges: number[] }
export type LaidNode = SankeyNode<NodeData, LinkData>;
export type LaidLink = SankeyLink<NodeData, LinkData>;

/** A column is no narrower: six of them stand beside filters and details without scrolling. */
const COLUMN = 120;
/** Where one must scroll all the same, on a phone, each has room for words. */
const ROOMY = 190;
/** Columns narrower than this have no room for two headings beside each other. */
const NARROW = 190;
const LEAST_ROW = 21;
/** Where few stand in a column, each has room for two lines. */
const WIDE_ROW = 40;
/** Pixels from one line of a label to the next, and lines that one may have. */
export const LINE = 14;
const MOST_LINES = 3;
/** Pixels between a mark and its label, and from a label to the next column. */
const ASIDE = 5;
const APART = 10;
const FEW = 16;
/** Pixels that one outcome is broad at most. */
const BROAD = 30;
/** Room left of the outcomes for arcs between them. */
const ARCS = 64;

/** Above the stops of one framework in a column stands whose they are. */
export interface Heading { column: number; text: string; x: number; y: number }

/**
 * As high as its fullest column needs; columns that hold nothing are left out.
 * `scopeOf`: in whose framework a stop stands, "" where that need not be said.
 */
export function laid(found: Flow, least: number, model: Model, scopeOf: (stop: Stop) => string) {
  const columns = COLUMNS.map((_, column) => column).filter((column) => found.stops.some((stop) => stop.column === column));
  const wide = least < columns.length * COLUMN ? columns.length * ROOMY : least;
  const heads = headed(found.stops, model, scopeOf);
  const counts = columns.map((column) => [...found.stops, ...heads].filter((stop) => stop.column === column).length);
  const most = Math.max(1, ...counts);
  // One outcome is no broad river.
  const flowing = Math.max(0, ...columns.map((column) => found.stops.filter((stop) => stop.column === column).reduce((sum, { outcomes }) => sum + outcomes.length, 0)));
  const high = Math.max(most * (most <= FEW ? WIDE_ROW : LEAST_ROW) + 60, Math.min(300, flowing * BROAD + 110));
  const begin = found.arcs.length ? ARCS : 4;
  const right = wide - 8;
  const last = columns.length - 1;
  const step = last > 0 ? (right - begin - 14) / last : right - begin;
  // The heading of the last column ends where it stands: in a narrow one over that before it.
  const lower = last > 0 && step < NARROW ? 16 : 0;
  // d3-sankey has as many columns as the longest way; a thread through all of them keeps all.
  const thread: Stop[] = columns.map((column) => ({ name: `thread ${column}`, node: -1, column, outcomes: [], gap: true, results: [] }));
  const stops = [...found.stops, ...thread, ...heads];
  const nodes: LaidNode[] = stops.map((stop, at) => ({ stop, fixedValue: heads.includes(stop) ? 1e-6 : stop.outcomes.length || at >= found.stops.length ? undefined : 0.15 }));
  const links: LaidLink[] = [
    ...found.ways.map((way) => ({ source: way.from, target: way.to, value: way.outcomes.length, outcomes: way.outcomes, edges: way.edges })),
    ...thread.slice(1).map((_, at) => ({ source: found.stops.length + at, target: found.stops.length + at + 1, value: 1e-6, outcomes: [], edges: [] })),
  ];
  const order = new Map(stops.map((stop) => [stop, orderOf(stop, model)]));
  const key = (node: LaidNode): string => order.get(node.stop) ?? "";
  // Nothing to draw is no flow at all to d3-sankey.
  const made = !stops.length ? { nodes, links } : sankey<NodeData, LinkData>()
    .nodeWidth(14)
    .nodePadding(Math.max(5, Math.min(most <= FEW ? 26 : 16, (high - 80) / most - 6)))
    .nodeAlign((node) => columns.indexOf(node.stop.column))
    .nodeSort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    .extent([[begin, 26 + lower], [right, high + lower - 8]])({ nodes, links });
  const marks = made.nodes.slice(0, found.stops.length);
  return {
    nodes: marks,
    ...named(marks, columns[last], model, scopeOf),
    links: made.links.slice(0, found.ways.length),
    columns,
    wide,
    high: high + lower,
    /** How much lower the headings of the other columns stand. */
    lower,
    /** Does the label of a column stand left of its marks? That of the last one does. */
    ends: (column: number): boolean => column === columns[last] && last > 0,
    left: (column: number): number => (column === columns[last] && last > 0 ? right : begin + columns.indexOf(column) * step),
    /** Pixels that a line of a label has room for. */
    room: Math.max(60, step - 14 - ASIDE - APART),
  };
}

/** The framework of a stop, by the path of its id; "" for what is no node of one. */
const pathOf = (stop: Stop, model: Model): string => {
  const id = stop.node >= 0 ? model.scene.nodes.id[stop.node] : "";
  return id.slice(0, id.lastIndexOf("/") + 1);
};

/** A stop of no height above the first of each framework in a column: it holds the room for a heading. */
function headed(stops: readonly Stop[], model: Model, scopeOf: (stop: Stop) => string): Stop[] {
  const found = new Map<string, Stop>();
  for (const stop of stops) {
    const name = `heading ${stop.column} ${pathOf(stop, model)}`;
    if (scopeOf(stop) && !found.has(name)) found.set(name, { ...stop, name, outcomes: [], results: [] });
  }
  return [...found.values()];
}

/** How many lines the label of each stop has room for between its neighbours, and the headings above the first of each framework. */
function named(nodes: readonly LaidNode[], last: number, model: Model, scopeOf: (stop: Stop) => string): { lines: (node: LaidNode) => number; headings: Heading[] } {
  const room = new Map<LaidNode, number>();
  const headings: Heading[] = [];
  const middle = (node: LaidNode): number => ((node.y0 ?? 0) + (node.y1 ?? 0)) / 2;
  for (const column of new Set(nodes.map((node) => node.stop.column))) {
    const all = nodes.filter((node) => node.stop.column === column).sort((a, b) => middle(a) - middle(b));
    const begins = all.map((node, at) => scopeOf(node.stop) !== "" && (!at || pathOf(all[at - 1].stop, model) !== pathOf(node.stop, model)));
    const apart = (at: number): number => (at < 1 || at >= all.length ? Infinity : middle(all[at]) - middle(all[at - 1]) - (begins[at] ? LINE : 0));
    all.forEach((node, at) => {
      // In the last column labels stand above their marks.
      const lines = column === last ? 1 : Math.max(1, Math.min(MOST_LINES, Math.floor(Math.min(apart(at), apart(at + 1)) / LINE)));
      room.set(node, lines);
      if (begins[at]) headings.push({ column, text: scopeOf(node.stop), x: node.x0 ?? 0, y: Math.min(node.y0 ?? 0, middle(node) - (lines * LINE) / 2) - 4 });
    });
  }
  return { lines: (node) => room.get(node) ?? 1, headings };
}

/** Framework by framework, codes in their natural order; what is linked to nothing last. */
function orderOf(stop: Stop, model: Model): string {
  if (stop.name.startsWith("thread")) return "~~";
  if (stop.name.startsWith("heading")) return pathOf(stop, model);
  if (stop.node < 0) return stop.gap ? `~${stop.name}` : stop.name.startsWith(WITHIN) ? fold(stop.name) : stop.name;
  const id = model.scene.nodes.id[stop.node];
  const filled = (model.scene.nodes.short[stop.node] || id).replace(/\d+/g, (digits) => digits.padStart(6, "0"));
  return `${pathOf(stop, model)} ${filled}`;
}

/** An arc on the left side, from stop to stop. */
export function arcPath(from: LaidNode, to: LaidNode): string {
  const [x, a, b] = [from.x0 ?? 0, ((from.y0 ?? 0) + (from.y1 ?? 0)) / 2, ((to.y0 ?? 0) + (to.y1 ?? 0)) / 2];
  const out = Math.min(ARCS - 8, 14 + Math.abs(a - b) * 0.18);
  // Each direction has a line of its own.
  const shift = a < b ? -2 : 2;
  return `M${x} ${a + shift}C${x - out} ${a + shift} ${x - out} ${b + shift} ${x - 2} ${b + shift}`;
}

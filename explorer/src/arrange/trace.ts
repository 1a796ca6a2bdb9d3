/* The trace laid out: columns from outcomes to the programme, one framework below the other in order of its codes. */
import { sankey, type SankeyLink, type SankeyNode } from "d3-sankey";
import { COLUMNS, type Flow, type Stop } from "../model/flow.ts";
import type { Model } from "../model/model.ts";

export interface NodeData { stop: Stop }
export interface LinkData { outcomes: number[]; edges: number[] }
export type LaidNode = SankeyNode<NodeData, LinkData>;
export type LaidLink = SankeyLink<NodeData, LinkData>;

/** A column is no narrower: six of them stand beside filters and details without scrolling. */
const COLUMN = 120;
const LEAST_ROW = 19;
/** Where few stand in a column, each has room for two lines. */
const WIDE_ROW = 40;
const FEW = 16;
/** Room left of the outcomes for arcs between them. */
const ARCS = 64;

/** As high as its fullest column needs; columns that hold nothing are left out. */
export function laid(found: Flow, least: number, model: Model) {
  const columns = COLUMNS.map((_, column) => column).filter((column) => found.stops.some((stop) => stop.column === column));
  const wide = Math.max(least, columns.length * COLUMN);
  const counts = columns.map((column) => found.stops.filter((stop) => stop.column === column).length);
  const most = Math.max(1, ...counts);
  const high = Math.max(300, most * (most <= FEW ? WIDE_ROW : LEAST_ROW) + 60);
  const begin = found.arcs.length ? ARCS : 4;
  const right = wide - 8;
  const last = columns.length - 1;
  // d3-sankey has as many columns as the longest way; a thread through all of them keeps all.
  const thread: Stop[] = columns.map((column) => ({ name: `thread ${column}`, node: -1, column, outcomes: [], gap: true, results: [] }));
  const stops = [...found.stops, ...thread];
  const nodes: LaidNode[] = stops.map((stop, at) => ({ stop, fixedValue: stop.outcomes.length || at >= found.stops.length ? undefined : 0.15 }));
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
    .extent([[begin, 26], [right, high - 8]])({ nodes, links });
  const step = last > 0 ? (right - begin - 14) / last : right - begin;
  return {
    nodes: made.nodes.slice(0, found.stops.length),
    links: made.links.slice(0, found.ways.length),
    columns,
    wide,
    high,
    /** Does the label of a column stand left of its marks? That of the last one does. */
    ends: (column: number): boolean => column === columns[last] && last > 0,
    left: (column: number): number => (column === columns[last] && last > 0 ? right : begin + columns.indexOf(column) * step),
    /** Letters that a label has room for. */
    two: most <= FEW,
    room: Math.max(10, Math.floor((step - 26) / 6.3)),
  };
}

/** Framework by framework, codes in their natural order; what is linked to nothing last. */
function orderOf(stop: Stop, model: Model): string {
  if (stop.name.startsWith("thread")) return "~~";
  if (stop.node < 0) return stop.gap ? `~${stop.name}` : stop.name;
  const id = model.scene.nodes.id[stop.node];
  const filled = (model.scene.nodes.short[stop.node] || id).replace(/\d+/g, (digits) => digits.padStart(6, "0"));
  return `${id.slice(0, id.lastIndexOf("/"))} ${filled}`;
}

/** An arc on the left side, from stop to stop. */
export function arcPath(from: LaidNode, to: LaidNode): string {
  const [x, a, b] = [from.x0 ?? 0, ((from.y0 ?? 0) + (from.y1 ?? 0)) / 2, ((to.y0 ?? 0) + (to.y1 ?? 0)) / 2];
  const out = Math.min(ARCS - 8, 14 + Math.abs(a - b) * 0.18);
  // Each direction has a line of its own.
  const shift = a < b ? -2 : 2;
  return `M${x} ${a + shift}C${x - out} ${a + shift} ${x - out} ${b + shift} ${x - 2} ${b + shift}`;
}

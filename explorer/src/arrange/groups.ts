/* The harvest gathered: a bubble for each objective, country or kind of change, with the
   organisations that stand in several of them between. A bubble opens into what it holds. */
import { UNKNOWN, type Facets } from "../model/facets.ts";
import { inLanguage, type Model } from "../model/model.ts";
import { blank, type Drawing } from "../scene/drawing.ts";
import { lookOf, markNode } from "./whole.ts";

/** Organisations between the bubbles: the more bubbles, the fewer, or nobody sees either. */
const MOST_BRIDGES = 40;
const mostBridges = (groups: number): number => Math.max(10, MOST_BRIDGES - Math.max(0, groups - 8));
const STEP = 34;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

interface Group {
  name: string;
  label: string;
  outcomes: number[];
  /** What stands in this group alone: organisations, results. */
  others: number[];
  x: number;
  y: number;
  r: number;
}

interface Options {
  facet: string;
  open: readonly string[];
  shown: (node: number) => boolean;
  links: (edge: number) => boolean;
  language: string;
  unknown: string;
  /** Is the window higher than wide? Then the picture is too. */
  tall?: boolean;
  /** The group of an outcome where it is no value of a facet; null: it stands with the unknown. */
  groupOf?: (node: number) => { name: string; label: string } | null;
}

/** Gathers outcomes by the values of a facet; an outcome with several values stands in the first. */
export function grouped(model: Model, facets: Facets, options: Options): Drawing {
  const groups = new Map<string, Group>();
  const home = new Int32Array(model.count).fill(-1);
  const order: Group[] = [];
  facets.outcomes.forEach((node) => {
    if (!options.shown(node)) return;
    const own = options.groupOf?.(node);
    const name = options.groupOf ? own?.name ?? UNKNOWN : facets.of(options.facet, node)[0] ?? UNKNOWN;
    let group = groups.get(name);
    if (!group) {
      const label = name === UNKNOWN ? options.unknown : own ? own.label : inLanguage(facets.labelOf(options.facet, name), options.language);
      group = { name, label, outcomes: [], others: [], x: 0, y: 0, r: 0 };
      groups.set(name, group);
      order.push(group);
    }
    group.outcomes.push(node);
  });
  order.sort((a, b) => b.outcomes.length - a.outcomes.length || (a.name < b.name ? -1 : 1));
  order.forEach((group, place) => group.outcomes.forEach((node) => (home[node] = place)));
  const bridges = settle(model, order, home, options);
  place(order, options.open, bridges.length);
  const drawing = drawn(model, order, home, bridges, options);
  return options.tall ? { ...drawing, x: drawing.y, y: drawing.x } : drawing;
}

/** Organisations and results: in the group that alone names them, or between several. */
function settle(model: Model, order: Group[], home: Int32Array, { shown, links }: Options): [number, number[]][] {
  const outcome = model.kinds.indexOf("outcome");
  const between: [number, number[], number][] = [];
  for (let node = 0; node < model.count; node++) {
    const kind = model.kindOf(node);
    if (model.kind[node] === outcome || model.isHub(node) || !shown(node)) continue;
    const counts = new Map<number, number>();
    model.eachNear(node, (other, edge) => {
      if (home[other] >= 0 && model.kind[other] === outcome && links(edge)) counts.set(home[other], (counts.get(home[other]) ?? 0) + 1);
    });
    if (!counts.size) continue;
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    home[node] = ranked[0][0];
    if (counts.size > 1 && kind === "organisation") {
      const groups = ranked.map(([group]) => group);
      between.push([node, groups, ranked.reduce((sum, [, count]) => sum + count, 0) * Math.log2(1 + groups.length)]);
    } else order[ranked[0][0]].others.push(node);
  }
  between.sort((a, b) => b[2] - a[2] || a[0] - b[0]);
  const most = mostBridges(order.length);
  for (const [node] of between.slice(most)) order[home[node]].others.push(node);
  return between.slice(0, most).map(([node, groups]) => [node, groups]);
}

/** By area, and no bubble so large that it hides what stands around it. */
const LARGEST = 62;
const radiusOf = (group: Group, most: number): number => 14 + Math.min(5.2, LARGEST / Math.sqrt(most)) * Math.sqrt(group.outcomes.length);
const openRadius = (group: Group): number => STEP * 0.62 * Math.sqrt(group.outcomes.length + group.others.length) * 1.9 + 30;

/** The largest in the middle; each other one as near to it as it finds room. */
function place(order: Group[], open: readonly string[], bridges: number): void {
  // Room for what stands between, and for its names.
  const gap = 120 + Math.min(220, (9 * bridges) / order.length);
  const taken: Group[] = [];
  for (const group of order) {
    group.r = open.includes(group.name) ? openRadius(group) : radiusOf(group, order[0].outcomes.length);
    let reach = 0;
    let turn = 0;
    for (;;) {
      group.x = Math.cos(turn) * reach * 1.7;
      group.y = Math.sin(turn) * reach;
      if (taken.every((other) => Math.hypot(group.x - other.x, group.y - other.y) > group.r + other.r + gap)) break;
      turn += 0.35;
      reach += 6;
    }
    taken.push(group);
  }
}

function drawn(model: Model, order: Group[], home: Int32Array, bridges: [number, number[]][], options: Options): Drawing {
  const isOpen = (group: Group): boolean => options.open.includes(group.name);
  const members = order.filter(isOpen).reduce((sum, group) => sum + group.outcomes.length + group.others.length, 0);
  const closed = order.filter((group) => !isOpen(group));
  const count = closed.length + bridges.length + members;
  const markOfNode = new Int32Array(model.count).fill(-1);
  const markOfGroup = new Int32Array(order.length).fill(-1);
  const drawing = blank(count, 0);
  let mark = 0;
  order.forEach((group, at) => {
    if (isOpen(group)) {
      // Seeds of a sunflower: what is shared in the middle, outcomes around it.
      [...group.others, ...group.outcomes].forEach((node, seed) => {
        markNode(drawing, mark, model, node, options.language);
        const away = STEP * 1.15 * Math.sqrt(seed + 0.6);
        drawing.x[mark] = group.x + Math.cos(seed * GOLDEN) * away;
        drawing.y[mark] = group.y + Math.sin(seed * GOLDEN) * away;
        drawing.group[mark] = group.name;
        markOfNode[node] = mark++;
      });
      return;
    }
    drawing.kind[mark] = model.kinds.indexOf("outcome");
    drawing.gap[mark] = 0;
    drawing.x[mark] = group.x;
    drawing.y[mark] = group.y;
    drawing.r[mark] = group.r;
    drawing.label[mark] = group.label;
    drawing.size[mark] = group.outcomes.length;
    drawing.group[mark] = group.name;
    markOfGroup[at] = mark++;
  });
  const spots: [number, number][] = [];
  for (const [node, groups] of bridges) {
    markNode(drawing, mark, model, node, options.language);
    const middle = { x: 0, y: 0, weight: 0 };
    groups.forEach((at, rank) => {
      const weight = 1 / (1 + rank * 0.4);
      middle.x += order[at].x * weight;
      middle.y += order[at].y * weight;
      middle.weight += weight;
    });
    const [x, y] = freeSpot(middle.x / middle.weight, middle.y / middle.weight, order, spots, Boolean(options.tall));
    spots.push([x, y]);
    drawing.x[mark] = x;
    drawing.y[mark] = y;
    markOfNode[node] = mark++;
  }
  return linked(model, drawing, home, markOfNode, markOfGroup, options);
}

/** As near as may be to where it wants to stand, beside all bubbles, the names below them, and other spots. */
function freeSpot(wishX: number, wishY: number, order: Group[], spots: [number, number][], tall: boolean): [number, number] {
  const named = ({ x, y, r }: Group, atX: number, atY: number): boolean => {
    const [across, down] = tall ? [atY - y, atX - x] : [atX - x, atY - y];
    return Math.abs(across) < 90 && down > 0 && down < r + 58;
  };
  for (let turn = 0, reach = 0; ; turn += 0.7, reach += 4) {
    const x = wishX + Math.cos(turn) * reach * 1.3;
    const y = wishY + Math.sin(turn) * reach;
    if (order.some((group) => Math.hypot(x - group.x, y - group.y) < group.r + 26 || named(group, x, y))) continue;
    if (spots.some(([sx, sy]) => Math.abs(x - sx) < 74 && Math.abs(y - sy) < 46)) continue;
    return [x, y];
  }
}

/** Lines between marks: of single links where both ends are single, else counted. */
function linked(
  model: Model,
  drawing: Drawing,
  home: Int32Array,
  markOfNode: Int32Array,
  markOfGroup: Int32Array,
  { links, shown }: Options,
): Drawing {
  const lines = new Map<number, { from: number; to: number; weight: number; edge: number; family: number; edges: number[] }>();
  const markOf = (node: number): number => (markOfNode[node] >= 0 ? markOfNode[node] : home[node] >= 0 ? markOfGroup[home[node]] : -1);
  for (let edge = 0; edge < model.edges; edge++) {
    if (!links(edge) || !shown(model.from[edge]) || !shown(model.to[edge])) continue;
    const a = markOf(model.from[edge]);
    const b = markOf(model.to[edge]);
    if (a < 0 || b < 0 || a === b) continue;
    const key = Math.min(a, b) * drawing.count + Math.max(a, b);
    const line = lines.get(key);
    if (line) {
      line.weight++;
      line.edge = -1;
      line.edges.push(edge);
    } else lines.set(key, { from: a, to: b, weight: 1, edge, family: lookOf(model, edge), edges: [edge] });
  }
  const all = [...lines.values()];
  return {
    ...drawing,
    from: Uint32Array.from(all, (line) => line.from),
    to: Uint32Array.from(all, (line) => line.to),
    weight: Float32Array.from(all, (line) => line.weight),
    edge: Int32Array.from(all, (line) => line.edge),
    family: Uint8Array.from(all, (line) => (line.edge < 0 ? 0 : line.family)),
    behind: (line) => all[line]?.edges ?? [],
  };
}

/* The trace: how outcomes flow up the results framework, with stops for what is linked to nothing. Pure functions. */
import type { Model } from "./model.ts";

export interface Stop {
  /** Name that is the same in every trace: a node's number, or what gathers several. */
  name: string;
  /** The node of the harvest; -1 for what gathers several. */
  node: number;
  column: number;
  /** Outcomes that pass here. */
  outcomes: number[];
  gap: boolean;
  /** Results that a stop gathers; empty for all others. */
  results: number[];
}

export interface Way {
  from: number;
  to: number;
  outcomes: number[];
  /** The links of the harvest that go this way; none where it follows from the framework alone. */
  edges: number[];
}

export interface Flow {
  stops: Stop[];
  /** Between places in `stops`. */
  ways: Way[];
  /** What is said of one outcome and another, between stops; never part of the flow, and it may go round. */
  arcs: Way[];
  /** Links between outcomes that stand in one stop. */
  inside: number;
}

export const COLUMNS = ["organisation", "outcome", "output", "result", "objective", "programme"] as const;
export const columnOf = (kind: string): number => COLUMNS.indexOf(kind as "outcome");
/** What gathers outcomes that are linked to no result, for one reason. */
export const UNLINKED = "unlinked ";
/** What gathers outcomes by their country. */
export const GROUP = "group ";
/** What gathers results without an outcome, where there are many. */
export const GATHERED = "gathered ";
/** What gathers the results of one framework, where there are too many of all of them. */
export const WITHIN = "within ";

const RESULTS = [columnOf("output"), columnOf("result")];

/** More outcomes than this are gathered by their country. */
export const MOST_SINGLE = 36;
/** More results without an outcome than this are gathered in one stop. */
export const MOST_GAPS = 24;
/** More results than this in a column are gathered by what they belong to: nobody reads a picture ten screens high. */
export const MOST_RESULTS = 90;

interface Options {
  outcomes: readonly number[];
  /** The organisation from which the trace begins; -1 without. */
  organisation?: number;
  /** The group in which an outcome stands where there are many. */
  groupOf: (node: number) => string;
  /** What a result belongs to where it is one of too many: its framework; "" for itself. */
  within?: (node: number) => string;
  /** Show what has no outcome. */
  promised: boolean;
  /** What legend, slider and an opened list leave of nodes and links. */
  kept?: (node: number) => boolean;
  allows?: (edge: number) => boolean;
}

/** Ways from each outcome to the results it is linked to and what stands above them. */
export function flow(model: Model, options: Options): Flow {
  const each = drawn(model, options, new Set());
  const many = new Set(RESULTS.filter((column) => each.stops.filter((stop) => stop.column === column && stop.node >= 0).length > MOST_RESULTS));
  return many.size && options.within ? drawn(model, options, many) : each;
}

/** `gather`: columns whose results are gathered. */
function drawn(model: Model, { outcomes, organisation = -1, groupOf, within = () => "", promised, kept = () => true, allows = () => true }: Options, gather: ReadonlySet<number>): Flow {
  const stops = new Map<string, Stop & { set: Set<number> }>();
  const ways = new Map<string, { from: string; to: string; set: Set<number>; edges: Set<number> }>();
  const stop = (name: string, node: number, column: number, gap = false, results: number[] = []): string => {
    if (!stops.has(name)) stops.set(name, { name, node, column, outcomes: [], gap, results, set: new Set() });
    return name;
  };
  const of = (node: number): string => {
    const column = columnOf(model.kindOf(node));
    const name = gather.has(column) ? within(node) : "";
    if (!name) return stop(String(node), node, column);
    const found = stop(`${WITHIN}${column} ${name}`, -1, column);
    const results = stops.get(found)?.results;
    if (results && !results.includes(node)) results.push(node);
    return found;
  };
  const go = (from: string, to: string, outcome: number, edges: readonly number[]): void => {
    stops.get(from)?.set.add(outcome);
    stops.get(to)?.set.add(outcome);
    const key = `${from}\u0000${to}`;
    const way = ways.get(key) ?? { from, to, set: new Set<number>(), edges: new Set<number>() };
    way.set.add(outcome);
    for (const edge of edges) way.edges.add(edge);
    ways.set(key, way);
  };
  const programmeOf = (node: number): string | null => {
    const found = model.scene.programmes?.[node];
    return found ? stop(`programme ${found[0]}`, model.place(found[0]), columnOf("programme")) : null;
  };
  // A result has as many links as outcomes: its way up is looked for once, not once for each of them.
  const ups = new Map<number, { node: number; edge: number }[]>();
  const up = (node: number): { node: number; edge: number }[] => {
    let found = ups.get(node);
    if (!found) ups.set(node, (found = model.near(node).filter((near) => near.out && model.relationOf(near.edge) === "broader" && allows(near.edge) && kept(near.node))));
    return found;
  };
  // A result below another of its own level is passed through: the way goes on to the next column.
  const climb = (node: number, outcome: number, seen: ReadonlySet<number>, from = node, passed: readonly number[] = []): void => {
    const above = up(node);
    for (const { node: next, edge } of above) {
      const drawn = columnOf(model.kindOf(next)) > columnOf(model.kindOf(from));
      if (drawn) go(of(from), of(next), outcome, [...passed, edge]);
      if (!seen.has(next)) climb(next, outcome, new Set([...seen, next]), drawn ? next : from, drawn ? [] : [...passed, edge]);
    }
    const programme = above.length ? null : programmeOf(node);
    if (programme) go(of(from), programme, outcome, []);
  };
  const single = outcomes.length <= MOST_SINGLE;
  const home = new Map<number, string>();
  for (const outcome of outcomes) {
    const start = single ? stop(String(outcome), outcome, 1, Boolean(model.gap[outcome])) : stop(GROUP + groupOf(outcome), -1, 1);
    home.set(outcome, start);
    stops.get(start)?.set.add(outcome);
    const near = model.near(outcome);
    const from = near.filter((one) => one.node === organisation && allows(one.edge)).map((one) => one.edge);
    if (from.length) go(of(organisation), start, outcome, from);
    const said = near.filter((one) => one.out && model.relationOf(one.edge) === "contributes-to" && columnOf(model.kindOf(one.node)) > columnOf("outcome"));
    const linked = said.filter((one) => allows(one.edge) && kept(one.node));
    const results = linked.filter((one) => model.kindOf(one.node) !== "objective");
    // A result that is hidden is a result: its outcome stands alone, and not among the unlinked.
    const alone = results.length > 0 || said.some((one) => model.kindOf(one.node) !== "objective");
    for (const { node, edge } of results) {
      go(start, of(node), outcome, [edge]);
      climb(node, outcome, new Set([node]));
    }
    const unlinked = alone ? start : stop(UNLINKED + (model.scene.reasons?.[outcome] ?? ""), -1, columnOf("result"), true);
    if (!alone) go(start, unlinked, outcome, []);
    // An objective named by itself is a way of its own, unless it stands above a result already.
    for (const { node, edge } of linked)
      if (model.kindOf(node) === "objective" && !stops.get(String(node))?.set.has(outcome)) {
        go(unlinked, of(node), outcome, [edge]);
        climb(node, outcome, new Set([node]));
      }
  }
  if (promised)
    for (const kind of ["output", "result", "objective"] as const) {
      const gaps = model.ofKind(kind).filter((node) => model.gap[node] && kept(node));
      if (gaps.length > MOST_GAPS) stop(GATHERED + kind, -1, columnOf(kind), true, gaps);
      else for (const node of gaps) stop(String(node), node, columnOf(kind), true);
    }
  // What only outcomes name whose code is unknown is no result of the framework.
  for (const one of stops.values())
    if (one.node >= 0 && (one.column === columnOf("output") || one.column === columnOf("result")) && one.set.size && [...one.set].every((outcome) => model.scene.reasons?.[outcome])) one.gap = true;
  const list = [...stops.values()].sort((a, b) => a.column - b.column || (a.name < b.name ? -1 : 1));
  const place = new Map(list.map((one, at) => [one.name, at]));
  const at = (name: string | undefined): number => place.get(name ?? "") ?? 0;
  return {
    stops: list.map(({ set, ...one }) => ({ ...one, outcomes: [...set] })),
    ways: [...ways.values()].map((way) => ({ from: at(way.from), to: at(way.to), outcomes: [...way.set], edges: [...way.edges] })),
    ...influence(model, home, at, allows),
  };
}

/** Links between outcomes of the trace, from stop to stop. */
function influence(model: Model, home: ReadonlyMap<number, string>, at: (name: string | undefined) => number, allows: (edge: number) => boolean): { arcs: Way[]; inside: number } {
  const arcs = new Map<string, Way>();
  let inside = 0;
  for (const [outcome, start] of home)
    model.eachNear(outcome, (other, edge) => {
      if (model.from[edge] !== outcome || !home.has(other) || !allows(edge)) return;
      const [from, to] = [at(start), at(home.get(other))];
      if (from === to) {
        inside++;
        return;
      }
      const arc = arcs.get(`${from} ${to}`) ?? { from, to, outcomes: [], edges: [] };
      arc.outcomes.push(outcome);
      arc.edges.push(edge);
      arcs.set(`${from} ${to}`, arc);
    });
  return { arcs: [...arcs.values()], inside };
}

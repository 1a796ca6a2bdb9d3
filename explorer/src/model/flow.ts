/* The trace: how outcomes flow up the results framework, with columns for what is linked to nothing. Pure functions. */
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
}

export interface Flow {
  stops: Stop[];
  /** Between places in `stops`, with the outcomes that go this way. */
  ways: { from: number; to: number; outcomes: number[] }[];
}

export const COLUMNS = ["outcome", "output", "result", "objective", "programme"] as const;
/** What gathers outcomes that are linked to no result. */
export const UNLINKED = "unlinked";

/** More outcomes than this are gathered by their country. */
export const MOST_SINGLE = 36;

interface Options {
  outcomes: readonly number[];
  /** The group in which an outcome stands where there are many. */
  groupOf: (node: number) => string;
  /** Show what was promised and not reported. */
  promised: boolean;
}

/** Ways from each outcome to the results it is linked to and what stands above them. */
export function flow(model: Model, { outcomes, groupOf, promised }: Options): Flow {
  const stops = new Map<string, Stop & { set: Set<number> }>();
  const ways = new Map<string, { from: string; to: string; set: Set<number> }>();
  const stop = (name: string, node: number, column: number, gap = false): string => {
    if (!stops.has(name)) stops.set(name, { name, node, column, outcomes: [], gap, set: new Set() });
    return name;
  };
  const go = (from: string, to: string, outcome: number): void => {
    stops.get(from)?.set.add(outcome);
    stops.get(to)?.set.add(outcome);
    const key = `${from}\u0000${to}`;
    const way = ways.get(key) ?? { from, to, set: new Set<number>() };
    way.set.add(outcome);
    ways.set(key, way);
  };
  const columnOf = (node: number): number => COLUMNS.indexOf(model.kindOf(node) as "outcome");
  const above = (node: number): number[] =>
    model.near(node).filter((near) => near.out && model.relationOf(near.edge) === "broader" && columnOf(near.node) > columnOf(node)).map((near) => near.node);
  const single = outcomes.length <= MOST_SINGLE;
  const climb = (node: number, outcome: number): void => {
    for (const next of above(node)) {
      go(stop(String(node), node, columnOf(node)), stop(String(next), next, columnOf(next)), outcome);
      climb(next, outcome);
    }
  };
  for (const outcome of outcomes) {
    const start = single ? stop(String(outcome), outcome, 0, Boolean(model.gap[outcome])) : stop(`group ${groupOf(outcome)}`, -1, 0);
    stops.get(start)?.set.add(outcome);
    const linked = model.near(outcome).filter((near) => near.out && model.relationOf(near.edge) === "contributes-to").map((near) => near.node);
    const results = linked.filter((node) => model.kindOf(node) !== "objective");
    for (const node of results) {
      go(start, stop(String(node), node, columnOf(node)), outcome);
      climb(node, outcome);
    }
    if (!results.length) go(start, stop(UNLINKED, -1, 2, true), outcome);
    // An objective named by itself is a way of its own, unless it stands above a result already.
    for (const node of linked)
      if (model.kindOf(node) === "objective" && !stops.get(String(node))?.set.has(outcome)) go(results.length ? start : UNLINKED, stop(String(node), node, 3), outcome);
  }
  if (promised)
    for (const kind of ["output", "result", "objective"])
      for (const node of model.ofKind(kind)) if (model.gap[node]) stop(String(node), node, columnOf(node), true);
  const list = [...stops.values()].sort((a, b) => a.column - b.column || (a.name < b.name ? -1 : 1));
  const place = new Map(list.map((one, at) => [one.name, at]));
  return {
    stops: list.map(({ set, ...one }) => ({ ...one, outcomes: [...set] })),
    ways: [...ways.values()].map((way) => ({ from: place.get(way.from) ?? 0, to: place.get(way.to) ?? 0, outcomes: [...way.set] })),
  };
}

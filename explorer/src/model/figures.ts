/* The network in figures, as `kg network` has them: who stands with whom, chains, periods. Pure functions. */
import type { Facets } from "./facets.ts";
import { UNKNOWN } from "./facets.ts";
import type { Model } from "./model.ts";

/** Steps from link to link that "between" may take in all: some tenths of a second. */
const STEPS = 4_000_000;
const FEWEST = 50;

export interface Standing {
  node: number;
  outcomes: number;
  partners: number[];
  /** Of the shortest ways between two others, the share that leads through it. */
  between: number;
}

export interface Standings {
  rows: Standing[];
  /** From so many organisations "between" is estimated; 0: it is exact. */
  sampled: number;
}

/** Organisations with a stated part in outcomes that pass, those with most first. */
export function standings(model: Model, passes: (outcome: number) => boolean): Standings {
  const parts = new Map<number, Set<number>>();
  for (let edge = 0; edge < model.edges; edge++) {
    const [body, outcome] = [model.from[edge], model.to[edge]];
    if (model.familyOf(edge) !== "claim" || model.relationOf(edge) === "mentioned") continue;
    if (model.kindOf(body) !== "organisation" || model.kindOf(outcome) !== "outcome" || !passes(outcome)) continue;
    const own = parts.get(body) ?? new Set<number>();
    parts.set(body, own.add(outcome));
  }
  const bodies = [...parts.keys()].sort((a, b) => a - b);
  const place = new Map(bodies.map((body, at) => [body, at]));
  const present = new Map<number, number[]>();
  for (const [body, outcomes] of parts)
    for (const outcome of outcomes) present.set(outcome, [...(present.get(outcome) ?? []), place.get(body) as number]);
  const near = bodies.map(() => new Set<number>());
  for (const here of present.values()) for (const one of here) for (const other of here) if (one !== other) near[one].add(other);
  const links = near.map((set) => [...set].sort((a, b) => a - b));
  const { share, sampled } = between(links);
  const rows = bodies.map((node, at) => ({
    node, outcomes: parts.get(node)?.size ?? 0, partners: links[at].map((other) => bodies[other]), between: share[at],
  }));
  rows.sort((a, b) => b.outcomes - a.outcomes || b.partners.length - a.partners.length || a.node - b.node);
  return { rows, sampled };
}

/** Betweenness without weights (Brandes 2001), from all nodes or from every so many. */
export function between(links: readonly (readonly number[])[]): { share: Float64Array; sampled: number } {
  const n = links.length;
  const cost = n + links.reduce((sum, one) => sum + one.length, 0) / 2;
  const from = n * cost <= STEPS ? n : Math.min(n, Math.max(FEWEST, Math.floor(STEPS / cost)));
  const share = new Float64Array(n);
  const ways = new Float64Array(n);
  const far = new Int32Array(n);
  const owed = new Float64Array(n);
  for (let turn = 0; turn < from; turn++) {
    const start = Math.floor((turn * n) / from);
    ways.fill(0);
    far.fill(-1);
    owed.fill(0);
    ways[start] = 1;
    far[start] = 0;
    const order = [start];
    for (let at = 0; at < order.length; at++)
      for (const other of links[order[at]]) {
        if (far[other] < 0) {
          far[other] = far[order[at]] + 1;
          order.push(other);
        }
        if (far[other] === far[order[at]] + 1) ways[other] += ways[order[at]];
      }
    for (let at = order.length - 1; at > 0; at--) {
      const node = order[at];
      for (const other of links[node]) if (far[other] === far[node] - 1) owed[other] += (ways[other] / ways[node]) * (1 + owed[node]);
      share[node] += owed[node];
    }
  }
  const pairs = (n - 1) * (n - 2) * (from / n);
  if (pairs > 0) for (let at = 0; at < n; at++) share[at] /= pairs;
  return { share, sampled: from < n ? from : 0 };
}

export interface Step {
  before: number;
  after: number;
  edge: number;
}

export interface Chain {
  /** The steps of one longest way; of a circle, all of its steps. */
  steps: Step[];
  outcomes: number;
  circle: boolean;
}

/** Outcomes that grew out of each other, as somebody stated; the longest first. */
export function chains(model: Model, passes: (outcome: number) => boolean): Chain[] {
  const steps = new Map<string, Step>();
  for (let edge = 0; edge < model.edges; edge++) {
    const relation = model.relationOf(edge);
    const [start, end] = [model.from[edge], model.to[edge]];
    if ((relation !== "builds-on" && relation !== "led-to") || start === end || !passes(start) || !passes(end)) continue;
    const [before, after] = relation === "led-to" ? [start, end] : [end, start];
    if (!steps.has(`${before} ${after}`)) steps.set(`${before} ${after}`, { before, after, edge });
  }
  const all = [...steps.values()].sort((a, b) => a.before - b.before || a.after - b.after);
  const home = new Map<number, number>();
  const root = (node: number): number => {
    let at = node;
    while ((home.get(at) ?? at) !== at) at = home.get(at) as number;
    return at;
  };
  for (const { before, after } of all) home.set(root(before), root(after));
  const parts = new Map<number, Step[]>();
  for (const step of all) parts.set(root(step.before), [...(parts.get(root(step.before)) ?? []), step]);
  const found = [...parts.values()].map((part): Chain => {
    const outcomes = new Set(part.flatMap((step) => [step.before, step.after])).size;
    const way = longest(part);
    return { steps: way ?? part, outcomes, circle: !way };
  });
  return found.sort((a, b) => Number(a.circle) - Number(b.circle) || b.steps.length - a.steps.length || a.steps[0].before - b.steps[0].before);
}

/** One longest way, the same each time; null where the steps lead in a circle. */
function longest(part: readonly Step[]): Step[] | null {
  const open = new Map<number, number>();
  for (const { before, after } of part) {
    open.set(before, open.get(before) ?? 0);
    open.set(after, (open.get(after) ?? 0) + 1);
  }
  const best = new Map<number, Step[]>();
  const ready = [...open.keys()].filter((node) => !open.get(node)).sort((a, b) => a - b);
  let done = 0;
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    done++;
    const way = best.get(node) ?? [];
    for (const step of part) {
      if (step.before !== node) continue;
      if (way.length + 1 > (best.get(step.after)?.length ?? 0)) best.set(step.after, [...way, step]);
      const left = (open.get(step.after) as number) - 1;
      open.set(step.after, left);
      if (!left) ready.push(step.after);
    }
  }
  if (done < open.size) return null;
  return [...best.values()].reduce((one, other) => (other.length > one.length ? other : one));
}

export interface Period {
  name: string;
  outcomes: number;
  bodies: number[];
  /** In no period before; in the one just before, too; in an earlier one only. */
  fresh: number[];
  again: number[];
  back: number[];
  /** In the one just before, not in this. */
  gone: number[];
}

/** Who came, stayed, came back and went; records that state no period stand last. */
export function periods(model: Model, facets: Facets, outcomes: readonly number[], facet: "round" | "year"): Period[] {
  const inside = new Map<string, number[]>();
  for (const outcome of outcomes)
    for (const name of new Set(facets.of(facet, outcome))) inside.set(name, [...(inside.get(name) ?? []), outcome]);
  const names = [...inside.keys()].sort((a, b) =>
    Number(a === UNKNOWN) - Number(b === UNKNOWN) || a.localeCompare(b, "en", { numeric: true }));
  const seen = new Set<number>();
  let before = new Set<number>();
  return names.map((name) => {
    const here = new Set(inside.get(name));
    const bodies = standings(model, (outcome) => here.has(outcome)).rows.map((row) => row.node);
    const now = new Set(bodies);
    const period = {
      name, outcomes: here.size, bodies,
      fresh: bodies.filter((body) => !seen.has(body)),
      again: bodies.filter((body) => before.has(body)),
      back: bodies.filter((body) => seen.has(body) && !before.has(body)),
      gone: [...before].filter((body) => !now.has(body)),
    };
    for (const body of bodies) seen.add(body);
    before = now;
    return period;
  });
}

/* Communities: outcomes that share organisations or refer to each other (Louvain's method, one order, no chance). */
import type { Model } from "../model/model.ts";

const ROUNDS = 12;
const LEVELS = 6;

/** Node of an outcome → number of its community; the same for everybody who opens the page. */
export function communities(model: Model, shown: (node: number) => boolean): Map<number, number> {
  const members = [...model.ofKind("outcome"), ...model.ofKind("organisation")].filter(shown);
  const place = new Map(members.map((node, at) => [node, at]));
  let links: Map<number, number>[] = members.map(() => new Map<number, number>());
  for (const [node, at] of place)
    model.eachNear(node, (other) => {
      const to = place.get(other);
      if (to !== undefined && to !== at) links[at].set(to, (links[at].get(to) ?? 0) + 1);
    });
  let home = members.map((_, at) => at);
  for (let level = 0; level < LEVELS; level++) {
    const moved = settled(links);
    const names = new Map([...new Set(moved)].map((name, at) => [name, at]));
    const numbered = moved.map((name) => names.get(name) ?? 0);
    home = home.map((at) => numbered[at]);
    if (names.size === links.length) break;
    const next = Array.from(names.keys()).map(() => new Map<number, number>());
    links.forEach((near, at) => {
      const from = numbered[at];
      for (const [other, weight] of near) {
        const to = numbered[other];
        next[from].set(to, (next[from].get(to) ?? 0) + weight);
      }
    });
    links = next;
  }
  return new Map(members.map((node, at) => [node, home[at]]));
}

/** Each moves to the community of a neighbour where modularity gains most, until nothing moves. */
function settled(links: readonly Map<number, number>[]): number[] {
  const degree = links.map((near) => [...near.values()].reduce((sum, weight) => sum + weight, 0));
  const all = Math.max(1, degree.reduce((sum, one) => sum + one, 0));
  const home = links.map((_, at) => at);
  const total = [...degree];
  for (let round = 0, moved = true; moved && round < ROUNDS; round++) {
    moved = false;
    links.forEach((near, at) => {
      const to = new Map<number, number>();
      for (const [other, weight] of near) if (other !== at) to.set(home[other], (to.get(home[other]) ?? 0) + weight);
      total[home[at]] -= degree[at];
      const gain = (community: number): number => (to.get(community) ?? 0) - (total[community] * degree[at]) / all;
      let best = home[at];
      for (const community of [...to.keys()].sort((a, b) => a - b)) if (gain(community) > gain(best) + 1e-9) best = community;
      total[best] += degree[at];
      if (best !== home[at]) {
        home[at] = best;
        moved = true;
      }
    });
  }
  return home;
}

/** Group of each outcome: its name and label. Those that share nothing with another have none. */
export function groupsOf(model: Model, shown: (node: number) => boolean, called: (node: number) => string): (node: number) => { name: string; label: string } | null {
  const homes = communities(model, shown);
  const labels = named(model, homes, called);
  const outcomes = new Map<number, number[]>();
  for (const [node, home] of homes) if (model.kindOf(node) === "outcome") outcomes.set(home, [...(outcomes.get(home) ?? []), node]);
  return (node) => {
    const home = homes.get(node);
    const inside = home === undefined ? [] : outcomes.get(home) ?? [];
    if (home === undefined || inside.length < 2) return null;
    return { name: `community ${model.scene.nodes.id[inside[0]]}`, label: labels.get(home) ?? called(inside[0]) };
  };
}

/** What a community is called: its organisations that stand in most of its outcomes. */
export function named(model: Model, homes: ReadonlyMap<number, number>, called: (node: number) => string): Map<number, string> {
  const counts = new Map<number, [number, number][]>();
  for (const [node, home] of homes) {
    if (model.kindOf(node) !== "organisation") continue;
    let inside = 0;
    model.eachNear(node, (other) => void (homes.get(other) === home && model.kindOf(other) === "outcome" && inside++));
    counts.set(home, [...(counts.get(home) ?? []), [node, inside]]);
  }
  return new Map([...counts].map(([home, found]) => [home, found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 2).map(([node]) => called(node)).join(", ")]));
}

/* What is in this harvest, counted. Each number stands for a list. Pure functions. */
import type { Facets } from "./facets.ts";
import { UNKNOWN } from "./facets.ts";
import type { Model } from "./model.ts";

export interface Cross {
  rows: string[];
  columns: string[];
  /** Row → column → outcomes. */
  counts: number[][];
  most: number;
}

/** Outcomes by two facets; the unknown last. One outcome may stand in several cells. */
export function cross(facets: Facets, outcomes: readonly number[], row: string, column: string, byName: boolean): Cross {
  const counts = new Map<string, Map<string, number>>();
  const totals = { row: new Map<string, number>(), column: new Map<string, number>() };
  for (const node of outcomes) {
    const across = [...new Set(facets.of(column, node))];
    for (const value of across) totals.column.set(value, (totals.column.get(value) ?? 0) + 1);
    for (const value of new Set(facets.of(row, node))) {
      totals.row.set(value, (totals.row.get(value) ?? 0) + 1);
      const line = counts.get(value) ?? new Map<string, number>();
      for (const other of across) line.set(other, (line.get(other) ?? 0) + 1);
      counts.set(value, line);
    }
  }
  const order = (found: Map<string, number>, named: boolean): string[] =>
    [...found].sort(([a, n], [b, m]) =>
      Number(a === UNKNOWN) - Number(b === UNKNOWN) || (named ? 0 : m - n) || (a < b ? -1 : 1)).map(([value]) => value);
  const rows = order(totals.row, byName);
  const columns = order(totals.column, byName);
  const table = rows.map((r) => columns.map((c) => counts.get(r)?.get(c) ?? 0));
  return { rows, columns, counts: table, most: Math.max(1, ...table.flat()) };
}

export interface Covered {
  node: number;
  depth: number;
  direct: number;
  total: number;
}

/** The results framework as a tree in order of its codes, with outcomes linked to each node and below it. */
export function coverage(model: Model, outcomes: ReadonlySet<number>): Covered[] {
  const kinds = new Set(["objective", "result", "output"]);
  const below = new Map<number, number[]>();
  const roots: number[] = [];
  for (let node = 0; node < model.count; node++) {
    if (!kinds.has(model.kindOf(node))) continue;
    const above = model.near(node).filter((near) => near.out && model.relationOf(near.edge) === "broader" && kinds.has(model.kindOf(near.node)));
    if (!above.length) roots.push(node);
    for (const near of above) below.set(near.node, [...(below.get(near.node) ?? []), node]);
  }
  const { short, label } = model.scene.nodes;
  const name = (node: number): string => short[node] || String(label[node]);
  const order = (a: number, b: number): number =>
    model.kind[b] - model.kind[a] || name(a).localeCompare(name(b), "en", { numeric: true }) || a - b;
  const linked = (node: number): number[] =>
    model.near(node).filter((near) => !near.out && model.relationOf(near.edge) === "contributes-to" && outcomes.has(near.node)).map((near) => near.node);
  const rows: Covered[] = [];
  const walk = (node: number, depth: number, seen: ReadonlySet<number>): Set<number> => {
    const own = linked(node);
    const row = { node, depth, direct: own.length, total: 0 };
    rows.push(row);
    const all = new Set(own);
    // Parents that go round are walked once.
    for (const child of (below.get(node) ?? []).sort(order)) if (!seen.has(child)) for (const outcome of walk(child, depth + 1, new Set([...seen, child]))) all.add(outcome);
    row.total = all.size;
    return all;
  };
  for (const root of roots.sort(order)) walk(root, 0, new Set([root]));
  return rows;
}

/** Gaps: name → the outcomes or results that it stands for. `large`: which ratings count as large; `kept`: which results may be shown. */
export function gaps(model: Model, facets: Facets, passing: readonly number[], large: ReadonlySet<string>, none: ReadonlySet<string>, kept: (node: number) => boolean = () => true): Record<string, number[]> {
  const declared = new Set(model.scene.declared ?? []);
  const named = (node: number): boolean => model.near(node).some((near) => model.kindOf(near.node) === "organisation");
  return {
    gapUnlinked: passing.filter((node) => model.gap[node]),
    gapPromised: [...model.ofKind("result"), ...model.ofKind("output")].filter((node) => model.gap[node] && kept(node) && (!declared.size || declared.has(node))),
    gapEvidence: passing.filter((node) => facets.of("significance", node).some((value) => large.has(value)) && facets.of("evidence", node).every((value) => none.has(value))),
    gapNegative: passing.filter((node) => facets.of("negative", node).includes("true")),
    gapUnintended: passing.filter((node) => facets.of("unintended", node).includes("true")),
    gapNone: passing.filter((node) => !named(node)),
  };
}

/* Rows of the table: outcomes, organisations or any other kind, with columns to choose. Pure functions. */
import type { Details, Labels } from "./data.ts";
import { FACETS, UNKNOWN, type Facets } from "./facets.ts";
import { fold } from "./fold.ts";
import { valuesOf, type Model } from "./model.ts";

export interface Column {
  name: string;
  /** Values of a node in this column; a number sorts as one. */
  of: (node: number) => Labels[] | number;
}

/** The columns that a kind can have; the first ones are shown unless others are chosen. */
export function columnsOf(kind: string, model: Model, facets: Facets, details: Details | null): Column[] {
  const label: Column = { name: "title", of: (node) => [model.scene.nodes.label[node]] };
  const links: Column = { name: "links", of: (node) => model.degree[node] };
  const related = (name: string, wanted: string): Column => ({
    name,
    of: (node) => {
      const found = new Set<number>();
      model.eachNear(node, (other) => void (model.kindOf(other) === wanted && found.add(other)));
      return wanted === "outcome" ? found.size : [...found].map((other) => model.scene.nodes.label[other]);
    },
  });
  if (kind === "outcome")
    return [
      { name: "key", of: (node) => [model.scene.nodes.short[node]] },
      label,
      ...Object.keys(FACETS).map((facet) => ({
        name: facet,
        of: (node: number) => facets.of(facet, node).filter((value) => value !== UNKNOWN).map((value) => facets.labelOf(facet, value)),
      })),
      related("organisations", "organisation"),
      links,
    ];
  const fields = new Set<string>();
  if (details) for (const node of model.ofKind(kind)) for (const [field] of details.fields[node]) fields.add(field);
  return [
    label,
    ...[...fields].map((field) => ({ name: `field ${field}`, of: (node: number) => (details ? valuesOf(details, node, field) : []) })),
    related("outcome", "outcome"),
    links,
  ];
}

export const FIRST_COLUMNS = ["kind", "key", "title", "year", "country", "actor", "change", "significance", "outcome", "field acronym", "field country", "links"];

/** Rows in order; "-name" sorts downwards. What is empty comes last either way. */
export function sorted(nodes: readonly number[], columns: readonly Column[], sort: string, text: (labels: Labels) => string): number[] {
  const name = sort.replace(/^-/, "");
  const column = columns.find((one) => one.name === name);
  if (!column) return [...nodes];
  const down = sort.startsWith("-") ? -1 : 1;
  const keys = new Map<number, string | number>(
    nodes.map((node) => {
      const value = column.of(node);
      return [node, typeof value === "number" ? value : fold(value.map(text).join(", "))];
    }),
  );
  const compare = (a: string | number, b: string | number): number => {
    if (a === b) return 0;
    if (a === "" || b === "") return a === "" ? 1 : -1;
    return (a < b ? -1 : 1) * down;
  };
  return [...nodes].sort((a, b) => compare(keys.get(a) ?? "", keys.get(b) ?? "") || a - b);
}

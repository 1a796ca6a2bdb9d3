/* Filters over outcomes: which values there are, which outcomes pass, what is shown beside them. */
import type { Details, Labels } from "./data.ts";
import { inLanguage, valuesOf, type Model } from "./model.ts";

/** Where a facet's values come from: a field of the outcome, or what it links to by a relation. */
type Source = { field: string } | { relation: string; kinds?: string[]; above?: boolean };

export const FACETS: Record<string, Source> = {
  year: { field: "year" },
  round: { field: "round" },
  country: { relation: "in-country" },
  actor: { relation: "change-in" },
  change: { relation: "type-of-change" },
  significance: { field: "rating-significance" },
  contribution: { field: "rating-contribution" },
  status: { field: "status" },
  objective: { relation: "contributes-to", kinds: ["objective"] },
  framework: { relation: "contributes-to", kinds: ["result", "output"], above: true },
  unintended: { field: "unintended" },
  negative: { field: "negative" },
  evidence: { field: "evidence-status" },
};

/**
 * Filters that numbers open and nobody chooses from a list: linked to exactly this node, or to it
 * or anything below it.
 */
export const BY_NUMBER: Record<string, Source> = {
  direct: { relation: "contributes-to" },
  under: { relation: "contributes-to", above: true },
};
const ALL: Record<string, Source> = { ...FACETS, ...BY_NUMBER };
export const NAMES = Object.keys(ALL);

/** Facet → values chosen. A facet that is not there lets everything pass. */
export type Filters = Record<string, string[]>;

export interface Value {
  value: string;
  label: Labels;
  count: number;
}

/** The value that stands for "not known": gaps are chosen like anything else. */
export const UNKNOWN = "?";

/** One facet worked out: for each outcome (by place) the numbers of its values. */
interface Column {
  /** Numbers of values. */
  of: number[][];
  names: string[];
  labels: Labels[];
  number: Map<string, number>;
}

export class Facets {
  readonly names = NAMES;
  readonly outcomes: number[];
  private readonly columns = new Map<string, Column>();
  private certainty: Float32Array | null = null;
  private readonly model: Model;
  private readonly details: Details | null;
  private readonly place: Int32Array;

  constructor(model: Model, details: Details | null) {
    this.model = model;
    this.details = details;
    this.outcomes = model.ofKind("outcome");
    this.place = new Int32Array(model.count).fill(-1);
    this.outcomes.forEach((node, place) => (this.place[node] = place));
  }

  /** Worked out when it is first asked for: the picture needs few, and comes first. */
  private column(facet: string): Column | null {
    const known = this.columns.get(facet);
    if (known) return known;
    const source = Object.hasOwn(ALL, facet) ? ALL[facet] : null;
    if (!source) return null;
    const { model, details } = this;
    // Number 0 is what is not known.
    const column: Column = { of: [], names: [UNKNOWN], labels: [UNKNOWN], number: new Map([[UNKNOWN, 0]]) };
    const numbered = (value: string, label: Labels): number => {
      let number = column.number.get(value);
      if (number === undefined) {
        number = column.names.push(value) - 1;
        column.labels.push(label);
        column.number.set(value, number);
      }
      return number;
    };
    const add = (found: number[], number: number): void => {
      if (!found.includes(number)) found.push(number);
    };
    const relation = "relation" in source ? model.scene.relations.indexOf(source.relation) : -1;
    const lifted = new Map<number, number[]>();
    for (const node of this.outcomes) {
      const found: number[] = [];
      if ("field" in source) for (const label of details ? valuesOf(details, node, source.field) : []) add(found, numbered(inLanguage(label, "en"), label));
      else
        model.eachNear(node, (other, edge) => {
          if (model.from[edge] !== node || model.scene.edges.relation[edge] !== relation) return;
          for (const one of source.above ? withAbove(model, other, lifted) : [other])
            if (!source.kinds || source.kinds.includes(model.kindOf(one))) add(found, numbered(model.scene.nodes.id[one], model.scene.nodes.label[one]));
        });
      column.of.push(found.length ? found : [0]);
    }
    this.columns.set(facet, column);
    return column;
  }

  /** Edge → highest confidence of its words; 1 where none is said. */
  get sure(): Float32Array {
    if (this.certainty) return this.certainty;
    const sure = new Float32Array(this.model.edges);
    for (let edge = 0; edge < sure.length; edge++) {
      let best = -1;
      for (const words of this.details?.words[edge] ?? []) best = Math.max(best, words[7] ?? words[4] ?? 1);
      sure[edge] = best < 0 ? 1 : best;
    }
    return (this.certainty = sure);
  }

  labelOf(facet: string, value: string): Labels {
    const column = this.column(facet);
    return column?.labels[column.number.get(value) ?? -1] ?? value;
  }

  /** The values of one outcome. */
  of(facet: string, node: number): string[] {
    const column = this.column(facet);
    return column?.of[this.place[node]]?.map((number) => column.names[number]) ?? [];
  }

  /** Place of an outcome → 1 where it passes all filters, or all but one. */
  private passes(filters: Filters, but = ""): Uint8Array {
    const passing = new Uint8Array(this.outcomes.length).fill(1);
    for (const [facet, chosen] of Object.entries(filters)) {
      const column = facet === but || !chosen.length ? null : this.column(facet);
      if (!column) continue;
      const wanted = new Uint8Array(column.names.length);
      for (const value of chosen) wanted[column.number.get(value) ?? wanted.length] = 1;
      for (let place = 0; place < passing.length; place++) if (passing[place] && !column.of[place].some((number) => wanted[number])) passing[place] = 0;
    }
    return passing;
  }

  /** The outcomes that pass all filters. */
  passing(filters: Filters): number[] {
    const passing = this.passes(filters);
    return this.outcomes.filter((_, place) => passing[place]);
  }

  /** The values of a facet with counts of what would be left: under all other filters. */
  counted(facet: string, filters: Filters): Value[] {
    const column = this.column(facet);
    if (!column) return [];
    const counts = new Uint32Array(column.names.length);
    const passing = this.passes(filters, facet);
    for (let place = 0; place < passing.length; place++) if (passing[place]) for (const number of column.of[place]) counts[number]++;
    return column.names
      .map((value, number) => ({ value, count: counts[number], label: column.labels[number] }))
      .filter(({ value, count }) => count || (value !== UNKNOWN && filters[facet]?.includes(value)));
  }

  /**
   * The nodes to show: outcomes that pass, and everything that links to one of them. With `linked`
   * off, what nothing links to stays too. Links below the confidence do not count.
   */
  visible(filters: Filters, confidence: number, linked: boolean): Uint8Array {
    const { model } = this;
    const shown = new Uint8Array(model.count);
    const filtered = Object.values(filters).some((chosen) => chosen.length);
    if (!filtered && confidence <= 0) return shown.fill(1);
    const outcome = model.kinds.indexOf("outcome");
    const passing = this.passing(filters);
    for (const node of passing) shown[node] = 1;
    if (!linked) {
      for (let node = 0; node < model.count; node++) if (model.kind[node] !== outcome) shown[node] = 1;
      return shown;
    }
    for (const node of passing)
      model.eachNear(node, (other, edge) => {
        if (model.kind[other] !== outcome && (confidence <= 0 || this.sure[edge] >= confidence)) shown[other] = 1;
      });
    // The framework above what is shown belongs to the picture.
    const broader = model.scene.relations.indexOf("broader");
    for (let changed = broader >= 0; changed; ) {
      changed = false;
      for (let edge = 0; edge < model.edges; edge++)
        if (model.scene.edges.relation[edge] === broader && shown[model.from[edge]] && !shown[model.to[edge]]) {
          shown[model.to[edge]] = 1;
          changed = true;
        }
    }
    return shown;
  }
}

/** A node of the framework and all that stands above it, nearest first. */
function withAbove(model: Model, node: number, known: Map<number, number[]>): number[] {
  const have = known.get(node);
  if (have) return have;
  const found = [node];
  for (const at of found)
    model.eachNear(at, (other, edge) => {
      if (model.from[edge] === at && model.relationOf(edge) === "broader" && !found.includes(other)) found.push(other);
    });
  known.set(node, found);
  return found;
}

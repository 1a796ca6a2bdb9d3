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

export class Facets {
  readonly outcomes: number[];
  /** Facet → outcome (by place in `outcomes`) → values. */
  private readonly values: Record<string, string[][]> = {};
  private readonly labels: Record<string, Map<string, Labels>> = {};
  /** Edge → highest confidence of its words; 1 where none is said. */
  readonly sure: Float32Array;
  private readonly model: Model;
  private readonly place: Map<number, number>;

  constructor(model: Model, details: Details | null) {
    this.model = model;
    this.outcomes = model.ofKind("outcome");
    this.place = new Map(this.outcomes.map((node, place) => [node, place]));
    const lifted = new Map<number, number[]>();
    for (const [facet, source] of Object.entries(ALL)) {
      const labels = (this.labels[facet] = new Map<string, Labels>([[UNKNOWN, UNKNOWN]]));
      this.values[facet] = this.outcomes.map((node) => {
        const found: string[] = [];
        if ("field" in source) {
          for (const label of details ? valuesOf(details, node, source.field) : []) {
            const value = inLanguage(label, "en");
            labels.set(value, label);
            found.push(value);
          }
        } else {
          model.eachNear(node, (other, edge) => {
            if (model.from[edge] !== node || model.relationOf(edge) !== source.relation) return;
            for (const one of source.above ? withAbove(model, other, lifted) : [other]) {
              if (source.kinds && !source.kinds.includes(model.kindOf(one))) continue;
              const value = model.scene.nodes.id[one];
              labels.set(value, model.scene.nodes.label[one]);
              if (!found.includes(value)) found.push(value);
            }
          });
        }
        return found.length ? found : [UNKNOWN];
      });
    }
    this.sure = new Float32Array(model.edges);
    for (let edge = 0; edge < model.edges; edge++) {
      let best = -1;
      for (const words of details?.words[edge] ?? []) best = Math.max(best, words[7] ?? words[4] ?? 1);
      this.sure[edge] = best < 0 ? 1 : best;
    }
  }

  labelOf(facet: string, value: string): Labels {
    return this.labels[facet]?.get(value) ?? value;
  }

  /** The values of one outcome. */
  of(facet: string, node: number): string[] {
    return this.values[facet]?.[this.place.get(node) ?? -1] ?? [];
  }

  private passes(place: number, filters: Filters, but = ""): boolean {
    for (const [facet, chosen] of Object.entries(filters)) {
      if (facet === but || !chosen.length || !this.values[facet]) continue;
      if (!this.values[facet][place].some((value) => chosen.includes(value))) return false;
    }
    return true;
  }

  /** The outcomes that pass all filters. */
  passing(filters: Filters): number[] {
    return this.outcomes.filter((_, place) => this.passes(place, filters));
  }

  /** The values of a facet with counts of what would be left: under all other filters. */
  counted(facet: string, filters: Filters): Value[] {
    const counts = new Map<string, number>();
    for (const value of this.labels[facet].keys()) counts.set(value, 0);
    this.outcomes.forEach((_, place) => {
      if (!this.passes(place, filters, facet)) return;
      for (const value of new Set(this.values[facet][place])) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    return [...counts]
      .filter(([value, count]) => count || (value !== UNKNOWN && filters[facet]?.includes(value)))
      .map(([value, count]) => ({ value, count, label: this.labels[facet].get(value) ?? value }));
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
        if (model.kind[other] !== outcome && this.sure[edge] >= confidence) shown[other] = 1;
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

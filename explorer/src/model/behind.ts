/* Who stands behind a result, a country or a kind of change: from its outcomes to their organisations. Pure functions. */
import type { Facets, Filters } from "./facets.ts";
import type { Model } from "./model.ts";

/** Kind of node → the filter that leaves its outcomes. */
export const FACET_OF: Record<string, string> = {
  output: "under", result: "under", objective: "under", place: "country", actor: "actor", change: "change",
};

export interface Backer {
  node: number;
  /** Claims of contribution, each from the organisation to an outcome; else those of other roles. */
  edges: number[];
  outcomes: number;
}

/** Organisations in the outcomes of a node that pass the filters: said to have contributed, and others. */
export function behind(model: Model, facets: Facets, filters: Filters, node: number): { outcomes: number[]; contributed: Backer[]; named: Backer[] } {
  const facet = FACET_OF[model.kindOf(node)];
  const outcomes = facet ? facets.passing({ ...filters, [facet]: [model.scene.nodes.id[node]] }) : [];
  const claims = new Map<number, { contributed: number[]; named: number[] }>();
  for (const outcome of outcomes)
    model.eachNear(outcome, (other, edge) => {
      if (model.to[edge] !== outcome || model.kindOf(other) !== "organisation") return;
      const found = claims.get(other) ?? { contributed: [], named: [] };
      (model.relationOf(edge) === "contributor" ? found.contributed : found.named).push(edge);
      claims.set(other, found);
    });
  const backers = (of: "contributed" | "named"): Backer[] =>
    [...claims]
      .filter(([, found]) => found[of].length && (of === "contributed" || !found.contributed.length))
      .map(([at, found]) => ({ node: at, edges: found[of], outcomes: new Set(found[of].map((edge) => model.to[edge])).size }))
      .sort((a, b) => b.outcomes - a.outcomes || a.node - b.node);
  return { outcomes, contributed: backers("contributed"), named: backers("named") };
}

/* What stands below every picture that leaves the page: what it holds, filters, legend, years of the data. */
import type { Use } from "./app.ts";
import { fill } from "./texts.ts";
import type { Drawing } from "../scene/drawing.ts";
import { UNKNOWN } from "../model/facets.ts";
import { activeFilters } from "../state/state.ts";

export interface LegendEntry {
  shape: string;
  colour: string;
  text: string;
}

/** Lines: the harvest and its audience, the filters, the years and harvests of the data. */
export function footOf({ app, state, texts, words }: Use): string[] {
  const { scene } = app.model;
  const filters = activeFilters(state.filters).map(
    ([facet, value]) => `${texts.facets[facet as keyof typeof texts.facets]}: ${words.value(app.facets.labelOf(facet, value))}`,
  );
  const passing = app.facets.passing(state.filters);
  const years = [...new Set(passing.flatMap((node) => app.facets.of("year", node)))].filter((year) => year !== UNKNOWN).sort();
  const rounds = [...new Set(passing.flatMap((node) => app.facets.of("round", node)))].filter((round) => round !== UNKNOWN).map((round) => words.value(app.facets.labelOf("round", round))).sort();
  const span = years.length > 1 ? `${years[0]}–${years[years.length - 1]}` : years.join();
  return [
    `${scene.name} · ${texts.audience[scene.audience]} · ${fill(texts.outcomesOf, { n: passing.length, all: app.facets.outcomes.length })}`,
    filters.length ? `${texts.filters}: ${filters.join(" · ")}` : texts.filtersNone,
    [span ? `${texts.dataOf} ${span}` : "", rounds.length <= 8 ? rounds.join(", ") : "", fill(texts.madeBy, { version: scene.version })].filter(Boolean).join(" · "),
  ];
}

/** The kinds of a drawing with the marks by which they are known. */
export function legendOf({ app, words }: Use, drawing: Drawing, colours: readonly string[]): LegendEntry[] {
  const { kinds } = app.model.scene;
  const present = new Set(drawing.kind);
  return kinds.flatMap(([kind, shape], at) => (present.has(at) ? [{ shape, colour: colours[at], text: words.kind(kind, 2) }] : []));
}

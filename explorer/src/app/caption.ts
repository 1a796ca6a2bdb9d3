/* What stands below every picture that leaves the page: what it holds, filters, legend, years of the data. */
import type { State } from "../state/state.ts";
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

export interface Limit {
  name: string;
  /** What takes it away. */
  without: Partial<State>;
}

/** What beside the filters keeps things from sight: an opened list, the slider, what the legend switched off. */
export function limitsOf({ app, state, texts, words }: Use): Limit[] {
  const { model } = app;
  const off = (name: string): string => (model.kinds.includes(name) ? words.kind(name, 2) : words.relation(name, "legend"));
  return [
    ...(state.only.length ? [{ name: fill(texts.limits.only, { n: state.only.length }), without: { only: [] } }] : []),
    ...(state.confidence > 0 ? [{ name: `${texts.confidence}: ${state.confidence.toFixed(1)}`, without: { confidence: 0 } }] : []),
    ...state.hidden.map((name) => ({ name: fill(texts.limits.hidden, { name: off(name) }), without: { hidden: state.hidden.filter((one) => one !== name) } })),
  ];
}

/** Lines: the harvest and its audience, the filters, the years and harvests of the data. */
export function footOf(use: Use): string[] {
  const { app, state, texts, words } = use;
  const { scene } = app.model;
  const filters = activeFilters(state.filters).map(
    ([facet, value]) => `${texts.facets[facet as keyof typeof texts.facets]}: ${words.value(app.facets.labelOf(facet, value))}`,
  );
  filters.push(...limitsOf(use).map((limit) => limit.name));
  const passing = app.outcomes();
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

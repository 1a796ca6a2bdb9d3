/* Filters with live counts, and chips of those that are on. */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { limitsOf } from "../app/caption.ts";
import { fill } from "../app/texts.ts";
import { cut } from "../scene/labels.ts";
import { FACETS, UNKNOWN } from "../model/facets.ts";
import { activeFilters, withValue } from "../state/state.ts";

const FEW = 7;

export function FiltersPanel() {
  const { app, state, texts, set } = useApp();
  const active = activeFilters(state.filters).length;
  return (
    <aside class="filters" aria-label={texts.filters}>
      <details open={matchMedia("(min-width: 900px)").matches}>
        <summary>{texts.filters}{active ? <span class="badge">{active}</span> : null}</summary>
        <p class="soft">{fill(texts.outcomesOf, { n: app.outcomes().length, all: app.facets.outcomes.length })}</p>
        {app.details ? Object.keys(FACETS).map((facet) => <Facet key={facet} facet={facet} />) : null}
        <label class="check">
          <input type="checkbox" checked={state.linked} onChange={(event) => set({ linked: event.currentTarget.checked })} /> {texts.linked}
        </label>
        <label class="slide">
          {texts.confidence}: <output>{state.confidence.toFixed(1)}</output>
          <input type="range" min="0" max="1" step="0.1" value={state.confidence} onInput={(event) => set({ confidence: Number(event.currentTarget.value) })} />
        </label>
      </details>
    </aside>
  );
}

function Facet({ facet }: { facet: string }) {
  const { app, state, texts, words, set } = useApp();
  const [all, setAll] = useState(false);
  const values = useMemo(() => app.facets.counted(facet, state.filters), [app.facets, facet, state.filters]);
  const chosen = state.filters[facet] ?? [];
  // One value for everything says nothing.
  if (values.length < 2 && !chosen.length) return null;
  const scale = app.model.scene.ranks[facet] ?? [];
  const rank = (value: string): number => (scale.includes(value) ? -scale.indexOf(value) : scale.length ? 1 : 0);
  const sorted = [...values].sort((a, b) =>
    Number(a.value === UNKNOWN) - Number(b.value === UNKNOWN) || rank(a.value) - rank(b.value) ||
    (facet === "year" || facet === "round" ? 0 : b.count - a.count) || (a.value < b.value ? -1 : 1));
  const shown = all ? sorted : sorted.filter((one, place) => place < FEW || chosen.includes(one.value));
  return (
    <details class="facet" open={chosen.length > 0 || facet === "year" || facet === "country" || facet === "objective"}>
      <summary>{texts.facets[facet as keyof typeof texts.facets]}{chosen.length ? <span class="badge">{chosen.length}</span> : null}</summary>
      <ul>
        {shown.map((one) => (
          <li key={one.value}>
            <label class="check">
              <input type="checkbox" checked={chosen.includes(one.value)} onChange={() => set({ filters: withValue(state.filters, facet, one.value) })} />
              <bdi>{words.value(one.label)}</bdi> <span class="count">{one.count}</span>
            </label>
          </li>
        ))}
      </ul>
      {sorted.length > shown.length ? (
        <button type="button" class="link" onClick={() => setAll(true)}>{fill(texts.more, { n: sorted.length - shown.length })}</button>
      ) : null}
    </details>
  );
}

/** How many outcomes are shown, and the filters that are on, each with a button that takes it off. */
export function Chips() {
  const use = useApp();
  const { app, state, texts, words, set } = use;
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const [below, setBelow] = useState(0);
  const active = activeFilters(state.filters);
  const limits = limitsOf(use);
  // One row, whatever is chosen: those that find no room in it come up over the view.
  useLayoutEffect(() => {
    const at = list.current;
    if (!at || open) return;
    const count = (): void => {
      const all = [...at.children] as HTMLElement[];
      setBelow(all.filter((one) => one.offsetTop > all[0].offsetTop + 8).length);
    };
    const watcher = new ResizeObserver(count);
    watcher.observe(at);
    count();
    return () => watcher.disconnect();
  });
  if (!active.length && !limits.length) return <div class="shown none"><p class="soft">{texts.filtersNone}</p></div>;
  const some = app.facets.passing(state.filters).length;
  const said = fill(texts.outcomesOf, { n: app.outcomes().length, all: app.facets.outcomes.length });
  return (
    <div class="shown">
      <p class={some ? "soft" : "warn"} role="status">{some ? <span title={said}><span aria-hidden="true">{app.outcomes().length} / {app.facets.outcomes.length}</span><span class="unseen">{said}</span></span> : texts.nothingPasses}</p>
      <ul ref={list} class={`chips ${open ? "open" : ""}`} aria-label={texts.filters}>
        {active.map(([facet, value]) => {
          const name = `${texts.facets[facet as keyof typeof texts.facets]}: ${words.value(app.facets.labelOf(facet, value))}`;
          return (
            <li key={`${facet} ${value}`}>
              <button type="button" title={fill(texts.remove, { name })} onClick={() => set({ filters: withValue(state.filters, facet, value) })}>
                <bdi>{name}</bdi> <span aria-hidden="true">×</span>
              </button>
            </li>
          );
        })}
        {limits.map(({ name, without }) => (
          <li key={name}><button type="button" title={fill(texts.remove, { name })} onClick={() => set(without)}><bdi>{name}</bdi> <span aria-hidden="true">×</span></button></li>
        ))}
        <li><button type="button" class="link" onClick={() => set(EVERYTHING)}>{texts.filtersClear}</button></li>
      </ul>
      {below || open ? <button type="button" class="unfold" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? texts.fewer : fill(texts.more, { n: below })}</button> : null}
    </div>
  );
}

/** Nothing narrows what is shown. */
const EVERYTHING = { filters: {}, only: [], confidence: 0, hidden: [] };

/** Says of the chosen thing that no view shows it, and why; shows it. */
export function Outside() {
  const use = useApp();
  const { app, state, texts, words, set } = use;
  const active = activeFilters(state.filters);
  const limits = limitsOf(use);
  const unseen = useMemo(
    () => state.node !== null && (active.length > 0 || limits.length > 0) && !app.visible()[state.node],
    [app.facets, state.node, state.filters, state.confidence, state.linked, state.hidden, state.only],
  );
  if (!unseen || state.node === null || state.view === "ask") return null;
  return (
    <p class="warn outside" role="status">
      {fill(texts.limits.outside, { name: `\u2068${cut(words.label(app.model, state.node), 40)}\u2069` })} {[...active.map(([facet]) => texts.facets[facet as keyof typeof texts.facets]), ...limits.map((limit) => limit.name)].join(" · ")}{" "}
      <button type="button" onClick={() => set(EVERYTHING)}>{texts.limits.open}</button>
    </p>
  );
}

/* The frame of all views: heading, search, tabs, filters, details, foot. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { footOf } from "../app/caption.ts";
import { fill, LANGUAGES } from "../app/texts.ts";
import { VIEWS, type View } from "../state/state.ts";
import { Ask } from "./Ask.tsx";
import { DetailsPanel } from "./Details.tsx";
import { FiltersPanel } from "./Filters.tsx";
import { Network } from "./Network.tsx";
import { Overview } from "./Overview.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { Table } from "./Table.tsx";
import { Trace } from "./Trace.tsx";

/** Views beside which the panel says what to do first; the others take its room until something is chosen. */
const START_SHOWN: readonly string[] = ["overview", "network"];
const PAGES = { overview: Overview, network: Network, trace: Trace, table: Table, ask: Ask };

export function Shell() {
  const use = useApp();
  const { app, state, texts, set } = use;
  const { scene } = app.model;
  const search = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target as HTMLElement;
      if (at.closest("input, textarea, select, [contenteditable]")) return;
      const view = VIEWS[Number(event.key) - 1];
      if (event.key === "/") search.current?.focus();
      else if (view) set({ view });
      else if (event.key === "Escape") app.leave();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [app]);
  // A view begins at its top; one that was left is found again where it was.
  const places = useRef<Partial<Record<View, number>>>({});
  useLayoutEffect(() => {
    const main = document.getElementById("content");
    const scroller = main && getComputedStyle(main).overflowY === "auto" ? main : document.documentElement;
    scroller.scrollTop = places.current[state.view] ?? 0;
    const note = (): void => void (places.current[state.view] = scroller.scrollTop);
    addEventListener("scroll", note, true);
    return () => removeEventListener("scroll", note, true);
  }, [state.view]);
  const open = state.node !== null || state.edge !== null || state.bundle.length > 0;
  const Page = PAGES[state.view];
  const other = LANGUAGES.find((language) => language !== state.language) ?? "en";
  const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>{texts.skip}</a>
      <header class="top">
        <div class="titles">
          <h1>{scene.name}</h1>
          <p>
            <strong class={`audience ${scene.audience}`}>{texts.audience[scene.audience]}</strong>{" "}
            <span class="means">{texts.audienceMeans[scene.audience]}</span>
          </p>
        </div>
        <SearchBox input={search} />
        <div class="switches">
          <button type="button" title={texts.languageLabel} lang={other} onClick={() => set({ language: other })}>{texts.language}</button>
          <button type="button" class="icon" title={texts.theme} aria-label={texts.theme} onClick={() => set({ theme: dark ? "light" : "dark" })}>
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2" />
              <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
            </svg>
          </button>
        </div>
        <nav class="tabs">
          {VIEWS.map((view) => (
            <button key={view} type="button" aria-current={state.view === view ? "page" : undefined} onClick={() => set({ view })}>
              {texts.views[view]}
            </button>
          ))}
        </nav>
      </header>
      <div class={`body ${open ? "with-details" : ""}`}>
        {state.view === "ask" || !app.model.count ? null : <FiltersPanel />}
        <main id="content" tabIndex={-1}>
          {app.model.count ? <Page /> : (
            <div class="empty"><h2>{texts.emptyTitle}</h2><p>{texts.empty}</p></div>
          )}
        </main>
        {app.model.count && (open || START_SHOWN.includes(state.view)) ? <DetailsPanel /> : null}
      </div>
      <div class="print-foot">{footOf(use).map((line) => <p key={line}>{line}</p>)}</div>
      <footer>
        <strong class={`audience ${scene.audience}`}>{texts.audience[scene.audience]}</strong>{" "}
        {fill(texts.foot, { version: scene.version, nodes: app.model.count, links: app.model.edges })}{" "}
        {app.details ? <span class="holds">{texts.holds[app.details.graph]}</span> : null}
      </footer>
    </>
  );
}

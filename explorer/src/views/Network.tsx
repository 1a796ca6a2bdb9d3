/* The network: gathered at first, opened by choosing, focused on one to three links, or everything. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { few } from "../arrange/few.ts";
import { groupsOf } from "../arrange/communities.ts";
import { grouped } from "../arrange/groups.ts";
import { radial } from "../arrange/radial.ts";
import { called, some } from "../arrange/whole.ts";
import { edgesOf, type Drawing } from "../scene/drawing.ts";
import { cut } from "../scene/labels.ts";
import { Stage } from "../scene/stage.ts";
import { lookOfPage } from "../scene/look.ts";
import { GROUPS, toggled } from "../state/state.ts";
import { Bar } from "./Bar.tsx";
import { Legend } from "./Legend.tsx";
import { Mirror } from "./Mirror.tsx";
import { networkQuery } from "../model/sparql.ts";
import { Sparql } from "./Sparql.tsx";

export function Network() {
  const { app, state, texts, words, set } = useApp();
  const { model } = app;
  const frame = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const focused = state.hops > 0 && state.node !== null;
  // Fields matter to the picture only where they filter: else it is not made anew when they arrive.
  const known = Object.keys(state.filters).length || state.confidence ? app.facets : null;
  const drawing = useMemo<Drawing>(() => {
    const shown = app.visible();
    const allows = app.allows();
    const passes = (node: number): boolean => Boolean(shown[node]);
    if (focused && state.node !== null) return radial(model, state.node, state.hops, passes, allows, state.language);
    if (state.group !== "none")
      return grouped(model, app.facets, {
        facet: state.group, open: state.open, tall: innerHeight > innerWidth, shown: passes, links: allows, language: state.language,
        unknown: state.group === "community" ? texts.alone : texts.unknown,
        groupOf: state.group === "community" ? groupsOf(model, passes, (node) => called(model, node, state.language)) : undefined,
      });
    const all = some(model, passes, state.language, allows);
    return state.only.length ? few(all, innerHeight > innerWidth) : all;
  }, [app, known, state.filters, state.confidence, state.linked, state.hidden, state.only, state.group, state.open, state.language, focused, focused ? state.node : null, state.hops]);

  useLayoutEffect(() => {
    if (!frame.current) return;
    const made = new Stage(frame.current, drawing, lookOfPage(app.model.scene));
    stage.current = app.stage = made;
    return () => {
      made.end();
      stage.current = app.stage = null;
    };
  }, [app]);

  useLayoutEffect(() => {
    const on = stage.current;
    if (!on) return;
    on.choose = (mark) => {
      if (mark < 0) return app.choose(null);
      const shownNow = on.drawing;
      if (shownNow.node[mark] >= 0) app.choose(shownNow.node[mark]);
      else set({ open: toggled(app.store.state.open, shownNow.group[mark]) });
    };
    on.chooseLine = (line) => {
      const edges = edgesOf(on.drawing, line);
      if (edges.length) app.chooseEdges(edges);
    };
    on.focus = () => set({ hops: app.store.state.hops ? 0 : 1 });
  }, [app]);

  const picture = `${state.group} ${state.only.length} ${state.open.join(" ")} ${focused ? `${state.node} ${state.hops}` : ""}`;
  const before = useRef(picture);
  useLayoutEffect(() => {
    if (stage.current) stage.current.renderer.veiled = !focused;
    stage.current?.show(drawing, before.current !== picture);
    before.current = picture;
  }, [drawing]);
  useLayoutEffect(() => stage.current?.mark(state.node, state.edge), [drawing, state.node, state.edge]);
  useLayoutEffect(() => {
    const dress = (): void => stage.current?.dress(lookOfPage(app.model.scene));
    dress();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", dress);
    return () => dark.removeEventListener("change", dress);
  }, [state.theme]);

  /** All links among what is shown; where bubbles gather, hubs are left out as in the picture. */
  const query = (): string => {
    const shown = app.visible();
    const gathered = state.group !== "none" && !focused;
    const nodes = gathered ? [...shown.keys()].filter((node) => shown[node] && !model.isHub(node)) : [...drawing.node];
    const kept = new Set(nodes);
    const allows = app.allows();
    const between = [...Array(model.edges).keys()].filter((edge) => kept.has(model.from[edge]) && kept.has(model.to[edge]));
    const edges = between.filter(allows);
    return (gathered ? "# Bubbles gather these links; those within a bubble are not drawn.\n" : "") +
      networkQuery(model, nodes.length === model.count ? null : nodes, edges.length < between.length ? edges : null);
  };
  return (
    <div class="network">
      <Bar stage={() => stage.current} />
      <div class="tools" role="toolbar" aria-label={texts.gather}>
        <label>
          {texts.gather}{" "}
          <select value={state.group} onChange={(event) => set({ group: GROUPS.find((group) => group === event.currentTarget.value) ?? "none", open: [], hops: 0 })}>
            {GROUPS.map((group) => <option key={group} value={group}>{texts.groups[group]}</option>)}
          </select>
        </label>
        {state.open.length && !focused ? <button type="button" onClick={() => set({ open: [] })}>{texts.closeGroups}</button> : null}
        {focused && state.node !== null ? (
          <span class="focused">
            <bdi title={words.label(model, state.node)}>{cut(words.label(model, state.node), 22)}</bdi>
            {[1, 2, 3].map((hops) => (
              <button key={hops} type="button" aria-pressed={state.hops === hops} title={texts.hops[String(hops) as "1"]} onClick={() => set({ hops })}>
                {hops === state.hops ? texts.hops[String(hops) as "1"] : hops}
              </button>
            ))}
            <button type="button" onClick={() => set({ hops: 0 })}>{texts.everything}</button>
          </span>
        ) : null}
        <span class="space" />
        <button type="button" class="icon" aria-label={texts.zoomOut} title={texts.zoomOut} onClick={() => stage.current?.zoom(1 / 1.4)}>−</button>
        <button type="button" class="icon" aria-label={texts.zoomIn} title={texts.zoomIn} onClick={() => stage.current?.zoom(1.4)}>+</button>
        <button type="button" class="icon" aria-label={texts.fit} title={texts.fit} onClick={() => stage.current?.fit()}>
          <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5" fill="none" stroke="currentColor" stroke-width="2" /></svg>
        </button>
      </div>
      <div class="stage" ref={frame} role="application" tabIndex={0} aria-label={texts.picture} />
      {state.group !== "none" && !focused ? <p class="hint">{state.group === "community" ? `${texts.communityHint} ` : ""}{texts.groupHint}</p> : null}
      <Legend drawing={drawing} />
      <Mirror drawing={drawing} />
      <Sparql query={query} />
    </div>
  );
}

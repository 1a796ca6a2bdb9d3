/* The trace as a Sankey: outcomes, outputs, outcomes of the framework, objectives, programme. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { sankey, sankeyLinkHorizontal, type SankeyLink, type SankeyNode } from "d3-sankey";
import { useApp } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { COLUMNS, flow, UNLINKED, type Stop } from "../model/flow.ts";
import { UNKNOWN } from "../model/facets.ts";
import { cut } from "../scene/labels.ts";

interface NodeData { stop: Stop }
interface LinkData { outcomes: number[] }
type Node = SankeyNode<NodeData, LinkData>;
type Link = SankeyLink<NodeData, LinkData>;

const LEAST_ROW = 19;

export function Trace() {
  const { app, state, texts, words, set } = useApp();
  const { model, facets } = app;
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(900);
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const watcher = new ResizeObserver(([entry]) => setWide(Math.max(640, Math.floor(entry.contentRect.width))));
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);
  const kind = state.node === null ? "" : model.kindOf(state.node);
  const subject = !all && state.node !== null && kind !== "programme" ? state.node : null;
  const outcomes = useMemo(() => {
    const passing = facets.passing(state.filters);
    if (subject === null) return passing;
    if (kind === "outcome") return [subject];
    const near = new Set<number>();
    // Of a result: also the outcomes of what lies below it.
    const gather = (node: number, seen: Set<number>): void =>
      model.near(node).forEach((one) => {
        if (model.kindOf(one.node) === "outcome") near.add(one.node);
        else if (!one.out && model.relationOf(one.edge) === "broader" && !seen.has(one.node)) gather(one.node, seen.add(one.node));
      });
    gather(subject, new Set([subject]));
    return passing.filter((node) => near.has(node));
  }, [facets, state.filters, subject]);
  const found = useMemo(
    () => flow(model, { outcomes, promised: subject === null, groupOf: (node) => facets.of("country", node)[0] ?? UNKNOWN }),
    [model, outcomes, subject],
  );
  const drawn = useMemo(() => laid(found, wide), [found, wide]);
  const nameOf = (stop: Stop): string => {
    if (stop.node >= 0) {
      const short = model.scene.nodes.short[stop.node];
      const label = words.label(model, stop.node);
      return stop.column === 0 || label.startsWith(short) ? label : `${short} ${label}`;
    }
    if (stop.name === UNLINKED) return texts.noFramework;
    return words.value(facets.labelOf("country", stop.name.slice(6)));
  };
  const choose = (stop: Stop): void => {
    if (stop.node >= 0) return app.choose(stop.node);
    if (stop.name.startsWith("group ")) set({ filters: { ...state.filters, country: [stop.name.slice(6)] } });
    else set({ view: "table", list: "outcome", filters: { ...state.filters, framework: [UNKNOWN] } });
  };
  const ribbon = sankeyLinkHorizontal<NodeData, LinkData>();
  return (
    <div class="trace" ref={frame}>
      <div class="tools">
        <strong>{subject === null ? texts.traceAll : fill(texts.traceOf, { label: cut(words.label(model, subject), 60) })}</strong>
        {state.node !== null ? <button type="button" aria-pressed={all} onClick={() => setAll(!all)}>{texts.traceAll}</button> : null}
      </div>
      <p class="soft">{texts.traceHint}</p>
      {outcomes.length || found.stops.length ? (
        <div class="scroll" tabIndex={0} role="region" aria-label={texts.views.trace}>
          <svg width={drawn.wide} height={drawn.high} viewBox={`0 0 ${drawn.wide} ${drawn.high}`}>
            {COLUMNS.map((column, at) => found.stops.some((stop) => stop.column === at) && <text key={column} class="column" x={drawn.left(at)} y="14">{texts.traceColumns[column]}</text>)}
            <g class="ribbons">
              {drawn.links.map((link, at) => (
                <path key={at} d={ribbon(link) ?? ""} stroke-width={Math.max(1, link.width ?? 1)}
                  class={`${(link.source as Node).stop.gap || (link.target as Node).stop.gap ? "gap" : ""} ${state.node !== null && !all && link.outcomes.includes(state.node) ? "lit" : ""}`}>
                  <title>{`${nameOf((link.source as Node).stop)} → ${nameOf((link.target as Node).stop)}: ${link.outcomes.length}`}</title>
                </path>
              ))}
            </g>
            {drawn.nodes.map((node) => {
              const { stop } = node;
              const [x0, x1, y0, y1] = [node.x0 ?? 0, node.x1 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
              const high = Math.max(3, y1 - y0);
              const last = stop.column === COLUMNS.length - 1;
              const label = `${cut(nameOf(stop), Math.max(12, Math.floor((drawn.wide / 4 - 60) / 6.2)))}${stop.outcomes.length > 1 || stop.node < 0 ? ` · ${stop.outcomes.length}` : ""}`;
              return (
                <g key={stop.name} class={`stop kind-${stop.node >= 0 ? model.kindOf(stop.node) : "outcome"} ${stop.gap ? "gap" : ""} ${stop.node === state.node ? "chosen" : ""}`}
                  role="button" tabIndex={0} aria-label={`${nameOf(stop)}: ${stop.outcomes.length}`}
                  onClick={() => choose(stop)} onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(stop); } }}>
                  <title>{`${nameOf(stop)}: ${stop.outcomes.length}`}</title>
                  <rect x={x0} y={y0} width={x1 - x0} height={high} />
                  <text x={last ? x0 - 5 : x1 + 5} y={(y0 + y1) / 2 + 4} text-anchor={last ? "end" : "start"}>{label}</text>
                </g>
              );
            })}
          </svg>
        </div>
      ) : <p class="empty">{texts.noTrace}</p>}
    </div>
  );
}

/** The flow, laid out: as high as its fullest column needs. */
function laid(found: ReturnType<typeof flow>, wide: number) {
  const counts = COLUMNS.map((_, column) => found.stops.filter((stop) => stop.column === column).length);
  const high = Math.max(320, Math.max(...counts) * LEAST_ROW + 60);
  const right = wide - 12;
  const left = (at: number): number => (at === COLUMNS.length - 1 ? right - 80 : 4 + (at * (right - 18)) / (COLUMNS.length - 1));
  // d3-sankey has as many columns as the longest way; a thread through all of them keeps all five.
  const thread: Stop[] = COLUMNS.map((name, column) => ({ name: `thread ${name}`, node: -1, column, outcomes: [], gap: true }));
  const stops = [...found.stops, ...thread];
  const nodes: Node[] = stops.map((stop, at) => ({ stop, fixedValue: stop.outcomes.length || at >= found.stops.length ? undefined : 0.15 }));
  const links: Link[] = [
    ...found.ways.map((way) => ({ source: way.from, target: way.to, value: way.outcomes.length, outcomes: way.outcomes })),
    ...thread.slice(1).map((_, at) => ({ source: found.stops.length + at, target: found.stops.length + at + 1, value: 1e-6, outcomes: [] })),
  ];
  const made = sankey<NodeData, LinkData>()
    .nodeWidth(14)
    .nodePadding(Math.max(6, Math.min(16, (high - 80) / Math.max(...counts) - 6)))
    .nodeAlign((node) => node.stop.column)
    .extent([[4, 26], [right, high - 8]])({ nodes, links });
  return {
    nodes: made.nodes.slice(0, found.stops.length),
    links: made.links.slice(0, found.ways.length),
    wide,
    high,
    left,
  };
}

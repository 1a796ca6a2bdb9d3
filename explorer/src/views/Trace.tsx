/* The trace as a Sankey: outcomes, outputs, outcomes of the framework, objectives, programme. */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { sankeyLinkHorizontal } from "d3-sankey";
import { useApp, type Use } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { arcPath, laid, LINE, type LaidLink, type LaidNode, type LinkData, type NodeData } from "../arrange/trace.ts";
import { COLUMNS, flow, GATHERED, GROUP, UNLINKED, WITHIN, type Flow, type Stop, type Way } from "../model/flow.ts";
import { UNKNOWN } from "../model/facets.ts";
import { behind, FACET_OF } from "../model/behind.ts";
import { traceQuery } from "../model/sparql.ts";
import { cut, fitted } from "../scene/labels.ts";
import { Bar } from "./Bar.tsx";
import { Key } from "./Key.tsx";
import { Sparql } from "./Sparql.tsx";

export function Trace() {
  const use = useApp();
  const { app, state, texts, words } = use;
  const { model, facets } = app;
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(900);
  const all = state.whole;
  useLayoutEffect(() => {
    if (!frame.current) return;
    const watcher = new ResizeObserver(([entry]) => setWide(Math.floor(entry.contentRect.width)));
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);
  const kind = state.node === null ? "" : model.kindOf(state.node);
  const subject = !all && state.node !== null && kind !== "programme" ? state.node : null;
  const outcomes = useMemo(() => {
    const [kept, allows] = [app.kept(), app.allows()];
    if (subject === null) return app.outcomes();
    const near = new Set(model.near(subject).filter((one) => allows(one.edge)).map((one) => one.node));
    if (kind === "outcome") return [subject, ...[...near].filter((node) => model.kindOf(node) === "outcome" && node !== subject && kept(node))];
    if (FACET_OF[kind]) return behind(model, facets, state.filters, subject).outcomes.filter(kept);
    return app.outcomes().filter((node) => near.has(node));
  }, [facets, state.filters, state.confidence, state.hidden, state.only, subject]);
  const kept = useMemo(() => app.kept(), [state.hidden, state.only]);
  const scopes = useMemo(() => scopesOf(use), [app.details, state.language]);
  const found = useMemo(
    () => flow(model, {
      outcomes, promised: subject === null, organisation: kind === "organisation" && subject !== null ? subject : -1,
      groupOf: (node) => facets.of("country", node)[0] ?? UNKNOWN, within: (node) => scopes.get(node)?.name ?? parentOf(use, node), kept: (node) => node === subject || kept(node), allows: app.allows(),
    }),
    [model, facets, outcomes, subject, state.confidence, state.hidden, state.only, scopes],
  );
  const drawn = useMemo(() => laid(found, wide, model, (stop) => scopes.get(stop.node)?.name ?? ""), [found, wide, scopes]);
  const ribbon = sankeyLinkHorizontal<NodeData, LinkData>();
  const name = (node: LaidNode): string => nameOf(use, node.stop);
  /** What a ribbon or an arc needs to be opened by mouse and keyboard: its words; its outcomes where no link stands behind it. */
  const opens = (edges: readonly number[], label: string, outcomes: readonly number[] = []) => {
    const open = (): void => (edges.length ? app.chooseEdges(edges) : app.list(outcomes));
    return {
      role: "button" as const, "aria-label": label, onClick: open,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          open();
          if (edges.length) requestAnimationFrame(() => document.getElementById("details")?.focus());
        } else walk(event);
      },
    };
  };
  const rows = (): string[][] => traceRows(use, found);
  return (
    <div class="trace" ref={frame}>
      <Bar rows={rows} svg={() => frame.current?.querySelector<SVGSVGElement>(".scroll > svg") ?? null} nodes={() => [...new Set([...outcomes, ...found.stops.map((stop) => stop.node).filter((node) => node >= 0)])]}
        says={[texts.hollow, ...(found.arcs.length ? [texts.traceArcs] : [])]} />
      {state.node !== null ? (
        <div class="tools">
          <strong>{subject === null ? texts.traceAll : fill(texts.traceOf, { label: cut(words.label(model, subject), 60) })}</strong>
          <button type="button" aria-pressed={all} onClick={() => use.set({ whole: !all })}>{texts.traceAll}</button>
        </div>
      ) : null}
      <p class="hint">{texts.traceHint}</p>
      {outcomes.length || found.stops.length ? (
        <div class="scroll" tabIndex={0} role="region" aria-label={texts.views.trace}>
          <svg width={drawn.wide} height={drawn.high} viewBox={`0 0 ${drawn.wide} ${drawn.high}`}>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" /></marker></defs>
            {drawn.columns.map((column) => {
              const ends = drawn.ends(column);
              const lower = ends ? 0 : drawn.lower;
              return (
                <g key={column} class={`head kind-${COLUMNS[column]}`}>
                  <rect x={drawn.left(column) - (ends ? 14 : 0)} y={3 + lower} width="14" height="12" />
                  <text class="column" x={drawn.left(column) + (ends ? -19 : 19)} y={14 + lower} text-anchor={ends ? "end" : "start"}>{fitted(texts.traceColumns[COLUMNS[column]], drawn.room, 1, wideOf(true))[0]}</text>
                </g>
              );
            })}
            {drawn.headings.map((heading) => <text key={`${heading.column} ${heading.y}`} class="scope" x={heading.x} y={heading.y}>{`\u2068${fitted(heading.text, drawn.room, 1, wideOf(true))[0]}\u2069`}</text>)}
            <g class="ribbons">
              {drawn.links.map((link: LaidLink, at) => {
                const said = `${name(link.source as LaidNode)} → ${name(link.target as LaidNode)}: ${link.outcomes.length}. ${link.edges.length ? texts.openWords : texts.openList}`;
                return (
                  <path key={at} d={ribbon(link) ?? ""} stroke-width={Math.max(1, link.width ?? 1)} tabindex={at ? -1 : 0} {...opens(link.edges, said, link.outcomes)}
                    class={`${(link.source as LaidNode).stop.gap || (link.target as LaidNode).stop.gap ? "gap" : ""} ${state.node !== null && !all && link.outcomes.includes(state.node) ? "lit" : ""} opens`}>
                    <title>{said}</title>
                  </path>
                );
              })}
            </g>
            <g class="arcs">
              {found.arcs.map((arc, at) => {
                const said = `${name(drawn.nodes[arc.from])} → ${name(drawn.nodes[arc.to])}: ${arcSays(use, arc)}. ${texts.openWords}`;
                return (
                  <path key={at} d={arcPath(drawn.nodes[arc.from], drawn.nodes[arc.to])} marker-end="url(#tip)" tabindex={at ? -1 : 0} {...opens(arc.edges, said)}>
                    <title>{said}</title>
                  </path>
                );
              })}
            </g>
            {drawn.nodes.map((node) => <Mark key={node.stop.name} use={use} node={node} ends={drawn.ends(node.stop.column)} room={drawn.room} lines={drawn.lines(node)} scope={scopes.get(node.stop.node)} />)}
          </svg>
        </div>
      ) : <p class="empty">{texts.noTrace}</p>}
      {found.stops.some((stop) => stop.name.startsWith(WITHIN)) ? <p class="soft">{texts.traceWithin}</p> : null}
      <Key found={found} columns={drawn.columns} />
      <Sparql query={() => traceQuery(model, state.filters, subject, app.narrowed() || state.confidence > 0 || kind === "outcome" ? outcomes : null)} />
    </div>
  );
}

/** Arrow keys go from ribbon to ribbon: Tab would take a hundred steps through them. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const at = event.currentTarget as SVGElement;
  if (!step || !at.parentElement) return;
  const all = [...at.parentElement.querySelectorAll<SVGElement>("[role=button]")];
  all[(all.indexOf(at) + step + all.length) % all.length]?.focus();
  event.preventDefault();
}

const arcSays = ({ app, words }: Use, { edges }: Way): string =>
  [...new Set(edges.map((edge) => words.relation(app.model.relationOf(edge), "says")))].join(", ");

/** The trace as a table: each way with the outcomes that go it, then what is said of one and another, then what stands alone. */
function traceRows(use: Use, { stops, ways, arcs }: Flow): string[][] {
  const { app, texts, words } = use;
  const { short } = app.model.scene.nodes;
  const column = (stop: Stop): string => texts.traceColumns[COLUMNS[stop.column]];
  const records = (outcomes: readonly number[]): string => outcomes.map((node) => short[node] || words.label(app.model, node)).join("; ");
  const row = (way: Way, relation: string): string[] => {
    const [from, to] = [stops[way.from], stops[way.to]];
    return [column(from), nameOf(use, from), relation, column(to), nameOf(use, to), String(new Set(way.outcomes).size), records([...new Set(way.outcomes)])];
  };
  const gone = new Set(ways.flatMap((way) => [way.from, way.to]));
  return [
    [texts.csvColumn, texts.csvFrom, texts.csvRelation, texts.csvColumn, texts.csvTo, texts.csvOutcomes, texts.csvRecords],
    ...ways.map((way) => row(way, "")),
    ...arcs.map((arc) => row(arc, arcSays(use, arc))),
    ...stops.filter((_, at) => !gone.has(at)).flatMap((stop) =>
      (stop.results.length ? stop.results.map((node) => [words.label(app.model, node), "0", ""]) : [[nameOf(use, stop), String(stop.outcomes.length), records(stop.outcomes)]])
        .map(([name, n, named]) => [column(stop), name, "", "", "", n, named])),
  ];
}

function nameOf({ app, texts, words }: Use, stop: Stop): string {
  const { model } = app;
  if (stop.node >= 0) {
    const short = model.scene.nodes.short[stop.node];
    const label = words.label(model, stop.node);
    const full = stop.column <= 1 || label.startsWith(short) ? label : `${short} ${label}`;
    const reason = stop.gap && stop.column > 1 ? model.scene.reasons?.[stop.outcomes[0]] : undefined;
    return reason ? `${full}: ${words.term("reason", reason)}` : full;
  }
  if (stop.name.startsWith(UNLINKED)) {
    const reason = stop.name.slice(UNLINKED.length);
    return reason ? `${texts.noFramework}: ${words.term("reason", reason)}` : texts.noFramework;
  }
  if (stop.name.startsWith(GATHERED)) return fill(texts.noOutcomeMany, { n: stop.results.length });
  if (stop.name.startsWith(WITHIN)) return `${stop.name.slice(WITHIN.length + 2)}: ${stop.results.length} ${words.kind(COLUMNS[stop.column], stop.results.length)}`;
  if (stop.name.startsWith("programme "))
    return Object.values(model.scene.programmes ?? {}).find(([id]) => id === stop.name.slice(10))?.[1] ?? texts.traceColumns.programme;
  return words.value(app.facets.labelOf("country", stop.name.slice(GROUP.length)));
}

function choose({ app, state, set }: Use, stop: Stop): void {
  if (stop.node >= 0) app.choose(stop.node);
  else if (stop.name.startsWith(GROUP)) set({ filters: { ...state.filters, country: [stop.name.slice(GROUP.length)] } });
  else if (stop.results.length) app.list(stop.results);
  else if (stop.outcomes.length) app.list(stop.outcomes);
}

interface Scope { name: string; code: string }

/** In whose framework each result stands, and its code there: in a harvest of several frameworks the same code stands in each. */
function scopesOf({ app, words, texts }: Use): Map<number, Scope> {
  const { details, model } = app;
  const found = new Map<number, Scope>();
  if (!details) return found;
  for (const kind of ["output", "result"])
    for (const node of model.ofKind(kind)) {
      const countries = details.fields[node].find(([field]) => field === "country")?.[1] ?? [];
      found.set(node, { name: countries.map((country) => words.value(country)).join(", ") || texts.unknown, code: details.search[node][0] ?? "" });
    }
  return new Set([...found.values()].map((scope) => scope.name)).size > 1 ? found : new Map();
}

/** The name of what stands above a result; "" without. */
function parentOf({ app: { model }, words }: Use, node: number): string {
  const above = model.near(node).find((near) => near.out && model.relationOf(near.edge) === "broader");
  return above ? words.label(model, above.node) : "";
}

let ruler: OffscreenCanvasRenderingContext2D | null = null;
const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Ubuntu, "DejaVu Sans", sans-serif';
/** Pixels that a label takes, as the style sheet writes it. */
const wideOf = (heading = false) => (text: string): number => {
  ruler ??= new OffscreenCanvas(1, 1).getContext("2d");
  if (!ruler) return text.length * 6.3;
  ruler.font = heading ? `600 13px ${FONT}` : `11.5px ${FONT}`;
  return ruler.measureText(text).width;
};

interface Marked { use: Use; node: LaidNode; ends: boolean; room: number; lines: number; scope?: Scope }

function Mark({ use, node, ends, room, lines, scope }: Marked) {
  const { app, state } = use;
  const { stop } = node;
  const [x0, x1, y0, y1] = [node.x0 ?? 0, node.x1 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
  const name = nameOf(use, stop);
  const many = stop.outcomes.length > 1 || (stop.node < 0 && !stop.results.length);
  const count = many ? ` · ${stop.outcomes.length}` : "";
  // Its framework stands above it already.
  const { short } = app.model.scene.nodes;
  const said = scope && name.startsWith(short[stop.node]) ? `${scope.code}${name.slice(short[stop.node].length)}` : name;
  const wide = wideOf();
  const parts = fitted(said, room - (count ? wide(count) : 0), lines, wide);
  const kind = stop.node >= 0 ? app.model.kindOf(stop.node) : COLUMNS[stop.column];
  return (
    <g class={`stop kind-${kind} ${stop.gap ? "gap" : ""} ${stop.node >= 0 && stop.node === state.node ? "chosen" : ""}`}
      role="button" tabindex={0}
      onClick={() => choose(use, stop)} onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(use, stop); } }}>
      <title>{`\u2068${name}\u2069: ${stop.outcomes.length}`}</title>
      <rect x={x0} y={y0} width={x1 - x0} height={Math.max(3, y1 - y0)} />
      {parts.map((part, at) => (
        <text key={at} aria-hidden="true" x={ends ? x1 : x1 + 5} y={ends ? y0 - 6 : (y0 + y1) / 2 + 4 + (at - (parts.length - 1) / 2) * LINE} text-anchor={ends ? "end" : "start"}>
          {`\u2068${part}\u2069`}{at === parts.length - 1 ? count : ""}
        </text>
      ))}
    </g>
  );
}

/* What is chosen: a node with its words and neighbours, or a link with the words it rests on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import type { Near } from "../model/model.ts";
import { Outside } from "./Filters.tsx";
import { Icon } from "./Icon.tsx";
import { MarkedText } from "./MarkedText.tsx";
import { Behind } from "./Behind.tsx";
import { Bundle, EdgeWords, Quotes } from "./Quotes.tsx";

const FEW = 12;

export function DetailsPanel() {
  const { app, state, texts } = useApp();
  const panel = useRef<HTMLElement>(null);
  const open = state.node !== null || state.edge !== null || state.bundle.length > 0;
  useEffect(() => panel.current?.scrollTo(0, 0), [state.node, state.edge, state.bundle]);
  return (
    <section id="details" ref={panel} class={`details ${open ? "open" : ""}`} aria-label={texts.details} tabIndex={-1}>
      {open ? (
        <button type="button" class="close" aria-label={texts.close} title={`${texts.close} (Esc)`}
          onClick={() => app.leave()}>×</button>
      ) : null}
      <Outside />
      {state.edge !== null ? <EdgeWords edge={state.edge} /> : state.bundle.length ? <Bundle edges={state.bundle} /> : state.node !== null ? <NodeDetails key={state.node} node={state.node} /> : <Start />}
    </section>
  );
}

/** What to do first, and where most comes together. */
function Start() {
  const { app, texts, words } = useApp();
  const { model } = app;
  const most = [...model.ofKind("organisation")].sort((a, b) => model.degree[b] - model.degree[a] || a - b).slice(0, 8);
  return (
    <div class="start">
      <h2>{texts.details}</h2>
      <p>{texts.start}</p>
      <p class="soft">{texts.startClaims}</p>
      {most.length ? <h3>{texts.mostLinked}</h3> : null}
      <ul class="near">{most.map((node) => <li key={node}><NodeButton node={node} /> <span class="count">{model.degree[node]}</span></li>)}</ul>
      <p class="soft keys">{texts.startKeys}</p>
      <p class="unseen">{words.kind("organisation", 2)}</p>
    </div>
  );
}

/** A button that chooses a node. */
export function NodeButton({ node }: { node: number }) {
  const { app, words } = useApp();
  const { short } = app.model.scene.nodes;
  const label = words.label(app.model, node);
  return (
    <button type="button" class="node" onClick={() => app.choose(node)}>
      <Icon kind={app.model.kindOf(node)} gap={Boolean(app.model.gap[node])} /> <bdi>{label}</bdi>
      {short[node] && !label.startsWith(short[node]) ? <small> <bdi>{short[node]}</bdi></small> : null}
    </button>
  );
}

function NodeDetails({ node }: { node: number }) {
  const { app, state, texts, words, set } = useApp();
  const { model, details } = app;
  const kind = model.kindOf(node);
  const reason = model.scene.reasons?.[node];
  const origins = details?.origins[node];
  return (
    <article>
      <p class="kind"><Icon kind={kind} gap={Boolean(model.gap[node])} /> {words.kind(kind)}</p>
      <h2 dir="auto">{words.label(model, node)}</h2>
      {model.gap[node] ? <p class="warn">{words.gap(kind)}{reason ? ` (${words.term("reason", reason)})` : ""}</p> : null}
      <p class="actions">
        <span>{texts.focus}:</span>
        {[1, 2, 3].map((hops) => (
          <button key={hops} type="button" aria-pressed={state.hops === hops && state.view === "network"} title={texts.hops[String(hops) as "1"]}
            onClick={() => set({ view: "network", hops: state.hops === hops && state.view === "network" ? 0 : hops })}>{hops}</button>
        ))}
        {kind !== "programme" ? <button type="button" onClick={() => set({ view: "trace" })}>{texts.views.trace}</button> : null}
      </p>
      {details?.fields[node].length ? (
        <dl>
          {details.fields[node].map(([field, values]) => (
            <div key={field}><dt>{words.field(field)}</dt><dd>{values.map((value, at) => <bdi key={at}>{at ? ", " : ""}{words.value(value)}</bdi>)}</dd></div>
          ))}
          {origins?.length ? <div><dt>{texts.source}</dt><dd>{origins.map((said) => <bdi key={said}>{said} </bdi>)}</dd></div> : null}
        </dl>
      ) : null}
      <Behind node={node} />
      <Cells node={node} />
      <Neighbours node={node} />
    </article>
  );
}

/** The node's own texts, with every name in them marked. */
function Cells({ node }: { node: number }) {
  const { app, texts, words } = useApp();
  const { details } = app;
  const cells = details?.cells[node].filter((cell) => details.passages.narrative[cell]) ?? [];
  if (!details || !cells.length) return null;
  return (
    <>
      <h3>{texts.inTheirWords}</h3>
      {cells.map((cell, at) => (
        <details key={cell} open={at === 0}>
          <summary>{words.field(details.passages.field[cell])}</summary>
          <MarkedText node={node} cell={cell} />
        </details>
      ))}
    </>
  );
}

/** What it links to, by relation; each link unfolds its words. */
function Neighbours({ node }: { node: number }) {
  const { app, texts, words } = useApp();
  const { model } = app;
  const groups = new Map<string, Near[]>();
  for (const near of model.near(node)) {
    const name = `${model.relationOf(near.edge)} ${near.out ? "out" : "in"}`;
    groups.set(name, [...(groups.get(name) ?? []), near]);
  }
  const order = (name: string): number => model.scene.relations.indexOf(name.split(" ")[0]);
  return (
    <>
      <h3>{texts.neighbours}</h3>
      {groups.size ? null : <p class="soft">{texts.noLinks}</p>}
      {[...groups].sort((a, b) => order(a[0]) - order(b[0]) || (a[0] < b[0] ? 1 : -1)).map(([name, near]) => (
        <NearGroup key={name} title={words.relation(name.split(" ")[0], name.endsWith("out") ? "out" : "in")} near={near} />
      ))}
    </>
  );
}

function NearGroup({ title, near }: { title: string; near: Near[] }) {
  const { app, texts } = useApp();
  const [all, setAll] = useState(false);
  const sorted = [...near].sort((a, b) => app.model.degree[b.node] - app.model.degree[a.node] || a.node - b.node);
  return (
    <section class="near-group">
      <h4>{title} <span class="count">{near.length}</span></h4>
      <ul class="near">
        {sorted.slice(0, all ? undefined : FEW).map((one) => (
          <li key={one.edge}><NodeButton node={one.node} /><Quotes edge={one.edge} /></li>
        ))}
      </ul>
      {near.length > FEW && !all ? <button type="button" class="link" onClick={() => setAll(true)}>{fill(texts.more, { n: near.length - FEW })}</button> : null}
    </section>
  );
}

/* What is in this harvest. Every number opens its list. */
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { coverage, cross, gaps, type Cross } from "../model/overview.ts";
import { Bar } from "./Bar.tsx";
import { NodeButton } from "./Details.tsx";
import { Figures } from "./Figures.tsx";
import { countsQuery, coverageQuery, crossQuery } from "../model/sparql.ts";
import { Icon } from "./Icon.tsx";
import { Sparql } from "./Sparql.tsx";

/** Rows of the framework that stand there at first. */
const MOST_ROWS = 120;

export function Overview() {
  const { app, state, texts, words, set } = useApp();
  const { model, facets } = app;
  const passing = useMemo(() => app.outcomes(), [facets, state.filters, state.hidden, state.only]);
  const visible = useMemo(() => app.visible(), [facets, state.filters, state.confidence, state.linked, state.hidden, state.only]);
  const years = useMemo(() => cross(facets, passing, "year", "round", true), [facets, passing]);
  const matrix = useMemo(() => cross(facets, passing, "actor", "change", false), [facets, passing]);
  const covered = useMemo(() => coverage(model, new Set(passing)), [model, passing]);
  const { ranks } = model.scene;
  const missing = useMemo(
    () => gaps(model, facets, passing, new Set(ranks.large ?? []), new Set((ranks.evidence ?? []).slice(0, 1)), app.kept()),
    [model, facets, passing],
  );
  // Only what a framework table declares was promised; what cells name was stated.
  const promised = Boolean(model.scene.declared?.length);
  const these = app.narrowed() ? passing : null;
  const most = Math.max(1, ...covered.map((row) => row.total));
  const [every, setEvery] = useState(false);
  const deepest = Math.max(0, ...covered.map((row) => row.depth));
  // A framework of hundreds of rows is read from above.
  const rows = every || covered.length <= MOST_ROWS ? covered : covered.filter((row) => row.depth < Math.max(1, deepest)).slice(0, MOST_ROWS);
  return (
    <div class="overview">
      <Bar nodes={() => passing} />
      <section>
        <h2>{texts.contents}</h2>
        <ul class="counts">
          {model.kinds.map((kind) => {
            const n = model.ofKind(kind).filter((node) => visible[node]).length;
            return n ? (
              <li key={kind}><button type="button" onClick={() => set({ view: "table", list: kind, sort: "", columns: [] })}>
                <Icon kind={kind} /> <b>{n}</b> {words.kind(kind, n)}
              </button></li>
            ) : null;
          })}
        </ul>
        <Sparql query={() => countsQuery(model, [...visible.keys()].filter((node) => visible[node]))} />
      </section>
      <div class="two">
        <section>
          <h2>{texts.gaps}</h2>
          {Object.entries(missing).map(([name, nodes]) => <Gap key={name} name={texts[(name === "gapPromised" && !promised ? "gapUndeclared" : name) as "gapUnlinked"]} nodes={nodes} />)}
        </section>
        <section>
          <h2>{texts.byYear}</h2>
          <Matrix cross={years} row="year" column="round" />
          <Sparql query={() => crossQuery(model, state.filters, these, "year", "round")} />
        </section>
      </div>
      <section>
        <h2>{texts.matrix}</h2>
        <Matrix cross={matrix} row="actor" column="change" />
        <Sparql query={() => crossQuery(model, state.filters, these, "actor", "change")} />
      </section>
      {covered.length ? (
        <section>
          <h2>{promised ? texts.coveragePromised : texts.coverage}</h2>
          <table class="coverage">
            <thead><tr><th scope="col">{texts.facets.framework}</th><th scope="col">{texts.direct}</th><th scope="col">{texts.total}</th></tr></thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at} class={row.total ? "" : "none"}>
                  <th scope="row"><div class={`depth-${Math.min(row.depth, 4)}`}><NodeButton node={row.node} /></div></th>
                  <td><Number facet="direct" node={row.node} n={row.direct} /></td>
                  <td><meter min="0" max={most} value={row.total}>{row.total}</meter> <Number facet="under" node={row.node} n={row.total} /></td>
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length < covered.length ? <button type="button" class="link" onClick={() => setEvery(true)}>{fill(texts.more, { n: covered.length - rows.length })}</button> : null}
          <Sparql query={() => coverageQuery(model, state.filters, these, [...new Set(covered.map((row) => row.node))])} />
        </section>
      ) : null}
      <Figures passing={passing} />
    </div>
  );
}

/** A number that opens the outcomes it counts. */
function Number({ facet, node, n }: { facet: "direct" | "under"; node: number; n: number }) {
  const { app, state, set } = useApp();
  if (!n) return <span class="count">0</span>;
  return <button type="button" class="link" onClick={() => set({ view: "table", list: "outcome", filters: { ...state.filters, [facet]: [app.idOf(node)] } })}>{n}</button>;
}

const FEW_GAPS = 40;

/** A gap: how many, and which. */
function Gap({ name, nodes }: { name: string; nodes: number[] }) {
  const { app, texts, words } = useApp();
  const reason = (node: number) => {
    const slug = app.model.scene.reasons?.[node];
    return slug ? <small> {words.term("reason", slug)}</small> : null;
  };
  const [open, setOpen] = useState(false);
  return (
    <details class="gap-list" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><b class={nodes.length ? "some" : ""}>{nodes.length}</b> {name}</summary>
      {open && nodes.length ? (
        <>
          <button type="button" class="link" onClick={() => app.list(nodes)}>{texts.asTable}</button>
          <ul class="near">{nodes.slice(0, FEW_GAPS).map((node) => <li key={node}><NodeButton node={node} />{reason(node)}</li>)}</ul>
          {nodes.length > FEW_GAPS ? <p class="soft">{fill(texts.more, { n: nodes.length - FEW_GAPS })}</p> : null}
        </>
      ) : null}
    </details>
  );
}

function Matrix({ cross: table, row, column }: { cross: Cross; row: string; column: string }) {
  const { app, state, texts, words, set } = useApp();
  const name = (facet: string, value: string): string => words.value(app.facets.labelOf(facet, value));
  const open = (more: Record<string, string[]>): void => set({ view: "table", list: "outcome", filters: { ...state.filters, ...more } });
  if (!table.rows.length) return <p class="soft">{texts.nothingPasses}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${texts.facets[row as "actor"]} × ${texts.facets[column as "change"]}`}>
      <table class="matrix">
        <thead>
          <tr><td />{table.columns.map((c) => <th key={c} scope="col"><button type="button" class="link" onClick={() => open({ [column]: [c] })}><bdi>{name(column, c)}</bdi></button></th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((r, at) => (
            <tr key={r}>
              <th scope="row"><button type="button" class="link" onClick={() => open({ [row]: [r] })}><bdi>{name(row, r)}</bdi></button></th>
              {table.columns.map((c, on) => {
                const n = table.counts[at][on];
                const step = n ? Math.ceil((4 * Math.sqrt(n)) / Math.sqrt(table.most)) : 0;
                return (
                  <td key={c}>{n ? (
                    <button type="button" class={`cell step-${step}`} title={`${name(row, r)} · ${name(column, c)}`} onClick={() => open({ [row]: [r], [column]: [c] })}>{n}</button>
                  ) : <span class="none" aria-label="0">·</span>}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

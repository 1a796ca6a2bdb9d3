/* Everything of one kind as a table: sorted, filtered, any columns, as CSV. */
import { useMemo } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { limitsOf } from "../app/caption.ts";
import { csv, fileName, save } from "../app/save.ts";
import { fill, plural } from "../app/texts.ts";
import { columnsOf, FIRST_COLUMNS, sorted } from "../model/table.ts";
import { listQuery, outcomesQuery } from "../model/sparql.ts";
import { activeFilters, CHOSEN, toggled } from "../state/state.ts";
import { Bar } from "./Bar.tsx";
import { Icon } from "./Icon.tsx";
import { Rows } from "./Rows.tsx";
import { Sparql } from "./Sparql.tsx";

export function Table() {
  const use = useApp();
  const { app, state, texts, words, set } = use;
  const { model } = app;
  const kinds = model.kinds.filter((kind) => model.kind.includes(model.kinds.indexOf(kind)));
  const chosen = useMemo(() => (state.list === CHOSEN ? state.only.map((id) => app.place(id)).filter((node) => node >= 0) : []), [state.list, state.only]);
  const mixed = chosen.length > 0;
  const kind = mixed ? model.kindOf(chosen[0]) : kinds.includes(state.list) ? state.list : kinds[0];
  const several = [...new Set(chosen.map((node) => model.kindOf(node)))].map((one) => words.kind(one, 2)).join(", ");
  const columns = useMemo(() => {
    const own = columnsOf(kind, model, app.facets, app.details);
    return mixed ? [{ name: "kind", of: (node: number) => [words.kind(model.kindOf(node))] }, ...own] : own;
  }, [kind, mixed, app.facets, state.language]);
  const wanted = state.columns.length ? state.columns : FIRST_COLUMNS;
  const shown = columns.filter((column) => wanted.includes(column.name));
  const nodes = useMemo(() => {
    const visible = app.visible();
    const list = (mixed ? chosen : model.ofKind(kind)).filter((node) => visible[node]);
    return sorted(list, columns, state.sort, (labels) => words.value(labels));
  }, [columns, chosen, state.sort, state.filters, state.confidence, state.linked, state.hidden, state.only, state.language]);
  const title = (name: string): string => {
    if (name.startsWith("field ")) return words.field(name.slice(6));
    if (name === "outcome") return words.kind("outcome", 2);
    if (name === "kind") return texts.kind;
    if (name === "title") return mixed ? texts.title : kind === "outcome" ? texts.title : words.kind(kind);
    if (name === "key") return texts.key;
    if (name === "links") return texts.links;
    if (name === "organisations") return texts.organisations;
    return texts.facets[name as keyof typeof texts.facets];
  };
  const cell = (value: ReturnType<(typeof columns)[number]["of"]>): string =>
    typeof value === "number" ? String(value) : value.map((one) => words.value(one)).join(", ");
  const asCsv = (): void => {
    const rows = [shown.map((column) => title(column.name)), ...nodes.map((node) => shown.map((column) => cell(column.of(node))))];
    save(fileName(`${model.scene.name} ${words.kind(kind, 2)}`, "csv"), csv(rows), "text/csv");
  };
  return (
    <div class="table">
      <Bar nodes={() => nodes} />
      <div class="tools">
        <label>{texts.list}{" "}
          <select value={mixed ? CHOSEN : kind} onChange={(event) => set({ list: event.currentTarget.value, sort: "", columns: [] })}>
            {mixed ? <option value={CHOSEN}>{several}</option> : null}
            {kinds.map((one) => <option key={one} value={one}>{words.kind(one, 2)}</option>)}
          </select>
        </label>
        <span class="how-many" role="status">{plural(texts.rows, nodes.length)}</span>
        <span class="space" />
        <details class="menu">
          <summary>{texts.columns}</summary>
          <ul>
            {columns.map((column) => (
              <li key={column.name}><label class="check">
                <input type="checkbox" checked={shown.includes(column)} onChange={() => set({ columns: toggled(shown.map((one) => one.name), column.name) })} /> {title(column.name)}
              </label></li>
            ))}
          </ul>
        </details>
        <button type="button" onClick={asCsv}>{texts.exports.csv}</button>
      </div>
      {nodes.length ? null : <p class="warn why" role="status">{fill(texts.limits.empty, { names: [...activeFilters(state.filters).map(([facet, value]) => `${texts.facets[facet as keyof typeof texts.facets]}: ${words.value(app.facets.labelOf(facet, value))}`), ...limitsOf(use).map((limit) => limit.name)].join(" · ") })}</p>}
      <Rows
        label={several || words.kind(kind, 2)}
        count={nodes.length}
        chosen={(place) => nodes[place] === state.node}
        head={shown.map((column) => ({
          name: column.name,
          title: title(column.name),
          sort: state.sort === column.name ? "ascending" : state.sort === `-${column.name}` ? "descending" : undefined,
          onSort: () => set({ sort: state.sort === column.name ? `-${column.name}` : column.name }),
        }))}
        row={(place) =>
          shown.map((column) => {
            const text = cell(column.of(nodes[place]));
            return column.name === "title" ? (
              <button type="button" class="node" onClick={() => app.choose(nodes[place])}><Icon kind={model.kindOf(nodes[place])} gap={Boolean(model.gap[nodes[place]])} /> <bdi>{text}</bdi></button>
            ) : <bdi title={text.length > 24 ? text : undefined}>{text}</bdi>;
          })
        }
      />
      <Sparql query={() => (!mixed && kind === "outcome" ? outcomesQuery(model, state.filters, app.narrowed() ? nodes : null) : listQuery(model, nodes))} />
    </div>
  );
}

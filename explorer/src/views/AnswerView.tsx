/* An answer as a table, or as a network of what it names in the harvest. */
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import type { Model } from "../model/model.ts";
import type { Answer, Term } from "../worker/engine.ts";
import { NodeButton } from "./Details.tsx";
import { Rows } from "./Rows.tsx";

/** More outcomes than this do not make an answer clearer. */
const MOST_BETWEEN = 150;

/** What an answer names; where nothing in it is linked, with the outcomes in which two of them stand. */
function joined(model: Model, nodes: ReadonlySet<number>): number[] {
  const between = new Map<number, number>();
  let links = 0;
  for (const node of nodes)
    for (const other of new Set(model.near(node).map((near) => near.node))) {
      if (nodes.has(other)) links++;
      else if (model.kindOf(other) === "outcome") between.set(other, (between.get(other) ?? 0) + 1);
    }
  if (links) return [...nodes];
  const most = [...between].filter(([, n]) => n > 1).sort(([a, n], [b, m]) => m - n || a - b);
  return [...nodes, ...most.slice(0, MOST_BETWEEN).map(([outcome]) => outcome)];
}

export function AnswerView({ answer, heads, onCsv }: { answer: Answer; heads: Record<string, Record<string, string>>; onCsv: () => void }) {
  const { app, state, texts, words, set } = useApp();
  const [sort, setSort] = useState(0);
  const rows = useMemo(() => {
    if (!sort) return answer.rows;
    const column = Math.abs(sort) - 1;
    const key = (row: (Term | null)[]): string => row[column]?.value ?? "";
    return [...answer.rows].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * Math.sign(sort));
  }, [answer, sort]);
  const nodes = useMemo(() => {
    const found = new Set<number>();
    for (const row of answer.rows) for (const term of row) if (term?.type === "uri") found.add(app.model.place(term.value.replace(/#outcome$/, "")));
    found.delete(-1);
    return found;
  }, [answer]);
  // A name that stands beside the thing it names, in every row, is shown once. CSV keeps both.
  const nodeAt = (term: Term | null): number => (term?.type === "uri" ? app.model.place(term.value.replace(/#outcome$/, "")) : -1);
  const shown = useMemo(
    () => answer.columns.map((_, at) => at).filter((at) => !answer.rows.length || !answer.rows.every((row) => {
      const text = row[at]?.value;
      return row[at]?.type === "literal" && row.some((term) => { const node = nodeAt(term); return node >= 0 && words.label(app.model, node) === text; });
    })),
    [answer, state.language],
  );
  if (answer.turtle) return <pre class="turtle" tabIndex={0}>{answer.turtle}</pre>;
  if (!answer.columns.length) return null;
  return (
    <div class="answer table">
      <div class="tools">
        <button type="button" onClick={onCsv}>{texts.exports.csv}</button>
        {nodes.size ? <button type="button" onClick={() => set({ view: "network", only: joined(app.model, nodes).map((node) => app.idOf(node)), hops: 0, group: "none" })}>{texts.asNetwork}</button> : null}
      </div>
      <Rows
        label={texts.asTable}
        count={rows.length}
        head={shown.map((at) => ({
          name: answer.columns[at], title: (heads[answer.columns[at]]?.[state.language] ?? answer.columns[at]).replaceAll("_", " "),
          sort: sort === at + 1 ? "ascending" : sort === -at - 1 ? "descending" : undefined,
          onSort: () => setSort(sort === at + 1 ? -at - 1 : at + 1),
        }))}
        row={(place) => shown.map((at) => {
          const term = rows[place][at];
          if (!term) return "";
          const node = nodeAt(term);
          return node >= 0 ? <NodeButton node={node} /> : <bdi title={term.value}>{term.value}</bdi>;
        })}
      />
    </div>
  );
}

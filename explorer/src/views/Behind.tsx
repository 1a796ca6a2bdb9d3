/* Who stands behind a result, country, actor or change, and with which words. */
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill, plural } from "../app/texts.ts";
import { behind, FACET_OF, type Backer } from "../model/behind.ts";
import { activeFilters } from "../state/state.ts";
import { NodeButton } from "./Details.tsx";
import { Quotes } from "./Quotes.tsx";

export function Behind({ node }: { node: number }) {
  const { app, state, texts, words, set } = useApp();
  const { model, facets } = app;
  const found = useMemo(() => behind(model, facets, state.filters, node), [facets, state.filters, node]);
  const facet = FACET_OF[model.kindOf(node)];
  if (!facet || !facets.passing({ [facet]: [app.idOf(node)] }).length) return null;
  const list = (): void => set({ view: "table", list: "outcome", filters: { ...state.filters, [facet]: [app.idOf(node)] } });
  return (
    <section class="behind">
      <h3>{texts.behind}</h3>
      <p class="soft">
        <button type="button" class="link" onClick={list}>{found.outcomes.length} {words.kind("outcome", found.outcomes.length)}</button>
        {activeFilters(state.filters).length ? ` ${texts.behindFiltered}` : ""}
      </p>
      <Backers title={texts.behindContributed} backers={found.contributed} />
      <Backers title={texts.behindNamed} backers={found.named} />
      {found.contributed.length || found.named.length ? null : <p class="soft">{texts.behindNone}</p>}
    </section>
  );
}

const FEW = 10;

function Backers({ title, backers }: { title: string; backers: Backer[] }) {
  const { texts } = useApp();
  const [all, setAll] = useState(false);
  if (!backers.length) return null;
  return (
    <>
      <h4>{title} <span class="count">{backers.length}</span></h4>
      <ul class="near">{backers.slice(0, all ? undefined : FEW).map((one) => <BackerItem key={one.node} backer={one} />)}</ul>
      {backers.length > FEW && !all ? <button type="button" class="link" onClick={() => setAll(true)}>{fill(texts.more, { n: backers.length - FEW })}</button> : null}
    </>
  );
}

function BackerItem({ backer }: { backer: Backer }) {
  const { app, texts, words } = useApp();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <NodeButton node={backer.node} />
      <details class="quotes" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{plural(texts.inOutcomes, backer.outcomes)}</summary>
        {open ? backer.edges.map((edge) => (
          <div key={edge}>
            <em class="soft">{words.relation(app.model.relationOf(edge), "legend")}</em> <NodeButton node={app.model.to[edge]} />
            <Quotes edge={edge} open />
          </div>
        )) : null}
      </details>
    </li>
  );
}

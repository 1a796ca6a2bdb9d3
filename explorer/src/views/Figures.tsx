/* The network in figures: who stands with whom, chains, periods. Each opens its words. */
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill } from "../app/texts.ts";
import { chains, periods, standings } from "../model/figures.ts";
import { NodeButton } from "./Details.tsx";

const FEW = 10;

export function Figures({ passing }: { passing: number[] }) {
  const { texts } = useApp();
  const [open, setOpen] = useState(false);
  return (
    <details class="figures" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><h2>{texts.figures.title}</h2></summary>
      {/* Counted when somebody looks: it takes a moment in a large harvest. */}
      {open ? <Inside passing={passing} /> : null}
    </details>
  );
}

function Inside({ passing }: { passing: number[] }) {
  const { app, texts } = useApp();
  const { model, facets } = app;
  const passes = useMemo(() => {
    const kept = new Set(passing);
    return (outcome: number) => kept.has(outcome);
  }, [passing]);
  return (
    <>
      <p class="soft">{texts.figures.caveat}</p>
      <Together rows={useMemo(() => standings(model, passes), [model, passes])} />
      <Chains found={useMemo(() => chains(model, passes), [model, passes])} />
      <Periods found={useMemo(() => periods(model, facets, passing, "round"), [model, facets, passing])} />
    </>
  );
}

function Together({ rows: { rows, sampled } }: { rows: ReturnType<typeof standings> }) {
  const { texts, words } = useApp();
  const [all, setAll] = useState(false);
  const told = texts.figures;
  if (!rows.length) return <p class="soft">{told.nobody}</p>;
  return (
    <>
      <h3>{told.together}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={told.together}>
        <table class="numbers">
          <thead><tr><th scope="col">{words.kind("organisation")}</th><th scope="col">{words.kind("outcome", 2)}</th><th scope="col">{told.partners}</th><th scope="col">{told.between}</th></tr></thead>
          <tbody>
            {rows.slice(0, all ? rows.length : FEW).map((row) => (
              <tr key={row.node}>
                <th scope="row"><NodeButton node={row.node} /></th>
                <td>{row.outcomes}</td><td>{row.partners.length}</td>
                <td>{(100 * row.between).toLocaleString(words.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > FEW && !all ? <button type="button" class="link" onClick={() => setAll(true)}>{fill(texts.more, { n: rows.length - FEW })}</button> : null}
      <p class="soft">{told.meansPartners} {told.meansBetween}{sampled ? ` ${fill(told.sampled, { n: sampled })}` : ""}</p>
    </>
  );
}

function Chains({ found }: { found: ReturnType<typeof chains> }) {
  const { app, texts } = useApp();
  const [all, setAll] = useState(false);
  const told = texts.figures;
  return (
    <>
      <h3>{told.chains}</h3>
      {found.length ? <p class="soft">{told.meansChains}</p> : <p class="soft">{told.noChains}</p>}
      <ol class="chains">
        {found.slice(0, all ? found.length : FEW).map((chain, at) => (
          <li key={at}>
            <NodeButton node={chain.steps[0].before} />
            {chain.steps.map((step) => (
              <span key={step.edge}> <button type="button" class="link" title={told.wordsBehind} aria-label={told.wordsBehind} onClick={() => app.chooseEdge(step.edge)}>→</button> <NodeButton node={step.after} /></span>
            ))}
            {chain.circle ? <strong class="warn"> {told.circle}</strong> : null}
          </li>
        ))}
      </ol>
      {found.length > FEW && !all ? <button type="button" class="link" onClick={() => setAll(true)}>{fill(texts.more, { n: found.length - FEW })}</button> : null}
    </>
  );
}

function Periods({ found }: { found: ReturnType<typeof periods> }) {
  const { app, texts, words } = useApp();
  const told = texts.figures;
  if (found.length < 2) return null;
  return (
    <>
      <h3>{told.periods}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={told.periods}>
        <table class="numbers">
          <thead><tr><th scope="col">{texts.facets.round}</th><th scope="col">{words.kind("outcome", 2)}</th><th scope="col">{words.kind("organisation", 2)}</th><th scope="col">{told.fresh}</th><th scope="col">{told.again}</th><th scope="col">{told.back}</th><th scope="col">{told.gone}</th></tr></thead>
          <tbody>
            {found.map((period) => (
              <tr key={period.name}>
                <th scope="row"><bdi>{words.value(app.facets.labelOf("round", period.name))}</bdi></th>
                <td>{period.outcomes}</td>
                {[period.bodies, period.fresh, period.again, period.back, period.gone].map((bodies, at) => (
                  <td key={at}>{bodies.length ? <button type="button" class="link" onClick={() => app.list(bodies)}>{bodies.length}</button> : 0}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">{told.meansPeriods}</p>
    </>
  );
}

/* "Show the SPARQL": the query that gives what a view shows, to be asked here or elsewhere. */
import { useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { has } from "../model/data.ts";

export function Sparql({ query }: { query: () => string }) {
  const { app, texts, set } = useApp();
  const [open, setOpen] = useState(false);
  const prefixes = app.details?.prefixes ?? {};
  const body = open ? query() : "";
  const heads = Object.entries(prefixes).filter(([name]) => body.includes(`${name}:`)).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
  return (
    <details class="sparql" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.showSparql}</summary>
      {open ? <pre tabIndex={0}>{heads}{body}</pre> : null}
      {open && has("worker") ? <button type="button" onClick={() => set({ view: "ask", sparql: heads + body, question: "" })}>{texts.askThis}</button> : null}
    </details>
  );
}

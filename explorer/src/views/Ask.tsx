/* Questions in plain words as forms, and free SPARQL; answered in this page. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { csv, fileName, save } from "../app/save.ts";
import { fill, plural } from "../app/texts.ts";
import { bound, kindsOf, refused, termsOf } from "../model/binding.ts";
import type { Parameter, Question } from "../model/data.ts";
import { lacks } from "../model/reduced.ts";
import { limitsOf } from "../app/caption.ts";
import { activeFilters } from "../state/state.ts";
import { engineOf, type Answer } from "../worker/engine.ts";
import { AnswerView } from "./AnswerView.tsx";
import { Bar } from "./Bar.tsx";
import { Editor } from "./Editor.tsx";

const START_QUERY = "SELECT ?outcome ?title WHERE {\n  ?outcome a oh:Outcome ; rdfs:label ?title .\n}\nORDER BY ?title\nLIMIT 100";

export function Ask() {
  const use = useApp();
  const { app, state, texts, set } = use;
  const on = engineOf();
  const { details } = app;
  const [doing, setDoing] = useState("");
  const [problem, setProblem] = useState("");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [shown, setShown] = useState("");
  /** What was asked: its name for the file, its words for the heading. An answer stays when another form is opened. */
  const [asked, setAsked] = useState({ name: "sparql", title: "" });
  const [writing, setWriting] = useState(Boolean(state.sparql) && !state.question);
  useEffect(() => { if (state.sparql) setWriting(true); }, [state.sparql]);
  const turn = useRef(0);
  const status = useRef<HTMLDivElement>(null);
  const question = details?.questions.find((one) => one.name === state.question);
  const prefixes = useMemo(() => Object.entries(details?.prefixes ?? {}).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join(""), [details]);

  const lacking = useCallback((query: string): string[] => (details?.left.length ? lacks(query, details.left, details.prefixes) : []), [details]);
  // Marked before anybody asks: its form says what to type instead.
  const unasked = useMemo(() => new Map(details?.questions.map((one) => [one.name, lacking(one.text)]).filter(([, left]) => left.length) as [string, string[]][]), [details]);

  const ask = async (query: string, about: typeof asked): Promise<void> => {
    setAsked(about);
    const mine = ++turn.current;
    setProblem("");
    setAnswer(null);
    setShown(query);
    const missing = lacking(query);
    if (missing.length) return setProblem(fill(texts.askLacks, { left: missing.join(", ") }));
    setDoing(texts.engine);
    try {
      await on.start();
      if (turn.current !== mine) return;
      setDoing(texts.running);
      const found = await on.ask(query);
      if (turn.current !== mine) return;
      setAnswer(found);
      // Beside the questions it is in sight already; below them, on a phone, its heading comes to the top.
      requestAnimationFrame(() => (innerWidth > 900 ? status.current?.scrollIntoView({ block: "nearest" }) : status.current?.parentElement?.scrollIntoView()));
    } catch (failed) {
      if (turn.current === mine) setProblem(failed instanceof Error && failed.message === "stopped" ? texts.stopped : String(failed instanceof Error ? failed.message : failed));
    } finally {
      if (turn.current === mine) setDoing("");
    }
  };
  const askQuestion = (asked: Question): void => {
    const terms: Record<string, string[]> = {};
    for (const parameter of asked.parameters) {
      const typed = (state.given[parameter.name] ?? "").trim();
      if (!typed && parameter.optional) continue;
      terms[parameter.name] = termsOf(parameter, typed, app.model, details);
      if (!terms[parameter.name].length) return setProblem(`${fill(texts.required, { name: texts.parameters[parameter.name as keyof typeof texts.parameters] ?? parameter.name })} (${parameter.example})`);
    }
    const title = asked.parameters.reduce((said, { name }) => said.replaceAll(`{${name}}`, (state.given[name] ?? "").trim() || "…"), asked.question[state.language] ?? asked.question.en);
    void ask(bound(asked, terms, state.language), { name: asked.name, title });
  };
  const askFree = (): void => {
    const query = state.sparql || START_QUERY;
    const word = refused(query);
    if (word) return setProblem(fill(texts.askRefused, { word }));
    const declared = new Set([...query.matchAll(/prefix\s+([\w-]*):/gi)].map((found) => found[1]));
    const missing = prefixes.split("\n").filter((line) => line && !declared.has(line.split(/[ :]/)[1]));
    void ask(`${missing.join("\n")}\n${query}`, { name: "sparql", title: texts.free });
  };

  const About = ({ one }: { one: Question }) => {
    const language = one.description[state.language] ? state.language : "en";
    return <p class="soft" lang={language}>{one.description[language]}</p>;
  };

  if (!details) return <p role="status">{texts.loading}</p>;
  if (!on.there) return <NoEngine />;
  return (
    <div class="ask">
      <Bar><p class="soft">{texts.askHint}{activeFilters(state.filters).length + limitsOf(use).length ? ` ${texts.askUnfiltered}` : ""}</p></Bar>
      {details?.graph === "reduced" ? <p class="warn reduced">{fill(texts.askReduced, { left: details.left.join(", ") })}</p> : null}
      <div class="asking">
        <section>
          <h2>{texts.questions}</h2>
          <ul class="questions">
            {details?.questions.map((one) => (
              <li key={one.name}>
                <button type="button" class="link" aria-expanded={one.name === state.question}
                  onClick={() => set({ question: one.name === state.question ? "" : one.name, given: {} })}>
                  {plainly(one.question[state.language] ?? one.question.en, one.parameters)}
                </button>
                {unasked.has(one.name) ? <small class="outside"> {texts.askOutside}</small> : null}
                {one === question && unasked.has(one.name) ? (
                  <div class="instead"><About one={one} /><p>{fill(texts.askLacks, { left: (unasked.get(one.name) ?? []).join(", ") })}</p><code>{command(one)}</code></div>
                ) : one === question ? (
                  <form onSubmit={(event) => { event.preventDefault(); askQuestion(one); }}>
                    {one.parameters.map((parameter) => <Field key={parameter.name} parameter={parameter} />)}
                    <About one={one} />
                    <button type="submit" class="go">{texts.run}</button>
                  </form>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
        <section>
          {shown || problem || writing ? null : <p class="soft">{texts.askHere}</p>}
          {shown ? <h2 class="asked"><bdi>{asked.title}</bdi></h2> : null}
          <div role="status" ref={status} aria-live="polite">
            {doing ? <p>{doing} <button type="button" onClick={() => on.stop()}>{texts.stop}</button></p> : null}
            {problem ? <p class="warn">{problem}</p> : null}
            {answer ? <p>{fill(texts.took, { rows: plural(texts.rows, answer.rows.length), seconds: answer.seconds.toFixed(2) })}</p> : null}
          </div>
          {shown ? (
            <details class="sparql"><summary>{texts.showSparql}</summary><pre tabIndex={0}>{shown}</pre>
              <button type="button" onClick={() => { set({ sparql: shown, question: "" }); setWriting(true); }}>{texts.change}</button>
            </details>
          ) : null}
          {answer ? <AnswerView answer={answer} heads={details.heads} onCsv={() => save(fileName(asked.name, "csv"), csv([answer.columns, ...answer.rows.map((row) => row.map((term) => term?.value ?? ""))]), "text/csv")} /> : null}
          <details class="writing" open={writing} onToggle={(event) => setWriting(event.currentTarget.open)}>
            <summary>{texts.write}</summary>
            {writing ? (
              <>
                <Editor text={state.sparql} start={START_QUERY} label={texts.free} onChange={(sparql) => set({ sparql })} onRun={askFree} />
                <p class="actions"><button type="button" class="go" onClick={askFree}>{texts.run}</button> <small>Ctrl + Enter</small></p>
              </>
            ) : null}
          </details>
        </section>
      </div>
    </div>
  );
}

/** No engine in this copy: the same questions, as commands to type. */
function NoEngine() {
  const { app, state, texts } = useApp();
  return (
    <div class="no-engine">
      <Bar><span /></Bar>
      <p class="warn">{app.details?.graph === "large" ? texts.askLarge : texts.askNone}</p>
      <pre tabIndex={0}>{["kg queries", "kg query FILE.rq"].join("\n")}</pre>
      <ul>
        {app.details?.questions.map((one) => (
          <li key={one.name}>
            {plainly(one.question[state.language] ?? one.question.en, one.parameters)}
            <br /><code>{command(one)}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What to type to ask the whole graph. */
const command = ({ name, parameters }: Question): string =>
  `kg query ${name}${parameters.filter((parameter) => !parameter.optional).map((parameter) => ` -p ${parameter.name}="${parameter.example}"`).join("")}`;

/** The question with "…" where it is told something. */
const plainly = (text: string, parameters: readonly Parameter[]): string =>
  parameters.reduce((said, parameter) => said.replaceAll(`{${parameter.name}}`, "…"), text);

/** A field that offers what there is. */
function Field({ parameter }: { parameter: Parameter }) {
  const { app, state, texts, words, set } = useApp();
  const { model } = app;
  const nodes = kindsOf(parameter.type).flatMap((kind) => model.ofKind(kind));
  const offered = useMemo(
    () => [...new Set(nodes.map((node) => (["code", "fragment"].includes(parameter.type) ? app.details?.search[node][0] ?? model.scene.nodes.short[node] : words.label(model, node))))].sort().slice(0, 2000),
    [parameter, state.language],
  );
  return (
    <label class="field">
      <span>{texts.parameters[parameter.name as keyof typeof texts.parameters] ?? parameter.name}{parameter.optional ? <small> ({texts.optional})</small> : null}</span>
      <input list={`offer-${parameter.name}`} role={undefined} placeholder={parameter.example} required={!parameter.optional} value={state.given[parameter.name] ?? ""}
        onInput={(event) => set({ given: { ...state.given, [parameter.name]: event.currentTarget.value } })} />
      <datalist id={`offer-${parameter.name}`}>{offered.map((value) => <option key={value} value={value} />)}</datalist>
    </label>
  );
}

/* The words behind a link: in their sentence, with field, method and confidence. */
import { useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill, plural } from "../app/texts.ts";
import type { Quote as QuoteData } from "../model/data.ts";
import { sentence } from "../model/marked.ts";
import { NodeButton } from "./Details.tsx";

/** A link's words, folded; a button opens the link itself. */
export function Quotes({ edge, open: first = false }: { edge: number; open?: boolean }) {
  const { app, texts } = useApp();
  const quotes = app.details?.words[edge] ?? [];
  const [open, setOpen] = useState(first);
  if (!quotes.length) return null;
  return (
    <details class="quotes" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{plural(texts.words, quotes.length)}</summary>
      {open ? quotes.map((quote, at) => <Quote key={at} quote={quote} />) : null}
    </details>
  );
}

/** The details of a link. */
export function EdgeWords({ edge }: { edge: number }) {
  const { app, texts, words } = useApp();
  const { model, details } = app;
  const family = model.familyOf(edge);
  const quotes = details?.words[edge] ?? [];
  return (
    <article class="edge">
      <p class="kind">{texts.wordsTitle}</p>
      <h2 class="ends"><NodeButton node={model.from[edge]} /> <em>{words.relation(model.relationOf(edge), "says")}</em> <NodeButton node={model.to[edge]} /></h2>
      <p class={`soft family-${family}`}>{words.family(family)}</p>
      {quotes.map((quote, at) => <Quote key={at} quote={quote} />)}
      {quotes.length ? null : <p>{family === "structure" ? texts.noWordsStructure : texts.noWords}</p>}
    </article>
  );
}

const MOST_LINKS = 100;

/** The words of several links, each under what it links. */
export function Bundle({ edges }: { edges: readonly number[] }) {
  const { app, texts, words } = useApp();
  const { model, details } = app;
  return (
    <article class="edge bundle">
      <h2>{fill(texts.bundleTitle, { n: edges.length })}</h2>
      {edges.slice(0, MOST_LINKS).map((edge) => (
        <section key={edge}>
          <h3 class="ends"><NodeButton node={model.from[edge]} /> <em>{words.relation(model.relationOf(edge), "says")}</em> <NodeButton node={model.to[edge]} /></h3>
          {(details?.words[edge] ?? []).map((quote, at) => <Quote key={at} quote={quote} />)}
          {details?.words[edge]?.length ? null : <p class="soft">{model.familyOf(edge) === "structure" ? texts.noWordsStructure : texts.noWords}</p>}
        </section>
      ))}
      {edges.length > MOST_LINKS ? <p class="soft">{fill(texts.more, { n: edges.length - MOST_LINKS })}</p> : null}
    </article>
  );
}

function Quote({ quote }: { quote: QuoteData }) {
  const { app, texts, words } = useApp();
  const [whole, setWhole] = useState(false);
  const { details } = app;
  if (!details) return null;
  const [passage, start, end, method, confidence, status, roleMethod, roleConfidence] = quote;
  const { passages } = details;
  const text = passages.text[passage];
  const cell = start === 0 && end >= [...text].length;
  const said = whole
    ? { before: [...text].slice(0, start).join(""), quote: [...text].slice(start, end).join(""), after: [...text].slice(end).join(""), whole: true }
    : sentence(text, start, end);
  const sure = (value: number | null | undefined): string => (value == null ? "" : ` (${value})`);
  const how = [
    method ? fill(texts.nameBy, { method: words.term("method", method), confidence: sure(confidence) }) : "",
    roleMethod ? fill(texts.roleBy, { method: words.term("method", roleMethod), confidence: sure(roleConfidence) }) : "",
    status === "suggested" ? texts.suggested : "",
    cell ? texts.wholeCell : "",
  ].filter(Boolean);
  const owner = app.ownerOf(passage);
  return (
    <figure class="quote">
      <blockquote dir="auto">{said.before}<mark>{said.quote}</mark>{said.after}</blockquote>
      <figcaption>
        {owner >= 0 ? <button type="button" class="link" onClick={() => app.choose(owner)}><bdi>{passages.identifier[passage] || passages.key[passage]}</bdi></button> : <bdi>{passages.identifier[passage] || passages.key[passage]}</bdi>}
        {" · "}{words.field(passages.field[passage])}{how.length ? ` · ${how.join(" · ")}` : ""}
        {said.whole ? null : <>{" · "}<button type="button" class="link" onClick={() => setWhole(true)}>{texts.showCell}</button></>}
      </figcaption>
    </figure>
  );
}

/* A passage with every name marked; a mark chooses what it names. Text nodes only. */
import { useMemo } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { pieces, type Span } from "../model/marked.ts";

export function MarkedText({ node, cell }: { node: number; cell: number }) {
  const { app, words } = useApp();
  const { details, model } = app;
  const text = details?.passages.text[cell] ?? "";
  const parts = useMemo(() => {
    const spans: Span[] = [];
    model.eachNear(node, (other, edge) => {
      for (const [passage, start, end] of details?.words[edge] ?? [])
        if (passage === cell && !(start === 0 && end >= [...text].length)) spans.push({ start, end, what: other });
    });
    return pieces(text, spans);
  }, [details, node, cell]);
  const language = details?.passages.language[cell] || undefined;
  return (
    <p class="passage" dir="auto" lang={language && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language) ? language : undefined}>
      {parts.map((part, at) =>
        part.what.length ? (
          <mark key={at}>
            <button type="button" class={`named kind-${model.kindOf(part.what[0])}`} title={part.what.map((what) => words.label(model, what)).join(" · ")}
              onClick={() => app.choose(part.what[0])}>{part.text}</button>
          </mark>
        ) : part.text,
      )}
    </p>
  );
}

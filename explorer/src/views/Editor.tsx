/* SPARQL with colours and completion. In a shadow root: there the editor's styles are sheets of the
   page's own making, which its policy allows; a style element it would refuse. */
import { autocompletion, closeBrackets, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../app/app.ts";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.literal], color: "var(--safe)" },
  { tag: [tags.comment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--warn)" },
]);
const dress = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--ground)", border: "1px solid var(--line)", borderRadius: "8px", fontSize: "13px", maxHeight: "45vh" },
  "&.cm-focused": { outline: "2.5px solid var(--accent)" },
  ".cm-scroller": { overflow: "auto", fontFamily: "ui-monospace, Consolas, 'DejaVu Sans Mono', monospace", minHeight: "9rem" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--soft)", border: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
});

/** `start` stands there at first. Once somebody has emptied the editor it stays empty. */
export function Editor({ text, start, label, onChange, onRun }: { text: string; start: string; label: string; onChange: (text: string) => void; onRun: () => void }) {
  const { app } = useApp();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const acts = useRef({ onChange, onRun });
  acts.current = { onChange, onRun };
  // What was typed here comes back as `text` a little later: it is no change from outside.
  const typed = useRef(text);
  useLayoutEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text || start,
        extensions: [
          lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(),
          StreamLanguage.define(sparql), syntaxHighlighting(colours), dress,
          autocompletion({ override: [(context) => complete(context, app.details?.prefixes ?? {}, app.details?.vocabulary ?? [])] }),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.lineWrapping,
          EditorView.domEventHandlers({ beforeinput: replaced }),
          keymap.of([{ key: "Mod-Enter", run: () => (acts.current.onRun(), true) }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => { if (update.docChanged) acts.current.onChange((typed.current = update.state.doc.toString())); }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useLayoutEffect(() => {
    const at = view.current;
    if (at && text !== typed.current && at.state.doc.toString() !== text) at.dispatch({ changes: { from: 0, to: at.state.doc.length, insert: text || start } });
    typed.current = text;
  }, [text]);
  return <div class="editor" ref={host} />;
}

/** What is selected is replaced here: the browser would keep its looks by styles in place, which the policy refuses. */
function replaced(event: InputEvent, view: EditorView): boolean {
  const { selection: { main } } = view.state;
  if (event.isComposing || !/^(insertText|delete)/.test(event.inputType) || main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.update(view.state.replaceSelection(event.inputType === "insertText" ? event.data ?? "" : ""), { scrollIntoView: true, userEvent: event.inputType === "insertText" ? "input.type" : "delete" }));
  return true;
}

/** Prefixes, and the terms of the ontology behind them; after "PREFIX", its declaration alone. */
function complete(context: CompletionContext, prefixes: Record<string, string>, vocabulary: readonly string[]): CompletionResult | null {
  const head = context.matchBefore(/\bprefix\s+[\w-]*/i);
  if (head) return { from: head.from, options: Object.entries(prefixes).map(([name, iri]) => ({ label: `PREFIX ${name}: <${iri}>`, type: "keyword" })), validFor: /^prefix\s+[\w-]*$/i };
  const word = context.matchBefore(/[A-Za-z][\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit) || /[?$]/.test(context.state.sliceDoc(word.from - 1, word.from))) return null;
  const terms = vocabulary.flatMap((term) =>
    Object.entries(prefixes).filter(([, iri]) => term.startsWith(iri)).map(([name, iri]) => ({ label: `${name}:${term.slice(iri.length)}`, type: "property" })));
  const names = Object.keys(prefixes).map((name) => ({ label: `${name}:`, type: "namespace" }));
  return { from: word.from, options: [...names, ...terms], validFor: /^[\w:-]*$/ };
}

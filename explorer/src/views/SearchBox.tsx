/* Search first: names, acronyms, codes, words. A combobox that is used by keyboard alone. */
import type { RefObject } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import { fill, plural } from "../app/texts.ts";
import { fold } from "../model/fold.ts";
import type { Hit } from "../model/search.ts";
import { Icon } from "./Icon.tsx";

export function SearchBox({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { app, state, texts, words } = useApp();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { hits, total } = useMemo(() => app.search.look(typed), [typed, app.search]);
  const take = (hit: Hit | undefined): void => {
    if (!hit) return;
    // Where things are gathered, what was looked for is shown with its surroundings.
    app.choose(hit.node, state.view === "network" && state.group !== "none" ? { hops: state.hops || 1 } : {});
    setOpen(false);
    setTyped("");
    requestAnimationFrame(() => document.getElementById("details")?.focus());
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter") take(hits[active]);
    else if (event.key === "Escape") {
      setOpen(false);
      setTyped("");
      input.current?.blur();
    } else return;
    event.preventDefault();
    document.getElementById(`found-${active}`)?.scrollIntoView({ block: "nearest" });
  };
  const shown = open && typed.trim() !== "";
  return (
    <search class="search">
      <label class="unseen" for="search">{texts.search}</label>
      <input
        ref={input} list={undefined} id="search" type="search" autocomplete="off" spellcheck={false} placeholder={texts.searchHint} value={typed}
        role="combobox" aria-expanded={shown} aria-controls="found" aria-autocomplete="list"
        aria-activedescendant={shown && hits.length ? `found-${active}` : undefined}
        onInput={(event) => { setTyped(event.currentTarget.value); setOpen(true); setActive(0); }}
        onFocus={() => setOpen(true)} onKeyDown={press} onBlur={() => setTimeout(() => setOpen(false), 120)}
      />
      <ul id="found" role="listbox" aria-label={texts.search} hidden={!shown || !hits.length}>
        {shown && hits.map((hit, place) => (
          <li key={hit.node} id={`found-${place}`} role="option" aria-selected={place === active}
            onMouseDown={(event) => { event.preventDefault(); take(hit); }}>
            <Icon kind={app.model.kindOf(hit.node)} gap={Boolean(app.model.gap[hit.node])} />
            <span><bdi>{words.label(app.model, hit.node)}</bdi>{" "}
              <small>
                {words.kind(app.model.kindOf(hit.node))}
                {app.model.scene.nodes.short[hit.node] ? <> · <bdi>{app.model.scene.nodes.short[hit.node]}</bdi></> : null}
                {hit.passage !== undefined ? <> · {texts.inText}: <q><bdi>{around(app.details?.passages.text[hit.passage] ?? "", typed)}</bdi></q></> : null}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {shown && total > hits.length ? <p class="found-more">{plural(texts.found, total)} · {fill(texts.limits.first, { n: hits.length })}</p> : null}
      {shown && !hits.length ? <p class="found-none">{texts.found.none}</p> : null}
      <p class="unseen" role="status">{shown ? plural(texts.found, total) : ""}</p>
    </search>
  );
}

/** The words around what was found. Folding changes lengths, so the place is found word by word. */
function around(text: string, typed: string): string {
  const wanted = fold(typed).split(" ");
  const parts = text.split(/\s+/);
  const at = Math.max(0, parts.findIndex((part) => wanted.some((one) => fold(part).includes(one))));
  const begin = Math.max(0, at - 4);
  return `${begin ? "…" : ""}${parts.slice(begin, at + 7).join(" ")}${at + 7 < parts.length ? "…" : ""}`;
}

/* What is shown: each kind and relation with shape, colour and count; each can be switched off. */
import { useMemo } from "preact/hooks";
import type { Model } from "../model/model.ts";
import { useApp } from "../app/app.ts";
import { edgesOf, type Drawing } from "../scene/drawing.ts";
import { toggled } from "../state/state.ts";
import { Icon } from "./Icon.tsx";

/** How many of each kind and relation are drawn. */
function counted({ kinds: names, scene }: Model, drawing: Drawing): { kinds: Map<string, number>; relations: Map<string, number> } {
  const kinds = new Uint32Array(names.length);
  const relations = new Uint32Array(scene.relations.length);
  for (let mark = 0; mark < drawing.count; mark++) kinds[drawing.kind[mark]] += drawing.size[mark] || 1;
  for (let line = 0; line < drawing.edge.length; line++) for (const edge of edgesOf(drawing, line)) relations[scene.edges.relation[edge]]++;
  const said = (names: readonly string[], counts: Uint32Array): Map<string, number> =>
    new Map([...counts].map((count, at): [string, number] => [names[at], count]).filter(([, count]) => count));
  return { kinds: said(names, kinds), relations: said(scene.relations, relations) };
}

export function Legend({ drawing }: { drawing: Drawing }) {
  const { app, state, texts, words, set } = useApp();
  const { model } = app;
  const { kinds, relations } = useMemo(() => counted(model, drawing), [drawing]);
  const offer = (names: string[], counts: Map<string, number>, name: (one: string, n: number) => string, icon: boolean) =>
    names.filter((one) => counts.has(one) || state.hidden.includes(one)).map((one) => (
      <li key={one}>
        <label class="check">
          <input type="checkbox" checked={!state.hidden.includes(one)} onChange={() => set({ hidden: toggled(state.hidden, one) })} />
          {icon ? <Icon kind={one} /> : null} {name(one, counts.get(one) ?? 0)} <span class="count">{counts.get(one) ?? 0}</span>
        </label>
      </li>
    ));
  return (
    <details class="legend" open={matchMedia("(min-width: 900px)").matches}>
      <summary>{texts.legend}</summary>
      <ul>{offer(model.kinds, kinds, (kind, n) => words.kind(kind, n), true)}</ul>
      <ul>{offer(model.scene.relations, relations, (relation) => words.relation(relation, "legend"), false)}</ul>
      <p class="soft">{texts.hollow}</p>
    </details>
  );
}

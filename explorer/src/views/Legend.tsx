/* What is shown: each kind and relation with shape, colour and count; each can be switched off. */
import { useApp } from "../app/app.ts";
import type { Drawing } from "../scene/drawing.ts";
import { toggled } from "../state/state.ts";
import { Icon } from "./Icon.tsx";

export function Legend({ drawing }: { drawing: Drawing }) {
  const { app, state, texts, words, set } = useApp();
  const { model } = app;
  const kinds = new Map<string, number>();
  for (let mark = 0; mark < drawing.count; mark++) {
    const kind = model.kinds[drawing.kind[mark]];
    kinds.set(kind, (kinds.get(kind) ?? 0) + (drawing.size[mark] || 1));
  }
  const relations = new Map<string, number>();
  for (let line = 0; line < drawing.edge.length; line++)
    if (drawing.edge[line] >= 0) {
      const relation = model.relationOf(drawing.edge[line]);
      relations.set(relation, (relations.get(relation) ?? 0) + 1);
    }
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

/* The drawn neighbourhood as a list, for those who do not see the picture. */
import { useState } from "preact/hooks";
import { useApp } from "../app/app.ts";
import type { Drawing } from "../scene/drawing.ts";
import { fill } from "../app/texts.ts";
import { toggled } from "../state/state.ts";
import { NodeButton } from "./Details.tsx";

const MOST = 200;
/** More are written only when somebody opens the list: they would cost a frame with each filter. */
const FEW = 60;

export function Mirror({ drawing }: { drawing: Drawing }) {
  const { app, state, texts, set } = useApp();
  const [open, setOpen] = useState(false);
  const marks: number[] = [];
  if (state.node !== null && drawing.node.includes(state.node)) {
    const near = new Set(app.model.near(state.node).map((one) => one.node));
    for (let mark = 0; mark < drawing.count; mark++) if (near.has(drawing.node[mark])) marks.push(mark);
  } else for (let mark = 0; mark < drawing.count; mark++) marks.push(mark);
  return (
    <details class="mirror" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.mirror}</summary>
      <ul class="near">
        {marks.slice(0, open || marks.length <= FEW ? MOST : 0).map((mark) => (
          <li key={mark}>
            {drawing.node[mark] >= 0 ? <NodeButton node={drawing.node[mark]} /> : (
              <button type="button" class="node" onClick={() => set({ open: toggled(state.open, drawing.group[mark]) })}>
                <bdi>{drawing.label[mark]}</bdi> <small>{fill(texts.openGroup, { n: drawing.size[mark] })}</small>
              </button>
            )}
          </li>
        ))}
      </ul>
      {marks.length > MOST ? <p class="soft">{fill(texts.more, { n: marks.length - MOST })}</p> : null}
    </details>
  );
}

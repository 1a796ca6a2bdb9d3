/* The mark of a kind, as in the picture. */
import { svgPath } from "../scene/shapes.ts";
import { useApp } from "../app/app.ts";

export function Icon({ kind, gap = false }: { kind: string; gap?: boolean }) {
  const { app } = useApp();
  const shape = app.model.scene.kinds.find(([name]) => name === kind)?.[1] ?? "dot";
  return (
    <svg class={`mark kind-${kind}${gap ? " gap" : ""}`} viewBox="-10 -10 20 20" width="14" height="14" aria-hidden="true">
      <path d={svgPath(shape, 0, 0, 8)} />
    </svg>
  );
}

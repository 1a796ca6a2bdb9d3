/* Colours of the page, as the style sheet says, for the canvas. */
import type { Scene } from "../model/data.ts";
import type { Look } from "./paint.ts";

export function lookOfPage(scene: Scene): Look {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const dark = style.colorScheme.trim() === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  return {
    dark,
    ground: colour("--ground"),
    ink: colour("--ink"),
    soft: colour("--soft"),
    accent: colour("--accent"),
    smoke: dark ? [150, 168, 184] : [92, 108, 122],
    shapes: scene.kinds.map(([, shape]) => shape),
    colours: scene.kinds.map(([, , light, night]) => (dark ? night : light)),
    font: 'system-ui, "Segoe UI", Roboto, "Noto Sans", Ubuntu, "DejaVu Sans", sans-serif',
  };
}

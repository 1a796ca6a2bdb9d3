/* Paints a drawing: lines, marks, labels. The same functions paint the screen, a PNG and paper. */
import { painted, walk } from "./density.ts";
import { onScreen, type Camera, type Drawing } from "./drawing.ts";
import { lines, Taken } from "./labels.ts";
import { trace } from "./shapes.ts";

export interface Look {
  dark: boolean;
  ground: string;
  ink: string;
  soft: string;
  accent: string;
  /** Colour of smoke, red green blue. */
  smoke: [number, number, number];
  /** By kind: shape and colour. */
  shapes: string[];
  colours: string[];
  font: string;
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Beyond so many lines, counting them is faster than stroking, and shows more. */
const MANY_LINES = 3500;
const DASHES: number[][] = [[], [5, 4], [2, 4]];

interface Scope {
  drawing: Drawing;
  camera: Camera;
  width: number;
  height: number;
  /** Marks to leave out. */
  shown: Uint8Array;
  look: Look;
}

/** Lines between marks that are shown. `density` works in device pixels of the whole canvas. */
export function paintLines(context: Context, scope: Scope, ratio: number): void {
  const { drawing, camera, shown } = scope;
  const { from, to, x, y } = drawing;
  let count = 0;
  for (let line = 0; line < from.length; line++) if (shown[from[line]] && shown[to[line]]) count++;
  if (count > MANY_LINES) {
    const wide = Math.round(scope.width);
    const high = Math.round(scope.height);
    const buffer = new Uint8Array(wide * high);
    for (let line = 0; line < from.length; line++) {
      const a = from[line];
      const b = to[line];
      if (!shown[a] || !shown[b]) continue;
      walk(buffer, wide, high, x[a] * camera.k + camera.x, y[a] * camera.k + camera.y, x[b] * camera.k + camera.x, y[b] * camera.k + camera.y);
    }
    const image = new ImageData(wide, high);
    painted(buffer, image, scope.look.smoke, scope.look.dark ? 150 : 130);
    const sheet = new OffscreenCanvas(wide, high);
    sheet.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(sheet, 0, 0, wide, high);
    return;
  }
  const [r, g, b] = scope.look.smoke;
  const strength = count > 800 ? 0.32 : count > 250 ? 0.45 : 0.6;
  for (let family = 0; family < DASHES.length; family++)
    for (const [least, most, thick] of [[0, 2, 1], [2, 6, 2], [6, 20, 3.4], [20, Infinity, 5.5]]) {
      context.beginPath();
      let any = false;
      for (let line = 0; line < from.length; line++) {
        if (drawing.family[line] !== family || drawing.weight[line] < least || drawing.weight[line] >= most) continue;
        if (!shown[from[line]] || !shown[to[line]]) continue;
        path(context, scope, line);
        any = true;
      }
      if (!any) continue;
      context.setLineDash(DASHES[family]);
      context.lineWidth = thick / Math.max(ratio, 1) + 0.25;
      context.strokeStyle = `rgba(${r}, ${g}, ${b}, ${strength})`;
      context.stroke();
    }
  context.setLineDash([]);
}

/** One line in the current path. */
export function path(context: Context, { drawing, camera }: Pick<Scope, "drawing" | "camera">, line: number): void {
  const a = drawing.from[line];
  const b = drawing.to[line];
  context.moveTo(drawing.x[a] * camera.k + camera.x, drawing.y[a] * camera.k + camera.y);
  context.lineTo(drawing.x[b] * camera.k + camera.x, drawing.y[b] * camera.k + camera.y);
}

/** Marks, each stamped: a path of thousands of shapes takes seconds without a graphics card. */
export function paintMarks(context: Context, scope: Scope, ratio: number, only?: (mark: number) => boolean): void {
  const { drawing, camera, look, shown } = scope;
  const stamps = new Map<number, OffscreenCanvas>();
  for (let kind = 0; kind < look.shapes.length; kind++)
    for (let mark = 0; mark < drawing.count; mark++) {
      if (drawing.kind[mark] !== kind || !shown[mark] || (only && !only(mark))) continue;
      const px = drawing.x[mark] * camera.k + camera.x;
      const py = drawing.y[mark] * camera.k + camera.y;
      const r = onScreen(drawing.r[mark], camera.k);
      if (px < -r || py < -r || px > scope.width + r || py > scope.height + r) continue;
      const hollow = drawing.gap[mark];
      const step = Math.max(2, Math.round(r * 2));
      const key = (step * 2 + hollow) * 64 + kind;
      let stamp = stamps.get(key);
      if (!stamp) stamps.set(key, (stamp = stamped(look, kind, hollow, step / 2, ratio)));
      const side = stamp.width / ratio;
      context.drawImage(stamp, px - side / 2, py - side / 2, side, side);
    }
  for (let mark = 0; mark < drawing.count; mark++) {
    if (!drawing.size[mark] || !shown[mark] || (only && !only(mark))) continue;
    const r = onScreen(drawing.r[mark], camera.k);
    if (r < 9) continue;
    context.font = `600 ${Math.min(22, Math.max(11, r * 0.6))}px ${look.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = look.dark ? "#10151a" : "#ffffff";
    context.fillText(String(drawing.size[mark]), drawing.x[mark] * camera.k + camera.x, drawing.y[mark] * camera.k + camera.y);
  }
}

/** One mark as a picture. */
function stamped(look: Look, kind: number, hollow: number, r: number, ratio: number): OffscreenCanvas {
  const side = Math.ceil((r * 1.25 + 2) * 2 * ratio);
  const sheet = new OffscreenCanvas(side, side);
  const context = sheet.getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  context.scale(ratio, ratio);
  context.beginPath();
  trace(context, look.shapes[kind], side / ratio / 2, side / ratio / 2, r);
  context.fillStyle = hollow ? look.ground : look.colours[kind];
  context.fill();
  context.lineWidth = hollow ? Math.min(2, r * 0.6) : Math.min(1, r * 0.3);
  context.strokeStyle = hollow ? look.colours[kind] : look.ground;
  context.stroke();
  return sheet;
}

/** Labels where they fit, the most linked first, so many at most. */
export function paintLabels(context: Context, scope: Scope, order: Uint32Array, most: number, only?: (mark: number) => boolean): void {
  const { drawing, camera, look, shown } = scope;
  const taken = new Taken();
  // Nothing is written over a large mark.
  for (let mark = 0; mark < drawing.count && drawing.count < 3000; mark++) {
    if (!shown[mark]) continue;
    const r = onScreen(drawing.r[mark], camera.k) * 0.8;
    if (r < 4) continue;
    const px = drawing.x[mark] * camera.k + camera.x;
    const py = drawing.y[mark] * camera.k + camera.y;
    if (px > 0 && py > 0 && px < scope.width && py < scope.height) taken.take(px - r, py - r, px + r, py + r);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  let written = 0;
  for (let at = 0; at < order.length && written < most; at++) {
    const mark = order[at];
    const text = drawing.label[mark];
    if (!text || !shown[mark] || (only && !only(mark))) continue;
    const px = drawing.x[mark] * camera.k + camera.x;
    const py = drawing.y[mark] * camera.k + camera.y;
    if (px < 0 || py < 0 || px > scope.width || py > scope.height) continue;
    const r = onScreen(drawing.r[mark], camera.k);
    const size = drawing.size[mark] ? 13 : 11.5;
    const parts = lines(text, drawing.size[mark] ? 24 : 20);
    context.font = `${drawing.size[mark] ? 600 : 400} ${size}px ${look.font}`;
    const wide = Math.max(...parts.map((part) => context.measureText(part).width)) / 2 + 2;
    const high = parts.length * size * 1.18;
    const places = [py + r + 2, py - r - 2 - high];
    // A group's name is written in any case.
    const top = places.find((place) => taken.free(px - wide, place, px + wide, place + high)) ?? (drawing.size[mark] ? places[0] : undefined);
    if (top === undefined) continue;
    taken.take(px - wide, top, px + wide, top + high);
    written++;
    context.strokeStyle = look.ground;
    context.lineWidth = 3.5;
    context.fillStyle = drawing.gap[mark] ? look.soft : look.ink;
    parts.forEach((part, line) => {
      context.strokeText(part, px, top + line * size * 1.18);
      context.fillText(part, px, top + line * size * 1.18);
    });
  }
}

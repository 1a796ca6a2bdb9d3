/* Paints a drawing: lines, marks, labels. The same functions paint the screen, a PNG and paper. */
import { painted, walk } from "./density.ts";
import { onScreen, type Camera, type Drawing } from "./drawing.ts";
import { fitted, placed, Taken } from "./labels.ts";
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
/** Links behind the thickest line of a small harvest. */
const HEAVY = 40;
const DASHES: number[][] = [[], [5, 4], [2, 4]];
/** Letters in a line of a label. The name of a group is shortened before it is left out. */
const FORMS = [20];
const FORMS_OF_GROUP = [24, 15, 10, 0];
/** A large bubble holds its name inside before it is shortened so far. */
const FORMS_OF_LARGE = [24, 15];
/** A bubble with a radius of so many pixels has room for its name inside. */
const WITHIN = 26;
/** Labels that find no room are tried so many times as often as labels are written. */
const MOST_TRIES = 8;

interface Scope {
  drawing: Drawing;
  camera: Camera;
  width: number;
  height: number;
  /** Marks to leave out. */
  shown: Uint8Array;
  look: Look;
}

/** Painting in steps: between two of them a frame may be shown, or all the rest be left undone. */
export type Steps = Generator<undefined, void>;

/** All steps at once. */
export function atOnce(steps: Steps): void {
  while (!steps.next().done);
}

/** So many lines, marks, labels are a step: each kind takes about a millisecond. */
const STEP = { lines: 2000, marks: 600, labels: 8 };

/** Lines between marks that are shown; many are counted into a buffer, a coarse one in a third of the time. */
export function* paintLines(context: Context, scope: Scope, ratio: number, coarse = false): Steps {
  const { drawing, camera, shown } = scope;
  const { from, to, x, y } = drawing;
  let count = 0;
  for (let line = 0; line < from.length; line++) if (shown[from[line]] && shown[to[line]]) count++;
  if (count > MANY_LINES) {
    const scale = coarse ? 0.5 : 1;
    const wide = Math.round(scope.width * scale);
    const high = Math.round(scope.height * scale);
    const [k, left, top] = [camera.k * scale, camera.x * scale, camera.y * scale];
    const buffer = new Uint8Array(wide * high);
    const shade = drawing.faint ? new Uint8Array(wide * high) : null;
    for (let line = 0; line < from.length; line++) {
      const a = from[line];
      const b = to[line];
      if (line % STEP.lines === 0) yield;
      if (!shown[a] || !shown[b]) continue;
      walk(shade && drawing.faint?.[line] ? shade : buffer, wide, high, x[a] * k + left, y[a] * k + top, x[b] * k + left, y[b] * k + top);
    }
    yield;
    const image = new ImageData(wide, high);
    painted(buffer, image, scope.look.smoke, scope.look.dark ? 150 : 130, shade);
    yield;
    const sheet = new OffscreenCanvas(wide, high);
    sheet.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(sheet, 0, 0, wide / scale, high / scale);
    return;
  }
  const [r, g, b] = scope.look.smoke;
  const strength = count > 800 ? 0.32 : count > 250 ? 0.45 : 0.6;
  // In a large harvest a line stands for hundreds: widths tell more and less, not how many.
  const scale = Math.max(1, drawing.weight.reduce((most, weight) => Math.max(most, weight), 0) / HEAVY);
  for (let family = 0; family < DASHES.length; family++)
    for (const [from_, to_, thick] of [[0, 2, 1], [2, 6, 2], [6, 20, 3.4], [20, Infinity, 5.5]]) {
      const [least, most] = [from_ * scale, to_ * scale];
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
export function* paintMarks(context: Context, scope: Scope, ratio: number, only?: readonly number[]): Steps {
  const { drawing, camera, look, shown } = scope;
  const stamps = new Map<number, OffscreenCanvas>();
  const numbered: number[] = [];
  let done = 0;
  for (const mark of byKind(drawing, only)) {
    if (!shown[mark]) continue;
    const px = drawing.x[mark] * camera.k + camera.x;
    const py = drawing.y[mark] * camera.k + camera.y;
    const r = onScreen(drawing.r[mark], camera.k);
    if (px < -r || py < -r || px > scope.width + r || py > scope.height + r) continue;
    if (++done % STEP.marks === 0) yield;
    if (drawing.size[mark] && r >= 9) numbered.push(mark);
    const kind = drawing.kind[mark];
    const hollow = drawing.gap[mark];
    const step = Math.max(2, Math.round(r * 2));
    const key = (step * 2 + hollow) * 64 + kind;
    let stamp = stamps.get(key);
    if (!stamp) stamps.set(key, (stamp = stamped(look, kind, hollow, step / 2, ratio)));
    const side = stamp.width / ratio;
    context.drawImage(stamp, px - side / 2, py - side / 2, side, side);
  }
  for (const mark of numbered) {
    const r = onScreen(drawing.r[mark], camera.k);
    context.font = `600 ${Math.min(22, Math.max(11, r * 0.6))}px ${look.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = look.dark ? "#10151a" : "#ffffff";
    context.fillText(String(drawing.size[mark]), drawing.x[mark] * camera.k + camera.x, drawing.y[mark] * camera.k + camera.y);
  }
}

/** Marks of the first kind below those of the next; within a kind in their order. */
function byKind(drawing: Drawing, only?: readonly number[]): ArrayLike<number> & Iterable<number> {
  if (only) return [...only].sort((a, b) => drawing.kind[a] - drawing.kind[b] || a - b);
  const next = new Uint32Array(257);
  for (let mark = 0; mark < drawing.count; mark++) next[drawing.kind[mark] + 1]++;
  for (let kind = 0; kind < 256; kind++) next[kind + 1] += next[kind];
  const order = new Uint32Array(drawing.count);
  for (let mark = 0; mark < drawing.count; mark++) order[next[drawing.kind[mark]]++] = mark;
  return order;
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

/** A name inside its bubble, below the number: where all around it stands something else. */
function within(context: Context, look: Look, colour: string, text: string, px: number, py: number, r: number): void {
  context.font = `600 ${r < 36 ? 10.5 : 11.5}px ${look.font}`;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.fillStyle = look.dark ? "#10151a" : "#ffffff";
  const room = (name: string): string[] => fitted(name, r * 1.8, r >= 2 * WITHIN ? 2 : 1, (part) => context.measureText(part).width);
  const [whole, head] = [room(text), text.split(" ", 1)[0]];
  // A code by itself says more than a code and half a word.
  const parts = whole[whole.length - 1].endsWith("…") && /^[\p{Lu}\d.]{2,}$/u.test(head) ? room(head) : whole;
  parts.forEach((part, line) => {
    const top = py + Math.min(13, r * 0.36) + line * 13;
    context.strokeText(part, px, top);
    context.fillText(part, px, top);
  });
}

/** Labels where they fit, the first of `order` first, so many at most; none over another. */
export function* paintLabels(context: Context, scope: Scope, order: ArrayLike<number>, most: number): Steps {
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
  let tried = 0;
  for (let at = 0; at < order.length && written < most && tried < most * MOST_TRIES; at++) {
    const mark = order[at];
    const text = drawing.label[mark];
    if (!text || !shown[mark]) continue;
    const px = drawing.x[mark] * camera.k + camera.x;
    const py = drawing.y[mark] * camera.k + camera.y;
    if (px < 0 || py < 0 || px > scope.width || py > scope.height) continue;
    if (++tried % STEP.labels === 0) yield;
    const r = onScreen(drawing.r[mark], camera.k);
    const group = Boolean(drawing.size[mark]);
    const size = group ? 13 : 11.5;
    const high = size * 1.18;
    context.font = `${group ? 600 : 400} ${size}px ${look.font}`;
    const roomy = group && r >= WITHIN;
    const found = placed(roomy ? FORMS_OF_LARGE : group ? FORMS_OF_GROUP : FORMS, text, (part) => context.measureText(part).width / 2 + 2, (parts, wide) =>
      [py + r + 2, py - r - 2 - parts.length * high].find((top) => taken.free(px - wide, top, px + wide, top + parts.length * high)));
    if (!found && roomy) {
      within(context, look, look.colours[drawing.kind[mark]], text, px, py, r);
      continue;
    }
    if (!found) continue;
    const { parts, wide, top } = found;
    taken.take(px - wide, top, px + wide, top + parts.length * high);
    written++;
    context.strokeStyle = look.ground;
    context.lineWidth = 3.5;
    context.fillStyle = drawing.gap[mark] ? look.soft : look.ink;
    parts.forEach((part, line) => {
      context.strokeText(part, px, top + line * high);
      context.fillText(part, px, top + line * high);
    });
  }
}

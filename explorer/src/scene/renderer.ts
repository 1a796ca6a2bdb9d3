/* Shows a drawing on a canvas. The picture is painted once into a larger sheet; moving and zooming
   shift that sheet, and a fresh one is painted a little in each frame. Chosen things are painted on top. */
import { quadtree, type Quadtree } from "d3-quadtree";
import { bounds, fitting, linksOf, onScreen, type Camera, type Drawing } from "./drawing.ts";
import { atOnce, paintLabels, paintLines, paintMarks, path, type Context, type Look, type Steps } from "./paint.ts";

/** The sheet is so much larger than the window, on each side together. */
const LARGER = 1.5;
/** A hand that has not moved for so many milliseconds rests. */
const REST = 90;
/** Milliseconds of a frame in which a fresh sheet is painted: while the hand moves, and while it rests. */
const SLICE = { moving: 5, resting: 12 };
/** A sheet is shown so much larger or smaller than it was painted, while the hand moves. */
const STRETCH = 1.9;
const MOST_LABELS = 150;
/** With more lines the first sheet of a drawing is a coarse one. */
const MANY = 6000;

interface Sheet {
  canvas: OffscreenCanvas;
  camera: Camera;
  /** Painted in a hurry, to have something to show. */
  coarse: boolean;
}

export class Renderer {
  drawing: Drawing;
  camera: Camera = { k: 1, x: 0, y: 0 };
  shown: Uint8Array;
  look: Look;
  /** Do the others stand back when a mark is chosen? Not where only its surroundings are drawn. */
  veiled = true;
  /** Marks in full light while the others stand back; null: all are alike. */
  lit: Set<number> | null = null;
  chosen = -1;
  hovered = -1;
  chosenLine = -1;
  width = 1;
  height = 1;
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  /** What is shown; null: it must be painted anew before anything is shown. */
  private sheet: Sheet | null = null;
  /** The first sheet of a drawing, which mostly shows all of it: behind the other one. */
  private ground: Sheet | null = null;
  /** The sheet that is being painted. */
  private next: { sheet: Sheet; steps: Steps } | null = null;
  private order = new Uint32Array();
  private near: ((mark: number) => ArrayLike<number> & Iterable<number>) | null = null;
  private tree: Quadtree<number> | null = null;
  private frame = 0;
  private dirty = false;
  private rest = 0;
  private moved = 0;
  private ratio = 1;
  private begun = false;

  constructor(canvas: HTMLCanvasElement, drawing: Drawing, look: Look) {
    this.canvas = canvas;
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("This browser cannot draw.");
    this.context = context;
    this.look = look;
    this.drawing = drawing;
    this.shown = new Uint8Array(drawing.count).fill(1);
    this.show(drawing);
  }

  /** Another drawing; the camera stays. */
  show(drawing: Drawing, shown?: Uint8Array): void {
    this.drawing = drawing;
    this.shown = shown ?? new Uint8Array(drawing.count).fill(1);
    const worth = new Float64Array(drawing.count);
    for (let mark = 0; mark < drawing.count; mark++) worth[mark] = drawing.size[mark] * 1e6 + drawing.r[mark] * 1e3;
    for (let line = 0; line < drawing.from.length; line++) {
      worth[drawing.from[line]] += drawing.weight[line];
      worth[drawing.to[line]] += drawing.weight[line];
    }
    this.order = Uint32Array.from(worth.keys()).sort((a, b) => worth[b] - worth[a] || a - b);
    this.near = null;
    this.placed();
  }

  /** Marks have moved. */
  placed(): void {
    this.tree = null;
    this.stale();
  }

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    this.canvas.width = Math.round(this.width * this.ratio);
    this.canvas.height = Math.round(this.height * this.ratio);
    this.stale();
  }

  /** The camera that shows what is visible, or some marks of it. */
  fit(only?: (mark: number) => boolean): Camera {
    const box = bounds(this.drawing, (mark) => Boolean(this.shown[mark]) && (!only || only(mark)));
    return fitting(box, this.width, this.height);
  }

  move(camera: Camera): void {
    this.camera = camera;
    this.moved = performance.now();
    this.refresh();
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.soon(), REST);
  }

  /** Paint everything anew with the next frame. */
  stale(): void {
    this.sheet = this.ground = this.next = null;
    this.refresh();
  }

  /** Show what there is with the next frame. */
  refresh(): void {
    this.dirty = true;
    this.soon();
  }

  private soon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.dirty) this.paint();
      this.freshen();
    });
  }

  /** Paint at once. */
  paint(): void {
    const sheet = this.sheet ?? this.first();
    this.dirty = false;
    // After this frame has been shown.
    if (!this.begun) setTimeout(() => performance.mark("kg-picture"));
    this.begun = true;
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.look.ground;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (this.ground && this.ground !== sheet && !this.covered(sheet)) this.lay(this.ground);
    this.lay(sheet);
    this.paintTop();
  }

  /** Paint at once, and nothing coarse: for what leaves the page. */
  paintSharp(): void {
    this.first(false);
    this.paint();
  }

  private first(coarse = true): Sheet {
    const { sheet, steps } = this.begin(coarse);
    atOnce(steps);
    this.next = null;
    return (this.ground = this.sheet = sheet);
  }

  /** A sheet where the camera now sees it. */
  private lay({ canvas, camera }: Sheet): void {
    const k = this.camera.k / camera.k;
    const scale = k / this.ratio;
    this.context.drawImage(canvas, this.camera.x - camera.x * k, this.camera.y - camera.y * k, canvas.width * scale, canvas.height * scale);
  }

  /** Does a sheet fill the window? */
  private covered({ canvas, camera }: Sheet): boolean {
    const k = this.camera.k / camera.k;
    const left = this.camera.x - camera.x * k;
    const top = this.camera.y - camera.y * k;
    const scale = k / this.ratio;
    return left <= 0 && top <= 0 && left + canvas.width * scale >= this.width && top + canvas.height * scale >= this.height;
  }

  /** Go on with a fresh sheet, where the one that is shown is not sharp or does not reach. */
  private freshen(): void {
    const { sheet, camera } = this;
    if (!sheet) return;
    const resting = performance.now() - this.moved >= REST - 5;
    const far = (one: Sheet): boolean => Math.max(camera.k / one.camera.k, one.camera.k / camera.k) > STRETCH || !this.covered(one);
    if (this.next && far(this.next.sheet)) this.next = null;
    if (!this.next && (resting ? !this.exact(sheet) : far(sheet))) this.next = this.begin();
    if (!this.next) return;
    const end = performance.now() + (resting ? SLICE.resting : SLICE.moving);
    while (performance.now() < end)
      if (this.next.steps.next().done) {
        this.sheet = this.next.sheet;
        this.next = null;
        this.dirty = true;
        break;
      }
    this.soon();
  }

  /** Was a sheet painted for just this camera, and not in a hurry? */
  private exact({ camera, coarse }: Sheet): boolean {
    const at = this.middled();
    return !coarse && camera.k === at.k && camera.x === at.x && camera.y === at.y;
  }

  /** The camera as a sheet sees it, which is larger than the window. */
  private middled(): Camera {
    const { k, x, y } = this.camera;
    // By whole pixels of the screen: a sheet that is shifted by half a pixel is blurred.
    const margin = (length: number): number => Math.round((length * (LARGER - 1) * this.ratio) / 2) / this.ratio;
    return { k, x: x + margin(this.width), y: y + margin(this.height) };
  }

  /** A sheet for the camera as it is now, and the steps that paint it. */
  private begin(coarse = false): { sheet: Sheet; steps: Steps } {
    const canvas = new OffscreenCanvas(Math.ceil(this.width * LARGER * this.ratio), Math.ceil(this.height * LARGER * this.ratio));
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("This browser cannot draw.");
    const sheet = { canvas, camera: this.middled(), coarse: coarse && this.drawing.from.length > MANY };
    return { sheet, steps: this.paintSheet(context, sheet) };
  }

  private *paintSheet(context: Context, { camera, coarse }: Sheet): Steps {
    const { drawing, shown, look, ratio } = this;
    const scope = { drawing, camera, width: this.width * LARGER, height: this.height * LARGER, shown, look };
    context.fillStyle = look.ground;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    yield* paintLines(context, scope, ratio, coarse);
    yield* paintMarks(context, scope, ratio);
    yield* paintLabels(context, scope, this.order, MOST_LABELS);
  }

  /** What is chosen or pointed at, and what hangs on it, above a veil over the rest. */
  private paintTop(): void {
    const { context, drawing, look, shown } = this;
    const middle = this.hovered >= 0 ? this.hovered : this.chosen;
    if (middle < 0 && this.chosenLine < 0 && !this.lit) return;
    const own = middle < 0 ? [] : this.linesAt(middle);
    const lit = new Set(this.lit ?? [...own].flatMap((line) => [drawing.from[line], drawing.to[line]]));
    if (!this.lit && middle >= 0) lit.add(middle);
    if (this.chosenLine >= 0) lit.add(drawing.from[this.chosenLine]).add(drawing.to[this.chosenLine]);
    if (this.veiled || this.hovered >= 0) {
      context.globalAlpha = 0.72;
      context.fillStyle = look.ground;
      context.fillRect(0, 0, this.width, this.height);
      context.globalAlpha = 1;
    }
    const scope = { drawing, camera: this.camera, width: this.width, height: this.height, shown, look };
    context.beginPath();
    for (const line of middle < 0 ? drawing.from.keys() : own) {
      const [a, b] = [drawing.from[line], drawing.to[line]];
      if (lit.has(a) && lit.has(b) && shown[a] && shown[b]) path(context, scope, line);
    }
    context.lineWidth = 1.3;
    context.strokeStyle = look.accent;
    context.stroke();
    if (this.chosenLine >= 0) {
      context.beginPath();
      path(context, scope, this.chosenLine);
      context.lineWidth = 4;
      context.stroke();
    }
    const marks = [...lit];
    atOnce(paintMarks(context, scope, this.ratio, marks));
    for (const mark of [this.chosen, this.hovered]) {
      if (mark < 0) continue;
      context.beginPath();
      const r = onScreen(drawing.r[mark], this.camera.k) + 4;
      context.arc(drawing.x[mark] * this.camera.k + this.camera.x, drawing.y[mark] * this.camera.k + this.camera.y, r, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = look.accent;
      context.stroke();
    }
    const worth = (mark: number): number => (mark === this.hovered ? 2e9 : mark === this.chosen ? 1e9 : drawing.size[mark] * 1e6 + drawing.r[mark] * 1e3);
    // Where the others do not stand back, their names stand there already.
    const named = this.veiled || this.hovered >= 0 ? marks : marks.filter((mark) => mark === this.chosen);
    atOnce(paintLabels(context, scope, named.sort((a, b) => worth(b) - worth(a) || a - b), MOST_LABELS / 2));
  }

  private linesAt(mark: number): ArrayLike<number> & Iterable<number> {
    return (this.near ??= linksOf(this.drawing))(mark);
  }

  /** A point of the window in the drawing's own measure. */
  inside(px: number, py: number): [number, number] {
    return [(px - this.camera.x) / this.camera.k, (py - this.camera.y) / this.camera.k];
  }

  /** The mark at a point of the window; -1 for none. */
  hit(px: number, py: number): number {
    const { drawing } = this;
    this.tree ??= this.planted();
    const [x, y] = this.inside(px, py);
    let best = -1;
    let nearest = Infinity;
    const reach = 60 / this.camera.k;
    this.tree.visit((node, left, top, right, bottom) => {
      if (left > x + reach || right < x - reach || top > y + reach || bottom < y - reach) return true;
      if (node.length) return false;
      for (let leaf: typeof node | undefined = node; leaf; leaf = leaf.next) {
        const mark = leaf.data;
        if (!this.shown[mark]) continue;
        const away = Math.hypot(drawing.x[mark] - x, drawing.y[mark] - y) * this.camera.k;
        const r = Math.max(onScreen(drawing.r[mark], this.camera.k), 5) + 3;
        if (away <= r && away - r < nearest) {
          nearest = away - r;
          best = mark;
        }
      }
      return false;
    });
    return best;
  }

  private planted(): Quadtree<number> {
    const { x, y } = this.drawing;
    return quadtree<number>().x((mark) => x[mark]).y((mark) => y[mark]).addAll([...x.keys()]);
  }

  /** The line at a point of the window; -1 for none. */
  hitLine(px: number, py: number): number {
    const { drawing, camera, shown } = this;
    let best = -1;
    let nearest = 5;
    for (let line = 0; line < drawing.from.length; line++) {
      const a = drawing.from[line];
      const b = drawing.to[line];
      if (!shown[a] || !shown[b]) continue;
      const x0 = drawing.x[a] * camera.k + camera.x;
      const y0 = drawing.y[a] * camera.k + camera.y;
      const dx = drawing.x[b] * camera.k + camera.x - x0;
      const dy = drawing.y[b] * camera.k + camera.y - y0;
      const along = Math.max(0, Math.min(1, ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(px - x0 - along * dx, py - y0 - along * dy);
      if (away < nearest) {
        nearest = away;
        best = line;
      }
    }
    return best;
  }
}

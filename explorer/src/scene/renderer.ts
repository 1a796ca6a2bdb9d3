/* Shows a drawing on a canvas. The picture is painted once into a larger sheet; moving and zooming
   shift that sheet, and a fresh one follows when the hand rests. Chosen things are painted on top. */
import { quadtree, type Quadtree } from "d3-quadtree";
import { bounds, fitting, onScreen, type Camera, type Drawing } from "./drawing.ts";
import { paintLabels, paintLines, paintMarks, path, type Look } from "./paint.ts";

/** The sheet is so much larger than the window, on each side together. */
const LARGER = 1.5;
const REST = 90;
const MOST_LABELS = 150;

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
  private sheet: OffscreenCanvas | null = null;
  private sheetCamera: Camera = { k: 1, x: 0, y: 0 };
  private order = new Uint32Array();
  private tree: Quadtree<number> | null = null;
  private frame = 0;
  private rest = 0;
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
    const links = new Float64Array(drawing.count);
    drawing.from.forEach((mark, line) => (links[mark] += drawing.weight[line]));
    drawing.to.forEach((mark, line) => (links[mark] += drawing.weight[line]));
    const worth = (mark: number): number => drawing.size[mark] * 1e6 + drawing.r[mark] * 1e3 + links[mark];
    this.order = Uint32Array.from({ length: drawing.count }, (_, mark) => mark).sort((a, b) => worth(b) - worth(a) || a - b);
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
    this.refresh();
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.stale(), REST);
  }

  /** Paint everything anew with the next frame. */
  stale(): void {
    this.sheet = null;
    this.refresh();
  }

  /** Show what there is with the next frame. */
  refresh(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  /** Paint at once. */
  paint(): void {
    this.sheet ??= this.painted();
    if (!this.begun) performance.mark("kg-picture");
    this.begun = true;
    const { context, camera, sheetCamera } = this;
    const k = camera.k / sheetCamera.k;
    const x = camera.x - sheetCamera.x * k;
    const y = camera.y - sheetCamera.y * k;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.look.ground;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.drawImage(this.sheet, x, y, (this.sheet.width / this.ratio) * k, (this.sheet.height / this.ratio) * k);
    this.paintTop();
  }

  private painted(): OffscreenCanvas {
    const wide = this.width * LARGER;
    const high = this.height * LARGER;
    const sheet = new OffscreenCanvas(Math.ceil(wide * this.ratio), Math.ceil(high * this.ratio));
    const context = sheet.getContext("2d", { alpha: false });
    if (!context) throw new Error("This browser cannot draw.");
    const left = (this.width * (LARGER - 1)) / 2;
    const top = (this.height * (LARGER - 1)) / 2;
    const camera = { k: this.camera.k, x: this.camera.x + left, y: this.camera.y + top };
    context.fillStyle = this.look.ground;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const scope = { drawing: this.drawing, camera, width: wide, height: high, shown: this.shown, look: this.look };
    paintLines(context, scope, this.ratio);
    paintMarks(context, scope, this.ratio);
    paintLabels(context, scope, this.order, MOST_LABELS);
    this.sheetCamera = camera;
    return sheet;
  }

  /** What is chosen or pointed at, and what hangs on it, above a veil over the rest. */
  private paintTop(): void {
    const { context, drawing, look } = this;
    const middle = this.hovered >= 0 ? this.hovered : this.chosen;
    const lit = this.lit ?? (middle >= 0 || this.chosenLine >= 0 ? this.nearOf(middle) : null);
    if (!lit) return;
    if (this.chosenLine >= 0) lit.add(drawing.from[this.chosenLine]).add(drawing.to[this.chosenLine]);
    if (this.veiled || this.hovered >= 0) {
      context.globalAlpha = 0.72;
      context.fillStyle = look.ground;
      context.fillRect(0, 0, this.width, this.height);
      context.globalAlpha = 1;
    }
    const scope = { drawing, camera: this.camera, width: this.width, height: this.height, shown: this.shown, look };
    context.beginPath();
    for (let line = 0; line < drawing.from.length; line++) {
      const ends = middle < 0 || drawing.from[line] === middle || drawing.to[line] === middle;
      if (!ends || !lit.has(drawing.from[line]) || !lit.has(drawing.to[line])) continue;
      if (this.shown[drawing.from[line]] && this.shown[drawing.to[line]]) path(context, scope, line);
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
    const only = (mark: number): boolean => lit.has(mark);
    paintMarks(context, scope, this.ratio, only);
    for (const mark of [this.chosen, this.hovered]) {
      if (mark < 0) continue;
      context.beginPath();
      const r = onScreen(drawing.r[mark], this.camera.k) + 4;
      context.arc(drawing.x[mark] * this.camera.k + this.camera.x, drawing.y[mark] * this.camera.k + this.camera.y, r, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = look.accent;
      context.stroke();
    }
    const first = [this.hovered, this.chosen].filter((mark) => mark >= 0);
    const order = Uint32Array.from([...first, ...[...this.order].filter((mark) => lit.has(mark) && !first.includes(mark))]);
    paintLabels(context, scope, order, MOST_LABELS / 2, only);
  }

  private nearOf(mark: number): Set<number> {
    const near = new Set<number>(mark >= 0 ? [mark] : []);
    for (let line = 0; line < this.drawing.from.length && mark >= 0; line++) {
      if (this.drawing.from[line] === mark) near.add(this.drawing.to[line]);
      else if (this.drawing.to[line] === mark) near.add(this.drawing.from[line]);
    }
    return near;
  }

  /** A point of the window in the drawing's own measure. */
  inside(px: number, py: number): [number, number] {
    return [(px - this.camera.x) / this.camera.k, (py - this.camera.y) / this.camera.k];
  }

  /** The mark at a point of the window; -1 for none. */
  hit(px: number, py: number): number {
    const { drawing } = this;
    this.tree ??= quadtree<number>()
      .x((mark) => drawing.x[mark])
      .y((mark) => drawing.y[mark])
      .addAll([...drawing.x.keys()]);
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

/* A renderer in a frame of the page, with hands on it: pan, zoom, drag, point, choose, arrow keys. */
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior } from "d3-zoom";
import { edgesOf, type Camera, type Drawing } from "./drawing.ts";
import type { Look } from "./paint.ts";
import { Renderer } from "./renderer.ts";

export class Stage {
  readonly renderer: Renderer;
  readonly canvas: HTMLCanvasElement;
  choose: (mark: number) => void = () => undefined;
  chooseLine: (line: number) => void = () => undefined;
  focus: () => void = () => undefined;
  private readonly frame: HTMLElement;
  private readonly zooming: ZoomBehavior<HTMLCanvasElement, unknown>;
  private readonly watcher: ResizeObserver;
  private readonly gone = new AbortController();
  /** Marks that somebody has put elsewhere, by name: they stay there. */
  private readonly pinned = new Map<string, [number, number]>();
  private dragged = -1;
  private moved = false;
  /** Is all of it in the window, as nobody has moved it since? Then it stays so when the window changes. */
  private fitted = false;

  constructor(frame: HTMLElement, drawing: Drawing, look: Look) {
    this.frame = frame;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    frame.replaceChildren(this.canvas);
    this.renderer = new Renderer(this.canvas, drawing, look);
    this.zooming = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([0.01, 12])
      .clickDistance(4)
      .filter((event: Event) => {
        if (event.type === "dblclick") return false;
        if (event.type !== "mousedown" && event.type !== "touchstart") return true;
        return this.at(event as MouseEvent | TouchEvent) < 0;
      })
      .on("zoom", (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        this.fitted = false;
        this.renderer.move(event.transform);
      });
    select(this.canvas).call(this.zooming);
    this.resize();
    this.fit();
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(frame);
    this.listen();
  }

  get drawing(): Drawing {
    return this.renderer.drawing;
  }

  end(): void {
    this.gone.abort();
    this.watcher.disconnect();
    this.canvas.remove();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.frame;
    if (clientWidth === this.renderer.width && clientHeight === this.renderer.height) return;
    const again = this.fitted || this.renderer.width === 1;
    this.renderer.resize(clientWidth, clientHeight);
    if (again) this.fit();
  }

  /** Another drawing; `anew`: everything of it is brought into the window. */
  show(drawing: Drawing, anew: boolean): void {
    for (let mark = 0; mark < drawing.count; mark++) {
      const place = this.pinned.get(this.nameOf(drawing, mark));
      if (place) [drawing.x[mark], drawing.y[mark]] = place;
    }
    this.renderer.hovered = -1;
    this.renderer.show(drawing);
    if (anew) {
      this.pinned.clear();
      this.fit();
    }
  }

  private nameOf(drawing: Drawing, mark: number): string {
    return drawing.node[mark] >= 0 ? String(drawing.node[mark]) : `group ${drawing.group[mark]}`;
  }

  dress(look: Look): void {
    this.renderer.look = look;
    this.renderer.stale();
  }

  /** What is chosen, by numbers of the harvest. */
  mark(node: number | null, edge: number | null): void {
    this.renderer.chosen = node === null ? -1 : this.drawing.node.indexOf(node);
    this.renderer.chosenLine = edge === null ? -1 : this.drawing.from.findIndex((_, line) => edgesOf(this.drawing, line).includes(edge));
    this.renderer.refresh();
  }

  private set(camera: Camera): void {
    select(this.canvas).call(this.zooming.transform, zoomIdentity.translate(camera.x, camera.y).scale(camera.k));
  }

  fit(): void {
    this.set(this.renderer.fit());
    this.fitted = true;
  }

  zoom(by: number): void {
    select(this.canvas).call(this.zooming.scaleBy, by);
  }

  private spot(event: MouseEvent | TouchEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    const at = "touches" in event ? event.touches[0] : event;
    return [at.clientX - box.left, at.clientY - box.top];
  }

  private at(event: MouseEvent | TouchEvent): number {
    return this.renderer.hit(...this.spot(event));
  }

  private listen(): void {
    const { canvas, frame, renderer } = this;
    const options = { signal: this.gone.signal };
    canvas.addEventListener("pointermove", (event) => {
      if (this.dragged >= 0) {
        this.moved = true;
        const [x, y] = renderer.inside(...this.spot(event));
        renderer.drawing.x[this.dragged] = x;
        renderer.drawing.y[this.dragged] = y;
        this.pinned.set(this.nameOf(renderer.drawing, this.dragged), [x, y]);
        renderer.placed();
        return;
      }
      if (event.buttons) return;
      const mark = this.at(event);
      canvas.classList.toggle("over", mark >= 0);
      if (mark !== renderer.hovered) {
        renderer.hovered = mark;
        renderer.refresh();
      }
    }, options);
    canvas.addEventListener("pointerdown", (event) => {
      this.moved = false;
      this.dragged = this.at(event);
      if (this.dragged >= 0) canvas.setPointerCapture(event.pointerId);
    }, options);
    canvas.addEventListener("pointerup", (event) => {
      const mark = this.dragged;
      this.dragged = -1;
      if (mark >= 0 && canvas.hasPointerCapture(event.pointerId)) canvas.releasePointerCapture(event.pointerId);
    }, options);
    canvas.addEventListener("pointerleave", () => {
      renderer.hovered = -1;
      renderer.refresh();
    }, options);
    canvas.addEventListener("click", (event) => {
      if (this.moved) return;
      const mark = this.at(event);
      if (mark >= 0) return this.choose(mark);
      const line = renderer.hitLine(...this.spot(event));
      if (line >= 0) this.chooseLine(line);
      else this.choose(-1);
    }, options);
    frame.addEventListener("keydown", (event) => this.press(event), options);
    // A frame would come too late.
    addEventListener("beforeprint", () => renderer.paintSharp(), options);
  }

  private press(event: KeyboardEvent): void {
    const { renderer } = this;
    const turn = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }[event.key];
    if (turn !== undefined) {
      const mark = this.next(renderer.chosen, turn);
      if (mark >= 0) {
        if (renderer.drawing.node[mark] >= 0) this.choose(mark);
        else {
          renderer.chosen = mark;
          renderer.refresh();
        }
      }
    } else if (event.key === "Enter" && renderer.chosen >= 0) {
      if (renderer.drawing.node[renderer.chosen] < 0) this.choose(renderer.chosen);
      document.getElementById("details")?.focus();
    } else if (event.key === "f" || event.key === "F") this.focus();
    else if (event.key === "0") this.fit();
    else if (event.key === "+") this.zoom(1.4);
    else if (event.key === "-") this.zoom(1 / 1.4);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The nearest mark in a direction; the first one is the nearest to the middle of the window. */
  private next(from: number, turn: number): number {
    const { drawing, width, height } = this.renderer;
    const [x, y] = from >= 0 ? [drawing.x[from], drawing.y[from]] : this.renderer.inside(width / 2, height / 2);
    let best = -1;
    let least = Infinity;
    for (let mark = 0; mark < drawing.count; mark++) {
      if (mark === from || !this.renderer.shown[mark]) continue;
      const dx = drawing.x[mark] - x;
      const dy = drawing.y[mark] - y;
      const off = Math.abs(Math.atan2(Math.sin(Math.atan2(dy, dx) - turn), Math.cos(Math.atan2(dy, dx) - turn)));
      if (from >= 0 && off > Math.PI / 3) continue;
      const away = Math.hypot(dx, dy) * (from >= 0 ? 1 + off : 1);
      if (away < least) {
        least = away;
        best = mark;
      }
    }
    return best;
  }
}

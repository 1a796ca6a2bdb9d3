/* Pictures to keep: PNG of the canvas with legend and foot, SVG of a drawing that stands in the page. */
import type { LegendEntry } from "./caption.ts";
import type { Stage } from "../scene/stage.ts";
import { trace } from "../scene/shapes.ts";

const LINE = 22;
const EDGE = 16;
/** Longer sides are refused by some browsers. */
const MOST_SIDE = 12_000;

/** The canvas as it stands, with the legend in one row or more and the foot below. */
export function pngOf(stage: Stage, foot: readonly string[], legend: readonly LegendEntry[]): HTMLCanvasElement | null {
  const { canvas, renderer } = stage;
  const { look } = renderer;
  const sheet = document.createElement("canvas");
  const ratio = canvas.width / renderer.width;
  const context = sheet.getContext("2d");
  if (!context) return null;
  const font = `13px ${look.font}`;
  context.font = font;
  const places: { x: number; row: number; entry: LegendEntry }[] = [];
  let [x, row] = [EDGE, 0];
  for (const entry of legend) {
    const wide = context.measureText(entry.text).width + 44;
    if (x > EDGE && x + wide > renderer.width) [x, row] = [EDGE, row + 1];
    places.push({ x, row, entry });
    x += wide;
  }
  const rows = legend.length ? row + 1 : 0;
  sheet.width = canvas.width;
  sheet.height = canvas.height + ((foot.length + rows) * LINE + 20) * ratio;
  renderer.paintSharp();
  context.fillStyle = look.ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(canvas, 0, 0);
  context.scale(ratio, ratio);
  context.font = font;
  for (const { x: left, row: at, entry } of places) {
    const y = renderer.height + 16 + at * LINE;
    context.beginPath();
    trace(context, entry.shape, left + 8, y, 6);
    context.fillStyle = entry.colour;
    context.fill();
    context.fillStyle = look.ink;
    context.fillText(entry.text, left + 20, y + 5);
  }
  context.fillStyle = look.ink;
  foot.forEach((line, at) => context.fillText(line, EDGE, renderer.height + 22 + (rows + at) * LINE));
  return sheet;
}

const PAINT = ["fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "font-size", "font-weight", "font-family", "paint-order"];

/** An SVG of the page by itself: with the colours that the style sheet gives it, and the foot. */
export function svgOf(drawn: SVGSVGElement, foot: readonly string[], ink: string, ground: string): string {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const from = drawn.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, at) => {
    const style = getComputedStyle(from[at]);
    for (const name of PAINT) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "role", "tabindex", "aria-label", "aria-hidden"]) element.removeAttribute(name);
  });
  const [wide, high] = [Number(drawn.getAttribute("width")), Number(drawn.getAttribute("height"))];
  const all = high + foot.length * LINE + 12;
  copy.setAttribute("viewBox", `0 0 ${wide} ${all}`);
  copy.setAttribute("height", String(all));
  const add = (name: string, attributes: Record<string, string | number>, text = ""): SVGElement => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  copy.prepend(add("rect", { x: 0, y: 0, width: wide, height: all, fill: ground }));
  foot.forEach((line, at) => copy.append(add("text", { x: 8, y: high + 18 + at * LINE, fill: ink, "font-size": 13, "font-family": "system-ui, sans-serif" }, line)));
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

/** A drawing of the page as a picture, twice as fine as the screen unless that is more than a canvas holds. */
export async function pngOfSvg(text: string): Promise<Blob | null> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  const scale = Math.min(2, MOST_SIDE / Math.max(image.naturalWidth, image.naturalHeight, 1));
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(image.naturalWidth * scale);
  sheet.height = Math.round(image.naturalHeight * scale);
  sheet.getContext("2d")?.drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}

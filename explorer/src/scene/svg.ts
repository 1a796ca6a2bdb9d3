/* A drawing as SVG: true vectors, with legend and foot. */
import type { LegendEntry } from "../app/caption.ts";
import { bounds, type Drawing } from "./drawing.ts";
import { lines, Taken } from "./labels.ts";
import type { Look } from "./paint.ts";
import { svgPath } from "./shapes.ts";

const escaped = (text: string): string =>
  // Characters that XML cannot hold at all are left out.
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** Everything that is drawn, at zoom 1. `foot`: lines below the picture. */
export function asSvg(drawing: Drawing, look: Look, title: string, foot: readonly string[], legend: readonly LegendEntry[] = []): string {
  const box = bounds(drawing);
  const left = box.left - 90;
  const top = box.top - 40;
  const wide = box.right - box.left + 180;
  const high = box.bottom - box.top + 100 + foot.length * 18 + legend.length * 18;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(left)} ${n(top)} ${n(wide)} ${n(high)}" font-family="system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${n(left)}" y="${n(top)}" width="${n(wide)}" height="${n(high)}" fill="${look.ground}"/>`,
    `<g fill="none" stroke="rgb(${look.smoke.join()})" stroke-opacity="0.5">`,
  ];
  for (let line = 0; line < drawing.from.length; line++) {
    const [a, b] = [drawing.from[line], drawing.to[line]];
    const width = Math.min(6, 0.8 + Math.log2(drawing.weight[line] + 1) * 0.8);
    out.push(`<path d="M${n(drawing.x[a])} ${n(drawing.y[a])}L${n(drawing.x[b])} ${n(drawing.y[b])}" stroke-width="${n(width)}"/>`);
  }
  out.push("</g>");
  for (let mark = 0; mark < drawing.count; mark++) {
    const colour = look.colours[drawing.kind[mark]];
    const paint = drawing.gap[mark] ? `fill="${look.ground}" stroke="${colour}" stroke-width="2"` : `fill="${colour}" stroke="${look.ground}"`;
    out.push(`<path d="${svgPath(look.shapes[drawing.kind[mark]], drawing.x[mark], drawing.y[mark], drawing.r[mark])}" ${paint}/>`);
    if (drawing.size[mark])
      out.push(`<text x="${n(drawing.x[mark])}" y="${n(drawing.y[mark] + 5)}" font-size="14" font-weight="600" text-anchor="middle" fill="${look.dark ? "#10151a" : "#fff"}">${drawing.size[mark]}</text>`);
  }
  const taken = new Taken();
  const order = [...drawing.r.keys()].sort((a, b) => drawing.size[b] - drawing.size[a] || drawing.r[b] - drawing.r[a] || a - b);
  for (const mark of order) {
    const parts = lines(drawing.label[mark], 20);
    const reach = Math.max(...parts.map((part) => [...part].length)) * 3.3;
    const [x, y] = [drawing.x[mark], drawing.y[mark] + drawing.r[mark] + 13];
    if (!taken.free(x - reach, y - 10, x + reach, y - 10 + parts.length * 13)) continue;
    taken.take(x - reach, y - 10, x + reach, y - 10 + parts.length * 13);
    parts.forEach((part, at) =>
      out.push(`<text x="${n(x)}" y="${n(y + at * 13)}" font-size="11" text-anchor="middle" fill="${look.ink}" stroke="${look.ground}" stroke-width="3" paint-order="stroke">${escaped(part)}</text>`));
  }
  legend.forEach((entry, at) => {
    const y = box.bottom + 66 + at * 18;
    out.push(`<path d="${svgPath(entry.shape, left + 18, y, 6)}" fill="${entry.colour}"/>`);
    out.push(`<text x="${n(left + 30)}" y="${n(y + 4)}" font-size="12" fill="${look.ink}">${escaped(entry.text)}</text>`);
  });
  foot.forEach((text, at) => out.push(`<text x="${n(left + 12)}" y="${n(box.bottom + 70 + (legend.length + at) * 18)}" font-size="12" fill="${look.soft}">${escaped(text)}</text>`));
  return `${out.join("\n")}\n</svg>\n`;
}

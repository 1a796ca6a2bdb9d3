/* What lies around one node: it stands in the middle, what is one link away on a ring, and so on. */
import type { Model } from "../model/model.ts";
import type { Drawing } from "../scene/drawing.ts";
import { some } from "./whole.ts";

/** Room on a ring for a mark with its label. */
const ROOM = 74;
const APART = 120;
/** More rings than this beside each other would be rays. */
const MOST_SHEETS = 3;
/** Steps of the golden section fill a band evenly, however many they are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Nodes within `hops` links of `middle` that may be shown. */
export function radial(
  model: Model,
  middle: number,
  hops: number,
  shown: (node: number) => boolean,
  links: (edge: number) => boolean,
  language: string,
): Drawing {
  const depth = new Map<number, number>([[middle, 0]]);
  const parent = new Map<number, number>();
  const rings: number[][] = [[middle]];
  for (let hop = 1; hop <= hops; hop++) {
    const ring: number[] = [];
    for (const node of rings[hop - 1]) {
      if (node !== middle && model.isHub(node)) continue;
      const next: number[] = [];
      model.eachNear(node, (other, edge) => {
        if (depth.has(other) || !shown(other) || !links(edge)) return;
        depth.set(other, hop);
        parent.set(other, node);
        next.push(other);
      });
      next.sort((a, b) => model.kind[a] - model.kind[b] || model.degree[b] - model.degree[a] || a - b);
      ring.push(...next);
    }
    if (!ring.length) break;
    rings.push(ring);
  }
  const drawing = some(model, (node) => depth.has(node), language, links);
  const mark = new Map([...drawing.node].map((node, place) => [node, place]));
  const turn = new Map<number, number>([[middle, 0]]);
  let reach = 0;
  rings.slice(1).forEach((ring, at) => {
    // Each stands on the side of what it hangs on; then all are spread over the ring.
    if (at) ring.sort((a, b) => (turn.get(parent.get(a) ?? middle) ?? 0) - (turn.get(parent.get(b) ?? middle) ?? 0));
    // A crowded ring is broken into several beside each other, a very crowded one is a broad band.
    const sheets = Math.max(1, Math.ceil((ring.length * ROOM) / (2 * Math.PI * (reach + APART) * 2.2)));
    const first = Math.max(reach + APART, (Math.ceil(ring.length / sheets) * ROOM) / (2 * Math.PI));
    const broad = sheets > MOST_SHEETS;
    const begin = reach + APART;
    const end = Math.sqrt(begin ** 2 + (ring.length * ROOM ** 2 * 0.7) / Math.PI);
    ring.forEach((node, place) => {
      const angle = ((place + 0.5) / ring.length) * 2 * Math.PI - Math.PI / 2;
      turn.set(node, angle);
      const away = broad ? Math.sqrt(begin ** 2 + ((place * GOLDEN) % 1) * (end ** 2 - begin ** 2)) : first + (place % sheets) * ROOM * 0.8;
      const m = mark.get(node) ?? 0;
      drawing.x[m] = Math.cos(angle) * away * 1.18;
      drawing.y[m] = Math.sin(angle) * away;
    });
    reach = broad ? end : first + (sheets - 1) * ROOM * 0.8;
  });
  const centre = mark.get(middle) ?? 0;
  drawing.x[centre] = 0;
  drawing.y[centre] = 0;
  drawing.r[centre] = Math.max(drawing.r[centre], 20);
  return drawing;
}

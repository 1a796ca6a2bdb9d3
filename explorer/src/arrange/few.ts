/* A few things laid out by themselves: an answer, an opened list. Where they stand in the whole harvest
   they would be dots in a void. Forces over pairs, from where Python put them: the same every time. */
import type { Drawing } from "../scene/drawing.ts";

/** More things than this stay where they stand in the whole harvest. */
export const MOST_FEW = 250;
const APART = 96;
const STEPS = 220;

/** The drawing with its marks moved: linked ones near each other, none on another; higher than wide where the window is. */
export function few(drawing: Drawing, tall = false): Drawing {
  const { count, from, to } = drawing;
  if (count < 2 || count > MOST_FEW) return drawing;
  const [x, y] = [spread(drawing.x, count), spread(drawing.y, count)];
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let step = 0; step < STEPS; step++) {
    const heat = 1 - step / STEPS;
    dx.fill(0);
    dy.fill(0);
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) {
        const [across, down] = [x[a] - x[b], (y[a] - y[b]) * 1.3];
        const away = Math.max(across * across + down * down, 1);
        const push = (APART * APART) / away;
        dx[a] += across * push;
        dx[b] -= across * push;
        dy[a] += down * push;
        dy[b] -= down * push;
      }
    for (let line = 0; line < from.length; line++) {
      const [a, b] = [from[line], to[line]];
      const [across, down] = [x[a] - x[b], y[a] - y[b]];
      const pull = Math.hypot(across, down) / APART;
      dx[a] -= across * pull;
      dx[b] += across * pull;
      dy[a] -= down * pull;
      dy[b] += down * pull;
    }
    for (let mark = 0; mark < count; mark++) {
      // A little towards the middle: what is linked to nothing does not drift away.
      dx[mark] -= x[mark] * 2;
      dy[mark] -= y[mark] * 3;
      const length = Math.hypot(dx[mark], dy[mark]) || 1;
      const go = Math.min(length, 60 * heat + 2) / length;
      x[mark] += dx[mark] * go;
      y[mark] += dy[mark] * go;
    }
  }
  return { ...drawing, x: Float32Array.from(tall ? y : x), y: Float32Array.from(tall ? x : y) };
}

/** By rank instead of place: what stood together stands beside each other, and no void is left between. */
function spread(places: Float32Array, count: number): Float64Array {
  const wide = Math.sqrt(count) * APART;
  const order = [...places.keys()].sort((a, b) => places[a] - places[b] || a - b);
  const found = new Float64Array(count);
  order.forEach((mark, rank) => (found[mark] = (rank / Math.max(1, count - 1) - 0.5) * wide));
  return found;
}

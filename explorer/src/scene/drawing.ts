/* What a renderer draws: marks at places, and lines between them. Views make it; it knows no harvest. */

export interface Drawing {
  count: number;
  x: Float32Array;
  y: Float32Array;
  /** Radius at zoom 1. */
  r: Float32Array;
  /** Kind, for shape and colour. */
  kind: Uint8Array;
  /** Drawn hollow. */
  gap: Uint8Array;
  label: string[];
  /** Number in a group's mark; 0 where the mark is a single thing. */
  size: Uint32Array;
  /** The node of the harvest that a mark stands for; -1 for a group. */
  node: Int32Array;
  /** Name of the group that a mark stands for. */
  group: string[];
  from: Uint32Array;
  to: Uint32Array;
  /** How many links a line stands for. */
  weight: Float32Array;
  /** The edge of the harvest that a line stands for; -1 for several. */
  edge: Int32Array;
  family: Uint8Array;
  /** Lines to what nearly everything is linked to: where there are thousands they are only a shade. */
  faint?: Uint8Array;
  /** The edges that a line stands for where they are several. */
  behind?: (line: number) => number[];
}

export interface Camera {
  k: number;
  x: number;
  y: number;
}

/** An empty drawing with room for so many marks and lines. */
export function blank(count: number, lines: number): Drawing {
  return {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    r: new Float32Array(count),
    kind: new Uint8Array(count),
    gap: new Uint8Array(count),
    label: new Array<string>(count).fill(""),
    size: new Uint32Array(count),
    node: new Int32Array(count).fill(-1),
    group: new Array<string>(count).fill(""),
    from: new Uint32Array(lines),
    to: new Uint32Array(lines),
    weight: new Float32Array(lines).fill(1),
    edge: new Int32Array(lines).fill(-1),
    family: new Uint8Array(lines),
  };
}

/** The edges of the harvest that a line stands for. */
export const edgesOf = (drawing: Drawing, line: number): readonly number[] =>
  drawing.edge[line] >= 0 ? [drawing.edge[line]] : drawing.behind?.(line) ?? [];

/** For each mark the lines that begin or end there. */
export function linksOf({ count, from, to }: Drawing): (mark: number) => Uint32Array {
  const first = new Uint32Array(count + 2);
  for (let line = 0; line < from.length; line++) {
    first[from[line] + 2]++;
    if (from[line] !== to[line]) first[to[line] + 2]++;
  }
  for (let mark = 2; mark < first.length; mark++) first[mark] += first[mark - 1];
  const lines = new Uint32Array(first[count + 1]);
  for (let line = 0; line < from.length; line++) {
    lines[first[from[line] + 1]++] = line;
    if (from[line] !== to[line]) lines[first[to[line] + 1]++] = line;
  }
  return (mark) => lines.subarray(first[mark], first[mark + 1]);
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What the marks take up. A point at 0, 0 where there are none. */
export function bounds(drawing: Drawing, only?: (mark: number) => boolean): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let mark = 0; mark < drawing.count; mark++) {
    if (only && !only(mark)) continue;
    const r = drawing.r[mark];
    box.left = Math.min(box.left, drawing.x[mark] - r);
    box.right = Math.max(box.right, drawing.x[mark] + r);
    box.top = Math.min(box.top, drawing.y[mark] - r);
    box.bottom = Math.max(box.bottom, drawing.y[mark] + r);
  }
  return box.left > box.right ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
}

/** The camera that shows a box in a window with a margin. */
export function fitting(box: Box, width: number, height: number, margin = 48, most = 1.6): Camera {
  const wide = Math.max(box.right - box.left, 1);
  const high = Math.max(box.bottom - box.top, 1);
  // To the sides there is room for half a name, where the window has it.
  const side = Math.max(margin, Math.min(76, width * 0.17));
  const k = Math.min((width - 2 * side) / wide, (height - 2 * margin) / high, most);
  const zoom = Math.max(k, 0.001);
  return {
    k: zoom,
    x: width / 2 - ((box.left + box.right) / 2) * zoom,
    y: height / 2 - ((box.top + box.bottom) / 2) * zoom,
  };
}

/** Radius of a mark on the screen: it grows slower than the zoom, and never disappears. */
export const onScreen = (r: number, k: number): number => Math.max(r * Math.min(k, 1) ** 0.75 * Math.max(k, 1) ** 0.35, Math.min(r * 0.2, 1.6));

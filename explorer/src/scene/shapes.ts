/* Outlines of the kinds, for canvas and SVG alike: colour is never the only sign. */

type Point = readonly [number, number];

const star: Point[] = Array.from({ length: 10 }, (_, n) => {
  const reach = n % 2 ? 0.5 : 1.2;
  const turn = (n * Math.PI) / 5 - Math.PI / 2;
  return [Math.cos(turn) * reach, Math.sin(turn) * reach] as const;
});

/** In a box from -1 to 1; a shape that is not here is a circle. */
export const OUTLINES: Record<string, readonly Point[]> = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.05], [1.05, 0.8], [-1.05, 0.8]],
  triangleDown: [[0, 1.05], [1.05, -0.8], [-1.05, -0.8]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  hexagon: [[-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]],
  pentagon: [[0, -1.1], [1.05, -0.3], [0.65, 0.95], [-0.65, 0.95], [-1.05, -0.3]],
  cross: [
    [-0.38, -1], [0.38, -1], [0.38, -0.38], [1, -0.38], [1, 0.38], [0.38, 0.38],
    [0.38, 1], [-0.38, 1], [-0.38, 0.38], [-1, 0.38], [-1, -0.38], [-0.38, -0.38],
  ],
  star,
};

/** Adds a shape to a path. */
export function trace(path: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | Path2D, shape: string, x: number, y: number, r: number): void {
  const outline = OUTLINES[shape];
  if (!outline) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  outline.forEach(([dx, dy], at) => (at ? path.lineTo(x + dx * r, y + dy * r) : path.moveTo(x + dx * r, y + dy * r)));
  path.closePath();
}

/** The same as the `d` of an SVG path. */
export function svgPath(shape: string, x: number, y: number, r: number): string {
  const n = (value: number): string => String(Math.round(value * 10) / 10);
  const outline = OUTLINES[shape];
  if (!outline) return `M${n(x + r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0z`;
  return `M${outline.map(([dx, dy]) => `${n(x + dx * r)} ${n(y + dy * r)}`).join("L")}z`;
}

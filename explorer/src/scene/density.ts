/* Thousands of lines at once: counted into an 8-bit buffer, as thick smoke where many run together. */

/** Adds 1 along a line in a buffer of width × height; what lies outside is cut off (Liang-Barsky). */
export function walk(buffer: Uint8Array, width: number, height: number, x0: number, y0: number, x1: number, y1: number): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  let begin = 0;
  let end = 1;
  const right = width - 1.001;
  const bottom = height - 1.001;
  if (dx === 0 ? x0 < 0 || x0 > right : false) return;
  if (dy === 0 ? y0 < 0 || y0 > bottom : false) return;
  if (dx !== 0) {
    const one = -x0 / dx;
    const other = (right - x0) / dx;
    begin = Math.max(begin, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  if (dy !== 0) {
    const one = -y0 / dy;
    const other = (bottom - y0) / dy;
    begin = Math.max(begin, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  if (begin > end) return;
  let x = x0 + dx * begin;
  let y = y0 + dy * begin;
  const wide = dx * (end - begin);
  const high = dy * (end - begin);
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(wide), Math.abs(high))));
  const sx = wide / steps;
  const sy = high / steps;
  for (let step = 0; step <= steps; step++) {
    const at = (y | 0) * width + (x | 0);
    if (buffer[at] < 255) buffer[at]++;
    x += sx;
    y += sy;
  }
}

/** How opaque so many lines over each other are: the first is seen, the hundredth not black. */
export function opacities(strongest: number): Uint8Array {
  const table = new Uint8Array(256);
  for (let count = 1; count < 256; count++) table[count] = Math.min(strongest, 26 + 22 * Math.log2(count + 1));
  return table;
}

/** How opaque the shade is, however many lines run in it. */
const SHADE = 34;

/** The buffer as a picture in one colour; what is counted in `shade` stays behind it. */
export function painted(buffer: Uint8Array, image: ImageData, [r, g, b]: readonly [number, number, number], strongest = 190, shade: Uint8Array | null = null): void {
  const table = opacities(strongest);
  const pixels = new Uint32Array(image.data.buffer);
  const colour = (b << 16) | (g << 8) | r;
  if (!shade) {
    for (let at = 0; at < buffer.length; at++) pixels[at] = buffer[at] ? ((table[buffer[at]] << 24) | colour) >>> 0 : 0;
    return;
  }
  const behind = opacities(SHADE);
  for (let at = 0; at < buffer.length; at++) {
    const opacity = buffer[at] ? table[buffer[at]] : behind[shade[at]];
    pixels[at] = opacity ? ((opacity << 24) | colour) >>> 0 : 0;
  }
}

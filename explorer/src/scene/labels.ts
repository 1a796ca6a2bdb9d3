/* Which labels fit: the most important first, none over another. Pure functions. */

export interface Placed {
  mark: number;
  x: number;
  y: number;
  text: string;
  /** Size of the letters in pixels. */
  size: number;
}

/** Boxes already taken, found by cells of a grid. */
export class Taken {
  private readonly cells = new Map<number, number[][]>();
  private readonly cell: number;

  constructor(cell = 64) {
    this.cell = cell;
  }

  private *keys(left: number, top: number, right: number, bottom: number): Generator<number> {
    for (let row = Math.floor(top / this.cell); row <= Math.floor(bottom / this.cell); row++)
      for (let column = Math.floor(left / this.cell); column <= Math.floor(right / this.cell); column++)
        yield row * 100_003 + column;
  }

  free(left: number, top: number, right: number, bottom: number): boolean {
    for (const key of this.keys(left, top, right, bottom))
      for (const [l, t, r, b] of this.cells.get(key) ?? []) if (left < r && right > l && top < b && bottom > t) return false;
    return true;
  }

  take(left: number, top: number, right: number, bottom: number): void {
    const box = [left, top, right, bottom];
    for (const key of this.keys(left, top, right, bottom)) {
      const have = this.cells.get(key);
      if (have) have.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

/** A label cut to so many characters; whole characters, "…" where something is missing. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const kept = letters.slice(0, most - 1).join("");
  const space = kept.lastIndexOf(" ");
  return `${(space > most * 0.6 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/** A label in at most two lines of about so many characters. */
export function lines(text: string, wide: number): string[] {
  if ([...text].length <= wide) return [text];
  const words = text.split(" ");
  let first = words.shift() ?? "";
  while (words.length && [...first, ...words[0]].length < wide) first += ` ${words.shift() ?? ""}`;
  if (!words.length) return [cut(first, wide + 4)];
  return [cut(first, wide + 4), cut(words.join(" "), wide)];
}

/** A label in at most `most` lines that are no wider than `wide` by `measure`; "…" where something is missing. */
export function fitted(text: string, wide: number, most: number, measure: (part: string) => number): string[] {
  const words = text.split(" ");
  const found: string[] = [];
  while (words.length && found.length < most - 1) {
    let line = words.shift() ?? "";
    while (words.length && measure(`${line} ${words[0]}`) <= wide) line += ` ${words.shift() ?? ""}`;
    found.push(line);
  }
  if (words.length) found.push(words.join(" "));
  return found.map((line) => clipped(line, wide, measure));
}

/** A line that is no wider than `wide`; at the end of a word where that costs little. */
function clipped(line: string, wide: number, measure: (part: string) => number): string {
  if (measure(line) <= wide) return line;
  const letters = [...line];
  let [fits, over] = [0, letters.length];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (measure(`${letters.slice(0, middle).join("")}…`) <= wide) fits = middle;
    else over = middle;
  }
  const kept = letters.slice(0, fits).join("");
  const space = kept.lastIndexOf(" ");
  return `${(space > kept.length * 0.8 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/**
 * The first form of a label that finds a place. `forms`: letters in a line, the best first; 0: its first word.
 * `half`: half the width of a line in pixels. `top`: where it would stand, undefined for nowhere.
 */
export function placed(
  forms: readonly number[],
  text: string,
  half: (part: string) => number,
  top: (parts: readonly string[], wide: number) => number | undefined,
): { parts: string[]; wide: number; top: number } | null {
  for (const form of forms) {
    const parts = form ? lines(text, form) : [cut(text.split(" ", 1)[0], 8)];
    const wide = Math.max(...parts.map(half));
    const at = top(parts, wide);
    if (at !== undefined) return { parts, wide, top: at };
  }
  return null;
}

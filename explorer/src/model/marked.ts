/* A text cut where spans begin and end. Offsets are code points, as in the graph. Pure functions. */

export interface Span {
  start: number;
  end: number;
  /** Whatever the span stands for. */
  what: number;
}

export interface Piece {
  text: string;
  /** What stands for this piece; empty where nothing does. */
  what: number[];
}

/** The pieces of a text, in order; together they are the text. */
export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const letters = Array.from(text);
  const within = (at: number): number => Math.max(0, Math.min(letters.length, at));
  const cuts = [...new Set([0, letters.length, ...spans.flatMap((span) => [within(span.start), within(span.end)])])].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const what = [...new Set(spans.filter((span) => span.start <= cuts[at] && span.end >= cuts[at + 1] && span.end > span.start).map((span) => span.what))];
    found.push({ text: letters.slice(cuts[at], cuts[at + 1]).join(""), what });
  }
  return found;
}

/** The sentence around a span: from the last full stop or line before it to the next one behind it. */
export function sentence(text: string, start: number, end: number): { before: string; quote: string; after: string; whole: boolean } {
  const letters = Array.from(text);
  const left = letters.slice(0, start).join("");
  const right = letters.slice(end).join("");
  const before = left.slice(Math.max(...[...left.matchAll(/[.!?…]["'”’»)]*\s+|\n+/g)].map((found) => found.index + found[0].length), 0));
  const stop = right.search(/[.!?…]["'”’»)]*(\s|$)|\n/);
  const after = stop < 0 ? right : right.slice(0, right[stop] === "\n" ? stop : stop + (right.slice(stop).match(/^[.!?…]["'”’»)]*/)?.[0].length ?? 1));
  return { before, quote: letters.slice(start, end).join(""), after, whole: before === left && after === right };
}

/* Search over labels, acronyms, aliases and full text. Made once; a keystroke walks flat strings. */
import type { Details } from "./data.ts";
import { fold } from "./fold.ts";
import type { Model } from "./model.ts";

export interface Hit {
  node: number;
  /** Passage in which the words stand, where only a text holds them. */
  passage?: number;
}

export class Search {
  private readonly names: string[] = [];
  private readonly texts: string[] = [];
  private readonly owner: number[] = [];
  private readonly passage: number[] = [];
  private readonly weight: Uint32Array;
  private readonly making: Generator<undefined, void>;
  private made = false;

  constructor(model: Model, details: Details | null) {
    this.weight = model.degree;
    this.making = this.folding(model, details);
  }

  /** Fold what is searched, a little at a time: a large harvest takes longer than a frame. */
  private *folding(model: Model, details: Details | null): Generator<undefined, void> {
    const { label: labels, short } = model.scene.nodes;
    // Every name begins with a line feed: "\nwho" finds the beginning of a name, " who" of a word.
    for (let node = 0; node < model.count; node++) {
      const label = labels[node];
      const all = typeof label === "string" ? [label] : Object.values(label);
      this.names.push(`\n${[...all, short[node], ...(details?.search[node] ?? [])].map(fold).join("\n")}`);
      if (node % 100 === 99) yield;
    }
    for (let node = 0; details && node < model.count; node++)
      for (const passage of details.cells[node]) {
        if (!details.passages.narrative[passage]) continue;
        this.texts.push(fold(details.passages.text[passage]));
        this.owner.push(node);
        this.passage.push(passage);
        if (this.texts.length % 20 === 0) yield;
      }
  }

  /** Go on for so many milliseconds; is everything folded? */
  prepare(budget: number): boolean {
    for (const end = performance.now() + budget; !this.made && performance.now() < end; ) this.made = Boolean(this.making.next().done);
    return this.made;
  }

  /** What was typed, best first: whole names, beginnings, words, then full texts. At most `most`. */
  find(typed: string, most = 30): Hit[] {
    return this.look(typed, most).hits;
  }

  /** The best `most`, and how many there are. In texts the whole phrase comes first, then all words in any order. */
  look(typed: string, most = 30): { hits: Hit[]; total: number } {
    const wanted = fold(typed);
    if (!wanted) return { hits: [], total: 0 };
    this.prepare(Infinity);
    const parts = wanted.split(" ");
    const begins = parts.map((part) => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(part)}`, "u"));
    const ranked: [number, number][] = [];
    for (let node = 0; node < this.names.length; node++) {
      const name = this.names[node];
      if (!parts.every((part) => name.includes(part))) continue;
      const rank = name.includes(`\n${wanted}\n`) || name.endsWith(`\n${wanted}`) ? 0
        : name.includes(`\n${wanted}`) ? 1
        : begins.every((begin) => begin.test(name)) ? 2
        : 3;
      ranked.push([rank, node]);
    }
    ranked.sort((a, b) => a[0] - b[0] || this.weight[b[1]] - this.weight[a[1]] || a[1] - b[1]);
    const hits: Hit[] = ranked.slice(0, most).map(([, node]) => ({ node }));
    const named = new Set(ranked.map(([, node]) => node));
    const [whole, spread]: [Hit[], Hit[]] = [[], []];
    // The passages of a node stand together.
    for (let at = 0, end = 0; at < this.texts.length; at = end) {
      const node = this.owner[at];
      let [phrase, first] = [-1, -1];
      const open = new Set(parts);
      for (end = at; end < this.texts.length && this.owner[end] === node; end++) {
        if (phrase < 0 && this.texts[end].includes(wanted)) phrase = end;
        for (const part of open) if (this.texts[end].includes(part)) {
          open.delete(part);
          if (first < 0) first = end;
        }
      }
      if (named.has(node)) continue;
      if (phrase >= 0) whole.push({ node, passage: this.passage[phrase] });
      else if (first >= 0 && [...open].every((part) => this.names[node].includes(part))) spread.push({ node, passage: this.passage[first] });
    }
    return { hits: [...hits, ...whole, ...spread].slice(0, most), total: ranked.length + whole.length + spread.length };
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

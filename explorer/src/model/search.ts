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
  private readonly names: string[];
  private readonly texts: string[] = [];
  private readonly owner: number[] = [];
  private readonly passage: number[] = [];
  private readonly weight: Uint32Array;

  constructor(model: Model, details: Details | null) {
    const labels = model.scene.nodes.label;
    this.weight = model.degree;
    // Every name begins with a line feed: "\nwho" finds the beginning of a name, " who" of a word.
    this.names = labels.map((label, node) => {
      const all = typeof label === "string" ? [label] : Object.values(label);
      return `\n${[...all, model.scene.nodes.short[node], ...(details?.search[node] ?? [])].map(fold).join("\n")}`;
    });
    if (!details) return;
    details.cells.forEach((cells, node) => {
      for (const passage of cells) {
        if (!details.passages.narrative[passage]) continue;
        this.texts.push(fold(details.passages.text[passage]));
        this.owner.push(node);
        this.passage.push(passage);
      }
    });
  }

  /** What was typed, best first: whole names, beginnings, words, then full texts. At most `most`. */
  find(typed: string, most = 30): Hit[] {
    const wanted = fold(typed);
    if (!wanted) return [];
    const parts = wanted.split(" ");
    const ranked: [number, number][] = [];
    for (let node = 0; node < this.names.length; node++) {
      const name = this.names[node];
      if (!parts.every((part) => name.includes(part))) continue;
      const rank = name.includes(`\n${wanted}\n`) || name.endsWith(`\n${wanted}`) ? 0
        : name.includes(`\n${wanted}`) ? 1
        : parts.every((part) => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(part)}`, "u").test(name)) ? 2
        : 3;
      ranked.push([rank, node]);
    }
    ranked.sort((a, b) => a[0] - b[0] || this.weight[b[1]] - this.weight[a[1]] || a[1] - b[1]);
    const hits: Hit[] = ranked.slice(0, most).map(([, node]) => ({ node }));
    const have = new Set(hits.map((hit) => hit.node));
    for (let at = 0; at < this.texts.length && hits.length < most; at++) {
      if (have.has(this.owner[at]) || !this.texts[at].includes(wanted)) continue;
      have.add(this.owner[at]);
      hits.push({ node: this.owner[at], passage: this.passage[at] });
    }
    return hits;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&");

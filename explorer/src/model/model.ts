/* The harvest as the views see it: nodes and edges by number, and what is near what. */
import type { Details, Labels, Scene } from "./data.ts";

export interface Near {
  edge: number;
  node: number;
  /** Does the edge start at the node that was asked for? */
  out: boolean;
}

export class Model {
  readonly scene: Scene;
  readonly count: number;
  readonly edges: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint8Array;
  readonly gap: Uint8Array;
  readonly degree: Uint32Array;
  /** Names of kinds, by number. */
  readonly kinds: string[];
  private readonly first: Uint32Array;
  private readonly links: Uint32Array;
  private readonly places: Map<string, number>;

  constructor(scene: Scene) {
    this.scene = scene;
    this.count = scene.nodes.id.length;
    this.edges = scene.edges.from.length;
    this.from = Uint32Array.from(scene.edges.from);
    this.to = Uint32Array.from(scene.edges.to);
    this.kind = Uint8Array.from(scene.nodes.kind);
    this.gap = new Uint8Array(this.count);
    for (const node of scene.nodes.gap) this.gap[node] = 1;
    // A code that the framework lacks is shown, and counts as no link.
    for (const node of Object.keys(scene.reasons ?? {})) this.gap[Number(node)] = 1;
    this.kinds = scene.kinds.map(([kind]) => kind);
    this.degree = new Uint32Array(this.count);
    for (let edge = 0; edge < this.edges; edge++) {
      this.degree[this.from[edge]]++;
      if (this.from[edge] !== this.to[edge]) this.degree[this.to[edge]]++;
    }
    this.first = new Uint32Array(this.count + 1);
    for (let node = 0; node < this.count; node++) this.first[node + 1] = this.first[node] + this.degree[node];
    const next = this.first.slice();
    this.links = new Uint32Array(this.first[this.count]);
    for (let edge = 0; edge < this.edges; edge++) {
      this.links[next[this.from[edge]]++] = edge;
      if (this.from[edge] !== this.to[edge]) this.links[next[this.to[edge]]++] = edge;
    }
    this.places = new Map(scene.nodes.id.map((id, place) => [id, place]));
  }

  /** The edges of a node, each with what is at its other end. */
  near(node: number): Near[] {
    const found: Near[] = [];
    for (let at = this.first[node]; at < this.first[node + 1]; at++) {
      const edge = this.links[at];
      const out = this.from[edge] === node;
      found.push({ edge, node: out ? this.to[edge] : this.from[edge], out });
    }
    return found;
  }

  /** Walk the neighbours without making objects: for loops over everything. */
  eachNear(node: number, visit: (other: number, edge: number) => void): void {
    for (let at = this.first[node]; at < this.first[node + 1]; at++) {
      const edge = this.links[at];
      visit(this.from[edge] === node ? this.to[edge] : this.from[edge], edge);
    }
  }

  /** Where a node of that id stands; -1 without. */
  place(id: string): number {
    return this.places.get(id) ?? this.places.get(id.startsWith(this.scene.base) ? id.slice(this.scene.base.length) : id) ?? -1;
  }

  kindOf(node: number): string {
    return this.kinds[this.kind[node]];
  }

  relationOf(edge: number): string {
    return this.scene.relations[this.scene.edges.relation[edge]];
  }

  familyOf(edge: number): string {
    return this.scene.families[this.scene.edges.family[edge]];
  }

  /** Nodes of a kind, in order. */
  ofKind(kind: string): number[] {
    const wanted = this.kinds.indexOf(kind);
    const found: number[] = [];
    for (let node = 0; node < this.count; node++) if (this.kind[node] === wanted) found.push(node);
    return found;
  }

  isHub(node: number): boolean {
    return this.scene.hubs.includes(this.kindOf(node));
  }

  /** Nodes within so many links; hubs are met but not passed through, or two links would be all. */
  around(node: number, hops: number): Set<number> {
    const kept = new Set([node]);
    let edge = [node];
    for (let hop = 0; hop < hops; hop++) {
      const next: number[] = [];
      for (const at of edge) {
        if (at !== node && this.isHub(at)) continue;
        this.eachNear(at, (other) => {
          if (!kept.has(other)) {
            kept.add(other);
            next.push(other);
          }
        });
      }
      edge = next;
    }
    return kept;
  }
}

/** A text in the reader's language, else without language, in English, in any. */
export function inLanguage(labels: Labels, language: string): string {
  if (typeof labels === "string") return labels;
  return labels[language] || labels[""] || labels.en || Object.values(labels)[0] || "";
}

/** The values of one field of a node. */
export function valuesOf(details: Details, node: number, field: string): Labels[] {
  for (const [name, values] of details.fields[node]) if (name === field) return values;
  return [];
}

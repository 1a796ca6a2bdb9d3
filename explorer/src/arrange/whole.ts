/* Everything, where Python put it. */
import { inLanguage, type Model } from "../model/model.ts";
import { blank, type Drawing } from "../scene/drawing.ts";

/** Families of links, by how they are drawn: facts of the framework, claims, coded cells. */
const LOOK_OF_FAMILY: Record<string, number> = { claim: 0, coded: 1, structure: 0, answer: 2 };

export const lookOf = (model: Model, edge: number): number => LOOK_OF_FAMILY[model.familyOf(edge)] ?? 2;

/** Radius of a node: the more links, the larger, within bounds. */
export function radius(model: Model, node: number): number {
  return model.isHub(node) ? 18 : Math.min(8 + 1.6 * Math.sqrt(model.degree[node]), 22);
}

/** What a node is called in a picture: short where it has a short name. */
export function called(model: Model, node: number, language: string): string {
  const { label, short } = model.scene.nodes;
  return short[node] || inLanguage(label[node], language);
}

/** A mark for a node of the harvest. */
export function markNode(drawing: Drawing, mark: number, model: Model, node: number, language: string): void {
  drawing.node[mark] = node;
  drawing.kind[mark] = model.kind[node];
  drawing.gap[mark] = model.gap[node];
  drawing.r[mark] = radius(model, node);
  drawing.label[mark] = called(model, node, language);
}

/** Nodes and the links among them; `keep` says which. Marks stand in order of nodes. */
export function some(model: Model, keep: (node: number) => boolean, language: string, links: (edge: number) => boolean = () => true): Drawing {
  const nodes: number[] = [];
  const mark = new Int32Array(model.count).fill(-1);
  for (let node = 0; node < model.count; node++) if (keep(node)) mark[node] = nodes.push(node) - 1;
  // Links between the same two lie on one line: drawn over each other, all but one could not be opened.
  const lines: number[][] = [];
  const lineOf = new Map<number, number>();
  for (let edge = 0; edge < model.edges; edge++) {
    const [a, b] = [mark[model.from[edge]], mark[model.to[edge]]];
    if (a < 0 || b < 0 || !links(edge)) continue;
    const pair = Math.min(a, b) * nodes.length + Math.max(a, b);
    const line = lineOf.get(pair);
    if (line === undefined) lineOf.set(pair, lines.push([edge]) - 1);
    else lines[line].push(edge);
  }
  const drawing = blank(nodes.length, lines.length);
  const { x, y } = model.scene.nodes;
  nodes.forEach((node, place) => {
    markNode(drawing, place, model, node, language);
    drawing.x[place] = x[node];
    drawing.y[place] = y[node];
  });
  lines.forEach((edges, line) => {
    drawing.from[line] = mark[model.from[edges[0]]];
    drawing.to[line] = mark[model.to[edges[0]]];
    drawing.edge[line] = edges.length === 1 ? edges[0] : -1;
    drawing.weight[line] = edges.length;
    drawing.family[line] = lookOf(model, edges[0]);
  });
  const hub = model.kinds.map((kind) => model.scene.hubs.includes(kind));
  drawing.faint = Uint8Array.from(lines, ([edge]) => Number(hub[model.kind[model.from[edge]]] || hub[model.kind[model.to[edge]]]));
  drawing.behind = (line) => lines[line] ?? [];
  return drawing;
}

/* What every view gets: the harvest, the state, the words. */
import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import { Facets } from "../model/facets.ts";
import type { Details, Scene } from "../model/data.ts";
import { Model } from "../model/model.ts";
import { Search } from "../model/search.ts";
import type { Stage } from "../scene/stage.ts";
import { parsed, written, isStep, type Naming } from "../state/address.ts";
import { CHOSEN, START, Store, type State } from "../state/state.ts";
import { engineOf } from "../worker/engine.ts";
import { textsOf, Words, type Texts } from "./texts.ts";

/** Milliseconds that folding may take at a time, and until it goes on. */
const SLICE = 6;
const PAUSE = 4;

export class App implements Naming {
  readonly model: Model;
  readonly store: Store;
  /** Words, fields and texts; null until they are unpacked. */
  details: Details | null = null;
  facets: Facets;
  search: Search;
  /** The picture, while it is shown: for the console and for tests. */
  stage: Stage | null = null;
  private readonly listeners = new Set<() => void>();
  private owners = new Map<number, number>();

  constructor(scene: Scene) {
    this.model = new Model(scene);
    this.facets = new Facets(this.model, null);
    this.search = new Search(this.model, null);
    const first = { ...START, language: scene.language, group: this.model.count > 60 ? START.group : ("none" as const) };
    this.store = new Store(parsed(location.hash, this, first));
    addEventListener("popstate", () => {
      const { theme, language } = this.store.state;
      this.store.set(parsed(location.hash, this, { ...first, theme, language }));
    });
    this.store.listen((state, before) => {
      const address = written(state, this);
      if (address === location.hash || address === written(before, this)) return;
      if (isStep(state, before)) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    });
  }

  /** Words, fields and texts are here. */
  complete(details: Details): void {
    this.details = details;
    this.facets = new Facets(this.model, details);
    this.search = new Search(this.model, details);
    engineOf().give(details.passages.text);
    details.cells.forEach((cells, node) => cells.forEach((cell) => this.owners.set(cell, node)));
    for (const listener of this.listeners) listener();
    const { search } = this;
    // Between what the reader does, so that the first letter finds everything prepared.
    const prepare = (): void => {
      if (this.search === search && !search.prepare(SLICE)) setTimeout(prepare, PAUSE);
    };
    setTimeout(prepare, PAUSE);
  }

  whenComplete(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  idOf(node: number): string {
    return this.model.scene.nodes.id[node];
  }

  place(id: string): number {
    return this.model.place(id);
  }

  edgeName(edge: number): string {
    return [this.idOf(this.model.from[edge]), this.model.relationOf(edge), this.idOf(this.model.to[edge])].join(" ");
  }

  edgePlace(name: string): number {
    const [from, relation, to] = name.split(" ");
    const start = this.place(from ?? "");
    if (start < 0) return -1;
    return this.model.near(start).find((near) => near.out && this.model.relationOf(near.edge) === relation && this.idOf(near.node) === to)?.edge ?? -1;
  }

  /** The outcome in whose record a passage stands; -1 without. */
  ownerOf(passage: number): number {
    return this.owners.get(passage) ?? -1;
  }

  /** Choose a node: its details open, in whatever view. */
  choose(node: number | null, more: Partial<State> = {}): void {
    this.store.set({ node, edge: null, bundle: [], hops: node === null ? 0 : this.store.state.hops, ...more });
  }

  chooseEdge(edge: number | null): void {
    this.store.set({ edge, bundle: edge === null ? this.store.state.bundle : [] });
  }

  /** Open the words of several links at once; of a single one, as it stands by itself. */
  chooseEdges(edges: readonly number[]): void {
    if (edges.length === 1) this.chooseEdge(edges[0]);
    else this.store.set({ edge: null, bundle: [...edges] });
  }

  /** Go to a view by its address, as a link would. */
  go(address: string): void {
    const { theme, language } = this.store.state;
    this.store.set(parsed(address, this, { ...START, theme, language }));
  }

  /** Close what is open, one step at a time: links, then the node from which they were opened. */
  leave(): void {
    const { node, edge, bundle } = this.store.state;
    if (node !== null && (edge !== null || bundle.length)) this.store.set({ edge: null, bundle: [] });
    else this.choose(null);
  }

  /** Open just these nodes as a table, of whatever kinds they are. */
  list(nodes: readonly number[]): void {
    const kinds = new Set(nodes.map((node) => this.model.kindOf(node)));
    const { filters, hidden, confidence, linked } = this.store.state;
    // A result without an outcome is linked to nothing that passes: asked for by its number, it is listed all the same.
    const shown = linked ? this.facets.visible(filters, confidence, true) : null;
    this.store.set({
      view: "table", list: kinds.size === 1 ? [...kinds][0] : CHOSEN, only: nodes.map((node) => this.idOf(node)), sort: "", columns: [],
      linked: linked && nodes.every((node) => shown?.[node]), hidden: hidden.filter((name) => !kinds.has(name)),
    });
  }

  /** Which nodes filters and legend let through. */
  visible(): Uint8Array {
    const { filters, confidence, linked, hidden, only } = this.store.state;
    const shown = this.facets.visible(filters, confidence, linked);
    if (hidden.length || only.length) {
      const kept = this.kept();
      for (let node = 0; node < this.model.count; node++) if (!kept(node)) shown[node] = 0;
    }
    return shown;
  }

  /** Does the legend leave the kind of a node, and a list that was opened the node? */
  kept(): (node: number) => boolean {
    const { hidden, only } = this.store.state;
    const away = this.model.kinds.map((kind) => hidden.includes(kind));
    const names = only.length ? new Set(only) : null;
    return (node) => !away[this.model.kind[node]] && (!names || names.has(this.idOf(node)));
  }

  /** The outcomes that every view shows, counts and draws. */
  outcomes(): number[] {
    return this.facets.passing(this.store.state.filters).filter(this.kept());
  }

  /** Does more than filters narrow the outcomes? Then only a list of them says which they are. */
  narrowed(): boolean {
    return this.store.state.only.length > 0 || this.store.state.hidden.includes("outcome");
  }

  /** May an edge be drawn? */
  allows(): (edge: number) => boolean {
    const { confidence, hidden } = this.store.state;
    const sure = confidence > 0 ? this.facets.sure : null;
    const away = this.model.scene.relations.map((relation) => hidden.includes(relation));
    const { relation } = this.model.scene.edges;
    return (edge) => (!sure || sure[edge] >= confidence) && !away[relation[edge]];
  }
}

export const AppContext = createContext<App | null>(null);

export interface Use {
  app: App;
  state: State;
  texts: Texts;
  words: Words;
  set: (change: Partial<State>) => void;
}

/** The app, and a fresh rendering with each change. */
export function useApp(): Use {
  const app = useContext(AppContext);
  if (!app) throw new Error("No app around this view.");
  const [, turn] = useState(0);
  // Before the next task, not after the next frame: a change in between would never be shown.
  useLayoutEffect(() => {
    const again = (): void => turn((n) => n + 1);
    const gone = [app.store.listen(again), app.whenComplete(again)];
    return () => gone.forEach((leave) => leave());
  }, [app]);
  const { state } = app.store;
  return {
    app,
    state,
    texts: textsOf(state.language),
    words: new Words(app.model.scene, state.language),
    set: (change) => app.store.set(change),
  };
}

/* What the reader has chosen: one state for all views. */
import type { Filters } from "../model/facets.ts";

export const VIEWS = ["overview", "network", "trace", "table", "ask"] as const;
export type View = (typeof VIEWS)[number];
export const GROUPS = ["objective", "country", "change", "community", "none"] as const;
export type Group = (typeof GROUPS)[number];

export interface State {
  view: View;
  /** Node or edge whose details are open, by number. */
  node: number | null;
  edge: number | null;
  /** Several links whose words are open together: those behind a thick line or a ribbon. */
  bundle: number[];
  /** Trace: all outcomes, although a node is chosen. */
  whole: boolean;
  /** Only what lies within so many links of the chosen node. */
  hops: number;
  filters: Filters;
  /** Lowest confidence of a link that is drawn. */
  confidence: number;
  /** Keep only what is linked to the outcomes that pass. */
  linked: boolean;
  /** How the network is gathered at first, and which of its groups are open. */
  group: Group;
  open: string[];
  /** Ids of the nodes of an answer: nothing else is drawn. Empty: everything. */
  only: string[];
  /** Kinds and relations switched off in the legend. */
  hidden: string[];
  /** Table: what it lists, by what it is sorted ("-year": downwards), its columns. */
  list: string;
  sort: string;
  columns: string[];
  /** Ask: the question and its parameters, or free SPARQL. */
  question: string;
  given: Record<string, string>;
  sparql: string;
  /** Look: these two are not part of a view that is passed on. */
  theme: "" | "light" | "dark";
  language: string;
}

export const START: State = {
  view: "network",
  node: null,
  edge: null,
  bundle: [],
  whole: false,
  hops: 0,
  filters: {},
  confidence: 0,
  linked: true,
  group: "objective",
  open: [],
  only: [],
  hidden: [],
  list: "outcome",
  sort: "",
  columns: [],
  question: "",
  given: {},
  sparql: "",
  theme: "",
  language: "en",
};

type Listener = (state: State, before: State) => void;

/** Holds the state; whoever listens is told of every change. */
export class Store {
  private now: State;
  private readonly listeners = new Set<Listener>();

  constructor(state: State) {
    this.now = state;
  }

  get state(): State {
    return this.now;
  }

  set(change: Partial<State>): void {
    const before = this.now;
    this.now = { ...before, ...change };
    for (const listener of [...this.listeners]) listener(this.now, before);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** What the table lists where that is of several kinds: all that `only` names. */
export const CHOSEN = "chosen";

/** A list with a value put in where it is missing, or taken out where it is there. */
export const toggled = (list: readonly string[], value: string): string[] =>
  list.includes(value) ? list.filter((other) => other !== value) : [...list, value];

/** Filters with one value of one facet turned on or off. */
export function withValue(filters: Filters, facet: string, value: string): Filters {
  const next = { ...filters, [facet]: toggled(filters[facet] ?? [], value) };
  if (!next[facet].length) delete next[facet];
  return next;
}

export const activeFilters = (filters: Filters): [string, string][] =>
  Object.entries(filters).flatMap(([facet, values]) => values.map((value): [string, string] => [facet, value]));

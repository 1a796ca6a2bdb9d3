/* The state in the address, after "#": a link to a view, and what the back button goes through. Pure functions. */
import { NAMES, type Filters } from "../model/facets.ts";
import { GROUPS, START, VIEWS, type State } from "./state.ts";

/** Names things in the address: numbers differ between builds, ids do not. */
export interface Naming {
  idOf(node: number): string;
  place(id: string): number;
  /** An edge as "from relation to", and back. */
  edgeName(edge: number): string;
  edgePlace(name: string): number;
}

/** An address stays short enough to be passed on. */
const MOST_LINKS = 60;
/** But a list that a number opened comes back whole: cut, it would count wrongly. Browsers take two megabytes. */
const MOST_ONLY = 10_000;

/** The state as text, without what is as it was at first. */
export function written(state: State, naming: Naming): string {
  const said = new URLSearchParams();
  said.set("v", state.view);
  if (state.node !== null) said.set("n", naming.idOf(state.node));
  if (state.edge !== null) said.set("e", naming.edgeName(state.edge));
  for (const edge of state.bundle.slice(0, MOST_LINKS)) said.append("link", naming.edgeName(edge));
  if (state.hops) said.set("hops", String(state.hops));
  for (const facet of NAMES) for (const value of state.filters[facet] ?? []) said.append(`f.${facet}`, value);
  if (state.confidence) said.set("sure", String(state.confidence));
  if (!state.linked) said.set("linked", "no");
  // Always: a small harvest opens with another grouping than a large one.
  said.set("by", state.group);
  if (state.whole) said.set("all", "yes");
  for (const name of state.open) said.append("open", name);
  for (const id of state.only.slice(0, MOST_ONLY)) said.append("only", id);
  for (const name of state.hidden) said.append("hide", name);
  if (state.list !== START.list) said.set("list", state.list);
  if (state.sort) said.set("sort", state.sort);
  for (const name of state.columns) said.append("col", name);
  if (state.question) said.set("q", state.question);
  for (const [name, value] of Object.entries(state.given)) if (value) said.append(`p.${name}`, value);
  if (state.sparql) said.set("sparql", state.sparql);
  return `#${said}`;
}

/** What an address says; what it does not say, or says wrongly, is as at first. */
export function parsed(address: string, naming: Naming, base: State = START): State {
  const said = new URLSearchParams(address.replace(/^#/, ""));
  const oneOf = <T extends string>(name: string, known: readonly T[], otherwise: T): T =>
    known.find((value) => value === said.get(name)) ?? otherwise;
  const place = (name: string, find: (text: string) => number): number | null => {
    const text = said.get(name);
    const found = text === null ? -1 : find(text);
    return found < 0 ? null : found;
  };
  const filters: Filters = {};
  for (const facet of NAMES) if (said.has(`f.${facet}`)) filters[facet] = said.getAll(`f.${facet}`);
  const given: Record<string, string> = {};
  for (const [name, value] of said) if (name.startsWith("p.")) given[name.slice(2)] = value;
  const sure = Number(said.get("sure") ?? 0);
  return {
    ...base,
    view: oneOf("v", VIEWS, base.view),
    node: place("n", (id) => naming.place(id)),
    edge: place("e", (name) => naming.edgePlace(name)),
    bundle: said.getAll("link").map((name) => naming.edgePlace(name)).filter((edge) => edge >= 0),
    hops: Math.min(3, Math.max(0, Math.trunc(Number(said.get("hops")) || 0))),
    filters,
    confidence: sure > 0 && sure <= 1 ? sure : 0,
    linked: said.get("linked") !== "no",
    group: oneOf("by", GROUPS, base.group),
    whole: said.get("all") === "yes",
    open: said.getAll("open"),
    only: said.getAll("only"),
    hidden: said.getAll("hide"),
    list: said.get("list") ?? base.list,
    sort: said.get("sort") ?? "",
    columns: said.getAll("col"),
    question: said.get("q") ?? "",
    given,
    sparql: said.get("sparql") ?? "",
  };
}

/** Does the change deserve a step of its own for the back button? Typing and zooming do not. */
export const isStep = (state: State, before: State): boolean =>
  state.view !== before.view || state.node !== before.node || state.edge !== before.edge || state.bundle !== before.bundle ||
  state.hops !== before.hops || state.filters !== before.filters || state.open !== before.open || state.whole !== before.whole || state.group !== before.group;

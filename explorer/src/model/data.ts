/* What Python fills into the page, unpacked. Mirrors kg/explorer/data.py. */

/** Language → text, "" where the language is unknown; a text by itself has no language at all. */
export type Labels = string | Record<string, string>;

export interface Scene {
  name: string;
  audience: "internal" | "public";
  language: string;
  version: string;
  /** What ids of nodes begin with, cut from them. */
  base: string;
  /** Kind, its shape, its colour on light and on dark ground. */
  kinds: [string, string, string, string][];
  hubs: string[];
  /** Ordered scales: name → English labels, lowest first; "large": what counts as large. */
  ranks: Record<string, string[]>;
  relations: string[];
  families: string[];
  nodes: {
    id: string[];
    kind: number[];
    label: Labels[];
    short: string[];
    x: number[];
    y: number[];
    gap: number[];
  };
  edges: { from: number[]; to: number[]; relation: number[]; family: number[] };
  texts: Record<string, Shared>;
  terms: Record<string, Record<string, string>>;
  /** Node of a framework → id and label of the programme it belongs to. */
  programmes?: Record<string, [string, string]>;
  /** Nodes of a framework that a table declares: what was promised. */
  declared?: number[];
  /** Outcome → why it is linked to no result. */
  reasons?: Record<string, string>;
}

/** Texts that name what is in the graph, shared with the page of kg draw. */
export interface Shared {
  kinds: Record<string, { one: string; many: string }>;
  relations: Record<string, { legend: string; out: string; in: string; says: string }>;
  fields: Record<string, string>;
  family: Record<string, string>;
  gap: Record<string, string>;
}

/** Passage, start, end, method, confidence, status, method and confidence of the role. */
export type Quote = [
  passage: number,
  start: number,
  end: number,
  method?: string,
  confidence?: number | null,
  status?: string,
  roleMethod?: string,
  roleConfidence?: number | null,
];

export interface Parameter {
  name: string;
  type: string;
  example: string;
  optional: boolean;
}

/** Name of the parameter, where its variable stands, and the innermost group around it (-1: none). */
export type Hole = [name: string, start: number, end: number, begin: number, close: number];

export interface Question {
  name: string;
  question: Record<string, string>;
  description: Record<string, string>;
  parameters: Parameter[];
  columns: string[];
  text: string;
  holes: Hole[];
}

export interface Details {
  /** Further texts by which a node is found. */
  search: string[][];
  fields: [string, Labels[]][][];
  /** Column of an answer → its head, by language. */
  heads: Record<string, Record<string, string>>;
  /** The node's own passages. */
  cells: number[][];
  /** Edge → what it rests on. */
  words: Quote[][];
  /** The graph that the page carries: all of it, a reduced one, none as it is too large, none as nobody wanted it. */
  graph: "whole" | "reduced" | "large" | "none";
  /** Properties and classes that a reduced graph lacks, as prefixed names. */
  left: string[];
  /** The question library, as forms. */
  questions: Question[];
  /** IRIs of the ontology's classes and properties. */
  vocabulary: string[];
  prefixes: Record<string, string>;
  /** Node → "file, row". Empty in a release. */
  origins: Record<string, string[]>;
  passages: {
    key: string[];
    identifier: string[];
    field: string[];
    heading: string[];
    text: string[];
    language: string[];
    narrative: number[];
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The element's text, and the element emptied: base64 of the graph would stand in memory for ever. */
function taken(id: string): string | null {
  const element = document.getElementById(`data-${id}`);
  const text = element?.textContent ?? null;
  element?.replaceChildren();
  return text;
}

/** All of the file is here: what stands below the script, too. */
export const arrived = (): Promise<unknown> =>
  document.readyState === "loading" ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true })) : Promise.resolve();

/** Is there an element of that name, with something in it? */
export const has = (id: string): boolean => Boolean(document.getElementById(`data-${id}`)?.firstChild);

/** What an element holds, unpacked as a stream. */
export function unpacked(id: string): ReadableStream<Uint8Array> {
  const text = taken(id);
  if (text === null) throw new Error(`This page lacks "${id}".`);
  // From memory: a Blob would be fetched back from another process.
  const { body } = new Response(bytesOf(text.trim()));
  if (!body) throw new Error(`"${id}" holds nothing.`);
  return body.pipeThrough(new DecompressionStream("deflate"));
}

/** JSON that an element holds. */
export const read = async <T>(id: string): Promise<T> => (await new Response(unpacked(id)).json()) as T;

/** An element as it stands, without unpacking: for the worker, which unpacks by itself. */
export const raw = (id: string): Uint8Array<ArrayBuffer> => bytesOf((taken(id) ?? "").trim());

/* The trace: pure functions over a small harvest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { flow, MOST_GAPS, MOST_RESULTS, UNLINKED, WITHIN } from "../src/model/flow.ts";
import { Model } from "../src/model/model.ts";
import type { Scene } from "../src/model/data.ts";

const KINDS = ["outcome", "organisation", "output", "result", "objective", "programme"];
const RELATIONS = ["contributor", "contributes-to", "broader", "builds-on"];

/** Nodes by kind, edges by number. */
function harvest(kinds: string[], edges: [number, string, number][], more: Partial<Scene> = {}): Model {
  return new Model({
    name: "T", audience: "internal", language: "en", version: "0", base: "https://example.org/",
    kinds: KINDS.map((kind) => [kind, "dot", "#000", "#fff"]), hubs: [], ranks: {}, relations: RELATIONS, families: ["claim"],
    nodes: { id: kinds.map((kind, at) => `${kind}/${at}`), kind: kinds.map((kind) => KINDS.indexOf(kind)), label: kinds, short: kinds.map(() => ""), x: kinds.map(() => 0), y: kinds.map(() => 0), gap: [] },
    edges: { from: edges.map(([from]) => from), to: edges.map(([, , to]) => to), relation: edges.map(([, relation]) => RELATIONS.indexOf(relation)), family: edges.map(() => 0) },
    texts: {}, terms: {}, ...more,
  });
}

const options = (outcomes: number[], more: object = {}) => ({ outcomes, groupOf: () => "x", promised: false, ...more });

test("an outcome climbs from its output to the programme, and each way knows its links", () => {
  const model = harvest(["outcome", "output", "result", "objective"], [[0, "contributes-to", 1], [1, "broader", 2], [2, "broader", 3]], { programmes: { 3: ["programme/p", "P"] } });
  const found = flow(model, options([0]));
  assert.deepEqual(found.stops.map((stop) => stop.name), ["0", "1", "2", "3", "programme programme/p"]);
  assert.deepEqual(found.ways.map((way) => way.edges), [[0], [1], [2], []]);
});

test("outcomes without a link stand apart by reason, and none is dropped", () => {
  const model = harvest(["outcome", "outcome", "objective"], [[1, "contributes-to", 2]], { reasons: { 0: "no-code", 1: "objective-only" } });
  const found = flow(model, options([0, 1]));
  assert.deepEqual(found.stops.filter((stop) => stop.name.startsWith(UNLINKED)).map((stop) => [stop.name, stop.outcomes]), [[`${UNLINKED}no-code`, [0]], [`${UNLINKED}objective-only`, [1]]]);
  assert.deepEqual(new Set(found.stops.flatMap((stop) => stop.outcomes)), new Set([0, 1]));
});

test("outcomes that build on each other in a circle are arcs, never ways", () => {
  const model = harvest(["outcome", "outcome"], [[0, "builds-on", 1], [1, "builds-on", 0]]);
  const found = flow(model, options([0, 1]));
  assert.equal(found.arcs.length, 2);
  assert.ok(found.ways.every((way) => !way.edges.includes(0) && !way.edges.includes(1)));
});

test("a result below one of its own level is passed through on the way up", () => {
  const model = harvest(["outcome", "output", "output", "result"], [[0, "contributes-to", 1], [1, "broader", 2], [2, "broader", 3]]);
  const found = flow(model, options([0]));
  assert.deepEqual(found.stops.map((stop) => stop.name), ["0", "1", "3"]);
  assert.deepEqual(found.ways[1].edges, [1, 2]);
});

test("results above each other in a circle end", () => {
  const model = harvest(["outcome", "output", "output"], [[0, "contributes-to", 1], [1, "broader", 2], [2, "broader", 1]]);
  assert.equal(flow(model, options([0])).stops.length, 2);
});

test("many outcomes are gathered, and what is said between those of one group is counted", () => {
  const model = harvest(Array.from({ length: 50 }, () => "outcome"), [[0, "builds-on", 1]]);
  const found = flow(model, options(Array.from({ length: 50 }, (_, at) => at)));
  assert.deepEqual([found.stops.find((stop) => stop.column === 1)?.outcomes.length, found.inside], [50, 1]);
});

test("many results without an outcome are gathered in one stop that lists them", () => {
  const count = MOST_GAPS + 1;
  const model = harvest(Array.from({ length: count }, () => "output"), []);
  model.gap.fill(1);
  const [stop, ...others] = flow(model, options([], { promised: true })).stops;
  assert.deepEqual([stop.results.length, others.length], [count, 0]);
});

test("a trace of an organisation begins with its claims", () => {
  const model = harvest(["organisation", "outcome"], [[0, "contributor", 1]]);
  const found = flow(model, options([1], { organisation: 0 }));
  assert.deepEqual(found.ways[0].edges, [0]);
});

test("more results than anybody reads are gathered by their framework, and none of their outcomes is lost", () => {
  const results = Array.from({ length: MOST_RESULTS + 1 }, (_, at) => at);
  const kinds = [...results.map(() => "outcome"), ...results.map(() => "output"), "result"];
  const links = results.flatMap((at): [number, string, number][] => [[at, "contributes-to", results.length + at], [results.length + at, "broader", 2 * results.length]]);
  const within = (node: number): string => (node % 2 ? "odd" : "even");
  const found = flow(harvest(kinds, links), options(results, { within }));
  const outputs = found.stops.filter((stop) => stop.column === 2);
  assert.deepEqual(outputs.map((stop) => stop.name), [`${WITHIN}2 even`, `${WITHIN}2 odd`]);
  assert.deepEqual(new Set(outputs.flatMap((stop) => stop.outcomes)), new Set(results));
  assert.equal(outputs.flatMap((stop) => stop.results).length, results.length);
  assert.deepEqual(new Set(found.ways.flatMap((way) => way.edges)), new Set(links.keys()));
  assert.equal(flow(harvest(kinds, links), options(results)).stops.filter((stop) => stop.column === 2).length, results.length);
});

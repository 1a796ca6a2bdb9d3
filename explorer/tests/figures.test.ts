/* Figures of the network: pure functions over harvests that can be worked out by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { between, chains, standings } from "../src/model/figures.ts";
import { Model } from "../src/model/model.ts";

const RELATIONS = ["contributor", "mentioned", "builds-on", "led-to"];

/** Outcomes first, then organisations; links as [from, to, relation]. */
function model(outcomes: number, bodies: number, links: [number, number, string][]): Model {
  const kinds = [...Array<number>(outcomes).fill(0), ...Array<number>(bodies).fill(1)];
  return new Model({
    name: "T", audience: "internal", language: "en", version: "0", base: "", kinds: [["outcome", "dot", "", ""], ["organisation", "square", "", ""]],
    hubs: [], ranks: {}, relations: RELATIONS, families: ["claim"],
    nodes: { id: kinds.map((_, at) => `n${at}`), kind: kinds, label: kinds.map((_, at) => `L${at}`), short: kinds.map(() => ""), x: kinds, y: kinds, gap: [] },
    edges: { from: links.map((l) => l[0]), to: links.map((l) => l[1]), relation: links.map((l) => RELATIONS.indexOf(l[2])), family: links.map(() => 0) },
    texts: {}, terms: {},
  });
}

const all = () => true;

test("two triangles and a bridge: the two at its ends stand on every way across", () => {
  const part = (outcome: number, ...bodies: number[]): [number, number, string][] => bodies.map((body) => [body, outcome, "contributor"]);
  // a b c in outcome 0; d e f in 1; c and f in 2; g alone in 3.
  const { rows, sampled } = standings(model(4, 7, [...part(0, 4, 5, 6), ...part(1, 7, 8, 9), ...part(2, 6, 9), ...part(3, 10)]), all);
  const of = (node: number) => rows.find((row) => row.node === node);
  assert.equal(sampled, 0);
  assert.equal(of(6)?.between.toFixed(4), "0.4000");
  assert.deepEqual(of(6)?.partners, [4, 5, 9]);
  assert.deepEqual([of(4)?.between, of(10)?.partners], [0, []]);
});

test("a bare mention is no part, and a filter is followed", () => {
  const harvest = model(2, 2, [[2, 0, "contributor"], [3, 0, "mentioned"], [3, 1, "contributor"]]);
  assert.deepEqual(standings(harvest, all).rows.map((row) => [row.node, row.partners.length]), [[2, 0], [3, 0]]);
  assert.deepEqual(standings(harvest, (outcome) => outcome === 1).rows.map((row) => row.node), [3]);
});

test("a chain stands in order of time, whoever states it; a circle is told", () => {
  const [chain, ...others] = chains(model(4, 0, [[1, 0, "builds-on"], [1, 2, "led-to"], [3, 0, "builds-on"]]), all);
  assert.deepEqual(chain.steps.map((step) => [step.before, step.after]), [[0, 1], [1, 2]]);
  assert.deepEqual([chain.outcomes, chain.circle, others.length], [4, false, 0]);
  assert.equal(chains(model(2, 0, [[0, 1, "led-to"], [1, 0, "led-to"]]), all)[0].circle, true);
});

test("of many it is estimated, and said so", () => {
  const n = 3000;
  const star = Array.from({ length: n }, (_, at) => (at ? [0] : Array.from({ length: n - 1 }, (_, one) => one + 1)));
  const { share, sampled } = between(star);
  assert.ok(sampled > 0 && sampled < n);
  assert.ok(share[0] > 0.9 && share[0] < 1.1);
});

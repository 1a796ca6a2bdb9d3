/* Communities: pure functions over a small harvest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { communities, groupsOf } from "../src/arrange/communities.ts";
import { Model } from "../src/model/model.ts";

/** Two circles of three outcomes, each around its organisation; outcome 8 stands alone. */
const kinds = [0, 0, 0, 1, 0, 0, 0, 1, 0];
const from = [3, 3, 3, 7, 7, 7];
const model = new Model({
  name: "T", audience: "internal", language: "en", version: "0", base: "", kinds: [["outcome", "dot", "", ""], ["organisation", "square", "", ""]],
  hubs: [], ranks: {}, relations: ["contributor"], families: ["claim"],
  nodes: { id: kinds.map(String).map((_, at) => `n${at}`), kind: kinds, label: kinds.map((_, at) => `L${at}`), short: kinds.map(() => ""), x: kinds, y: kinds, gap: [] },
  edges: { from, to: [0, 1, 2, 4, 5, 6], relation: from.map(() => 0), family: from.map(() => 0) }, texts: {}, terms: {},
});
const all = () => true;

test("outcomes around one organisation are a community, and circles stay apart", () => {
  const homes = communities(model, all);
  assert.equal(new Set([0, 1, 2, 3].map((node) => homes.get(node))).size, 1);
  assert.notEqual(homes.get(0), homes.get(4));
});

test("a community is named after its organisations; who shares nothing has none", () => {
  const groupOf = groupsOf(model, all, (node) => `L${node}`);
  assert.deepEqual(groupOf(5), { name: "community n4", label: "L7" });
  assert.equal(groupOf(8), null);
});

test("it is the same each time", () => {
  assert.deepEqual(communities(model, all), communities(model, all));
});

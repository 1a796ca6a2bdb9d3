/* The pure functions of the explorer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../src/model/fold.ts";
import { pieces, sentence } from "../src/model/marked.ts";
import { Model } from "../src/model/model.ts";
import { Search } from "../src/model/search.ts";
import { Facets, UNKNOWN } from "../src/model/facets.ts";
import type { Details, Question, Scene } from "../src/model/data.ts";
import { parsed, written } from "../src/state/address.ts";
import { START } from "../src/state/state.ts";
import { walk } from "../src/scene/density.ts";
import { cut, lines, Taken } from "../src/scene/labels.ts";
import { bound, literal, refused, termsOf } from "../src/model/binding.ts";
import { cell, csv } from "../src/app/save.ts";

const scene: Scene = {
  name: "T", audience: "internal", language: "en", version: "0", base: "https://example.org/",
  kinds: [["outcome", "dot", "#000", "#fff"], ["organisation", "square", "#111", "#eee"], ["place", "cross", "#222", "#ddd"]],
  hubs: ["place"], ranks: {},
  relations: ["contributor", "in-country"],
  families: ["claim", "coded"],
  nodes: {
    id: ["fragment/a", "fragment/b", "organisation/rvs", "place/x"],
    kind: [0, 0, 1, 2],
    label: ["Écoles ouvertes", { "": "Second", fr: "Deuxième" }, "Réseau des Veilleurs", "Avalie"],
    short: ["A1", "B1", "RVS", ""],
    x: [0, 1, 2, 3], y: [0, 0, 0, 0], gap: [1],
  },
  edges: { from: [2, 2, 0, 1], to: [0, 1, 3, 3], relation: [0, 0, 1, 1], family: [0, 0, 1, 1] },
  texts: {}, terms: {},
};
const details: Details = {
  search: [[], [], ["Watchers"], []],
  fields: [[["year", ["2023"]]], [["year", ["2024"]], ["negative", ["true"]]], [], []],
  cells: [[0], [1], [], []],
  words: [[[0, 0, 3, "m", 0.4]], [[1, 0, 2, "m", 0.9]], [], []],
  origins: {}, questions: [], heads: {}, vocabulary: [], prefixes: {},
  passages: { key: ["a", "b"], identifier: ["", ""], field: ["description", "description"], heading: ["", ""], text: ["RVS opened.", "A hidden needle."], language: ["", ""], narrative: [1, 1] },
};
const model = new Model(scene);
const facets = new Facets(model, details);

test("folding forgets accents, case, invisible characters and spaces", () => {
  assert.equal(fold("  Réseau\u00A0 NIGÉ\u200BRIEN "), "reseau nigerien");
});

test("neighbours are known from both ends", () => {
  assert.deepEqual(model.near(0).map((near) => [near.node, near.out]), [[2, false], [3, true]]);
});

test("what lies around a node does not pass through hubs", () => {
  assert.deepEqual([...model.around(0, 1)].sort(), [0, 2, 3]);
  assert.deepEqual([...model.around(0, 3)].sort(), [0, 1, 2, 3]);
});

test("a long list comes back from the address whole", () => {
  const only = Array.from({ length: 3000 }, (_, at) => `fragment/f${at}`);
  const naming = { idOf: () => "", place: () => -1, edgeName: () => "", edgePlace: () => -1 };
  assert.deepEqual(parsed(written({ ...START, only }, naming), naming).only, only);
});

test("a search takes every sign for itself", () => {
  const search = new Search(model, details);
  for (const sign of "^$\\.*+?()[]{}|/-'\"<&=!:,#~@%_`") assert.deepEqual(search.find(`rvs${sign}x`), [], sign);
});

test("a search finds acronyms, aliases, beginnings of words, then texts", () => {
  const search = new Search(model, details);
  assert.deepEqual(search.find("rvs")[0], { node: 2 });
  assert.deepEqual(search.find("watch")[0], { node: 2 });
  assert.deepEqual(search.find("ecoles").map((hit) => hit.node), [0]);
  assert.deepEqual(search.find("hidden NEEDLE"), [{ node: 1, passage: 1 }]);
  assert.deepEqual(search.look("needle hidden"), { hits: [{ node: 1, passage: 1 }], total: 1 });
  assert.deepEqual(search.find("  "), []);
  assert.doesNotThrow(() => search.find("(*+?[\\"));
});

test("filters count what would be left, and unknown is a value", () => {
  assert.deepEqual(facets.passing({ year: ["2023"] }), [0]);
  assert.deepEqual(facets.counted("negative", { year: ["2023"] }).map((one) => [one.value, one.count]), [[UNKNOWN, 1]]);
  assert.deepEqual(facets.passing({ negative: [UNKNOWN] }), [0]);
});

test("what is linked to an outcome that passes stays, with links sure enough", () => {
  assert.deepEqual([...facets.visible({ year: ["2023"] }, 0, true)], [1, 0, 1, 1]);
  assert.deepEqual([...facets.visible({ year: ["2023"] }, 0.5, true)], [1, 0, 0, 1]);
});

test("marked pieces together are the text, and offsets are code points", () => {
  const text = "𝕏 RVS spoke";
  const found = pieces(text, [{ start: 2, end: 5, what: 7 }, { start: 4, end: 11, what: 8 }]);
  assert.equal(found.map((piece) => piece.text).join(""), text);
  assert.deepEqual(found.map((piece) => [piece.text, piece.what]), [["𝕏 ", []], ["RV", [7]], ["S", [7, 8]], [" spoke", [8]]]);
});

test("a quote stands in its sentence", () => {
  const text = "First one. RVS spoke loudly. Third.";
  assert.deepEqual(sentence(text, 11, 14), { before: "", quote: "RVS", after: " spoke loudly.", whole: false });
});

test("an address gives back the state it was written from", () => {
  const naming = {
    idOf: (node: number) => scene.nodes.id[node], place: (id: string) => model.place(id),
    edgeName: String, edgePlace: Number,
  };
  const state = { ...START, view: "table" as const, node: 2, hops: 2, filters: { year: ["2023", "&="], country: ["place/x"] }, open: ["a b"], given: { code: "1.4" }, sparql: "SELECT * { ?s ?p ?o }" };
  assert.deepEqual(parsed(written(state, naming), naming), state);
  assert.deepEqual(parsed("#v=nonsense&n=nobody&hops=99", naming), { ...START, hops: 3 });
});

test("lines are counted inside the buffer alone", () => {
  const buffer = new Uint8Array(100);
  walk(buffer, 10, 10, -50, 5, 50, 5);
  walk(buffer, 10, 10, 3, -90, 3, 90);
  walk(buffer, 10, 10, 100, 100, 200, 200);
  assert.ok(buffer.slice(50, 59).every((count) => count >= 1));
  assert.equal(buffer.filter(Boolean).length <= 20, true);
});

test("labels are cut between characters, broken in two, and do not meet", () => {
  assert.equal(cut("👩‍👩‍👧 abc", 100), "👩‍👩‍👧 abc");
  assert.equal([...cut("abcdefghijkl", 5)].length, 5);
  assert.equal(lines("Ministry of Civic Affairs and more", 16).length, 2);
  const taken = new Taken();
  taken.take(0, 0, 10, 10);
  assert.equal(taken.free(9, 9, 20, 20), false);
  assert.equal(taken.free(10, 0, 20, 10), true);
});

test("a cell of CSV is never a formula", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell("-5"), "-5");
  assert.equal(csv([["a", 'b"c']]), '\uFEFFa,"b""c"\r\n');
});

const question: Question = {
  name: "q", question: { en: "?" }, description: "", columns: [],
  parameters: [{ name: "code", type: "code", example: "1.1", optional: true }, { name: "year", type: "year", example: "2022", optional: true }],
  text: "SELECT ?o { ?o a oh:Outcome . { ?o oh:to ?_code } { ?o oh:year ?_year } FILTER(LANG(?l) = ?_language) }",
  holes: [],
};
for (const found of question.text.matchAll(/\?_(\w+)/g)) {
  const open = question.text.lastIndexOf("{", found.index) + 1;
  question.holes.push([found[1], found.index, found.index + found[0].length, open, question.text.indexOf("}", found.index)]);
}

test("a value takes the place of its variable, several stand as VALUES, an absent one empties its group", () => {
  assert.equal(
    bound(question, { code: ["<https://example.org/a>"] }, "fr"),
    'SELECT ?o { ?o a oh:Outcome . { ?o oh:to <https://example.org/a> } {} FILTER(LANG(?l) = "fr") }',
  );
  assert.ok(bound(question, { code: ["<a:b>", "<a:c>"] }, "en").includes("{ VALUES ?_code { <a:b> <a:c> }  ?o oh:to ?_code }"));
});

test("what is typed is one term and nothing else", () => {
  assert.equal(literal('a"} DROP ALL #\n\\'), '"a\\"} DROP ALL #\\n\\\\"');
  assert.deepEqual(termsOf({ name: "year", type: "year", example: "", optional: false }, "2022", model, details), ['"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>']);
  assert.deepEqual(termsOf({ name: "year", type: "year", example: "", optional: false }, "2022 } {", model, details), []);
  assert.deepEqual(termsOf({ name: "o", type: "organisation", example: "", optional: false }, "rvs", model, details), ["<https://example.org/organisation/rvs>"]);
  assert.deepEqual(termsOf({ name: "o", type: "iri", example: "", optional: false }, "https://a.b/<x>", model, details), []);
});

test("updates and calls to other servers are refused", () => {
  assert.equal(refused("SELECT * { SERVICE <https://a.b> { ?s ?p ?o } }"), "SERVICE");
  assert.equal(refused("INSERT DATA { <a:b> <a:c> 1 }"), "INSERT");
  assert.equal(refused('SELECT ?service { ?service ?p "SERVICE" # load\n }'), "");
});

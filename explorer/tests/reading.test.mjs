/* The pure functions of the page, as the browser reads them: a plain script, here in a context of its own. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const page = vm.createContext({});
vm.runInContext(readFileSync(new URL("../../kg/pages/reading.js", import.meta.url), "utf8"), page);
/** Values from another context have other prototypes: compare them as JSON. */
const same = (found, wanted) => assert.deepEqual(JSON.parse(JSON.stringify(found)), wanted);

test("folding forgets accents, case, invisible characters and spaces", () => {
  same(page.fold("  Réseau\u00A0 NIGÉ\u200BRIEN "), "reseau nigerien");
});

test("a search finds by the start of a word, the whole text first", () => {
  const texts = [["reseau des ecoles", "re"], ["rde"], ["parc national rde"], ["ecole du re"]].map((mine) => mine.map(page.fold));
  same(page.find(texts, "RDE"), [1, 2]);
  same(page.find(texts, "école"), [3, 0]);
});

test("a search finds words in any order, and nothing for nothing", () => {
  same(page.find([["union des femmes du fleuve"]], "fleuve union"), [0]);
  same(page.find([["union"]], "   "), []);
  same(page.find([["union"]], "xyz"), []);
});

test("quotes are cut by code points, not by halves of an emoji", () => {
  same(page.pieces("🙂 RVS 🙂.", [[2, 5]]), [
    { text: "🙂 ", marked: false },
    { text: "RVS", marked: true },
    { text: " 🙂.", marked: false },
  ]);
});

test("overlapping quotes and offsets past the end lose and repeat nothing", () => {
  const found = page.pieces("abcdef", [[1, 3], [2, 99]]);
  same(found, [{ text: "a", marked: false }, { text: "bcdef", marked: true }]);
});

test("an excerpt keeps the sentences of its quotes and says what it leaves out", () => {
  const text = "One came. Two (TW) spoke. Three left. Four (TW) stayed.";
  const found = page.excerpt(text, [[15, 17], [44, 46]]);
  same(found.map((piece) => piece.text).join(""), "… Two (TW) spoke. … Four (TW) stayed.");
  same(found.filter((piece) => piece.marked).map((piece) => piece.text), ["TW", "TW"]);
});

test("an excerpt of one sentence is the sentence", () => {
  same(page.excerpt("Only this.", [[0, 4]]), [{ text: "Only", marked: true }, { text: " this.", marked: false }]);
});

test("labels are broken at words and cut with an ellipsis", () => {
  same(page.wrap("In 2030, the ministry of Cassine withdrew the draft", 22, 2), ["In 2030, the ministry", "of Cassine withdrew…"]);
  same(page.wrap("RVS", 22, 2), ["RVS"]);
  same(page.wrap("x".repeat(40), 10, 2), [`${"x".repeat(9)}…`]);
  same(page.wrap("", 22, 2), []);
});

test("hops stop at walls, but what is asked for is passed", () => {
  const near = new Map([[0, new Set([1])], [1, new Set([0, 2])], [2, new Set([1])]]);
  same([...page.within(near, 0, 2, new Set([1]))].sort(), [0, 1]);
  same([...page.within(near, 1, 1, new Set([1]))].sort(), [0, 1, 2]);
});

test("arrows go to the nearest thing in their direction", () => {
  const points = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 4, y: 30 }, { x: -3, y: 0 }];
  same(page.nearest(points, 0, { x: 1, y: 0 }, () => true), 1);
  same(page.nearest(points, 0, { x: 0, y: 1 }, () => true), 2);
  same(page.nearest(points, 0, { x: 0, y: -1 }, () => true), null);
  same(page.nearest(points, 0, { x: 1, y: 0 }, (place) => place !== 1), null);
});

test("a label takes the first box with room, or none", () => {
  const box = (left) => ({ left, top: 0, right: left + 10, bottom: 10 });
  same(page.room([[box(0)], [box(5), box(10)], [box(12)]], []), [0, 1, -1]);
  same(page.room([[box(0)]], [box(9)]), [-1]);
});

test("filling a text leaves unknown places and runs no pattern of a value", () => {
  same(page.fill("{n} of {all} {x}", { n: "$&", all: 2 }), "$& of 2 {x}");
  same(page.fill("{constructor}", {}), "{constructor}");
});

/* Labels that fit their room, and whose framework a stop of the trace stands in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted } from "../src/scene/labels.ts";

const letters = (text: string): number => [...text].length;

test("a label is broken at spaces into the lines there are, and ends in … where it goes on", () => {
  assert.deepEqual(fitted("one two three four", 9, 3, letters), ["one two", "three", "four"]);
  assert.deepEqual(fitted("one two three four", 9, 2, letters), ["one two", "three fo…"]);
  assert.deepEqual(fitted("one two three four", 99, 1, letters), ["one two three four"]);
});

test("a word that is wider than its line is cut, whole characters only", () => {
  assert.deepEqual(fitted("abcdefghij", 5, 1, letters), ["abcd…"]);
  assert.deepEqual(fitted("👩‍🌾👩‍🌾👩‍🌾👩‍🌾", 4, 1, letters)[0].endsWith("…"), true);
  assert.deepEqual(fitted("", 5, 2, letters), [""]);
});

test("no line is wider than its room, whatever the words", () => {
  for (let wide = 2; wide < 20; wide++)
    for (let most = 1; most < 4; most++)
      for (const line of fitted("1.2.1 Les radios communautaires diffusent des débats", wide, most, letters)) assert.ok(letters(line) <= wide, line);
});

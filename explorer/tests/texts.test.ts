/* The graph made whole again: pure functions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, restored, searched } from "../src/worker/texts.ts";

const MENTION = '  :words_3_7 a oh:Mention ;\n    nif:anchorOf "RVE" ;\n    \u0001\n    oh:confidence 0.9 .\n';

test("texts come back as literals, as they are and folded", () => {
  const part = '  :a nif:isString "\u0001=0"@fr ;\n    oh:searchText "\u0001~0" .\n';
  assert.equal(restored(part, ['Réseau "Côtier"\nà 5 €']), '  :a nif:isString "Réseau \\"Côtier\\"\\nà 5 €"@fr ;\n    oh:searchText "reseau \\"cotier\\" a 5 €" .\n');
});

test("where a mention begins and ends comes back from its name", () => {
  const whole = restored(MENTION + MENTION.replace("3_7", "40_43"), []);
  assert.equal(whole.match(/nif:beginIndex "3"\^\^xsd:nonNegativeInteger ;\n {4}nif:endIndex "7"/g)?.length, 1);
  assert.equal(whole.match(/nif:beginIndex "40"\^\^xsd:nonNegativeInteger ;\n {4}nif:endIndex "43"/g)?.length, 1);
  assert.ok(!whole.includes("\u0001"));
});

test("a part ends before a subject that may go on", () => {
  const [begun, left] = cut(`${MENTION}  :b a oh:Mention ;\n    nif:anc`);
  assert.equal(begun, MENTION);
  assert.equal(left, "  :b a oh:Mention ;\n    nif:anc");
});

test("a text whose mark is unknown stays a mark, and other text is untouched", () => {
  assert.equal(restored('x "\u0001=7"', []), 'x "\u0001=7"');
  assert.equal(restored('x "=7"', ["a"]), 'x "=7"');
});

test("folding takes accents, case and spaces away", () => {
  assert.equal(searched("  ÉTÉ\u00a0à\n Łódź… "), "ete a łodz...");
});

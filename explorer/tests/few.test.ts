/* A few things laid out by themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { few, MOST_FEW } from "../src/arrange/few.ts";
import { blank, type Drawing } from "../src/scene/drawing.ts";

/** So many marks, most of them in one place and one far away, linked in a row. */
function drawn(count: number, links: number): Drawing {
  const drawing = blank(count, links);
  drawing.x.set([9000], count - 1);
  for (let line = 0; line < links; line++) [drawing.from[line], drawing.to[line]] = [line, line + 1];
  return drawing;
}

const nearest = ({ x, y, count }: Drawing): number =>
  Math.min(...[...Array(count).keys()].flatMap((a) => [...Array(a).keys()].map((b) => Math.hypot(x[a] - x[b], y[a] - y[b]))));

for (const [count, links] of [[2, 0], [2, 1], [20, 0], [20, 19], [60, 30]])
  test(`${count} things with ${links} links stand apart, and no void is between them`, () => {
    const found = few(drawn(count, links));
    assert.ok(nearest(found) > 30, String(nearest(found)));
    assert.ok(Math.max(...found.x) - Math.min(...found.x) < 200 * Math.sqrt(count));
    assert.deepEqual(found.x, few(drawn(count, links)).x);
  });

test("one thing, and too many, stay where they are", () => {
  for (const count of [0, 1, MOST_FEW + 1]) {
    const drawing = blank(count, 0);
    assert.equal(few(drawing), drawing);
  }
});

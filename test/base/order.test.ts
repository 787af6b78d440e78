// Sorting and grouping that give the same on every machine.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { compareText, groupBy } from "../../server/src/base/order.ts";

const text = fc.string({ unit: "binary", maxLength: 5 });

describe("the order of texts", () => {
  test("is that of their code units, whatever the language", () => {
    assert.deepEqual(["ä", "a", "B", "_", "b", "Z", ""].sort(compareText), [
      "",
      "B",
      "Z",
      "_",
      "a",
      "b",
      "ä",
    ]);
  });

  test("is an order", () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        assert.equal(compareText(a, b) + compareText(b, a), 0);
        assert.equal(compareText(a, b) === 0, a === b);
        if (compareText(a, b) < 0 && compareText(b, c) < 0) assert.equal(compareText(a, c), -1);
      }),
    );
  });
});

describe("grouping", () => {
  test("keeps the order of keys and of items", () => {
    assert.deepEqual(
      [...groupBy(["b1", "a1", "b2", "a2"], (item) => item.charAt(0))],
      [
        ["b", ["b1", "b2"]],
        ["a", ["a1", "a2"]],
      ],
    );
    assert.deepEqual([...groupBy([], String)], []);
  });

  test("loses nothing and mixes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), (items) => {
        const groups = groupBy(items, (item) => item % 3);
        for (const [key, group] of groups) {
          assert.deepEqual(
            group,
            items.filter((item) => item % 3 === key),
          );
        }
        assert.deepEqual(new Set(groups.keys()), new Set(items.map((item) => item % 3)));
      }),
    );
  });
});

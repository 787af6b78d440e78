// Sorting and grouping that give the same on every machine.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { compareText, groupBy, inOrderOf, valuesByKey } from "../../server/src/base/order.ts";

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

test("values come together by their keys, both in the order in which they came", () => {
  const values = valuesByKey([
    ["b", 1],
    ["a", 2],
    ["b", 0],
  ]);
  assert.deepEqual(
    [...values],
    [
      ["b", [1, 0]],
      ["a", [2]],
    ],
  );
});

describe("what is put in the order of its offsets", () => {
  const inOrder = (items: readonly (readonly [offset: number, name: string])[]) =>
    inOrderOf(items, ([offset]) => offset);

  test("stays the same list if it is in order", () => {
    const items = [
      [1, "a"],
      [3, "b"],
      [3, "a"],
    ] as const;
    assert.equal(inOrder(items), items);
  });

  test("is sorted if it is not, those of one offset as they came", () => {
    const items = [
      [3, "b"],
      [1, "a"],
      [3, "a"],
    ] as const;
    assert.deepEqual(inOrder(items), [
      [1, "a"],
      [3, "b"],
      [3, "a"],
    ]);
    assert.deepEqual(items[0], [3, "b"]);
  });
});

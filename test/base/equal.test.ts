// Equality of plain data, and what is left out of it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { equal } from "../../server/src/base/equal.ts";

const data = fc.anything({ withMap: true, withSet: true, withNullPrototype: false });

describe("plain data is equal", () => {
  test("to its copy", () => {
    fc.assert(fc.property(data, (value) => equal(value, structuredClone(value))));
  });

  for (const [one, other] of [
    [1, 2],
    [null, {}],
    [undefined, null],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, {}],
    [new Set(["a"]), new Set(["b"])],
    [new Map([["a", new Map([["b", 1]])]]), new Map([["a", new Map([["b", 2]])]])],
    [new Map(), {}],
  ] as const) {
    test(`but not ${inspect(one)} to ${inspect(other)}`, () => {
      assert.equal(equal(one, other), false);
      assert.equal(equal(other, one), false);
    });
  }

  test("whatever stands where both do not count", () => {
    const counts = (value: object) => !("start" in value);
    assert.ok(equal({ range: { start: 1 }, name: "a" }, { range: { start: 2 }, name: "a" }, counts));
    assert.ok(!equal({ range: { start: 1 }, name: "a" }, { range: undefined, name: "a" }, counts));
    assert.ok(!equal([{ start: 1 }], [{ start: 1 }, { start: 2 }], counts));
  });
});

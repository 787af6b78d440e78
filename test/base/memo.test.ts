// What is derived from a value is computed once, and is no part of the value.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { derived, derivedBy, derivedByName, derivedOfParts } from "../../server/src/base/memo.ts";

/** A function that says how often it ran. */
function counting<Given extends readonly unknown[]>() {
  let runs = 0;
  return (..._given: Given): number => {
    runs += 1;
    return runs;
  };
}

describe("what is derived", () => {
  test("is computed once for a value, though it is frozen, and anew for its copy", () => {
    const run = derived(counting<[object]>());
    const value = Object.freeze({ name: "a" });
    assert.deepEqual([run(value), run(value), run({ ...value })], [1, 1, 2]);
  });

  test("is remembered for each purpose", () => {
    const value = {};
    const one = derived(() => "one");
    const other = derived(() => "other");
    assert.deepEqual([one(value), other(value), one(value)], ["one", "other", "one"]);
  });

  test("shows nowhere in the value", () => {
    const value = { name: "a" };
    derived(() => "more")(value);
    assert.deepEqual(Reflect.ownKeys(value), ["name"]);
    assert.deepEqual(structuredClone(value), { name: "a" });
  });

  test("is remembered though it is undefined", () => {
    const count = counting();
    const run = derived((_value: object) => void count());
    const value = {};
    run(value);
    run(value);
    assert.equal(count(), 2);
  });

  test("by a part of a value is shared by all values with the part", () => {
    const run = derivedBy(({ part }: { readonly part: object }) => part, counting());
    const part = {};
    assert.deepEqual([run({ part }), run({ part }), run({ part: {} })], [1, 1, 2]);
  });

  test("of parts is shared by all wholes with the same aspect", () => {
    const run = derivedOfParts(
      ({ aspect }: { readonly aspect: object }) => aspect,
      counting<[object, object]>(),
    );
    const aspect = {};
    const [part, other] = [{}, {}];
    assert.deepEqual([run({ aspect }, part), run({ aspect }, part), run({ aspect }, other)], [1, 1, 2]);
    assert.deepEqual([run({ aspect: {} }, part), run({ aspect }, part), run({ aspect }, other)], [3, 1, 2]);
  });

  test("by a name is shared by all values with the part", () => {
    const run = derivedByName(
      ({ part }: { readonly part: object }) => part,
      counting<[{ readonly part: object }, string]>(),
    );
    const part = {};
    const results = [run({ part }, "a"), run({ part }, "b"), run({ part }, "a"), run({ part: {} }, "a")];
    assert.deepEqual(results, [1, 2, 1, 3]);
  });
});

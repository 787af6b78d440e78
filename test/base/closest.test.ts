// Which word was meant?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { closestTo } from "../../server/src/base/closest.ts";

/** How many letters differ, by the definition itself. */
function distance(one: string, other: string): number {
  if (one === "" || other === "") {
    return one.length + other.length;
  }
  const [rest, otherRest] = [one.slice(1), other.slice(1)];
  return one[0] === other[0]
    ? distance(rest, otherRest)
    : 1 + Math.min(distance(rest, otherRest), distance(rest, other), distance(one, otherRest));
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });

describe("the closest word", () => {
  test("is what was meant", () => {
    const parameters = ["self", "volume", "snapshot", "connector"];
    assert.equal(closestTo("volum", parameters), "volume");
    assert.equal(closestTo("vloume", parameters), "volume");
    assert.equal(closestTo("snapshots", parameters), "snapshot");
    assert.equal(closestTo("volume", parameters), "volume");
    assert.equal(closestTo("vol", parameters), undefined);
    assert.equal(closestTo("backup", parameters), undefined);
  });

  test("may differ by one letter, and by one of three in a longer word", () => {
    assert.equal(closestTo("a", ["b"]), "b");
    assert.equal(closestTo("a", ["bc"]), undefined);
    assert.equal(closestTo("abcdef", ["abcdxx"]), "abcdxx");
    assert.equal(closestTo("abcdef", ["abcxxx"]), undefined);
    assert.equal(closestTo("", ["a"]), "a");
    assert.equal(closestTo("a", []), undefined);
  });

  test("is the first of those that differ by the fewest letters", () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 5 }), (meant, candidates) => {
        const limit = Math.max(1, Math.floor(meant.length / 3));
        const fewest = Math.min(...candidates.map((candidate) => distance(meant, candidate)));
        assert.equal(
          closestTo(meant, candidates),
          candidates.find((candidate) => fewest <= limit && distance(meant, candidate) === fewest),
        );
      }),
    );
  });
});

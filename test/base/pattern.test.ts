// What a shell's pattern matches, as Python's `glob` does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { globbed, literally } from "../../server/src/base/pattern.ts";

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${globbed(pattern)}$`).test(text);
}

describe("a text as a pattern", () => {
  test("matches itself alone", () => {
    const character = fc.constantFrom(..."ab.*+?()[]{}|^$\\-");
    const text = fc.string({ unit: character, maxLength: 4 });
    fc.assert(
      fc.property(
        text,
        text,
        (one, other) => new RegExp(`^${literally(one)}$`).test(other) === (one === other),
      ),
    );
  });
});

describe("a shell's pattern", () => {
  test("has wildcards for other characters than the slash", () => {
    assert.ok(matches("acme-*", "acme-volume"));
    assert.ok(matches("acme-*", "acme-"));
    assert.ok(!matches("acme-*", "acme-a/b"));
    assert.ok(matches("v?", "v1"));
    assert.ok(!matches("v?", "v10"));
  });

  test("takes a set for any one character", () => {
    assert.ok(matches("a[12]", "a1"));
    assert.ok(matches("a[]x]", "a]"));
    assert.ok(!matches("a[12]", "a[12]"));
    assert.ok(matches("a[12", "a[12"));
  });

  test("takes all else as it is", () => {
    assert.ok(matches("a.b+c", "a.b+c"));
    assert.ok(!matches("a.b", "axb"));
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { replacementBetween } from "../../server/src/base/replacement.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });

test("the replaced stretch makes the other text, and is the smallest that does", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, oldEnd, newEnd } = replacementBetween(before, after);
      assert.equal(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd), after);
      const [removed, added] = [before.slice(start, oldEnd), after.slice(start, newEnd)];
      const isEmpty = removed === "" || added === "";
      assert.ok(isEmpty || removed[0] !== added[0]);
      assert.ok(isEmpty || removed.at(-1) !== added.at(-1));
    }),
  );
});

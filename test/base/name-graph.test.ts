import assert from "node:assert/strict";
import { test } from "node:test";
import { NameGraph } from "../../server/src/base/name-graph.ts";

const GRAPH = new NameGraph([
  ["attach", "map"],
  ["map", "find"],
  ["find", "map"],
  ["detach", "unmap"],
]);

/** Which of all these names are reached. */
function reached(...starts: readonly string[]): readonly string[] {
  const names = GRAPH.reachedFrom(starts);
  return ["attach", "map", "find", "detach", "unmap", "elsewhere"].filter((name) => names.has(name));
}

test("all that a way leads to is reached, and the starts; cycles end", () => {
  assert.deepEqual(reached("attach"), ["attach", "map", "find"]);
  assert.deepEqual(reached("find", "unmap"), ["map", "find", "unmap"]);
  assert.deepEqual(reached(), []);
});

test("a start that nothing leads to or from is reached all the same", () => {
  assert.deepEqual(reached("elsewhere"), ["elsewhere"]);
});

test("what was reached from other starts is forgotten", () => {
  reached("attach");
  assert.deepEqual(reached("detach"), ["detach", "unmap"]);
});

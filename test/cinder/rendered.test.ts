/**
 * The names that locks get from the attributes of classes, against Python itself: the installed Cinder is imported, and
 * every subclass asked for its attributes (`applied.py`).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedByPython, findInstalledCinder } from "./python.ts";

test("names by class are what Python says", (context) => {
  const installed = findInstalledCinder(context);
  if (installed === undefined) {
    return;
  }
  const result = comparedByPython<"agree" | "disagree" | "by instance" | "not compared">(
    context,
    "test/cinder/applied.py",
    "cinder",
    installed.root,
  );
  assert.deepEqual(result.disagree, []);
  assert.deepEqual(result["not compared"], []);
  assert.ok(100 < result.agree.length, `only ${result.agree.length} compared`);
});

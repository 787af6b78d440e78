/**
 * The names that locks get from the attributes of classes, against Python itself: the installed Cinder is imported, and
 * every subclass asked for its attributes (`applied.py`). Skipped where no Cinder is installed for the system's Python.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { test } from "node:test";

const PYTHON = "/usr/bin/python3";

interface Comparison {
  readonly agree: readonly string[];
  readonly disagree: readonly string[];
  readonly "by instance": readonly string[];
  readonly "not compared": readonly string[];
}

/** Where the system's Python finds Cinder, if it does. */
function installedCinder(): string | undefined {
  const code = "import cinder; print(cinder.__path__[0])";
  const { status, stdout } = spawnSync(PYTHON, ["-c", code], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

test("names by class are what Python says", (context) => {
  const cinder = installedCinder();
  if (cinder === undefined) {
    context.skip(`no Cinder is installed for ${PYTHON}`);
    return;
  }
  const bigOutput = { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const listed = spawnSync(
    process.execPath,
    ["dist/cli.js", "list", "--format", "json", dirname(cinder)],
    bigOutput,
  );
  const sites = JSON.parse(listed.stdout).sites.filter(({ path }: { path: string }) =>
    path.startsWith("cinder/"),
  );
  const input = JSON.stringify({ sites });
  const compared = spawnSync(PYTHON, ["test/cinder/applied.py"], { ...bigOutput, input });
  assert.equal(compared.status, 0, compared.stderr);
  const result: Comparison = JSON.parse(compared.stdout);
  for (const [kind, lines] of Object.entries(result)) {
    context.diagnostic(`${kind}: ${lines.length}`);
  }
  assert.deepEqual(result.disagree, []);
  assert.deepEqual(result["not compared"], []);
  assert.ok(100 < result.agree.length, `only ${result.agree.length} compared`);
});

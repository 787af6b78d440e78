// Does the output arrive whole, and does nobody who stops reading get a stack trace?
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, type TestContext, test } from "node:test";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { PROGRAM, run } from "./process.ts";

const COUNT = 3000;

/** More output than a pipe holds. */
function manySites(t: TestContext): string {
  const site = "\n\n@utils.synchronized('lock')\ndef f():\n    pass\n";
  return scratchFolder(t, { "a.py": `from cinder import utils\n${site.repeat(COUNT)}` });
}

describe("output", () => {
  test("a large answer is whole", (t) => {
    const { stdout } = run(["list", manySites(t), "--format", "json"]);
    assert.ok(1_000_000 < stdout.length);
    assert.equal((JSON.parse(stdout) as { readonly sites: readonly unknown[] }).sites.length, COUNT);
  });

  test("a slow reader gets all of it", async (t) => {
    const child = spawn(process.execPath, [PROGRAM, "list", manySites(t), "--format", "json"]);
    let text = "";
    // Nothing is read before the program is done with all but writing; then chunk by chunk.
    child.stdout.pause();
    await once(child.stdout, "readable");
    for await (const chunk of child.stdout.setEncoding("utf8")) {
      text += chunk;
    }
    assert.equal((JSON.parse(text) as { readonly sites: readonly unknown[] }).sites.length, COUNT);
  });

  for (const [command, code] of [
    ["list", 0],
    ["check", 0],
    ["--help", 0],
  ] as const) {
    test(`${command}: who reads no further is left in peace`, async (t) => {
      const child = spawn(process.execPath, [PROGRAM, command, manySites(t)]);
      child.stdout.destroy();
      let errors = "";
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        errors += chunk;
      });
      assert.deepEqual(await once(child, "close"), [code, null]);
      assert.equal(errors, "");
    });
  }

  test("complaints that nobody hears do no harm", async () => {
    const child = spawn(process.execPath, [PROGRAM, "frobnicate"]);
    child.stderr.destroy();
    child.stdout.resume();
    assert.deepEqual(await once(child, "close"), [2, null]);
  });

  if (existsSync("/dev/full")) {
    test("a full disk is said, and is no success", async (t) => {
      const full = openSync("/dev/full", "w");
      t.after(() => closeSync(full));
      const child = spawn(process.execPath, [PROGRAM, "--help"], { stdio: ["ignore", full, "pipe"] });
      let errors = "";
      child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
        errors += chunk;
      });
      assert.deepEqual(await once(child, "close"), [2, null]);
      assert.equal(errors, "cinder-locks: standard output: ENOSPC: no space left on device\n");
    });
  } else {
    process.stdout.write("a full disk: not tested, as this system has no /dev/full\n");
  }
});

// Which parser serves, and what becomes of those who ask for one that is not there?
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SOURCE = "from cinder import utils\nutils.synchronized('lock')\n";

/** The command line as it is installed, with the modules given and no others: without `node_modules` around it. */
function install(t: TestContext, modules: Readonly<Record<string, string>>): string {
  const folder = scratchFolder(t, { "project/a.py": SOURCE, ...modules });
  mkdirSync(join(folder, "dist"));
  for (const file of ["cli.js", "web-tree-sitter.wasm", "tree-sitter-python.wasm"]) {
    copyFileSync(join("dist", file), join(folder, "dist", file));
  }
  return folder;
}

function list(folder: string, parser: string | undefined) {
  const { CINDER_LOCKS_PARSER: _, NODE_PATH: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", "list", "project"], {
    cwd: folder,
    encoding: "utf8",
    env: parser === undefined ? env : { ...env, CINDER_LOCKS_PARSER: parser },
  });
  return { status, summary: stdout.trim().split("\n").at(-1), stderr };
}

const SUMMARY = "1 lock sites in 1 files";

describe("the installed command line", () => {
  test("parses with WebAssembly, and says nothing of it", (t) => {
    assert.deepEqual(list(install(t, {}), undefined), { status: 0, summary: SUMMARY, stderr: "" });
  });

  test("says which parser serves where one is asked for", (t) => {
    const stderr = "cinder-locks: note: parser: WebAssembly\n";
    assert.deepEqual(list(install(t, {}), "wasm"), { status: 0, summary: SUMMARY, stderr });
  });

  for (const [what, modules, reason] of [
    ["is not there", {}, /Cannot find module 'tree-sitter'/],
    [
      "was not built for this machine",
      { "node_modules/tree-sitter/index.js": "throw new Error('No native build was found for platform');" },
      /No native build was found for platform/,
    ],
    [
      "is another one",
      { "node_modules/tree-sitter/index.js": "module.exports = {};" },
      /TypeError: .+ is not a constructor/,
    ],
    [
      "parses something else",
      {
        "node_modules/tree-sitter/index.js":
          "module.exports = class { setLanguage() {} parse() { return { rootNode: { namedChildren: [] } }; } };",
        "node_modules/tree-sitter-python/index.js": "module.exports = {};",
      },
      /it does not pass its self-check/,
    ],
  ] as const) {
    test(`serves with WebAssembly where the native parser ${what}, and says why in one line`, (t) => {
      const { status, summary, stderr } = list(install(t, modules), "native");
      assert.deepEqual({ status, summary }, { status: 0, summary: SUMMARY });
      assert.match(stderr, /^cinder-locks: note: parser: WebAssembly, because the native one .+\n$/);
      assert.match(stderr, reason);
    });
  }

  test("says in one line that it is not whole", (t) => {
    const folder = scratchFolder(t, { "project/a.py": SOURCE, "dist/web-tree-sitter.wasm": "broken" });
    copyFileSync("dist/cli.js", join(folder, "dist/cli.js"));
    const { status, summary, stderr } = list(folder, undefined);
    assert.deepEqual({ status, summary }, { status: 2, summary: "" });
    assert.match(stderr, /^cinder-locks: .+\n$/);
  });
});

describe("loadEngine", () => {
  test("rejects a folder without the parser, naming the file", async (t) => {
    const folder = scratchFolder(t, {});
    await assert.rejects(loadEngine(folder, undefined), {
      code: "ENOENT",
      path: join(folder, "web-tree-sitter.wasm"),
    });
  });

  const require = createRequire(__filename);
  const hasNative = (() => {
    try {
      require("tree-sitter");
      require("tree-sitter-python");
      return true;
    } catch {
      return false;
    }
  })();

  if (hasNative) {
    test("takes the native parser where it is asked for and can be loaded", async () => {
      const { engine, note } = await loadEngine("dist", "native");
      assert.deepEqual([engine.kind, note], ["native", "parser: native, as asked for"]);
    });
  } else {
    process.stdout.write("the native parser: not tested, as it is not built here\n");
  }

  test("takes WebAssembly for any other wish", async () => {
    for (const wish of [undefined, "", "wasm", "Native"]) {
      assert.equal((await loadEngine("dist", wish)).engine.kind, "wasm");
    }
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

/**
 * The walls between the layers stand in biome.json; here each is walked into. A wall whose pattern matches nothing
 * would otherwise look like one that nobody walks into.
 */

/** A file, an import in it, and whether a wall stands between the two. */
const ATTEMPTS: readonly (readonly [file: string, imported: string, verdict: "allowed" | "refused"])[] = [
  ["server/src/base/x.ts", "node:fs", "refused"],
  ["server/src/base/x.ts", "../facts/model.ts", "refused"],
  ["server/src/syntax/x.ts", "../base/text-range.ts", "allowed"],
  ["server/src/syntax/x.ts", "web-tree-sitter", "refused"],
  ["server/src/syntax/x.ts", "../facts/model.ts", "refused"],
  ["server/src/facts/x.ts", "../syntax/engine.ts", "allowed"],
  ["server/src/facts/x.ts", "../rules/registry.ts", "refused"],
  ["server/src/facts/idioms/x.ts", "../../project/locks.ts", "refused"],
  ["server/src/project/x.ts", "../syntax/engine.ts", "refused"],
  ["server/src/catalog/x.ts", "../project/locks.ts", "allowed"],
  ["server/src/rules/x.ts", "../project/locks.ts", "allowed"],
  ["server/src/rules/x.ts", "../queries/hover.ts", "refused"],
  ["server/src/rules/x.ts", "../syntax/engine.ts", "refused"],
  ["server/src/queries/x.ts", "../analysis.ts", "refused"],
  ["server/src/queries/x.ts", "vscode-languageserver", "refused"],
  ["server/src/analysis.ts", "./queries/hover.ts", "allowed"],
  ["server/src/analysis.ts", "./workspace/discover.ts", "refused"],
  ["server/src/workspace/x.ts", "node:fs", "allowed"],
  ["server/src/workspace/x.ts", "web-tree-sitter", "refused"],
  ["server/src/workspace/load-engine.ts", "web-tree-sitter", "allowed"],
  ["server/src/workspace/x.ts", "../lsp/session.ts", "refused"],
  ["server/src/lsp/x.ts", "vscode-languageserver/node", "allowed"],
  ["server/src/lsp/x.ts", "vscode", "refused"],
  ["server/src/lsp/features/x.ts", "../../cli/terminal.ts", "refused"],
  ["server/src/lsp/features/x.ts", "../../project/locks.ts", "refused"],
  ["server/src/cli/x.ts", "vscode-languageserver", "refused"],
  ["server/src/cli/commands/x.ts", "../../lsp/session.ts", "refused"],
  ["server/src/protocol/x.ts", "../facts/model.ts", "refused"],
  ["client/src/x.ts", "vscode", "allowed"],
  ["client/src/x.ts", "../../server/src/protocol/extensions.ts", "allowed"],
  ["client/src/x.ts", "../../server/src/rules/registry.ts", "refused"],
];

test("the walls", async (context) => {
  const refused = refusedImports();
  for (const [file, imported, verdict] of ATTEMPTS) {
    await context.test(`${file} imports ${imported}: ${verdict}`, () => {
      assert.equal(refused.has(`${file} ${imported}`) ? "refused" : "allowed", verdict);
    });
  }
});

const PLAIN = ["--reporter=github", "--max-diagnostics=none"];

/** All attempts at once, in a copy of the configuration: one file holds one import a line. */
function refusedImports(): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), "cinder-locks-layers-"));
  try {
    cpSync("biome.json", join(folder, "biome.json"));
    cpSync(".gitignore", join(folder, ".gitignore"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const files = new Map<string, string[]>();
    for (const [file, imported] of ATTEMPTS) {
      files.set(file, [...(files.get(file) ?? []), imported]);
    }
    for (const [file, imports] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      const lines = imports.map((imported, line) => `export { x as x${line} } from "${imported}";\n`);
      writeFileSync(join(folder, file), lines.join(""));
    }
    const biome = spawnSync(
      process.execPath,
      [
        require.resolve("@biomejs/biome/bin/biome"),
        "lint",
        "--only=style/noRestrictedImports",
        ...PLAIN,
        ".",
      ],
      { cwd: folder, encoding: "utf8" },
    );
    return new Set(
      [...biome.stdout.matchAll(/file=(.*?),line=(\d+)/g)].map(([, path = "", line = ""]) => {
        const file = relative(realpathSync(folder), realpathSync(path));
        return `${file} ${files.get(file)?.[Number(line) - 1]}`;
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

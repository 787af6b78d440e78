import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { RULES } from "../../server/src/rules/registry.ts";

/** What must agree between files that no compiler compares. */

const manifest = JSON.parse(readFileSync("package.json", "utf8"));

test("every command of the manifest has its handler, and every handler its command", () => {
  const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const registry = readFileSync("client/src/commands/registry.ts", "utf8");
  const handled = [...registry.matchAll(/"(cinderLocks\.\w+)"/g)].map((match) => match[1]);
  assert.deepEqual([...declared].sort(), handled.sort());
});

test("the files that the manifest names exist", () => {
  for (const { path } of manifest.contributes.grammars) {
    assert.ok(existsSync(path), path);
  }
  assert.ok(existsSync(manifest.main), manifest.main);
  assert.ok(existsSync(manifest.bin["cinder-locks"]), manifest.bin["cinder-locks"]);
});

test("a rule is one file and one spec of its name", () => {
  const ids = RULES.map(({ id }) => `${id}.md`).sort();
  assert.deepEqual(
    readdirSync("test/rules")
      .filter((name) => name.endsWith(".md"))
      .sort(),
    ids,
  );
  for (const { id } of RULES) {
    assert.ok(existsSync(`server/src/rules/${id}.ts`), id);
  }
});

test("every dependency is pinned to one version", () => {
  const ranges = Object.entries({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(version)));
  assert.deepEqual(ranges, []);
});

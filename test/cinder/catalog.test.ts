/** The documented locks held against Cinder 21.3, which Debian packs, with the very documents of that Cinder. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { findCinderDocuments, findTree } from "./trees.ts";

/** What each entry is found to be, read in the code by people. */
const VERDICTS = [
  ["LIO target", "agrees"],
  ["NVMET target", "agrees"],
  ["HGST driver", "missing-file"],
  // It names the decorators, and calls what they lock by a word of its own.
  ["Solidfire driver", "agrees"],
  ["Infinidat driver", "agrees"],
  // The code spells it `Kaminario-`, and locks are told apart by case.
  ["Kaminario FC driver", "differs"],
  ["Kaminario iSCSI driver", "differs"],
  ["Dell Unity", "agrees"],
  // These take the lock through a wrapper of the driver's own.
  ["Dell Unity", "agrees"],
  ["Dell Unity", "agrees"],
  ["Dothill", "missing-file"],
  ["Dothill", "missing-file"],
  // From here on `high_availability.rst`.
  ["Barbican keys", "agrees"],
  // It has another name since the process group's is a constant: `cleanup_incomplete_backups_…`.
  ["Backup service", "differs"],
  ["Image cache", "agrees"],
  // Its name has a quote too many.
  ["Throttling", "differs"],
  ["Volume deletion", "agrees"],
  ["Volume deletion request", "agrees"],
  ["Snapshot deletion", "agrees"],
  ["Volume creation", "agrees"],
  ["Attach volume", "agrees"],
  ["Detach volume", "agrees"],
  ["Volume upload image", "agrees"],
  ["Volume extend", "agrees"],
  ["Volume migration", "agrees"],
  ["Volume retype", "agrees"],
];

const FOLDER = "doc/source/contributor";
const DOCUMENTS = ["drivers_locking_examples.rst", "high_availability.rst"];

test("each entry has its verdict and its place", (context) => {
  const checkout = checkoutFor(context);
  if (checkout === undefined) {
    return;
  }
  const { entries } = JSON.parse(catalog(checkout, "--format", "json"));
  assert.deepEqual(
    entries.map(({ title, status }: { title: string; status: string }) => [title, status]),
    VERDICTS,
  );
  for (const { status, sites, functions, source } of entries) {
    assert.equal(sites.length + functions.length === 0, status === "missing-file");
    assert.ok(DOCUMENTS.some((name) => source === `${FOLDER}/${name}`));
  }
});

test("a document that is written from the code drifts no more, and tells of every lock", (context) => {
  const checkout = checkoutFor(context);
  if (checkout === undefined) {
    return;
  }
  for (const name of DOCUMENTS) {
    const path = join(checkout, FOLDER, name);
    writeFileSync(path, catalog(checkout, "--format", "rst", "--document", name));
    assert.equal(catalog(checkout, "--format", "rst", "--document", name), readFileSync(path, "utf8"));
  }
  const { entries, otherFiles } = JSON.parse(catalog(checkout, "--check", "--format", "json"));
  const told = new Set<string>([
    ...entries.flatMap(({ sites }: { sites: { path: string }[] }) => sites.map(({ path }) => path)),
    ...otherFiles.map(({ file }: { file: string }) => file),
  ]);
  const sites: readonly { path: string; function: string; via: string | null }[] = JSON.parse(
    output("list", checkout, "--format", "json"),
  ).sites;
  // The inside of a wrapper is told of where that is applied.
  const isApplied = (name: string) => sites.some(({ via }) => via?.endsWith(`.${name}`) === true);
  assert.deepEqual(
    sites.filter((site) => !told.has(site.path) && !isApplied(site.function)),
    [],
  );
});

/** A checkout with the documents as they are; `undefined` where the test is skipped. */
function checkoutFor(context: TestContext): string | undefined {
  const tree = findTree("cinder");
  const documents = findCinderDocuments();
  const missing = [tree, documents].find((each) => each.kind === "missing");
  if (missing?.kind === "missing" || tree.kind === "missing" || documents.kind === "missing") {
    assert.equal(process.env["CI"], undefined, missing?.reason);
    context.skip(missing?.reason ?? "");
    return undefined;
  }
  if (!tree.version.startsWith("21.3.")) {
    context.skip(`the verdicts are those of 21.3, not of ${tree.version}`);
    return undefined;
  }
  const checkout = scratchFolder(context, {});
  symlinkSync(join(tree.root, "cinder"), join(checkout, "cinder"));
  mkdirSync(join(checkout, FOLDER), { recursive: true });
  for (const name of DOCUMENTS) {
    cpSync(join(documents.folder, `${name}.txt`), join(checkout, FOLDER, name));
  }
  return checkout;
}

function catalog(checkout: string, ...options: readonly string[]): string {
  return output("catalog", checkout, ...options);
}

/** What the command prints; it must find nothing wrong. */
function output(...args: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, ["dist/cli.js", ...args], {
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  assert.equal(status, 0);
  return stdout;
}

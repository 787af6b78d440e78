/** The documented locks held against Cinder 21.3, which Debian packs, with the very documents of that Cinder. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findCinderDocuments, findTree } from "./trees.ts";

/** What each entry is found to be, read in the code by people. */
const VERDICTS = [
  ["LIO target", "agrees"],
  ["NVMET target", "agrees"],
  ["HGST driver", "missing-file"],
  // The name and the scope are the decorators' arguments.
  ["Solidfire driver", "unresolved"],
  ["Infinidat driver", "agrees"],
  // The code spells it `Kaminario-`, and locks are told apart by case.
  ["Kaminario FC driver", "differs"],
  ["Kaminario iSCSI driver", "differs"],
  ["Dell Unity", "agrees"],
  // These take the lock through a wrapper of the driver's own.
  ["Dell Unity", "unresolved"],
  ["Dell Unity", "unresolved"],
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
  ["Volume deletion request", "unresolved"],
  ["Snapshot deletion", "agrees"],
  ["Volume creation", "agrees"],
  ["Attach volume", "agrees"],
  ["Detach volume", "agrees"],
  ["Volume upload image", "unresolved"],
  ["Volume extend", "unresolved"],
  ["Volume migration", "unresolved"],
  ["Volume retype", "unresolved"],
];

const DOCUMENTS = ["drivers_locking_examples.rst", "high_availability.rst"];

test("each entry has its verdict and its place", (context) => {
  const tree = findTree("cinder");
  const documents = findCinderDocuments();
  const missing = [tree, documents].find((each) => each.kind === "missing");
  if (missing?.kind === "missing" || tree.kind === "missing" || documents.kind === "missing") {
    assert.equal(process.env["CI"], undefined, missing?.reason);
    context.skip(missing?.reason ?? "");
    return;
  }
  if (!tree.version.startsWith("21.3.")) {
    context.skip(`the verdicts are those of 21.3, not of ${tree.version}`);
    return;
  }
  const checkout = mkdtempSync(join(tmpdir(), "cinder-locks-catalog-"));
  try {
    symlinkSync(join(tree.root, "cinder"), join(checkout, "cinder"));
    const folder = join(checkout, "doc/source/contributor");
    mkdirSync(folder, { recursive: true });
    for (const name of DOCUMENTS) {
      cpSync(join(documents.folder, `${name}.txt`), join(folder, name));
    }
    const { stdout } = spawnSync(process.execPath, ["dist/cli.js", "catalog", "--format", "json", checkout], {
      encoding: "utf8",
    });
    const { entries } = JSON.parse(stdout);
    assert.deepEqual(
      entries.map(({ title, status }: { title: string; status: string }) => [title, status]),
      VERDICTS,
    );
    for (const { status, sites, functions, source } of entries) {
      assert.equal(sites.length + functions.length === 0, status === "missing-file");
      assert.ok(DOCUMENTS.some((name) => source === `doc/source/contributor/${name}`));
    }
  } finally {
    rmSync(checkout, { recursive: true });
  }
});

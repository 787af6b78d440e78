/** The documented locks held against Cinder 21.3, which Debian packs, with the very documents of that Cinder. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { test } from "node:test";
import { diff } from "../fixture/diff.ts";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { findCinderDocuments, findTree } from "./trees.ts";

const DOTHILL = [
  "cinder/volume/drivers/dothill/dothill_client.py does not exist",
  "the lock is taken in cinder/volume/drivers/stx/client.py",
];

/** What each entry is found to be, and in what it differs; read in the code by people. */
const VERDICTS: readonly (readonly [title: string, status: string, differences?: readonly string[]])[] = [
  ["LIO target", "agrees"],
  ["NVMET target", "agrees"],
  ["HGST driver", "missing-file", ["cinder/volume/drivers/hgst.py does not exist"]],
  // It names the decorators, and calls what they lock by a word of its own.
  ["Solidfire driver", "agrees"],
  ["Infinidat driver", "agrees"],
  // Locks are told apart by case, and what comes behind the dash is a variable of another class.
  ["Kaminario FC driver", "differs", ["the name is Kaminario-{k2_lock_sfx}, not kaminario-{san_ip}"]],
  ["Kaminario iSCSI driver", "differs", ["the name is Kaminario-{k2_lock_sfx}, not kaminario-{san_ip}"]],
  ["Dell Unity", "agrees"],
  // These take the lock through a wrapper of the driver's own.
  ["Dell Unity", "agrees"],
  ["Dell Unity", "agrees"],
  ["Dothill", "missing-file", DOTHILL],
  ["Dothill", "missing-file", DOTHILL],
  // From here on `high_availability.rst`.
  ["Barbican keys", "agrees"],
  [
    "Backup service",
    "differs",
    // The process group is a constant with one of two values.
    ["cleanup_incomplete_backups_", "cleanup_incomplete_backups_{SERVICE_PGRP}"].map(
      (name) => `the name is ${name}, not backup-pgid-{process-group-id}`,
    ),
  ],
  ["Image cache", "agrees"],
  // Its name has a quote too many.
  ["Throttling", "differs", ["the name is BlkioCgroup, not 'BlkioCgroup"]],
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

/** The other files that do not take locks any more; those that are there say `synchronized` of replicas only. */
const FILES_WITHOUT_LOCKS = [
  ["cinder/volume/drivers/dell_emc/vmax/common.py", "missing-file"],
  ["cinder/volume/drivers/dell_emc/vmax/masking.py", "missing-file"],
  ["cinder/volume/drivers/dell_emc/vmax/provision.py", "missing-file"],
  ["cinder/volume/drivers/dell_emc/vmax/rest.py", "missing-file"],
  ["cinder/volume/drivers/dell_emc/vmax/utils.py", "missing-file"],
  ["cinder/volume/drivers/fujitsu/eternus_dx_common.py", "missing-file"],
  ["cinder/volume/drivers/hpe/hpe_3par_common.py", "no-locks"],
  ["cinder/volume/drivers/hpe/hpe_lefthand_iscsi.py", "missing-file"],
  ["cinder/volume/drivers/ibm/ibm_storage/xiv_proxy.py", "no-locks"],
  ["cinder/volume/drivers/ibm/storwize_svc/storwize_const.py", "no-locks"],
  ["cinder/volume/drivers/inspur/instorage/instorage_const.py", "no-locks"],
];

/** The lines of the documents that drifted, and nothing else. */
const DRIFTED_LINES = {
  "drivers_locking_examples.rst": [
    "HGST driver:",
    "  - Lock scope: Process.",
    "  - Critical section: Create volume operation.",
    "  - Lock name: `'hgst'devices'`.",
    "  - Where: `create_volume` method.",
    "  - File: `cinder/volume/drivers/hgst.py`.",
    "",
    "  - Lock name: `kaminario-{san_ip}`.",
    "  - Lock name: `kaminario-{san_ip}`.",
    // Both are taken in another file now.
    "  - File: `cinder/volume/drivers/dothill/dothill_client.py`.",
    "  - File: `cinder/volume/drivers/dothill/dothill_client.py`.",
    ...FILES_WITHOUT_LOCKS.map(([file]) => `- \`${file}\``),
  ],
  "high_availability.rst": [
    "  - Lock name: `backup-pgid-{process-group-id}`.",
    "  - Lock name: `''BlkioCgroup'`.",
  ],
} as const;

const FOLDER = "doc/source/contributor";
const DOCUMENTS = ["drivers_locking_examples.rst", "high_availability.rst"] as const;

interface CatalogJson {
  readonly entries: readonly {
    readonly title: string;
    readonly status: string;
    readonly differences: readonly string[];
    readonly sites: readonly Place[];
    readonly functions: readonly Place[];
    readonly source: string;
  }[];
  readonly otherFiles: readonly { readonly file: string; readonly status: string }[];
}

interface Place {
  readonly path: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

test("each entry has its verdict and its place", (context) => {
  const checkout = checkoutFor(context);
  if (checkout === undefined) {
    return;
  }
  const { entries, otherFiles }: CatalogJson = JSON.parse(catalog(checkout, "--format", "json"));
  assert.deepEqual(
    entries.map(({ title, status, differences }) => [title, status, differences]),
    VERDICTS.map(([title, status, differences = []]) => [title, status, differences]),
  );
  for (const { status, sites, functions, source } of entries) {
    assert.equal(sites.length + functions.length === 0, status === "missing-file");
    assert.ok(DOCUMENTS.some((name) => source === `${FOLDER}/${name}`));
  }
  assert.deepEqual(
    otherFiles.filter(({ status }) => status !== "locks").map(({ file, status }) => [file, status]),
    FILES_WITHOUT_LOCKS,
  );
});

test("a document that is written from the code differs in what drifted, and tells of every lock", (context) => {
  const checkout = checkoutFor(context);
  if (checkout === undefined) {
    return;
  }
  for (const name of DOCUMENTS) {
    const path = join(checkout, FOLDER, name);
    const before = readFileSync(path, "utf8");
    const after = catalog(checkout, "--format", "rst", "--document", name);
    assert.deepEqual(linesLost(before, after), DRIFTED_LINES[name]);
    writeFileSync(path, after);
    assert.equal(catalog(checkout, "--format", "rst", "--document", name), after);
  }
  const { entries, otherFiles }: CatalogJson = JSON.parse(catalog(checkout, "--check", "--format", "json"));
  const placeOf = ({ path, range: { start } }: Place) => `${path} ${start.line} ${start.character}`;
  const told = new Set(entries.flatMap(({ sites }) => sites.map(placeOf)));
  const mentioned = new Set(otherFiles.map(({ file }) => file));
  const sites: readonly (Place & { readonly function: string; readonly via: string | null })[] = JSON.parse(
    output("list", checkout, "--format", "json"),
  ).sites;
  // The inside of a wrapper is told of where that is applied.
  const isApplied = (name: string) => sites.some(({ via }) => via !== null && name === lastWord(via));
  assert.deepEqual(
    sites.filter(
      (site) =>
        !told.has(placeOf(site)) && !mentioned.has(site.path) && !site.function.split(".").some(isApplied),
    ),
    [],
  );
});

function lastWord(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

/** The lines that only the first text has. */
function linesLost(before: string, after: string): readonly string[] {
  return diff(before, after)
    .split("\n")
    .flatMap((line) => (line.startsWith("-") ? line.slice(1) : []));
}

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

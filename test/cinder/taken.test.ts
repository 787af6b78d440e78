/**
 * The locks of decorated functions, those of wrappers among them, against what is taken when Python calls the functions
 * (`taken.py`): Debian's Cinder, and Manila unpacked beside what Cinder has installed.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { comparedByPython, findInstalledCinder } from "./python.ts";
import { findTree } from "./trees.ts";

type Kind = "agree" | "by instance" | "left open" | "disagree" | "missed" | "not called" | "wrapped";

/** What these enter is passed to the object by who makes it, and need not be a lock: `kwargs.get('semaphore', …)`. */
const ENTERS_WHAT_IT_IS_GIVEN = [
  "cinder.backup.manager BackupManager.create_backup: [('object', '{self._semaphore}')]",
  "cinder.backup.manager BackupManager.restore_backup: [('object', '{self._semaphore}')]",
];

/** Names of which we tell less than Python: they come from the process, or from another function's caller. */
const LEFT_OPEN = {
  cinder: [
    "cinder/backup/manager.py BackupManager._cleanup_incomplete_backup_operations",
    "cinder/volume/drivers/netapp/dataontap/nfs_base.py NetAppNfsDriver._delete_files_till_bytes_free._do_delete",
    "cinder/volume/drivers/netapp/dataontap/nfs_base.py NetAppNfsDriver._do_clone_rel_img_cache._do_clone",
    "cinder/volume/drivers/netapp/dataontap/nfs_base.py NetAppNfsDriver._move_nfs_file._move_file",
  ],
  manila: ["manila/share/drivers/glusterfs/__init__.py GaneshaNFSHelper.init_helper._init_helper"],
};

test("what Cinder takes when it is called is what is listed", (context) => {
  const installed = findInstalledCinder(context);
  if (installed === undefined || !isOfVersion(context, installed.version, "21.3.")) {
    return;
  }
  const result = comparedByPython<Kind>(context, "test/cinder/taken.py", "cinder", installed.root);
  assert.deepEqual(result.disagree, []);
  assert.deepEqual(result.missed, ENTERS_WHAT_IT_IS_GIVEN);
  assert.deepEqual(result["not called"], []);
  assert.deepEqual(functionsOf(result["left open"]), LEFT_OPEN.cinder);
  assert.ok(300 < result.agree.length, `only ${result.agree.length} agree`);
});

test("what Manila takes when it is called is what is listed", (context) => {
  const tree = findTree("manila");
  if (tree.kind === "missing") {
    assert.equal(process.env["CI"], undefined, tree.reason);
    context.skip(tree.reason);
    return;
  }
  // Manila is not installed; nearly all that it imports comes with Cinder.
  if (findInstalledCinder(context) === undefined || !isOfVersion(context, tree.version, "15.1.")) {
    return;
  }
  const result = comparedByPython<Kind>(context, "test/cinder/taken.py", "manila", tree.root);
  assert.deepEqual(result.disagree, []);
  assert.deepEqual(result.missed, []);
  assert.deepEqual(result["not called"], []);
  assert.deepEqual(functionsOf(result["left open"]), LEFT_OPEN.manila);
  assert.ok(80 < result.agree.length, `only ${result.agree.length} agree`);
});

/** What is left open, and how much is compared, is told of one version. */
function isOfVersion(context: TestContext, version: string, wanted: string): boolean {
  if (!version.startsWith(wanted)) {
    context.skip(`what is expected is that of ${wanted}*, not of ${version}`);
  }
  return version.startsWith(wanted);
}

/** `path function of Class: …` without what follows the function. */
function functionsOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.split(" ").slice(0, 2).join(" ")).sort();
}

// Which files are a project together, and what stays as it was when some of them change. `checkouts.md` tells what follows.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FilePath } from "../../server/src/facts/model.ts";
import { outlineOf } from "../../server/src/facts/outline.ts";
import {
  asOne,
  type Checkouts,
  checkoutsAfter,
  importRootOf,
  NO_CHECKOUTS,
  rootFor,
} from "../../server/src/project/checkouts.ts";
import { applyChanges, type FileChange, originsOf } from "../../server/src/project/project-index.ts";

function pathOf(path: string): FilePath {
  return path as FilePath;
}

/** A module that Python imports from a folder. */
function file(root: string, module: string, text = ""): FileChange {
  const origin = { path: pathOf(`${root}${module.replaceAll(".", "/")}.py`), module };
  return { kind: "lockless", outline: outlineOf(origin, text) };
}

function removed(path: string): FileChange {
  return { kind: "removed", path: pathOf(path) };
}

function changed(checkouts: Checkouts, ...changes: readonly FileChange[]): Checkouts {
  return checkoutsAfter(checkouts, applyChanges(checkouts.all, changes));
}

function pathsBy({ projects }: Checkouts): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...projects].map(([root, project]) => [root, originsOf(project).map(({ path }) => path)]),
  );
}

const TWO = changed(
  NO_CHECKOUTS,
  file("/w/one/", "cinder.utils"),
  file("/w/two/", "cinder.utils"),
  file("/w/two/tools/", "acme"),
);

describe("checkouts", () => {
  test("one is a project with all that lies around it, and another service's", () => {
    const { all, projects } = changed(
      NO_CHECKOUTS,
      file("/w/one/", "cinder.utils"),
      file("/w/two/", "manila.utils"),
      file("/w/three/", "acme.utils"),
      file("/w/four/", "acme.utils"),
    );
    assert.deepEqual([...projects.keys()], [""]);
    assert.equal(projects.get(""), all);
  });

  test("two of one service are projects, each with what lies in it", () => {
    assert.deepEqual(pathsBy(TWO), {
      "/w/one/": ["/w/one/cinder/utils.py"],
      "/w/two/": ["/w/two/cinder/utils.py", "/w/two/tools/acme.py"],
    });
  });

  test("beside two of one service another's is a project, too", () => {
    assert.deepEqual(
      [...changed(TWO, file("/w/three/", "manila.utils")).projects.keys()],
      ["/w/one/", "/w/three/", "/w/two/"],
    );
  });

  test("an edit in one keeps the other one", () => {
    const { projects } = changed(TWO, file("/w/two/", "cinder.utils", "PREFIX = 'acme'"));
    assert.equal(projects.get("/w/one/"), TWO.projects.get("/w/one/"));
    assert.notEqual(projects.get("/w/two/"), TWO.projects.get("/w/two/"));
  });

  test("what comes and goes does so in its own", () => {
    const more = changed(TWO, file("/w/one/", "cinder.service"), removed("/w/two/tools/acme.py"));
    assert.deepEqual(pathsBy(more), {
      "/w/one/": ["/w/one/cinder/service.py", "/w/one/cinder/utils.py"],
      "/w/two/": ["/w/two/cinder/utils.py"],
    });
  });

  test("when all but one are gone, all is one project again", () => {
    const { all, projects } = changed(TWO, removed("/w/one/cinder/utils.py"));
    assert.deepEqual([...projects.keys()], [""]);
    assert.equal(projects.get(""), all);
  });

  test("a folder that becomes a package moves what lies in it", () => {
    const path = "/w/one/cinder/utils.py";
    const moved = changed(TWO, {
      kind: "lockless",
      outline: outlineOf({ path: pathOf(path), module: "one.cinder.utils" }, ""),
    });
    assert.deepEqual([...moved.projects.keys()], [""]);
  });

  test("all as one have all files", () => {
    assert.deepEqual(originsOf(asOne(TWO.projects)), originsOf(TWO.all));
  });
});

describe("the root for a file", () => {
  const ROOTS = ["/w/", "/w/build/lib/", "/w/build/lib-2/"];

  for (const [path, root] of [
    ["/w/cinder/utils.py", "/w/"],
    ["/w/build/setup.py", "/w/"],
    ["/w/build/lib/cinder/utils.py", "/w/build/lib/"],
    ["/w/build/lib-2/cinder/utils.py", "/w/build/lib-2/"],
    ["/elsewhere/acme.py", "/w/"],
  ] as const) {
    test(`is ${root} for ${path}`, () => {
      assert.equal(rootFor(ROOTS, pathOf(path)), root);
    });
  }

  for (const [path, module, root] of [
    ["/w/cinder/volume/manager.py", "cinder.volume.manager", "/w/"],
    ["/w/cinder/volume/__init__.py", "cinder.volume", "/w/"],
    ["/w/setup.py", "setup", "/w/"],
    ["/setup.py", "setup", "/"],
    ["setup.py", "setup", ""],
  ] as const) {
    test(`from which Python imports ${path} is "${root}"`, () => {
      assert.equal(importRootOf({ path: pathOf(path), module }), root);
    });
  }
});

// What is found below a folder, what is left alone, and what is said of the rest?
import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { discover, reasonOf, wouldDiscover } from "../../server/src/workspace/discover.ts";
import { makePipe } from "./pipes.ts";
import { type Files, scratchFolder } from "./scratch-folder.ts";

function empty(...paths: readonly string[]): Files {
  return Object.fromEntries(paths.map((path) => [path, ""]));
}

/** The Python files found, by path below the folder. Whatever is found, `wouldDiscover` says so, and of nothing else. */
function found(folder: string, options = { skipTests: false }): readonly string[] {
  const { pythonFiles, problems } = discover(folder, options);
  assert.deepEqual(problems, []);
  for (const path of pythonFiles) {
    assert.ok(wouldDiscover(folder, path), path);
  }
  return pythonFiles.map((path) => relative(folder, path));
}

function leavesOut(t: TestContext, ...paths: readonly string[]): void {
  const folder = scratchFolder(t, empty("kept.py", ...paths));
  assert.deepEqual(found(folder), ["kept.py"]);
  for (const path of paths.filter((each) => each.endsWith(".py"))) {
    assert.equal(wouldDiscover(folder, join(folder, path)), false, path);
  }
}

describe("discover", () => {
  test("finds Python files however deep, sorted by their whole paths", (t) => {
    const paths = ["z.py", "a/b/c/d.py", "a.py", "a-b.py", "a/z.py", "B.py", "é.py", "a b/c.py"];
    const folder = scratchFolder(t, empty(...paths, "a/notes.txt", "a/script", "a/x.pyi", "py"));
    assert.deepEqual(found(folder), [...paths].sort());
  });

  test("leaves out what is hidden", (t) => {
    leavesOut(t, ".tox/x.py", ".git/hooks/x.py", ".hidden.py", "a/._x.py", "a/.venv/lib/x.py");
  });

  test("leaves out caches and other people's packages", (t) => {
    leavesOut(t, "node_modules/gyp/x.py", "a/__pycache__/x.py");
  });

  test("leaves out Python environments, whatever their name", (t) => {
    leavesOut(t, "env/pyvenv.cfg", "env/lib/x.py", "tools/py/pyvenv.cfg", "tools/py/deep/er/x.py");
  });

  test("reads what it is asked for, though it would have left it out", (t) => {
    const folder = scratchFolder(t, empty(".hidden/env/pyvenv.cfg", ".hidden/env/x.py"));
    assert.deepEqual(found(join(folder, ".hidden/env")), ["x.py"]);
  });

  test("skips a package's own tests only if it is told to, and no other folder of that name", (t) => {
    const paths = [
      "cinder/__init__.py",
      "cinder/tests/__init__.py",
      "cinder/tests/unit/x.py",
      "cinder/volume/__init__.py",
      "cinder/volume/tests/x.py",
      "tests/x.py",
    ];
    const folder = scratchFolder(t, empty(...paths));
    assert.deepEqual(found(folder), paths);
    assert.deepEqual(found(folder, { skipTests: true }), [paths[0], ...paths.slice(3)]);
    assert.deepEqual(found(join(folder, "cinder/tests"), { skipTests: true }), ["__init__.py", "unit/x.py"]);
  });

  test("gives absolute paths for a relative folder, with the document of locks", (t) => {
    const document = "doc/source/contributor/drivers_locking_examples.rst";
    const folder = scratchFolder(
      t,
      empty("a.py", document, "doc/source/contributor/other.rst", `nested/${document}`),
    );
    assert.deepEqual(discover(relative(process.cwd(), folder), { skipTests: false }), {
      pythonFiles: [join(folder, "a.py")],
      catalogDocuments: [join(folder, document), join(folder, "nested", document)],
      problems: [],
    });
  });
});

describe("links", () => {
  test("to files and folders are followed", (t) => {
    const folder = scratchFolder(t, empty("inside/a.py", "target.txt"));
    const outside = scratchFolder(t, empty("b.py"));
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync("target.txt", join(folder, "link.py"));
    assert.deepEqual(found(folder), ["inside/a.py", "link.py", "linked/b.py"]);
  });

  test("in circles end, and every folder is read once", (t) => {
    const folder = scratchFolder(t, empty("a/b/x.py"));
    symlinkSync("..", join(folder, "a/b/up"));
    symlinkSync(folder, join(folder, "a/top"));
    symlinkSync(".", join(folder, "self"));
    assert.deepEqual(found(folder), ["a/b/x.py"]);
  });

  test("to nowhere are a problem only if they are named like Python files", (t) => {
    const folder = scratchFolder(t, empty("a.py"));
    symlinkSync("gone", join(folder, "nowhere"));
    symlinkSync("gone", join(folder, ".#a.py"));
    symlinkSync("gone", join(folder, "node_modules"));
    symlinkSync("round", join(folder, "round"));
    assert.deepEqual(found(folder), ["a.py"]);
    symlinkSync("gone", join(folder, "nowhere.py"));
    symlinkSync("round.py", join(folder, "round.py"));
    assert.deepEqual(discover(folder, { skipTests: false }), {
      pythonFiles: [join(folder, "a.py")],
      catalogDocuments: [],
      problems: [
        { path: join(folder, "nowhere.py"), reason: "does not exist" },
        { path: join(folder, "round.py"), reason: "its links lead in a circle" },
      ],
    });
  });
});

describe("problems", () => {
  test("a folder that does not exist, or is none", (t) => {
    const folder = scratchFolder(t, empty("a.py"));
    for (const [name, reason] of [
      ["gone", "does not exist"],
      ["a.py", "no such folder"],
      ["a.py/deeper", "no such folder"],
    ] as const) {
      const path = join(folder, name);
      assert.deepEqual(discover(path, { skipTests: false }).problems, [{ path, reason }]);
    }
  });

  test("pipes and devices are not read, as they may never end", (t) => {
    const folder = scratchFolder(t, empty("a.py"));
    const problems: { path: string; reason: string }[] = [];
    const expect = (name: string) =>
      problems.push({ path: join(folder, name), reason: "is neither a file nor a folder" });
    if (existsSync("/dev/zero")) {
      symlinkSync("/dev/zero", join(folder, "device.py"));
      expect("device.py");
    } else {
      process.stdout.write("devices: not tested, as this system has no /dev/zero\n");
    }
    const contributor = join(folder, "doc/source/contributor");
    mkdirSync(contributor, { recursive: true });
    if (makePipe(join(folder, "pipe.py")) && makePipe(join(contributor, "drivers_locking_examples.rst"))) {
      expect("pipe.py");
    }
    const result = discover(folder, { skipTests: false });
    assert.deepEqual(result, { pythonFiles: [join(folder, "a.py")], catalogDocuments: [], problems });
  });

  for (const [code, message, words] of [
    ["EACCES", "EACCES: permission denied, open '/root/x'", "permission denied"],
    ["EPERM", "EPERM: operation not permitted, open '/root/x'", "permission denied"],
    ["EISDIR", "EISDIR: illegal operation on a directory, read", "is a folder"],
    ["EIO", "EIO: i/o error, open '/mnt/it, really'", "EIO: i/o error"],
    ["ENOSPC", "ENOSPC: no space left on device, write", "ENOSPC: no space left on device"],
  ] as const) {
    test(`${code} in words`, () => {
      assert.equal(reasonOf(Object.assign(new Error(message), { code })), words);
    });
  }

  test("anything else in its own words", () => {
    assert.equal(reasonOf(new Error("out of luck, again")), "out of luck, again");
    assert.equal(reasonOf("out of luck"), "out of luck");
  });
});

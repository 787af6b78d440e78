// Whatever PATH leads to, is it read, or is it said in one line why not?
import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makePipe } from "../workspace/pipes.ts";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { assertRefused, type Outcome, run } from "./process.ts";
import { PROJECT } from "./project.ts";

const LOCK = "from cinder import utils\n\n\n@utils.synchronized('lock-é')\ndef f():\n    pass\n";

function sitesIn(outcome: Outcome): readonly string[] {
  const { sites } = JSON.parse(outcome.stdout) as {
    readonly sites: readonly {
      readonly path: string;
      readonly names: readonly { readonly template: string }[];
    }[];
  };
  return sites.map(({ path, names }) => `${path} ${names.map(({ template }) => template).join()}`);
}

describe("a path that cannot be read", () => {
  test("does not exist", (t) => {
    const folder = scratchFolder(t, { "a.py": "" });
    for (const [path, reason] of [
      ["gone", "does not exist"],
      ["gone/deeper", "does not exist"],
      ["a.py/deeper", "no such folder"],
    ] as const) {
      for (const command of ["list", "check", "catalog"]) {
        assertRefused(run([command, path], { cwd: folder }), `${path}: ${reason}`);
      }
    }
  });

  test("holds what a terminal would obey", (t) => {
    const folder = scratchFolder(t, {});
    assertRefused(run(["list", "two\nlines\u001b[31m"], { cwd: folder }), "two?lines?[31m: does not exist");
  });

  test("is longer than any", (t) => {
    const long = "x".repeat(5000);
    assertRefused(run(["list", long], { cwd: scratchFolder(t, {}) }), `${long}: ENAMETOOLONG: name too long`);
  });

  test("is a link that leads nowhere, or in a circle", (t) => {
    const folder = scratchFolder(t, {});
    symlinkSync("gone", join(folder, "nowhere.py"));
    symlinkSync("circle.py", join(folder, "circle.py"));
    assertRefused(run(["list", "nowhere.py"], { cwd: folder }), "nowhere.py: does not exist");
    assertRefused(run(["list", "circle.py"], { cwd: folder }), "circle.py: its links lead in a circle");
  });

  test("is a pipe, which is not waited for", (t) => {
    const folder = scratchFolder(t, {});
    if (makePipe(join(folder, "pipe.py"))) {
      assertRefused(run(["list", "pipe.py"], { cwd: folder }), "pipe.py: is neither a file nor a folder");
    }
  });
});

describe("a folder in which something cannot be read", () => {
  test("the rest is read, each trouble is a line, and the exit code tells", (t) => {
    const folder = scratchFolder(t, { "cinder/a.py": LOCK, "cinder/z.py": LOCK });
    symlinkSync("gone.py", join(folder, "cinder/nowhere.py"));
    symlinkSync("circle.py", join(folder, "cinder/circle.py"));
    const hasPipe = makePipe(join(folder, "cinder/pipe.py"));
    for (const from of [folder, "/"]) {
      const prefix = from === folder ? "" : `${folder.slice(1)}/`;
      const outcome = run(["list", folder, "--format", "json"], { cwd: from });
      assert.equal(outcome.code, 2);
      assert.deepEqual(sitesIn(outcome), ["cinder/a.py lock-é", "cinder/z.py lock-é"]);
      assert.deepEqual(outcome.stderr.split("\n").sort(), [
        "",
        `cinder-locks: ${prefix}cinder/circle.py: its links lead in a circle`,
        `cinder-locks: ${prefix}cinder/nowhere.py: does not exist`,
        ...(hasPipe ? [`cinder-locks: ${prefix}cinder/pipe.py: is neither a file nor a folder`] : []),
      ]);
    }
  });

  test("even with findings the code is 2, and never with --fail-on never", (t) => {
    const folder = scratchFolder(t, PROJECT);
    symlinkSync("gone.py", join(folder, "nowhere.py"));
    const outcome = run(["check", folder]);
    assert.equal(outcome.code, 2);
    assert.match(outcome.stdout, /1 error, 1 warning\n$/);
    assert.equal(run(["check", folder, "--fail-on", "never"]).code, 2);
  });

  test("links to nowhere that are no Python, and editors' own, trouble nobody", (t) => {
    const folder = scratchFolder(t, { "a.py": LOCK });
    symlinkSync("gone", join(folder, "latest"));
    symlinkSync("root@host.1234", join(folder, ".#a.py"));
    const outcome = run(["list", folder, "--format", "json"]);
    assert.deepEqual({ code: outcome.code, stderr: outcome.stderr }, { code: 0, stderr: "" });
  });

  test("without Python files", (t) => {
    const folder = scratchFolder(t, { "README.md": "# Nothing", "empty/": "" });
    assert.deepEqual(run(["check", "."], { cwd: folder }), {
      code: 0,
      stdout: "no findings\n",
      stderr: "cinder-locks: note: .: no Python files\n",
    });
  });
});

describe("what is read", () => {
  test("a folder named like a file", (t) => {
    const folder = scratchFolder(t, { "x.py/inner.py": LOCK });
    assert.deepEqual(sitesIn(run(["list", join(folder, "x.py"), "--format", "json"])), ["inner.py lock-é"]);
    assert.deepEqual(sitesIn(run(["list", folder, "--format", "json"])), ["x.py/inner.py lock-é"]);
  });

  test("an empty file", (t) => {
    const folder = scratchFolder(t, { "empty.py": "" });
    const expected = { code: 0, stdout: "no findings\n", stderr: "" };
    assert.deepEqual(run(["check", join(folder, "empty.py")]), expected);
    assert.deepEqual(run(["check", folder]), expected);
  });

  test("a single file, whose paths are relative to its folder", (t) => {
    const folder = scratchFolder(t, PROJECT);
    const outcome = run(["check", join(folder, "cinder/volume/acme.py")]);
    assert.equal(outcome.code, 1);
    assert.match(outcome.stdout, /^acme\.py:10:39: error: .+ \[unknown-name-field\]\n1 error\n$/);
    assert.deepEqual(run(["check", "acme.py"], { cwd: join(folder, "cinder/volume") }), outcome);
  });

  for (const [age, signature, code] of [
    ["old", "lock_name, blocking=True, coordinator=None", 0],
    ["new", "*lock_names, blocking=True, coordinator=None", 1],
  ] as const) {
    test(`a single file of an ${age} checkout is understood by it`, (t) => {
      const folder = scratchFolder(t, {
        ...PROJECT,
        "cinder/coordination.py": `def synchronized(${signature}):\n    pass\n`,
        "cinder/flag.py":
          "from cinder import coordination\n\n\n@coordination.synchronized('x', False)\ndef f():\n    pass\n",
      });
      const outcome = run(["check", join(folder, "cinder/flag.py")]);
      assert.equal(outcome.code, code);
      assert.equal(outcome.stdout.includes("misplaced-lock-option"), code === 1);
    });
  }

  test("the project's own tests, if they are asked for by name or flag", (t) => {
    const folder = scratchFolder(t, PROJECT);
    const testFile = "cinder/tests/test_acme.py";
    for (const [args, found] of [
      [["."], []],
      [["cinder"], []],
      [[".", "--tests"], [testFile]],
      [["cinder", "--tests"], [testFile.slice("cinder/".length)]],
      [["cinder/tests"], ["test_acme.py"]],
      [[testFile], ["test_acme.py"]],
    ] as const) {
      const { stdout } = run(["check", ...args], { cwd: folder });
      const lines = stdout.split("\n").filter((line) => line.includes("test_acme.py"));
      assert.deepEqual(
        lines.map((line) => line.split(": ")[0]),
        found.map((path) => `${path}:4:35`),
        args.join(" "),
      );
    }
  });

  test("a syntax error in the middle of a file", (t) => {
    const broken = `${LOCK}\n\ndef broken(:\n    x = [1, (2\n\n\n${LOCK.replace("lock-é", "second")}`;
    const folder = scratchFolder(t, { "a.py": broken });
    const outcome = run(["list", folder, "--format", "json"]);
    assert.deepEqual(sitesIn(outcome), ["a.py lock-é", "a.py second"]);
    assert.deepEqual({ code: outcome.code, stderr: outcome.stderr }, { code: 0, stderr: "" });
  });

  test("a file of 5 MB", (t) => {
    const filler = "def filler(self):\n    return {'key': [1, 2, 3]}\n\n\n".repeat(50_000);
    const folder = scratchFolder(t, { "huge.py": `${filler}${LOCK}${filler}` });
    assert.deepEqual(sitesIn(run(["list", join(folder, "huge.py"), "--format", "json"])), ["huge.py lock-é"]);
  });

  for (const [what, text, encoding, note, template] of [
    ["UTF-8 with a byte order mark", `\ufeff${LOCK}`, "utf8", undefined, "lock-é"],
    [
      "another encoding, which is declared",
      `# -*- coding: latin-1 -*-\n${LOCK}`,
      "latin1",
      "read as latin-1",
      "lock-é",
    ],
    ["another encoding, which is not", LOCK, "latin1", "the bytes that are not are replaced", "lock-\ufffd"],
    [
      "an encoding that nobody knows",
      `# coding: klingon\n${LOCK}`,
      "latin1",
      "the bytes that are not are replaced",
      "lock-\ufffd",
    ],
  ] as const) {
    test(what, (t) => {
      const folder = scratchFolder(t, { "a.py": Buffer.from(text, encoding) });
      const outcome = run(["list", "a.py", "--format", "json"], { cwd: folder });
      assert.equal(outcome.code, 0);
      assert.deepEqual(sitesIn(outcome), [`a.py ${template}`]);
      assert.equal(
        outcome.stderr,
        note === undefined ? "" : `cinder-locks: note: a.py: not UTF-8: ${note}\n`,
      );
    });
  }

  test("bytes that are no text", (t) => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, at) => (at * 7919) % 256);
    const folder = scratchFolder(t, { "a.py": Buffer.concat([Buffer.from(LOCK), bytes]) });
    const outcome = run(["list", folder, "--format", "json"]);
    assert.equal(outcome.code, 0);
    assert.equal(sitesIn(outcome).length, 1);
  });
});

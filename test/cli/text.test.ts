// What do people read? The texts as a whole, on a small checkout.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { describe, test } from "node:test";
import { version } from "../../package.json";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { PROGRAM, run } from "./process.ts";
import { DOCUMENTED, GUARDED, PROJECT, WORDS } from "./project.ts";

const LIST = `global (3)
  acme-{volum.id}
    cinder/volume/acme.py:10  AcmeDriver.shrink  @coordination.synchronized
  acme-{volume.id} + acme-{snapshot[id]}
    cinder/volume/acme.py:6  AcmeDriver.extend  @coordination.synchronized
  unknown: self.lock_name()
    cinder/volume/acme.py:13  AcmeDriver.shrink.inner  with coordination.get_lock

node (1)
  acme-pool
    cinder/volume/acme.py:17  AcmeDriver.create_pool  @utils.synchronized

process (3)
  acme-pool
    cinder/volume/replica.py:4  (module)  acquire lockutils.internal_lock
    cinder/volume/replica.py:8  delete_pool  @utils.synchronized
  replica
    cinder/volume/replica.py:5  (module)  call utils.synchronized

unknown (1)
  x
    cinder/volume/replica.py:10  delete_pool  with lockutils.lock

8 lock sites in 2 files
`;

const CHECK = `cinder/volume/acme.py:10:39: error: ${WORDS.field} [unknown-name-field]
cinder/volume/acme.py:17:25: warning: ${WORDS.scope} [mixed-scope]
    cinder/volume/replica.py:4: ${WORDS.oneOther}
    cinder/volume/replica.py:8: ${WORDS.another}
1 error, 1 warning
`;

const CATALOG = `Documented locks, from doc/source/contributor/drivers_locking_examples.rst

Acme driver  node  acme-{volume.id}
  differs: the scope is global, not node
    cinder/volume/acme.py:6  AcmeDriver.extend
Replica driver  process  replica
  missing-function: replicate does not exist; the lock is taken in <module>
`;

const LIST_ALL = `global (1)
  acme-{volume.id}
    cinder/volume/acme.py:8  extend  @coordination.synchronized

status (2)
  cinder/volume/acme.py:5  reset  conditional_update
  cinder/volume/api.py:3  API.delete  conditional_update
    status: 'available'

1 lock sites and 2 guards on a status in 2 files
`;

describe("text", () => {
  test("list --all", (t) => {
    const { stdout } = run(["list", scratchFolder(t, GUARDED), "--all"]);
    assert.equal(stdout, LIST_ALL);
  });

  for (const [command, files, code, expected] of [
    ["list", PROJECT, 0, LIST],
    ["check", PROJECT, 1, CHECK],
    ["catalog", DOCUMENTED, 0, CATALOG],
  ] as const) {
    test(`${command} of a folder, of the current one, and of one from elsewhere`, (t) => {
      const folder = scratchFolder(t, files);
      const outcome = { code, stdout: expected, stderr: "" };
      assert.deepEqual(run([command, folder]), outcome);
      assert.deepEqual(run([command], { cwd: folder }), outcome);
      assert.deepEqual(run([command, "."], { cwd: folder }), outcome);
      assert.deepEqual(run([command, "../.."], { cwd: `${folder}/cinder/volume` }), outcome);
      assert.deepEqual(run([command, `${relative(process.cwd(), folder)}/`]), outcome);
    });
  }

  test("nothing found is said, too", (t) => {
    const folder = scratchFolder(t, { "cinder/__init__.py": "" });
    assert.deepEqual(run(["list", folder]), { code: 0, stdout: "0 lock sites in 0 files\n", stderr: "" });
    assert.deepEqual(run(["check", folder]), { code: 0, stdout: "no findings\n", stderr: "" });
  });

  test("explain tells why, what is bad, what is good and how to silence", () => {
    const { code, stdout, stderr } = run(["explain", "quoted-name-key"]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(
      stdout,
      /^quoted-name-key \(error\)\n\n.+\n\n.+\n\nBad\n {4}from cinder .+\nGood\n {4}from cinder .+\nTo silence it\n {2}# cinder-locks: ignore\[quoted-name-key\] reason .+\n {2}"cinderLocks\.rules": \{ "quoted-name-key": "off" \}.+\n$/s,
    );
  });

  test("--help names all commands and rules, wherever it stands", () => {
    const help = run(["--help"]);
    assert.deepEqual({ ...help, stdout: "" }, { code: 0, stdout: "", stderr: "" });
    for (const word of ["list", "check", "catalog", "explain", "lsp --stdio", "--fail-on", "mixed-scope"]) {
      assert.ok(help.stdout.includes(word), word);
    }
    for (const args of [["-h"], ["help"], ["list", "--help"], ["check", "nowhere", "-h"]]) {
      assert.deepEqual(run(args), help);
    }
  });

  test("--version is the package's", () => {
    assert.deepEqual(run(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("colors", () => {
  // The program of util-linux that gives another one a terminal.
  const maker = "script";
  const hasTerminals = spawnSync(maker, ["--version"]).status === 0;
  if (!hasTerminals) {
    process.stdout.write("colors: not tested, as there is no `script` here to make a terminal\n");
  }

  /** Runs it on a terminal of its own and returns what appears there. */
  function onTerminal(folder: string, env: Readonly<Record<string, string>>): string {
    const { NO_COLOR: _, ...inherited } = process.env;
    const command = `'${process.execPath}' '${PROGRAM}' check '${folder}'`;
    const { stdout } = spawnSync(maker, ["-qec", command, "/dev/null"], {
      encoding: "utf8",
      env: { ...inherited, TERM: "xterm", ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    return stdout.replaceAll("\r\n", "\n");
  }

  const red = "\u001b[31merror\u001b[39m";

  if (hasTerminals) {
    test("are for terminals", (t) => {
      const folder = scratchFolder(t, PROJECT);
      assert.ok(onTerminal(folder, {}).includes(red));
      assert.ok(onTerminal(folder, { NO_COLOR: "" }).includes(red), "an empty NO_COLOR counts as none");
    });

    test("and not even there with NO_COLOR", (t) => {
      assert.equal(onTerminal(scratchFolder(t, PROJECT), { NO_COLOR: "1" }), CHECK);
    });
  }
});

// Do scripts learn from the exit code what they must know, and people from one line what they did wrong?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { assertRefused, run } from "./process.ts";
import { PROJECT } from "./project.ts";

const ERROR = PROJECT;
const WARNING = {
  ...PROJECT,
  "cinder/volume/acme.py": String(PROJECT["cinder/volume/acme.py"]).replace("volum.id", "volume.id"),
};
const NOTHING = { ...PROJECT, "cinder/volume/acme.py": "" };

describe("check --fail-on", () => {
  for (const [level, onError, onWarning] of [
    ["error", 1, 0],
    ["warning", 1, 1],
    ["information", 1, 1],
    ["hint", 1, 1],
    ["never", 0, 0],
  ] as const) {
    test(`${level}: ${onError} for an error, ${onWarning} for a warning, 0 for nothing`, (t) => {
      for (const [files, code] of [
        [ERROR, onError],
        [WARNING, onWarning],
        [NOTHING, 0],
      ] as const) {
        const folder = scratchFolder(t, files);
        assert.equal(run(["check", folder, "--fail-on", level]).code, code);
        assert.equal(run(["check", folder, `--fail-on=${level}`, "--format", "json"]).code, code);
      }
    });
  }

  test("counts a process lock of a driver where other backends do not see it", (t) => {
    const driver = `from cinder import utils
from cinder.volume import driver


class Driver(driver.VolumeDriver):
    @utils.synchronized('acme-pool')
    def create_volume(self, volume):
        volume.create()
`;
    const packages = ["cinder", "cinder/volume", "cinder/volume/drivers"];
    const folder = scratchFolder(t, {
      ...Object.fromEntries(packages.map((each) => [`${each}/__init__.py`, ""])),
      "cinder/volume/drivers/acme.py": driver,
    });
    const codeFor = (...options: readonly string[]) =>
      run(["check", folder, "--fail-on", "information", ...options]).code;
    assert.deepEqual([codeFor(), codeFor("--deployment", "several-backends")], [0, 1]);
  });

  test("counts a rule as loud as it is said to be", (t) => {
    const folder = scratchFolder(t, ERROR);
    const codeFor = (...options: readonly string[]) => run(["check", folder, ...options]).code;
    const [finding] = JSON.parse(run(["check", folder, "--format", "json"]).stdout).findings;
    assert.deepEqual(
      [
        codeFor("--rule", `${finding.rule}=hint`),
        codeFor("--rule", "mixed-scope=off", "--rule", `${finding.rule}=error`),
      ],
      [0, 1],
    );
  });

  test("is an error if nothing is said", (t) => {
    assert.equal(run(["check", scratchFolder(t, ERROR)]).code, 1);
    assert.equal(run(["check", scratchFolder(t, WARNING)]).code, 0);
  });

  test("the other commands find nothing wrong", (t) => {
    const folder = scratchFolder(t, ERROR);
    assert.equal(run(["list", folder]).code, 0);
    assert.equal(run(["catalog", folder]).code, 0);
  });
});

describe("catalog --check", () => {
  const DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";
  const entry = (scope: string) => `Pool:
  - Lock scope: ${scope}.
  - Critical section: Changes of the pool.
  - Lock name: \`'acme-pool'\`.
  - Where: \`create_pool\` method.
  - File: \`cinder/volume/acme.py\`.
`;

  test("is 1 for a document that says what is not so, 0 for one that only leaves something out", (t) => {
    const drifted = scratchFolder(t, { ...PROJECT, [DOCUMENT]: entry("Global") });
    const fine = scratchFolder(t, { ...PROJECT, [DOCUMENT]: entry("Node") });
    for (const format of ["text", "json", "rst"]) {
      assert.equal(run(["catalog", drifted, "--format", format, "--check"]).code, 1);
      assert.equal(run(["catalog", fine, "--format", format, "--check"]).code, 0);
    }
  });

  test("a document that is not there is said to be missing", (t) => {
    const folder = scratchFolder(t, PROJECT);
    assertRefused(
      run(["catalog", folder, "--format", "rst", "--document", "gone.rst"]),
      "there is no document of locks 'gone.rst'",
    );
  });
});

describe("bad usage", () => {
  const more = "(cinder-locks --help tells more)";
  for (const [args, complaint] of [
    [[], `no command given ${more}`],
    [["frobnicate"], `unknown command 'frobnicate' ${more}`],
    [["--format", "json"], `no command given ${more}`],
    [["list", "--frobnicate"], `Unknown option '--frobnicate' ${more}`],
    [["list", "--frob.nicate"], `Unknown option '--frob.nicate' ${more}`],
    [["list", "-x"], `Unknown option '-x' ${more}`],
    [["list", "--tests=yes"], `Option '--tests' does not take an argument ${more}`],
    [["list", "--format"], `Option '--format <value>' argument missing ${more}`],
    [["list", "--check"], `--check is for catalog only ${more}`],
    [["list", "--deployment", "active-active"], `--deployment is for check only ${more}`],
    [
      ["check", "--deployment", "best"],
      `unknown deployment 'best'; there is active-passive, several-backends, active-active ${more}`,
    ],
    [["list", "--rule", "mixed-scope=off"], `--rule is for check only ${more}`],
    [["check", "--rule", "mixed-scop=off"], `no rule 'mixed-scop'; did you mean mixed-scope? ${more}`],
    [
      ["check", "--rule", "mixed-scope"],
      `no level for mixed-scope; write --rule mixed-scope=LEVEL with one of error, warning, information, hint, off ${more}`,
    ],
    [["catalog", "--format", "xml"], `unknown format 'xml'; there is text, json, rst ${more}`],
    [["check", "--format", "xml"], `unknown format 'xml'; there is text, json, sarif, github ${more}`],
    [["list", "--format", "xml"], `unknown format 'xml'; there is text, json ${more}`],
    [
      ["check", "--fail-on", "loud"],
      `unknown level 'loud' for --fail-on; there is error, warning, information, hint, never ${more}`,
    ],
    [["list", "one", "two"], `unexpected argument 'two' ${more}`],
    [["lsp"], `the server speaks over standard input and output only: lsp --stdio ${more}`],
    [["explain"], "explain needs the name of a rule"],
    [["explain", "mixed-scop"], "no rule 'mixed-scop'; did you mean mixed-scope?"],
  ] as const) {
    test(args.length === 0 ? "nothing" : args.join(" "), () => assertRefused(run(args), complaint));
  }

  test("a rule that is like none", () => {
    const { code, stdout, stderr } = run(["explain", "constructor"]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, /^cinder-locks: no rule 'constructor'; there is unexpanded-template, .+\n$/);
  });
});

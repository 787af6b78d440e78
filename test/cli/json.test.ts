// What do scripts read? The shapes that are promised to stay, value by value.
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { type Outcome, run } from "./process.ts";
import { DOCUMENTED, GUARDED, PROJECT, WORDS } from "./project.ts";

function jsonOf({ stdout, stderr }: Outcome): unknown {
  assert.equal(stderr, "");
  assert.ok(stdout.endsWith("}\n"));
  return JSON.parse(stdout);
}

function ask(t: TestContext, command: string, files = PROJECT): unknown {
  return jsonOf(run([command, scratchFolder(t, files), "--format", "json"]));
}

/** A range within one line. */
function inLine(line: number, from: number, to: number) {
  return { start: { line, character: from }, end: { line, character: to } };
}

function known(...names: readonly string[]) {
  return names.map((name) => ({ template: name, rendered: [{ name, classes: [] }] }));
}

describe("json", () => {
  test("list --all has guards among the sites, in the order of the text", (t) => {
    const folder = scratchFolder(t, GUARDED);
    const { sites } = jsonOf(run(["list", folder, "--all", "--format", "json"])) as {
      readonly sites: readonly { readonly form: string; readonly path: string }[];
    };
    assert.deepEqual(
      sites.map(({ form, path }) => `${path} ${form}`),
      ["cinder/volume/acme.py guard", "cinder/volume/acme.py decorator", "cinder/volume/api.py guard"],
    );
    assert.deepEqual(sites[0], {
      path: "cinder/volume/acme.py",
      range: inLine(4, 11, 61),
      function: "reset",
      form: "guard",
      api: "conditional_update",
      scope: "status",
      names: [],
      via: null,
      conditional: false,
      requires: [],
    });
  });

  test("list", (t) => {
    const inAcme = { path: "cinder/volume/acme.py", via: null, conditional: false };
    const inReplica = { ...inAcme, path: "cinder/volume/replica.py" };
    assert.deepEqual(ask(t, "list"), {
      version: 1,
      sites: [
        {
          ...inAcme,
          range: inLine(5, 5, 73),
          function: "AcmeDriver.extend",
          form: "decorator",
          api: "coordination.synchronized",
          scope: "global",
          names: known("acme-{volume.id}", "acme-{snapshot[id]}"),
        },
        {
          ...inAcme,
          range: inLine(9, 5, 49),
          function: "AcmeDriver.shrink",
          form: "decorator",
          api: "coordination.synchronized",
          scope: "global",
          names: known("acme-{volum.id}"),
        },
        {
          ...inAcme,
          range: inLine(12, 17, 68),
          function: "AcmeDriver.shrink.inner",
          form: "with",
          api: "coordination.get_lock",
          scope: "global",
          names: [{ template: null, rendered: [] }],
        },
        {
          ...inAcme,
          range: inLine(16, 5, 51),
          function: "AcmeDriver.create_pool",
          form: "decorator",
          api: "utils.synchronized",
          scope: "node",
          names: known("acme-pool"),
        },
        {
          ...inReplica,
          range: inLine(3, 0, 36),
          function: "",
          form: "acquire",
          api: "lockutils.internal_lock",
          scope: "process",
          names: known("acme-pool"),
        },
        {
          ...inReplica,
          range: inLine(4, 11, 40),
          function: "",
          form: "call",
          api: "utils.synchronized",
          scope: "process",
          names: known("replica"),
        },
        {
          ...inReplica,
          range: inLine(7, 1, 32),
          function: "delete_pool",
          form: "decorator",
          api: "utils.synchronized",
          scope: "process",
          names: known("acme-pool"),
        },
        {
          ...inReplica,
          range: inLine(9, 9, 43),
          function: "delete_pool",
          form: "with",
          api: "lockutils.lock",
          scope: "unknown",
          names: known("x"),
        },
      ],
    });
  });

  test("check", (t) => {
    assert.deepEqual(ask(t, "check"), {
      version: 1,
      findings: [
        {
          path: "cinder/volume/acme.py",
          range: inLine(9, 38, 43),
          rule: "unknown-name-field",
          severity: "error",
          message: WORDS.field,
          related: [],
        },
        {
          path: "cinder/volume/acme.py",
          range: inLine(16, 24, 35),
          rule: "mixed-scope",
          severity: "warning",
          message: WORDS.scope,
          related: [
            {
              path: "cinder/volume/replica.py",
              range: inLine(3, 0, 36),
              message: WORDS.oneOther,
            },
            {
              path: "cinder/volume/replica.py",
              range: inLine(7, 1, 32),
              message: WORDS.another,
            },
          ],
        },
      ],
    });
  });

  test("catalog", (t) => {
    const source = "doc/source/contributor/drivers_locking_examples.rst";
    assert.deepEqual(ask(t, "catalog", DOCUMENTED), {
      version: 1,
      entries: [
        {
          title: "Acme driver",
          scope: "node",
          name: "acme-{volume.id}",
          where: ["extend"],
          file: "cinder/volume/acme.py",
          status: "differs",
          differences: ["the scope is global, not node"],
          sites: [{ path: "cinder/volume/acme.py", range: inLine(5, 5, 73) }],
          functions: [],
          source,
        },
        {
          title: "Replica driver",
          scope: "process",
          name: "replica",
          where: ["replicate"],
          file: "cinder/volume/replica.py",
          status: "missing-function",
          differences: ["replicate does not exist", "the lock is taken in <module>"],
          sites: [],
          functions: [],
          source,
        },
      ],
      otherFiles: [],
    });
  });

  test("a checkout without the document is held against the bundled list", (t) => {
    const folder = scratchFolder(t, { "cinder/__init__.py": "" });
    const { entries, otherFiles } = jsonOf(run(["catalog", folder, "--format", "json"])) as {
      readonly entries: readonly { readonly source: string; readonly status: string }[];
      readonly otherFiles: readonly { readonly file: string; readonly status: string }[];
    };
    assert.equal(entries.length, 12);
    assert.ok(entries.every(({ source, status }) => source === "bundled" && status === "missing-file"));
    assert.ok(0 < otherFiles.length && otherFiles.every(({ status }) => status === "missing-file"));
  });

  test("explain", () => {
    const { version, rule } = jsonOf(run(["explain", "mixed-scope", "--format", "json"])) as {
      readonly version: number;
      readonly rule: Readonly<Record<string, string>>;
    };
    assert.equal(version, 1);
    assert.deepEqual(Object.keys(rule), ["id", "severity", "summary", "why", "bad", "good"]);
    assert.deepEqual([rule["id"], rule["severity"]], ["mixed-scope", "warning"]);
    assert.ok(Object.values(rule).every((words) => typeof words === "string" && words !== ""));
  });

  test("check tells of documents, too", (t) => {
    const { findings } = ask(t, "check", DOCUMENTED) as {
      readonly findings: readonly { readonly path: string; readonly rule: string; readonly range: unknown }[];
    };
    const path = "doc/source/contributor/drivers_locking_examples.rst";
    assert.deepEqual(
      findings.filter((finding) => finding.path === path).map(({ rule, range }) => ({ rule, range })),
      [
        { rule: "catalog-scope", range: inLine(4, 16, 20) },
        { rule: "catalog-missing-function", range: inLine(14, 13, 22) },
      ],
    );
  });

  test("nothing found", (t) => {
    const folder = scratchFolder(t, { "cinder/__init__.py": "" });
    const nothing = (command: string) => jsonOf(run([command, folder, "--format=json"]));
    assert.deepEqual(nothing("list"), { version: 1, sites: [] });
    assert.deepEqual(nothing("check"), { version: 1, findings: [] });
  });

  test("paths are sorted, whatever the folder's own order", (t) => {
    const text = "from cinder import utils\nutils.synchronized('x')\n";
    const names = ["b.py", "a/b.py", "a.py", "a-b.py", "Z.py", "é.py", "a/a.py", "_.py"];
    const folder = scratchFolder(t, Object.fromEntries(names.map((name) => [name, text])));
    const { sites } = jsonOf(run(["list", folder, "--format", "json"])) as {
      readonly sites: readonly { readonly path: string }[];
    };
    const paths = sites.map(({ path }) => path);
    assert.deepEqual(paths, [...names].sort());
  });

  test("characters count as UTF-16 code units, as in the editor", (t) => {
    const text = "from cinder import utils; x = '𝔞é'; utils.synchronized('𝔟')\r\n";
    const folder = scratchFolder(t, { "a.py": `\ufeff${text}` });
    const { sites } = jsonOf(run(["list", folder, "--format", "json"])) as {
      readonly sites: readonly { readonly range: unknown }[];
    };
    const from = text.indexOf("utils.synchronized");
    assert.deepEqual(
      sites.map(({ range }) => range),
      [inLine(0, from, text.indexOf("\r"))],
    );
  });
});

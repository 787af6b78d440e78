// What do code hosts read? SARIF that the official schema accepts, and the workflow commands of GitHub Actions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import Ajv from "ajv-draft-04";
import { RULES } from "../../server/src/rules/registry.ts";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { assertRefused, run } from "./process.ts";
import { PROJECT, WORDS } from "./project.ts";

/** The schema of OASIS, as a package brings it. */
const SCHEMA = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);

/** It was written for a validator less strict than Ajv is by default; its formats are other specifications. */
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(SCHEMA);

function assertSarif(log: unknown): void {
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 1));
}

describe("sarif", () => {
  test("is valid, with and without findings", (t) => {
    for (const files of [PROJECT, { "cinder/__init__.py": "" }]) {
      const { stdout, stderr } = run(["check", scratchFolder(t, files), "--format", "sarif"]);
      assert.equal(stderr, "");
      assertSarif(JSON.parse(stdout));
    }
  });

  test("the schema refuses what is none", () => {
    assert.equal(isSarif({ version: "2.1.0", runs: [{}] }), false);
  });

  test("has the finding, where it is, what it refers to and how to mend it", (t) => {
    const { code, stdout } = run(["check", scratchFolder(t, PROJECT), "--format", "sarif"]);
    const [{ results, columnKind }] = JSON.parse(stdout).runs;
    assert.deepEqual({ code, columnKind }, { code: 1, columnKind: "utf16CodeUnits" });
    const artifactLocation = { uri: "cinder/volume/acme.py", uriBaseId: "%SRCROOT%" };
    const region = { startLine: 10, startColumn: 39, endLine: 10, endColumn: 44 };
    assert.deepEqual(results[0], {
      ruleId: "unknown-name-field",
      ruleIndex: 1,
      level: "error",
      message: { text: WORDS.field },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [],
      fixes: [
        {
          description: { text: "Change to `volume`" },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [{ deletedRegion: region, insertedContent: { text: "volume" } }],
            },
          ],
        },
      ],
    });
    const [related] = results.find(
      ({ ruleId }: { ruleId: string }) => ruleId === "mixed-scope",
    ).relatedLocations;
    assert.deepEqual(
      [
        related.message.text,
        related.physicalLocation.artifactLocation.uri,
        related.physicalLocation.region.startLine,
      ],
      [WORDS.oneOther, "cinder/volume/replica.py", 4],
    );
  });

  test("has the words of every rule", (t) => {
    const { stdout } = run(["check", scratchFolder(t, PROJECT), "--format", "sarif"]);
    const { rules } = JSON.parse(stdout).runs[0].tool.driver;
    assert.deepEqual(
      rules.map(({ id, shortDescription }: { id: string; shortDescription: { text: string } }) => [
        id,
        shortDescription.text,
      ]),
      RULES.map(({ id, summary }) => [id, summary]),
    );
  });

  test("names files as URIs", (t) => {
    const files = {
      "a b/50%,ü.py":
        "from cinder import coordination\n\n\n@coordination.synchronized('{}')\ndef f():\n    pass\n",
    };
    const { stdout } = run(["check", scratchFolder(t, files), "--format", "sarif"]);
    const log = JSON.parse(stdout);
    assertSarif(log);
    assert.equal(
      log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri,
      "a%20b/50%25%2C%C3%BC.py",
    );
  });
});

describe("github", () => {
  test("has a command for each finding", (t) => {
    const { code, stdout, stderr } = run(["check", scratchFolder(t, PROJECT), "--format", "github"]);
    assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
    const lines = stdout.split("\n");
    assert.equal(
      lines[0],
      `::error file=cinder/volume/acme.py,line=10,col=39,endLine=10,endColumn=44,title=unknown-name-field::${WORDS.field}`,
    );
    assert.equal(
      lines[1],
      `::warning file=cinder/volume/acme.py,line=17,col=25,endLine=17,endColumn=36,title=mixed-scope::${WORDS.scope}` +
        `%0Acinder/volume/replica.py:4: ${WORDS.oneOther}%0Acinder/volume/replica.py:8: ${WORDS.another}`,
    );
  });

  test("nothing found is nothing said", (t) => {
    const folder = scratchFolder(t, { "cinder/__init__.py": "" });
    assert.deepEqual(run(["check", folder, "--format", "github"]), { code: 0, stdout: "", stderr: "" });
  });

  test("what would end a command is escaped", (t) => {
    const files = {
      "a,b:50%.py":
        "from cinder import coordination\n\n\n@coordination.synchronized('{%}')\ndef f():\n    pass\n",
    };
    const { stdout } = run(["check", scratchFolder(t, files), "--format", "github"]);
    assert.match(stdout, /^::error file=a%2Cb%3A50%25\.py,line=4,.+`%25`.+\n$/);
  });
});

test("other commands have no such format", () => {
  assertRefused(
    run(["list", ".", "--format", "sarif"]),
    "unknown format 'sarif'; there is text, json (cinder-locks --help tells more)",
  );
});

// What is derived from a project is kept as long as no file says anything else than before.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { AnalysisHost } from "../../server/src/analysis.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import type { RenderedName } from "../../server/src/project/name-evaluation.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import type { FactsReader } from "../../server/src/workspace/read-file.ts";
import { changeOfText, factsReader, wantedChange } from "../../server/src/workspace/read-file.ts";
import { wasmEngine } from "../facts/parser.ts";
import { MemoryFiles } from "../workspace/memory-files.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

const LOCKS = "/w/cinder/locks.py" as FilePath;
const NAMES = "/w/cinder/names.py" as FilePath;
const OTHER = "/w/cinder/other.py" as FilePath;

const TEXTS: Readonly<Record<string, string>> = {
  "/w/cinder/__init__.py": "",
  [LOCKS]: `from cinder import coordination
from cinder.names import PREFIX


@coordination.synchronized(PREFIX + '-{volume.id}')
def delete(volume):
    pass  # one
`,
  [NAMES]: "PREFIX = 'acme'  # one\n",
  [OTHER]: "class Other(object):\n    pass\n",
};

/** A project that tells whether what was derived from it is still the same, and which files it read in detail. */
class Project {
  readonly #host = new AnalysisHost();
  readonly #reader: FactsReader;
  readonly #texts = new Map(Object.entries(TEXTS));
  readDetails: FilePath[] = [];

  constructor() {
    const files = new MemoryFiles();
    for (const [path, text] of this.#texts) {
      files.write(path, text);
    }
    this.#reader = factsReader(engine, files);
    for (const [path, text] of this.#texts) {
      this.edit(path as FilePath, text);
    }
  }

  edit(path: FilePath, text: string): void {
    this.#texts.set(path, text);
    this.#host.apply([changeOfText(this.#reader, path, text)]);
  }

  /** The names of the one lock: the same value as before, unless the project is another. */
  names(): readonly RenderedName[] {
    this.readDetails = [];
    this.#host.complete((path) => {
      this.readDetails.push(path);
      return wantedChange(this.#reader, path, this.#texts.get(path) ?? "");
    });
    const analysis = this.#host.snapshot({
      levels: {},
      includeTests: true,
      inlayHints: true,
      deployment: "active-passive",
    });
    const file = analysis.file(LOCKS);
    const site = file?.sites[0];
    const name = site?.names[0];
    assert.ok(file && site && name);
    return analysis.renderedNames({ file, site, name });
  }
}

function edited(path: FilePath, ...[from, to]: readonly [string, string]): string {
  return (TEXTS[path] ?? "").replace(from, to);
}

describe("what was derived is kept", () => {
  for (const [title, path, text] of [
    ["where a comment says something else in as many characters", LOCKS, edited(LOCKS, "# one", "# two")],
    ["where a file that decides a name does so", NAMES, edited(NAMES, "# one", "# two")],
    ["where a file without locks keeps its classes", OTHER, edited(OTHER, "pass", "a = 1\n    b = 2")],
  ] as const) {
    test(title, () => {
      const project = new Project();
      const names = project.names();
      project.edit(path, text);
      assert.equal(project.names(), names);
    });
  }

  test("where something is typed and undone before anyone asks", () => {
    const project = new Project();
    const names = project.names();
    project.edit(LOCKS, edited(LOCKS, "acme", "zenith"));
    project.edit(LOCKS, edited(LOCKS, "", ""));
    assert.equal(project.names(), names);
  });
});

describe("what was derived is computed anew", () => {
  for (const [title, path, text] of [
    ["where positions shift", LOCKS, `# first\n${edited(LOCKS, "", "")}`],
    ["where a name is made of something else", NAMES, edited(NAMES, "acme", "zeal")],
  ] as const) {
    test(title, () => {
      const project = new Project();
      const names = project.names();
      project.edit(path, text);
      assert.notEqual(project.names(), names);
    });
  }
});

test("a file that decides a name is read in detail once, and again when it has changed", () => {
  const project = new Project();
  project.names();
  assert.deepEqual(project.readDetails, [NAMES]);
  project.edit(LOCKS, `# first\n${edited(LOCKS, "", "")}`);
  project.names();
  assert.deepEqual(project.readDetails, []);
  project.edit(LOCKS, edited(LOCKS, "PREFIX +", "'acme' +"));
  project.names();
  project.edit(LOCKS, edited(LOCKS, "", ""));
  project.edit(NAMES, edited(NAMES, "acme", "zeal"));
  project.names();
  assert.deepEqual(project.readDetails, [NAMES]);
});

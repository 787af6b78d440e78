// Whatever stands in a document of locks, it is answered for, and no answer points outside of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Analysis } from "../../server/src/analysis.ts";
import type { TextRange } from "../../server/src/base/text-range.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import { withText, workspaceOf } from "../fixture/workspace.ts";
import { changedText, SAMPLE } from "./fuzzed-text.ts";

const loading = loadEngine("dist", undefined);
const DOCUMENT = "/doc/source/contributor/drivers_locking_examples.rst" as FilePath;
const CODE = {
  "cinder/volume/manager.py": `from cinder import coordination


class VolumeManager:
    def create_volume(self, snapshot_id, source_id):
        action = '%s-delete_snapshot' % snapshot_id if snapshot_id else '%s-delete_volume' % source_id
        with coordination.COORDINATOR.get_lock(action):
            self._run_flow()
`,
  "cinder/volume/targets/lio.py": `from cinder import utils


class LioAdm:
    @utils.synchronized('lioadm', external=True)
    def _execute(self):
        pass
`,
};

test("any document of locks is answered for", async () => {
  const { engine } = await loading;
  const blocks = Object.entries(CODE).map(([file, text]) => ({
    kind: "python",
    argument: `file=${file}`,
    text,
    line: 1,
  }));
  const workspace = workspaceOf(engine, { title: "fuzzed", blocks });
  const property = fc.property(changedText, fc.nat(), (text, at) => {
    const { analysis } = withText(workspace, DOCUMENT, text);
    for (const range of rangesIn(analysis, at % (text.length + 1))) {
      assert.ok(
        0 <= range.start && range.start <= range.end && range.end <= text.length,
        JSON.stringify(range),
      );
    }
    const written = writtenBy(analysis);
    assert.equal(writtenBy(withText(workspace, DOCUMENT, written).analysis), written);
  });
  fc.assert(property, { numRuns: 300, examples: [[SAMPLE, 0]] });
});

/** All ranges of the document in what is answered about it, at an offset where there is one to give. */
function rangesIn(analysis: Analysis, offset: number): readonly TextRange[] {
  const everything = { start: 0, end: analysis.linesOf(DOCUMENT)?.length ?? 0 };
  const outline = analysis.outline(DOCUMENT);
  return [
    ...analysis.findings(DOCUMENT).map(({ range }) => range),
    ...analysis.fixes(DOCUMENT, everything).flatMap(({ fix }) => fix.edits.map(({ range }) => range)),
    ...outline.flatMap(({ range, children }) => [range, ...children.map((child) => child.range)]),
    ...analysis.completions(DOCUMENT, offset).map(({ range }) => range),
    ...[analysis.hover(DOCUMENT, offset)?.range ?? []].flat(),
    ...[analysis.definition(DOCUMENT, offset)?.origin ?? []].flat(),
    ...analysis
      .references(DOCUMENT, offset)
      .filter(({ path }) => path === DOCUMENT)
      .map(({ range }) => range),
  ];
}

function writtenBy(analysis: Analysis): string {
  const source = analysis.catalog().sources.find(({ document }) => document?.path === DOCUMENT);
  assert.ok(source !== undefined);
  return analysis.writtenDocument(source);
}

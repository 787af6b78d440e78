// What an edit leaves as it was, so that what hangs on that alone is not asked again.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { FilePath } from "../../server/src/facts/model.ts";
import { applyChanges, EMPTY_INDEX, type ProjectIndex } from "../../server/src/project/project-index.ts";
import { comingAfter } from "../../server/src/project/sameness.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { changeOfText, factsReader } from "../../server/src/workspace/read-file.ts";
import { wasmEngine } from "../facts/parser.ts";
import { MemoryFiles } from "../workspace/memory-files.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

const PATH = "/w/cinder/driver.py" as FilePath;

const TEXT = `from oslo_concurrency import lockutils

from cinder import utils


class AcmeDriver(object):
    prefix = 'acme'

    @utils.synchronized('acme-map', external=True)
    def attach(self, volume):
        self._map(volume)

    def _map(self, volume):
        host = volume.host
        with lockutils.lock('acme-' + host):
            return
        self._unmap(volume)

    def _unmap(self, volume):
        array = 'acme'
        self.name = array + '-name'

    @locked
    def name(self):
        with self._lock:
            pass


def locked(f):
    def inner(*args):
        with lockutils.lock('acme-wrapped'):
            return f(*args)
    return inner
`;

function indexOf(text: string): ProjectIndex {
  return applyChanges(EMPTY_INDEX, [changeOfText(factsReader(engine, new MemoryFiles()), PATH, text)]);
}

/** The aspects that an index has in common with that of {@link TEXT}. */
function keptBy(text: string): readonly string[] {
  const index = indexOf(TEXT);
  const { same } = comingAfter(index, indexOf(text));
  return (["names", "calls", "takes", "all"] as const).filter(
    (aspect) => same[aspect] === index.same[aspect],
  );
}

describe("what an edit leaves as it was", () => {
  for (const [title, from, to, kept] of [
    [
      "a comment that moves all else",
      "class",
      "# Acme's own driver.\nclass",
      ["names", "calls", "takes", "all"],
    ],
    ["a call of another method", "self._map(volume)", "self._unmap(volume)", ["names"]],
    ["a call with another argument", "self._map(volume)", "self._map(snapshot)", ["names"]],
    ["the name of a lock", "acme-map", "acme-attach", ["names", "calls", "takes"]],
    ["the scope of a lock", ", external=True", "", ["names", "calls"]],
    [
      "a call that comes under a lock",
      "            return\n        self",
      "            return\n            self",
      ["names", "calls"],
    ],
    ["a variable of a lock's name", "host = volume", "host = connector", ["names", "calls"]],
    ["a variable of an attribute", "array = 'acme'", "array = 'zeal'", []],
    ["a lock that is taken by a wrapper", "'acme-wrapped'", "'zeal-wrapped'", []],
    ["a class attribute", "prefix = 'acme'", "prefix = 'zeal'", []],
    ["a parameter", "_map(self, volume):", "_map(self, volume, host):", []],
    ["another base", "object", "Base", []],
    ["another import", "import utils", "import coordination, utils", []],
  ] as const) {
    test(title, () => {
      const edited = TEXT.replace(from, to);
      assert.notEqual(edited, TEXT);
      assert.deepEqual(keptBy(edited), kept);
    });
  }

  test("a file that goes", () => {
    const index = indexOf(TEXT);
    const { same } = comingAfter(index, applyChanges(index, [{ kind: "removed", path: PATH }]));
    assert.notEqual(same.names, index.same.names);
  });
});

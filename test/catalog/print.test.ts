// What is printed is read back as the same, and what is rewritten leaves the rest alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { bundledCatalog } from "../../server/src/catalog/bundled-catalog.ts";
import { rewriteFields } from "../../server/src/catalog/document-edits.ts";
import { parseCatalog } from "../../server/src/catalog/parse.ts";
import {
  type CatalogWords,
  type EntryWords,
  printCatalog,
  printEntry,
  wordsOfCatalog,
  wrapped,
} from "../../server/src/catalog/print.ts";

const ENTRY: EntryWords = {
  title: "Acme driver",
  scope: "global",
  criticalSection: "Everything that changes the size of a volume, and what must not be seen meanwhile",
  names: ["acme-{volume.id}", "acme-pool"],
  statusRequirements: undefined,
  where: [
    { text: "extend_volume", kind: "method" },
    { text: "shrink_volume", kind: "method" },
    { text: "locked", kind: "decorator" },
  ],
  file: "cinder/volume/drivers/acme.py",
  others: [{ label: "Since", value: "Rocky" }],
};

describe("an entry is printed", () => {
  test("in the form of the documents", () => {
    assert.equal(
      printEntry(ENTRY),
      `Acme driver:
  - Lock scope: Global.
  - Critical section: Everything that changes the size of a volume, and what
    must not be seen meanwhile.
  - Lock name: \`acme-{volume.id}\` or \`'acme-pool'\`.
  - Where: \`extend_volume\` and \`shrink_volume\` methods and \`locked\` decorator.
  - File: \`cinder/volume/drivers/acme.py\`.
  - Since: Rocky.
`,
    );
  });

  test("without what it does not tell", () => {
    const { title } = ENTRY;
    const none = { scope: undefined, criticalSection: undefined, statusRequirements: undefined };
    assert.equal(
      printEntry({ title, ...none, names: ["a"], where: [], file: undefined, others: [] }),
      "Acme driver:\n  - Lock name: `'a'`.\n",
    );
  });
});

describe("what is printed is read back", () => {
  test("the bundled catalog", () => assertReadBack(wordsOfCatalog(bundledCatalog)));

  const word = fc.stringMatching(/^[A-Za-z0-9(=,!-][A-Za-z0-9'"{}()=,;.&|\-_]{0,12}$/);
  const sentence = fc
    .array(fc.oneof(word, fc.constantFrom("-", "*", "..", "+", "`code`", "::")), { maxLength: 25 })
    .map((words) => ["Words", ...words, "end"].join(" "));
  const name = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9_/.'-]{0,12}(\{[a-z_]+(\.[a-z]+)?\})?(-[a-z]{1,5})?$/),
    fc.constantFrom("{volume['id']}", "{id}", "'quoted'", "hgst'devices", "a b"),
  );
  const identifier = fc.stringMatching(/^[a-z_][a-z0-9_]{0,40}$/);
  const kind = fc.constantFrom("method" as const, "function" as const, "decorator" as const, undefined);
  const entry = fc.record({
    title: fc.stringMatching(/^[A-Z][A-Za-z0-9]{1,10}( [a-z]{1,8}){0,3}$/),
    scope: fc.constantFrom("process" as const, "node" as const, "global" as const, "status" as const),
    criticalSection: fc.option(sentence, { nil: undefined }),
    names: fc.array(name, { minLength: 1, maxLength: 3 }),
    statusRequirements: fc.option(sentence, { nil: undefined }),
    where: kind.chain((each) =>
      fc.array(fc.record({ text: identifier, kind: fc.constant(each) }), { maxLength: 4 }),
    ),
    file: fc.option(
      identifier.map((each) => `cinder/volume/${each}.py`),
      { nil: undefined },
    ),
    others: fc.array(
      fc.oneof(
        fc.record({ label: fc.constantFrom("Since", "Note"), value: sentence }),
        // Before a colon it would be a label.
        fc.record({ label: fc.constant(""), value: sentence.map((words) => words.replaceAll(/ ?::/g, "")) }),
      ),
      { maxLength: 2 },
    ),
  });

  test("any catalog", () => {
    const path = identifier.map((each) => `cinder/${each}.py`);
    const catalog = fc.record({
      entries: fc.array(entry, { maxLength: 4 }),
      otherFiles: fc.array(path, { maxLength: 4 }),
    });
    fc.assert(fc.property(catalog, assertReadBack), { numRuns: 500 });
  });

  test("over lines of 79 characters at most, if words are short", () => {
    const short = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 60 });
    fc.assert(
      fc.property(short, (words) => {
        const lines = wrapped(words.join(" "), 10, "    ").split("\n");
        assert.ok(lines.every((line, at) => line.length <= 79 - (at === 0 ? 10 : 0)));
        assert.equal(lines.map((line) => line.trim()).join(" "), words.join(" "));
      }),
    );
  });
});

describe("a field is rewritten", () => {
  const text = "Acme\r\n  - Lock scope: Node\r\n  * Lock name: `a`.  \r\n  - File:`x`\r\n";
  const [entry] = parseCatalog(text).entries;
  assert.ok(entry !== undefined);

  test("and nothing else", () => {
    const edits = rewriteFields(text, entry, [
      { field: "name", words: "`b`" },
      { field: "file", words: "`y`" },
    ]);
    assert.equal(
      applyEdits(text, edits),
      "Acme\r\n  - Lock scope: Node\r\n  * Lock name: `b`.  \r\n  - File: `y`\r\n",
    );
  });

  test("over several lines if it is long", () => {
    const words = `\`${"a".repeat(60)}\` or \`${"b".repeat(20)}\``;
    const after = applyEdits(text, rewriteFields(text, entry, [{ field: "name", words }]));
    assert.ok(after.includes(`\`\r\n    or \`${"b".repeat(20)}\`.  \r\n`), after);
    assert.equal(parseCatalog(after).entries[0]?.names.length, 2);
  });

  test("only if it is there", () => {
    assert.deepEqual(rewriteFields(text, entry, [{ field: "where", words: "`a`" }]), []);
  });
});

function assertReadBack(words: CatalogWords): void {
  const text = printCatalog(words);
  // fast-check makes objects without a prototype.
  assert.deepEqual(wordsOfCatalog(parseCatalog(text)), structuredClone(words), text);
}

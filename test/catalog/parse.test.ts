// What is read out of a document, first by example, then for any text at all.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { TextRange } from "../../server/src/base/text-range.ts";
import {
  type Catalog,
  type CatalogEntry,
  type CatalogField,
  fieldsOfKind,
  type Spanned,
} from "../../server/src/catalog/model.ts";
import { parseCatalog } from "../../server/src/catalog/parse.ts";
import { changedText, piece, SAMPLE } from "./fuzzed-text.ts";
import { seed, skipWithoutSeed } from "./seed.ts";

describe("an entry", () => {
  const text = `LIO target
  - Lock scope: Node.
  - Critical section: Calls to \`cinder-rtstool\` CLI.
  - Lock name: \`'lioadm'\`.
  - Where: \`_execute\` method.
  - File: \`cinder/volume/targets/lio.py\`.

Not of the entry.
`;
  const entry = onlyEntry(text);

  test("is told in plain values", () => {
    assert.equal(entry.title.text, "LIO target");
    assert.equal(entry.scope, "node");
    assert.equal(entry.scopeText?.text, "Node");
    assert.equal(entry.criticalSection?.text, "Calls to `cinder-rtstool` CLI");
    assert.deepEqual(texts(entry.names), ["lioadm"]);
    assert.deepEqual(texts(entry.where), ["_execute"]);
    assert.equal(entry.where[0]?.kind, "method");
    assert.equal(entry.file?.text, "cinder/volume/targets/lio.py");
    assert.equal(entry.statusRequirements, undefined);
  });

  test("has a range that begins with the title and ends with the last field", () => {
    assert.equal(slice(text, entry.range), text.slice(0, text.indexOf("\n\nNot of")));
  });

  test("has ranges without quotes and final stops", () => {
    assert.equal(slice(text, entry.names[0]?.range), "lioadm");
    assert.equal(slice(text, entry.where[0]?.range), "_execute");
    assert.equal(slice(text, entry.file?.range), "cinder/volume/targets/lio.py");
    assert.equal(slice(text, entry.scopeText?.range), "Node");
  });

  test("keeps each field as it was written", () => {
    const [name] = fieldsOfKind(entry, "name");
    assert.equal(slice(text, name?.range), "- Lock name: `'lioadm'`.");
    assert.equal(slice(text, name?.label.range), "Lock name");
    assert.equal(slice(text, name?.value.range), "`'lioadm'`");
  });

  test("has nothing odd", () => assert.deepEqual(parseCatalog(text).issues, []));
});

describe("titles", () => {
  test("lose their colon", () => {
    const text = "HGST driver:\n  - Lock scope: Process.\n";
    assert.equal(slice(text, onlyEntry(text).title.range), "HGST driver");
  });

  test("may be shared by several entries", () => {
    const { entries } = parseCatalog("Unity:\n  - Lock name: `a`\n\nUnity:\n  - Lock name: `b`\n");
    assert.deepEqual(titles(entries), ["Unity", "Unity"]);
    assert.deepEqual(texts(entries.flatMap((entry) => entry.names)), ["a", "b"]);
  });

  test("end the entry above even without a blank line", () => {
    const { entries } = parseCatalog("One\n  - File: `a.py`\n  - Lock name: `a`\nTwo\n  - Lock name: `b`\n");
    assert.deepEqual(titles(entries), ["One", "Two"]);
  });

  test("may be headings, or items with the fields nested in them", () => {
    const text =
      "Unity\n~~~~~\n\n- Lock scope: Node\n\nFiles\n~~~~~\n\n- LIO\n\n  - Lock scope: Node\n- NVMET\n  - Lock scope: Node\n";
    assert.deepEqual(titles(parseCatalog(text).entries), ["Unity", "LIO", "NVMET"]);
  });

  test("stand alone if a blank line follows", () => {
    assert.deepEqual(titles(parseCatalog("Words.\n\nLIO:\n\n  - Lock scope: Node\n").entries), ["LIO"]);
  });

  test("may be missing behind a comment, which keeps two lists apart", () => {
    const { entries } = parseCatalog("One\n  - Lock name: `a`\n\n..\n\n  - Lock name: `b`\n");
    assert.deepEqual(titles(entries), ["One", ""]);
    assert.deepEqual(texts(entries.flatMap((entry) => entry.names)), ["a", "b"]);
  });

  test("are not guessed from a paragraph", () => {
    const text = "Cinder uses locks.\nHere is a list:\n\n  - Lock scope: Node\n";
    const { entries, issues } = parseCatalog(text);
    assert.deepEqual(titles(entries), [""]);
    assert.deepEqual(kinds(issues).at(0), "missing-title");
  });
});

describe("scopes", () => {
  const scopeOf = (words: string) => onlyEntry(`A\n  - Lock scope: ${words}\n`).scope;

  test("are those of the documents, with or without a stop, in any case", () => {
    assert.deepEqual(["Process", "Node.", "GLOBAL.", "Status based."].map(scopeOf), [
      "process",
      "node",
      "global",
      "status",
    ]);
  });

  test("may be followed by a remark", () => {
    assert.equal(scopeOf("Global, if the driver is clustered."), "global");
    assert.equal(scopeOf("`Node` (by file)"), "node");
  });

  test("in other words are unknown, and kept", () => {
    const text = "A\n  - Lock scope: Node or global.\n";
    const { entries, issues } = parseCatalog(text);
    assert.equal(entries[0]?.scope, undefined);
    assert.equal(entries[0]?.scopeText?.text, "Node or global");
    assert.ok(issues.some((issue) => issue.kind === "unreadable-field" && issue.field === "scope"));
  });
});

describe("lock names", () => {
  const namesOf = (words: string) => texts(onlyEntry(`A\n  - Lock name: ${words}\n`).names);

  test("lose the document's quotes and one pair of their own", () => {
    assert.deepEqual(namesOf("`'lioadm'`."), ["lioadm"]);
    assert.deepEqual(namesOf('``"lioadm"``'), ["lioadm"]);
    assert.deepEqual(namesOf("`solidfire-{resource_id}`"), ["solidfire-{resource_id}"]);
    assert.deepEqual(namesOf("'lioadm'."), ["lioadm"]);
    assert.deepEqual(namesOf("lioadm"), ["lioadm"]);
  });

  test("with a quote too many are left as they are, and told of", () => {
    assert.deepEqual(namesOf("`'hgst'devices'`."), ["hgst'devices"]);
    assert.deepEqual(namesOf("`''BlkioCgroup'`."), ["'BlkioCgroup"]);
    const text = "A\n  - Lock name: `'hgst'devices'`.\n";
    const issue = parseCatalog(text).issues.find(({ kind }) => kind === "unbalanced-quotes");
    assert.equal(slice(text, issue?.range), "hgst'devices");
  });

  test("may be several, over several lines", () => {
    const text = "A\n  - Lock name: `{snapshot-id}-delete_snapshot` or\n    `{volume-id}-delete_volume}`.\n";
    const { names } = onlyEntry(text);
    assert.deepEqual(texts(names), ["{snapshot-id}-delete_snapshot", "{volume-id}-delete_volume}"]);
    assert.equal(slice(text, names[1]?.range), "{volume-id}-delete_volume}");
  });

  test("are not what a remark behind them quotes", () => {
    assert.deepEqual(namesOf("`{id}-map`, where `id` is the volume's"), ["{id}-map"]);
  });

  test("are not guessed from prose", () => assert.deepEqual(namesOf("depends on the array"), []));

  test("survive quotes that were not closed or not opened", () => {
    assert.deepEqual(namesOf("`a-{x} or `b`."), ["a-{x}", "b"]);
    assert.deepEqual(namesOf("`a` or b-{x}`."), ["a", "b-{x}"]);
    assert.deepEqual(namesOf("`lioadm."), ["lioadm"]);
    assert.deepEqual(namesOf("``lioadm`."), ["lioadm"]);
  });
});

describe("where", () => {
  const whereOf = (words: string) =>
    onlyEntry(`A\n  - Lock name: \`a\`\n  - Where: ${words}\n`).where.map(
      ({ text, kind }) => `${text} ${kind ?? "?"}`,
    );

  test("names functions and says what they are", () => {
    assert.deepEqual(whereOf("`a` and `b`\n    decorators."), ["a decorator", "b decorator"]);
    assert.deepEqual(whereOf("`a`, `b`, and `c()` methods"), ["a method", "b method", "c method"]);
    assert.deepEqual(whereOf("`a` method and `b` decorator"), ["a method", "b decorator"]);
    assert.deepEqual(whereOf("`Driver.a`"), ["Driver.a ?"]);
    assert.deepEqual(whereOf("a and b methods."), ["a method", "b method"]);
  });

  test("does not count functions that are only called meanwhile", () => {
    const words = "Inside `create_volume` method as context manager for calling\n    `_fun_flow`.";
    assert.deepEqual(whereOf(words), ["create_volume method"]);
  });

  test("does not guess from prose", () => assert.deepEqual(whereOf("in the clone method"), []));
});

describe("fields", () => {
  test("go on over lines, and over lines that forgot their indentation", () => {
    const { criticalSection } = onlyEntry(
      "A\n  - Critical section: Creating  a\n    volume,\n  cloning it.\n  - File: `a.py`\n",
    );
    assert.equal(criticalSection?.text, "Creating a volume, cloning it");
  });

  test("end where a paragraph begins behind a blank line", () => {
    const text = "A\n  - Lock name: `a`\n  - Critical section: One\n\n    two.\n\n  A paragraph.\n";
    const entry = onlyEntry(text);
    assert.equal(entry.criticalSection?.text, "One two");
    assert.ok(slice(text, entry.range).endsWith("two."));
  });

  test("that the form does not know are kept", () => {
    const text = "A\n  - Lock name: `a`\n  - Since: Rocky.\n  - and no label\n";
    const [since, remark] = fieldsOfKind(onlyEntry(text), "other");
    assert.deepEqual([since?.label.text, since?.value.text], ["Since", "Rocky"]);
    assert.deepEqual([remark?.label.text, remark?.value.text], ["", "and no label"]);
  });

  test("said twice are kept twice, and the first counts", () => {
    const { entries, issues } = parseCatalog("A\n  - Lock name: `a`\n  - lock NAMES: `b`\n");
    assert.deepEqual(texts(entries[0]?.names ?? []), ["a"]);
    assert.deepEqual(
      entries[0]?.fields.map((field) => field.kind),
      ["name", "name"],
    );
    assert.ok(kinds(issues).includes("repeated-field"));
  });

  test("still empty have a place for the cursor", () => {
    const text = "A\n  - Lock scope: \n  - File:";
    const [scope] = fieldsOfKind(onlyEntry(text), "scope");
    assert.deepEqual(scope?.value, { text: "", range: { start: 17, end: 17 } });
    assert.equal(slice(text, fieldsOfKind(onlyEntry(text), "file")[0]?.range), "- File:");
  });

  test("that are missing are told of", () => {
    const missing = parseCatalog("A\n  - Lock scope: Node\n").issues.map(
      (issue) => "field" in issue && issue.field,
    );
    assert.deepEqual(missing, ["critical-section", "name", "where", "file"]);
  });

  test("of a guard on a status are requirements instead of a name", () => {
    const text = `Volume extend:
  - Lock scope: Status based.
  - Critical section: \`extend_volume\` RPC call.
  - Status requirements: status in ('in-use', 'available')
  - Where: \`_extend\` method.
  - File: \`cinder/volume/api.py\`.
`;
    const { entries, issues } = parseCatalog(text);
    assert.equal(entries[0]?.scope, "status");
    assert.equal(entries[0]?.statusRequirements?.text, "status in ('in-use', 'available')");
    assert.deepEqual(issues, []);
  });
});

describe("a document", () => {
  test("may have other lists, which are no entries", () => {
    const { entries } = parseCatalog(
      "Topics:\n\n- Job distribution.\n- File: a list of where\n\n- `x`: Checks\n  if\n",
    );
    assert.deepEqual(entries, []);
  });

  test("hides what stands in comments, directives and literal blocks", () => {
    const { entries } = parseCatalog(
      ".. A\n     - Lock name: `a`\n\n.. note::\n\n   B\n     - Lock name: `b`\n\nThus::\n\n  C\n    - Lock name: `c`\n\nD\n  - Lock name: `d`\n",
    );
    assert.deepEqual(titles(entries), ["D"]);
  });

  test("may have been written on Windows, or with tabs", () => {
    const text =
      "A:\r\n\t- Lock scope: Node.\r\n\t- Critical section: One\r\n\t  two.\r\n\t- File: `a.py`.\r\n";
    const entry = onlyEntry(text);
    assert.equal(entry.scope, "node");
    assert.equal(entry.criticalSection?.text, "One two");
    assert.equal(slice(text, entry.file?.range), "a.py");
  });

  test("lists other files in a section of that name", () => {
    const text =
      "Other files\n-----------\n\nThey are:\n\n- `cinder/a.py`\n- ``cinder/b.py``.\n- to be told\n\nNotes\n-----\n\n- `cinder/c.py`\n";
    const { otherFiles, issues } = parseCatalog(text);
    assert.deepEqual(
      otherFiles.map(({ file }) => file),
      ["cinder/a.py", "cinder/b.py"],
    );
    assert.deepEqual(
      otherFiles.map(({ range }) => slice(text, range)),
      ["cinder/a.py", "cinder/b.py"],
    );
    assert.deepEqual(
      issues.map(({ range }) => slice(text, range)),
      ["- to be told"],
    );
  });

  test("of Cinder lists twelve locks and 27 other files", { skip: skipWithoutSeed }, () => {
    const { entries, otherFiles } = parseCatalog(seed ?? "");
    assert.equal(entries.length, 12);
    assert.equal(otherFiles.length, 27);
    assert.equal(entries.filter((entry) => entry.title.text === "Dell EMC Unity").length, 3);
  });
});

describe("any text", () => {
  test("cut off anywhere is read", () => {
    const text = seed ?? SAMPLE;
    for (let end = 0; end <= text.length; end += 1) assertSound(text.slice(0, end));
  });

  test("changed anywhere is read", () => {
    fc.assert(fc.property(changedText, assertSound), { numRuns: 500 });
  });

  test("made of nothing but markup is read", () => {
    const text = fc.array(piece, { maxLength: 60, size: "max" }).map((all) => all.join(""));
    fc.assert(fc.property(text, assertSound), { numRuns: 1000 });
  });

  test("of the same over and over takes no more time than it is long", { timeout: 60_000 }, () => {
    const again = [
      "`",
      "` ",
      "`a ",
      "a` ",
      "a ",
      "'",
      " ",
      "\n",
      "- ",
      "::\n\n",
      "\n    a",
      "\n  - File: `a`",
      "\nA\n\n",
    ];
    for (const words of again) {
      parseCatalog(words.repeat(100_000));
      parseCatalog(`A\n  - Lock name: ${words.repeat(100_000)}`);
    }
  });
});

/** Whatever was read lies in the text, says what stands there, and is in order. */
function assertSound(text: string): void {
  const catalog = parseCatalog(text);
  for (const span of spansOf(catalog))
    assert.equal(span.text, slice(text, span.range).trim().split(/\s+/).join(" "));
  for (const range of rangesOf(catalog)) assertWithin({ start: 0, end: text.length }, range);
  for (const entry of catalog.entries)
    for (const range of innerRanges(entry)) assertWithin(entry.range, range);
  for (const { range, value } of catalog.entries.flatMap(({ fields }) => fields)) {
    assertWithin(range, value.range);
  }
  assertOrdered(catalog.entries.map((entry) => entry.range));
  for (const entry of catalog.entries) assertOrdered(entry.fields.map((field) => field.range));
}

function spansOf({ entries, otherFiles }: Catalog): readonly Spanned[] {
  return [...entries.flatMap(entrySpans), ...otherFiles.map(({ file, range }) => ({ text: file, range }))];
}

function entrySpans(entry: CatalogEntry): readonly Spanned[] {
  const single = [entry.scopeText, entry.criticalSection, entry.statusRequirements, entry.file];
  return [
    entry.title,
    ...single.filter((span) => span !== undefined),
    ...entry.names,
    ...entry.where,
    ...entry.fields.flatMap(({ label, value }: CatalogField) => [label, value]),
  ];
}

function innerRanges(entry: CatalogEntry): readonly TextRange[] {
  return [...entrySpans(entry), ...entry.fields].map(({ range }) => range);
}

function rangesOf(catalog: Catalog): readonly TextRange[] {
  const { entries, otherFiles, issues } = catalog;
  return [
    ...entries.flatMap(innerRanges),
    ...[...entries, ...otherFiles, ...issues].map(({ range }) => range),
  ];
}

function assertWithin(outer: TextRange, { start, end }: TextRange): void {
  assert.ok(
    outer.start <= start && start <= end && end <= outer.end,
    `${start}–${end} in ${outer.start}–${outer.end}`,
  );
}

function assertOrdered(ranges: readonly TextRange[]): void {
  ranges.reduce(
    (before, range) => {
      assert.ok(before.end <= range.start, `${range.start} behind ${before.end}`);
      return range;
    },
    { start: 0, end: 0 },
  );
}

function onlyEntry(text: string): CatalogEntry {
  const [entry, ...others] = parseCatalog(text).entries;
  assert.ok(entry !== undefined && others.length === 0, "one entry");
  return entry;
}

function slice(text: string, range: TextRange | undefined): string {
  return text.slice(range?.start ?? 0, range?.end ?? 0);
}

function texts(spans: readonly Spanned[]): readonly string[] {
  return spans.map((span) => span.text);
}

function titles(entries: readonly CatalogEntry[]): readonly string[] {
  return entries.map((entry) => entry.title.text);
}

function kinds(issues: Catalog["issues"]): readonly string[] {
  return issues.map((issue) => issue.kind);
}

// Whatever the text: extraction does not throw, what it finds lies in the text and is sorted, and a second time it
// finds the same. What is found is never spared by the test whether a text may take locks at all.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { mayTakeLocks } from "../../server/src/facts/extract.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { decode } from "../../server/src/workspace/decode.ts";
import { bytesOf, factsOf } from "./facts-of.ts";
import { wasmEngine } from "./parser.ts";
import { ODDITIES, SAMPLES } from "./texts.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

/** Each file is cut at about so many places; all of them would take minutes. */
const CUTS = 500;

describe("a text that is being typed", () => {
  for (const { name, text } of SAMPLES.filter(({ text }) => text !== "")) {
    test(`cut off anywhere is read: ${name}`, () => {
      const step = Math.ceil(text.length / CUTS);
      for (let end = text.length; 0 <= end; end -= step) assertSound(text.slice(0, end));
    });

    test(`without its beginning is read: ${name}`, () => {
      const step = Math.ceil(text.length / (CUTS / 3));
      for (let start = 0; start < text.length; start += step) assertSound(text.slice(start));
    });
  }
});

/** Pieces of what we look for, and what breaks it. */
const PIECES = [
  ...["@", "(", ")", "[", "]", "{", "}", "'", '"', "'''", ".", ",", ":", "=", "+", "%", "\\", "*", "**", "#"],
  ...["\n", "\r\n", "\r", "    ", "\t", "\0", "\f", "\ufeff", "\ud800", "\udc00", "𝔘", "\u2028"],
  ...[
    "def f(a):",
    "class A:",
    "async ",
    "lambda: ",
    "with ",
    " as ",
    "import ",
    "from ",
    "f'{a}'",
    "b''",
    "...",
    "%s",
  ],
  ...[
    "utils",
    "utils.synchronized",
    "@utils.synchronized('x')",
    "coordination.COORDINATOR.get_lock(",
    "lock(",
    "lockutils",
  ],
  ...[
    "from cinder import utils\n",
    "import cinder.coordination as c\n",
    "external=True",
    "synchronized_remove(",
  ],
];

/** A stretch of the text that is taken out, or put in somewhere else, or a piece that is put in. */
const edit = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 200 })),
  to: fc.nat(),
  kind: fc.constantFrom("delete", "insert", "move", "repeat"),
  piece: fc.constantFrom(...PIECES),
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

const edited = fc
  .tuple(
    fc.constantFrom(...SAMPLES.filter(({ text }) => text !== "")),
    fc.array(edit, { minLength: 1, maxLength: 12 }),
  )
  .map(([{ text }, edits]) => edits.reduce(applied, text));

function applied(text: string, { at, length, to, kind, piece }: Edit): string {
  const start = at % (text.length + 1);
  const end = Math.min(start + length, text.length);
  const target = to % (text.length + 1);
  switch (kind) {
    case "delete":
      return text.slice(0, start) + text.slice(end);
    case "insert":
      return text.slice(0, start) + piece + text.slice(start);
    case "move":
      return applied(text.slice(0, target) + text.slice(start, end) + text.slice(target), {
        at,
        length,
        to,
        kind: "delete",
        piece,
      });
    case "repeat":
      return text.slice(0, target) + text.slice(start, end) + text.slice(target);
  }
}

describe("any text", () => {
  test("of our samples, changed anywhere, is read", () => {
    fc.assert(fc.property(edited, assertSound), { numRuns: 1_000 });
  });

  test("made of nothing but pieces of locks is read", () => {
    const text = fc
      .array(fc.constantFrom(...PIECES), { maxLength: 80, size: "max" })
      .map((all) => all.join(""));
    fc.assert(fc.property(text, assertSound), { numRuns: 3_000 });
  });

  test("made of any characters is read", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 500, size: "max" }), assertSound), {
      numRuns: 500,
    });
  });

  test("decoded of any bytes is read", () => {
    const bytes = fc.uint8Array({ maxLength: 2_000, size: "max" });
    fc.assert(
      fc.property(bytes, (all) => assertSound(decode(Buffer.from(all)).text)),
      { numRuns: 500 },
    );
  });

  for (const { name, text } of ODDITIES) {
    test(`of ${name} is read`, { timeout: 120_000 }, () => assertSound(text));
  }

  test("of five million characters is read", { timeout: 120_000 }, () => {
    const all = SAMPLES.map(({ text }) => text).join("\n");
    const { sites } = factsOf(engine, all.repeat(Math.ceil(5_000_000 / all.length)));
    assert.ok(1_000 < sites.length);
  });

  test("does no harm to the next", () => {
    const { sites } = factsOf(engine, "from cinder import utils\n@utils.synchronized('x')\ndef f(): pass\n");
    assert.deepEqual(
      sites.map((site) => site.functionName),
      ["f"],
    );
  });
});

function assertSound(text: string): void {
  const facts = factsOf(engine, text);
  assertInside(facts, text.length);
  for (const found of [facts.sites, facts.removals, facts.uncalled, facts.guards])
    assertSorted(found.map(({ range }) => range.start));
  if (0 < facts.sites.length + facts.removals.length + facts.uncalled.length) {
    assert.ok(mayTakeLocks(text), "a text with locks would not be parsed");
  }
  assert.equal(bytesOf(facts), bytesOf(factsOf(engine, text)));
}

/** Every range, however deep in the facts. */
function assertInside(value: unknown, length: number): void {
  if (value instanceof Map) {
    assertInside([...value.values()], length);
  } else if (typeof value === "object" && value !== null) {
    if ("start" in value && "end" in value) {
      const { start, end } = value as { readonly start: number; readonly end: number };
      assert.ok(0 <= start && start <= end && end <= length, `${start}–${end} in ${length}`);
    }
    for (const inner of Object.values(value)) assertInside(inner, length);
  }
}

function assertSorted(starts: readonly number[]): void {
  for (const [at, start] of starts.entries()) {
    assert.ok((starts[at - 1] ?? -1) < start, `${start} behind ${starts[at - 1]}`);
  }
}

// A text that is typed is parsed from where it changed, and all the same says what it would say parsed as a whole.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { bytesOf, factsOf } from "./facts-of.ts";
import { wasmEngine } from "./parser.ts";
import { SAMPLES } from "./texts.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

/** What is typed or pasted: letters, and what opens or closes more than itself. */
const PIECES = [
  ...[
    "x",
    " ",
    "\n",
    "\r\n",
    "    ",
    "\t",
    ":",
    ".",
    ",",
    "(",
    ")",
    "[",
    "{",
    "}",
    "'",
    '"',
    "'''",
    "#",
    "\\",
  ],
  ...["é", "𝔘", "\ud800", "\0", "return", "with lock('a'):\n"],
  ...["def f(a):\n", "class A:\n", "@utils.synchronized('x')\n", "from cinder import utils\n"],
];

/** At a place some letters are taken out, and others put in. */
const stroke = fc.record({
  at: fc.nat(),
  removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat({ max: 80 })),
  inserted: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES)),
});

describe("a text that is typed", () => {
  test("says after each keystroke what it says as a whole", () => {
    const texts = fc.constantFrom(...SAMPLES.map(({ text }) => text).filter((text) => text.length < 20_000));
    const strokes = fc.array(stroke, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(texts, strokes, (first, all) => {
        const resuming = engine.resuming();
        let text = first;
        assertSame(resuming, text);
        for (const { at, removed, inserted } of all) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + inserted + text.slice(start + removed);
          assertSame(resuming, text);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("says so, too, when another one is typed in between", () => {
    const resuming = engine.resuming();
    for (const { text } of [...SAMPLES, ...SAMPLES]) assertSame(resuming, text);
  });
});

function assertSame(resuming: ParserEngine, text: string): void {
  assert.equal(bytesOf(factsOf(resuming, text)), bytesOf(factsOf(engine, text)));
}

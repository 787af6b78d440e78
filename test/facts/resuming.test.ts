// A text that is typed is parsed from where it changed, and read function by function; all the same it says what it
// would say parsed and read as a whole.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import type { FilePath } from "../../server/src/facts/model.ts";
import { typedTextReader } from "../../server/src/facts/typed-text.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { bytesOf, factsOf, ORIGIN } from "./facts-of.ts";
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
    "@",
  ],
  ...["é", "𝔘", "\ud800", "\0", "return", "def ", "async ", "with lock('a'):\n"],
  ...[
    "def f(a):\n",
    "class A:\n",
    "@utils.synchronized('x')\n",
    "from cinder import utils\n",
    "import x as y\n",
  ],
];

/** At a place some letters are taken out, and others put in. */
const stroke = fc.record({
  at: fc.nat(),
  removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat({ max: 80 })),
  inserted: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES)),
});

const typing = fc.record({
  first: fc.constantFrom(...SAMPLES.map(({ text }) => text).filter((text) => text.length < 20_000)),
  strokes: fc.array(stroke, { minLength: 1, maxLength: 12 }),
});

describe("a text that is typed", () => {
  test("says after each keystroke what it says when it is read at once", () => {
    fc.assert(
      fc.property(typing, ({ first, strokes }) => {
        const typed = typedTextReader(parsingAnew(engine));
        for (const text of textsTyped(first, strokes)) {
          assert.equal(bytesOf(typed(ORIGIN, text, "locks")), bytesOf(factsOf(engine, text)));
        }
      }),
      { numRuns: 300 },
    );
  });

  // Where a text is broken, the parser may guess otherwise what was meant if it resumes.
  test("says so, too, where the parser resumes, whenever the text is whole", () => {
    fc.assert(
      fc.property(typing, ({ first, strokes }) => {
        const typed = typedTextReader(engine);
        for (const text of textsTyped(first, strokes)) {
          const facts = typed(ORIGIN, text, "locks");
          if (!engine.withTree(text, ({ root }) => root.hasError)) {
            assert.equal(bytesOf(facts), bytesOf(factsOf(engine, text)));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("says so where a block is indented otherwise than the functions behind", () => {
    const text = `from cinder import utils


class Driver:
    @utils.synchronized('a')
    def first(self):
        pass

    def second(self):
        pass

    @utils.synchronized('b')
    def third(self):
    @staticmethod
    def fourth(self):
        pass

    def fifth(self):
        pass
`;
    const typed = typedTextReader(parsingAnew(engine));
    for (const each of [text, text.replace("    @utils", "   @utils"), text]) {
      assert.equal(bytesOf(typed(ORIGIN, each, "locks")), bytesOf(factsOf(engine, each)));
    }
  });

  test("says so when it is replaced by another one", () => {
    const typed = typedTextReader(engine);
    for (const { text } of [...SAMPLES, ...SAMPLES]) {
      assert.equal(bytesOf(typed(ORIGIN, text, "locks")), bytesOf(factsOf(engine, text)));
    }
  });

  // As in copies of a driver, both open: who asks for the locks of one must not get those of the other.
  test("is not taken for that of another file that says the same", () => {
    const typed = typedTextReader(engine);
    const text = `from cinder import utils

@utils.synchronized('a')
def first():
    pass

@utils.synchronized('b')
def second():
    pass
`;
    const [one, other] = ["one.py", "other.py"].map((path) => {
      const origin = { ...ORIGIN, path: path as FilePath };
      typed(origin, text, "locks");
      return typed(origin, `${text}\n`, "locks").sites;
    });
    assert.deepEqual(one, other);
    assert.ok(one?.every((site) => !other?.includes(site)));
  });
});

/** The first text, and what it is after each stroke. */
function* textsTyped(
  first: string,
  strokes: readonly { readonly at: number; readonly removed: number; readonly inserted: string }[],
): Generator<string> {
  yield first;
  let text = first;
  for (const { at, removed, inserted } of strokes) {
    const start = at % (text.length + 1);
    text = text.slice(0, start) + inserted + text.slice(start + removed);
    yield text;
  }
}

/** An engine that does not resume: what it makes of a text hangs on that alone. */
function parsingAnew(engine: ParserEngine): ParserEngine {
  return { ...engine, resuming: () => ({ ...engine, forget: () => undefined }) };
}

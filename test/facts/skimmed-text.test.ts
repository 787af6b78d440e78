// A text that is skimmed says the same of its locks as one that is read.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { extractFacts } from "../../server/src/facts/extract.ts";
import type { FileFacts } from "../../server/src/facts/model.ts";
import type { Asked } from "../../server/src/facts/section.ts";
import { skimmedTextReader } from "../../server/src/facts/skimmed-text.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { ORIGIN } from "./facts-of.ts";
import { wasmEngine } from "./parser.ts";
import { askPython } from "./python.ts";
import { ODDITIES, SAMPLES } from "./texts.ts";

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

/** What makes a body worth cutting out. */
const SILENT = "value = compute(argument, other_argument) + one_more_argument  # and so on";

/** The samples with more in each function. */
const PADDED = SAMPLES.map(({ name, text }) => ({
  name,
  text: text.replace(/^( *(?:async )?def .*:\n)( +)/gm, `$1$2${SILENT}\n$2`),
}));

describe("a text that is skimmed", () => {
  for (const { name, text } of [...PADDED, ...ODDITIES.filter((each) => each.text.length < 20_000)]) {
    test(`says the same of its locks: ${name}`, () => assertSame(text));
  }

  // Where Python cannot read it, nobody knows what was meant.
  test("says the same of its locks while it is edited, whenever Python can read it", (t) => {
    const texts = fc.sample(edited, 3_000);
    const canRead = askPython<boolean>(t, CAN_READ, texts);
    if (canRead !== undefined) {
      const readable = texts.filter((_, at) => canRead[at]);
      t.diagnostic(`${readable.length} of ${texts.length} texts can be read`);
      readable.forEach(assertSame);
    }
  });

  test("is not parsed where nothing tells of locks", () => {
    const text = `from cinder import utils


def first(a, b=None):
    """Waits with a lock, as this text says."""
    ${SILENT}
    return a


class Driver:
    def second(self):
        ${SILENT}
        return 'a' \\
            'b' \\
            'c'

    # Between two of them.
    async def third(self, a,
                    b={'def f(): pass': 1}):
        ${SILENT}
        return """
def fourth():
    pass
"""

    """A text of the class."""

    @property
    def fifth(self):
        ${SILENT}

    @utils.synchronized('a')
    def sixth(self):
        ${SILENT}
`;
    assert.equal(
      textParsed(text),
      `from cinder import utils


def first(a, b=None):
    ''


class Driver:
    ''

    """A text of the class."""

    @property
    def fifth(self):
        ''  # and so on

    @utils.synchronized('a')
    def sixth(self):
        ''  # and so on
`,
    );
    assertSame(text);
  });

  const TELLING = {
    "a lock that is entered": "with self._lock:\n            pass",
    "a lock that is acquired": "self._lock.acquire()",
    "a call of an API": "stack.enter_context(lockutils.lock('a'))",
    "an API by a name of its own": "stack.enter_context(node_lock('a'))",
    "an API that is imported": "stack.enter_context(external_lock('a'))",
    "an API in an f-string": "return f'{lockutils.lock(self.name)}'",
    "a function inside that is decorated": "@locked\n        def inner(): pass",
    "a class inside": "class Inner(Driver): prefix = 'a'",
    "an import": "from cinder.coordination import synchronized as locked",
    "an attribute that is given a value": "self._prefix = 'a'",
  };
  for (const [what, statement] of Object.entries(TELLING)) {
    test(`is parsed in a function with ${what}`, () => {
      const text = `from oslo_concurrency import lockutils
from oslo_concurrency.lockutils import (
    external_lock, internal_lock as node_lock)

class Driver:
    def silent(self):
        ${SILENT}

    def telling(self):
        ${SILENT}
        ${statement}
`;
      assert.ok(!textParsed(text).includes("def silent"));
      assert.ok(textParsed(text).includes(statement));
      assertSame(text);
    });
  }

  const CHECKED = {
    "a lock that is handed to others": "self.hand_on(self._lock)",
    "a status that is guarded": "volume.conditional_update({'status': 'error'}, {'status': 'available'})",
    "a comment for us": "work()  # cinder-locks: ignore[mixed-scope] for a reason",
    "a function inside": "inner = 1\n        def inner(): pass",
    "nothing but a return": "",
    "a word of its docstring": "value = lock_of(self)",
  };
  for (const [what, statement] of Object.entries(CHECKED)) {
    test(`says the same where locks are checked, of a function with ${what}`, () => {
      assertSame(`import threading

class Driver:
    def __init__(self):
        self._lock = threading.Lock()

    def take(self):
        self._lock.acquire()
        self.work()
        self._lock.release()

    def told(self, volume):
        """Says with a word of a class what is as long as what is worth being cut out."""
        ${statement}
        return None

    def silent(self, volume):
        """Says with a word of a class what is as long as what is worth being cut out."""
        ${SILENT}
        return self.take()
`);
    });
  }

  const GIVEN = [
    "",
    " None",
    " {'size': 1}",
    " r'a'",
    " 100",
    " (a, b)",
    " None if a else b",
    " a",
    " self.take()",
  ];
  for (const given of [...GIVEN.map((value) => `return${value}`), "raise NotImplementedError()", "pass"]) {
    test(`says the same of whether a method does something: ${given}`, () => {
      assertSame(`import threading

class Driver:
    def __init__(self):
        self._lock = threading.Lock()

    def told(self, a, b):
        """Says in so many words that it would be worth to cut them out, what it may or may not do."""
        ${given}
`);
    });
  }

  test("says the same of a parameter that a locked function tests", () => {
    assertSame(`from cinder import coordination

@coordination.synchronized('{volume.id}')
def locked(volume):
    ${SILENT}
    if volume is None:
        return
`);
  });

  const KEPT = "with excutils.save_and_reraise_exception() as kept:\n            kept.reraise = False";
  const EXCEPTIONS: readonly (readonly [
    what: string,
    imports: string,
    statement: string,
    isParsed: boolean,
  ])[] = [
    ["where an exception is kept", "from oslo_utils import excutils", KEPT, false],
    ["where a lock is entered, too", "from oslo_utils import excutils", KEPT.replace("()", "(), lock"), true],
    ["where the name is given away", "from oslo_utils import excutils\nexcutils = mine", KEPT, true],
    ["where the name is another one's", "from driver import excutils", KEPT, true],
  ];
  for (const [what, imports, statement, isParsed] of EXCEPTIONS) {
    test(`is ${isParsed ? "parsed" : "cut out"} ${what}`, () => {
      const text = `${imports}\n\nclass Driver:\n    def told(self):\n        ${SILENT}\n        ${statement}\n`;
      assert.equal(textParsed(text).includes(statement), isParsed);
      assertSame(text);
    });
  }

  test("ends a function in front of what joins its last line to nothing", () => {
    assertSame(
      `from cinder import utils\n\n@utils.synchronized('a')\ndef f():\n    ${SILENT}\n    pass\\\n\n`,
    );
  });

  test("is parsed as a whole where it is broken, indented by tabs, or a line begins with a joint", () => {
    for (const text of [
      `def f(:\n    ${SILENT}\n`,
      `def f():\n\t${SILENT}\n`,
      `def f(self):\n    ${SILENT}\n\\\n    self.name = 'a'\n`,
    ]) {
      assert.equal(textParsed(text), text);
    }
  });
});

const CAN_READ = `
import ast
def answer(text):
    try:
        ast.parse(text)
        return True
    except (SyntaxError, ValueError):
        return False
`;

const edited = fc
  .record({
    text: fc.constantFrom(...PADDED.map(({ text }) => text).filter((text) => text.length < 20_000)),
    strokes: fc.array(
      fc.record({
        at: fc.nat(),
        removed: fc.oneof(fc.constant(0), fc.nat({ max: 80 })),
        inserted: fc.constantFrom(
          "",
          "x",
          "\n",
          "    ",
          "(",
          "'",
          '"""',
          "# ",
          "\\\n",
          "def f(a):\n",
          "with a:\n",
          "@b\n",
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ text, strokes }) =>
    strokes.reduce((before, { at, removed, inserted }) => {
      const start = at % (before.length + 1);
      return before.slice(0, start) + inserted + before.slice(start + removed);
    }, text),
  );

/** In a text that is broken nobody knows what was meant. */
function assertSame(text: string): void {
  for (const asked of ["locks", "all"] as const) {
    const read = engine.withTree(text, (tree) =>
      tree.root.hasError ? undefined : extractFacts(ORIGIN, tree, "whole", asked),
    );
    const skimmed = skimmedTextReader(engine, asked)(ORIGIN, text, "whole");
    if (read !== undefined) {
      assert.deepEqual(said(skimmed, asked), said(read, asked), text.slice(0, 20_000));
    }
  }
}

/** Where only locks are asked for, which words are used, and where a parameter is tested, is told by what is read. */
function said({ usedNames, ...facts }: FileFacts, asked: Asked): unknown {
  return JSON.parse(
    JSON.stringify(asked === "all" ? { usedNames, ...facts } : facts, (key, value: unknown) => {
      if (asked === "locks" && key === "noneBy" && value === "test") {
        return undefined;
      }
      return value instanceof Map || value instanceof Set ? [...value] : value;
    }),
  );
}

/** The last text that the parser was handed. */
function textParsed(text: string): string {
  let parsed = "";
  const watched: ParserEngine = {
    ...engine,
    withTree: (given, use, parts) => {
      parsed = given;
      return engine.withTree(given, use, parts);
    },
  };
  skimmedTextReader(watched, "locks")(ORIGIN, text, "whole");
  return parsed;
}

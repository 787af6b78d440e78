// Do we know the same texts as Python computes? Generated expressions are evaluated by Python, with stand-ins for
// what only the run time knows, and held against the pieces that we read out of the source.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import type { TextPiece } from "../../server/src/syntax/static-text.ts";
import { staticPiecesOf } from "../../server/src/syntax/static-text.ts";
import { wasmEngine } from "./parser.ts";
import { askPython } from "./python.ts";

/**
 * Names stand for long texts of their own, whatever is done to them, so that they are found again in the result; `n`
 * is a number. An expression whose value a conversion may change, a number or a literal, matches anything.
 */
const PYTHON = `
import ast, re

class Unknown(str):
    def __getattr__(self, name): return unknown(self[1:3] + name)
    def __getitem__(self, key): return unknown(str(key)) if isinstance(key, str) else str.__getitem__(self, key)
    def __call__(self, *_): return unknown(self[1:3] + 'called')
    def __repr__(self): return self
    def __format__(self, _): return self
    def __mod__(self, _): return self

def unknown(name):
    return Unknown('<' + name * 20 + '>')

NAMES = {'a': unknown('a'), 'b': unknown('b'), 'n': 7001}

def value_of(source):
    try:
        return str(eval(source.strip(), dict(NAMES)))
    except SyntaxError:
        return eval("f'''{" + source + "}'''", dict(NAMES))

def pattern_of(piece):
    if 'text' in piece:
        return re.escape(piece['text'])
    value = value_of(piece['source'])
    return re.escape(value) if '<' in value else '.*'

def answer(question):
    source, pieces = question
    try:
        ast.parse(source, mode='eval')
    except (SyntaxError, ValueError):
        return {'kind': 'invalid'}
    try:
        value = eval(source, dict(NAMES))
    except Exception:
        return {'kind': 'raises'}
    if not isinstance(value, str):
        return {'kind': 'text' if pieces is None else 'differs', 'value': repr(value)}
    if pieces is None:
        return {'kind': 'text', 'value': value}
    try:
        pattern = ''.join(map(pattern_of, pieces))
    except Exception as error:
        return {'kind': 'differs', 'value': str(error)}
    return {'kind': 'same' if re.fullmatch(pattern, value, re.DOTALL) else 'differs', 'value': value}
`;

interface PythonAnswer {
  /** `text`: Python computes a value, and we said that we do not know what. */
  readonly kind: "invalid" | "raises" | "text" | "same" | "differs";
  readonly value?: string;
}

/** An expression, and whether we promise to know that it is a text, and which. */
interface Expression {
  readonly source: string;
  readonly isKnown: boolean;
}

let engine: ParserEngine;
before(async () => {
  engine = await wasmEngine();
});

const QUOTES = ["'", '"', "'''", '"""'];
const PLAIN = [..."aZ0 -_/.:é•𝔘\t{}", "{{", "}}", "{a}", "%%", "100%", "#", "//"];
const ESCAPES = [
  "\\n",
  "\\t",
  "\\r",
  "\\a",
  "\\b",
  "\\f",
  "\\v",
  "\\\\",
  "\\'",
  '\\"',
  "\\x41",
  "\\xe9",
  "\\u00e9",
];
const MORE_ESCAPES = [
  "\\U0001d518",
  "\\ud800",
  "\\0",
  "\\7",
  "\\101",
  "\\1234",
  "\\777",
  "\\d",
  "\\8",
  "\\ ",
  "\\x25s",
];
const LINE_ENDS = ["\\\n", "\\\r\n", "\n", "\r\n", "\r"];
const QUOTES_INSIDE = ["'", '"', "''", '""'];
const BROKEN = ["\\x4", "\\u12", "\\U00110000"];

/** Mostly letters, and each kind of oddity now and then. */
const character = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 40, arbitrary: fc.constantFrom(...ESCAPES, ...MORE_ESCAPES) },
  { weight: 5, arbitrary: fc.constantFrom(...LINE_ENDS) },
  { weight: 5, arbitrary: fc.constantFrom(...QUOTES_INSIDE) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
);
const characters = fc.array(character, { maxLength: 6 }).map((all) => all.join(""));

const literal = fc
  .tuple(fc.constantFrom("", "", "", "u", "U", "r", "R"), fc.constantFrom(...QUOTES), characters)
  .map(([prefix, quote, body]) => known(prefix + quote + body + quote));

const INTERPOLATIONS = [
  ...[
    "{a}",
    "{b.c}",
    "{a!r}",
    "{a!s:>10}",
    "{a:{n}}",
    "{ a }",
    "{a=}",
    "{a['k']}",
    '{a["k"]}',
    "{a if a else b}",
  ],
  ...["{(lambda: a)()}", "{ {1: a}[1] }", "{a:%H:%M}", "{a('x', n)}", "{a:>{n}}", "{a!r:^{n}.{n}}", "{a+b}"],
];
const formatted = fc
  .tuple(
    fc.constantFrom("f", "F", "rf", "fR", "Fr", "RF"),
    fc.constantFrom(...QUOTES),
    fc.array(fc.oneof(character, fc.constantFrom(...INTERPOLATIONS)), { maxLength: 6 }),
  )
  .map(([prefix, quote, body]) => known(prefix + quote + body.join("") + quote));

const DYNAMIC = ["a", "b.c", "a['k']", "a('x', n)", "(a)", "a % b", "(a or b)", "a.c(n)", "(a if a else b)"];
const dynamic = fc.constantFrom(...DYNAMIC).map((source) => ({ source, isKnown: false }));
const number = fc.constantFrom("n", "7", "n + 1", "0x1f", "1.5", "-n", "True");

const string = fc.oneof({ weight: 4, arbitrary: literal }, { weight: 1, arbitrary: formatted });
const GAPS = [" ", "  ", "\n", " # why\n", " \\\n ", "\r\n", ""];

const sideBySide = fc
  .array(fc.tuple(string, fc.constantFrom(...GAPS)), { minLength: 2, maxLength: 4 })
  .map((all) => known(`(${all.map(([{ source }, gap]) => source + gap).join("")})`));

/** One conversion with what is converted. */
interface Conversion {
  readonly conversion: string;
  readonly operand: string;
}

const conversion: fc.Arbitrary<Conversion> = fc.oneof(
  fc.record({
    conversion: fc.constantFrom("s", "s", "s", "r", "5s", "-9s", "a", "-s", "hs"),
    operand: dynamic.map(({ source }) => source),
  }),
  fc.record({
    conversion: fc.constantFrom("s", "s", "r", "5s", "-3s", ".1s", "a", "c", "d", "05d", "ls"),
    operand: literal.map(({ source }) => source),
  }),
  fc.record({
    conversion: fc.constantFrom(
      "s",
      "d",
      "i",
      "u",
      "05.1f",
      "x",
      "#x",
      "+d",
      " d",
      "o",
      "e",
      "G",
      "ld",
      "c",
      "r",
    ),
    operand: number,
  }),
);

/** Texts between the conversions: `'a-%s-%%' % …`; each conversion may be written as a key of a dictionary, too. */
const text = fc.array(fc.constantFrom(..."ab-{}", "%%", "\\n", "\\x41", "\\x25%"), { maxLength: 3 });
const parts = fc.array(fc.tuple(conversion, text), { minLength: 1, maxLength: 4 });

const percentWithTuple = fc
  .tuple(text, parts, fc.constantFrom("", " ", ","))
  .map(([start, all, end]) =>
    known(
      `'${start.join("")}${all.map(([{ conversion }, after]) => `%${conversion}${after.join("")}`).join("")}' % (${all
        .map(([{ operand }]) => operand)
        .join(", ")}${all.length === 1 ? "," : end})`,
    ),
  );

const percentWithOne = fc
  .tuple(text, conversion, text)
  .map(([start, { conversion, operand }, end]) =>
    known(`'${start.join("")}%${conversion}${end.join("")}' % (${operand})`),
  );

const keyed = fc.tuple(conversion, text, fc.constantFrom("k", "a b", "", "é", "x-y"));
const percentWithDictionary = fc
  .tuple(text, fc.uniqueArray(keyed, { maxLength: 4, selector: ([, , key]) => key }))
  .map(([start, all]) => {
    const format = all
      .map(([{ conversion }, after, key]) => `%(${key})${conversion}${after.join("")}`)
      .join("");
    const pairs = all.map(([{ operand }, , key]) => `'${key}': ${operand}`);
    return known(`'${start.join("")}${format}' % {${["'unused': a", ...pairs].join(", ")}}`);
  });

/** What Python refuses, or what only it can know: there we may say that we do not know. */
const ODD = [
  ...["'%s' % ()", "'%s-%s' % ('a',)", "'%s' % ('a', 'b')", "'a' % ()", "'a' % 'b'", "'%' % ()", "'%y' % a"],
  ...[
    "'50%' % {}",
    "'%(a' % {'a': b}",
    "'%(a)s' % ('x',)",
    "'%s' % {'a': 1}",
    "'%(a)s%s' % {'a': 1}",
    "'%*d' % (3, n)",
  ],
  ...[
    "'%.*f' % (1, 2.0)",
    "'%(a(b))s' % {'a(b)': 'x'}",
    "'%(k)s' % {**{'k': 'x'}}",
    "'%5%' % ()",
    "'%(k)%' % {'k': 1}",
  ],
  ...[
    "'%s' % (*('x',),)",
    "'%s' % [a]",
    "'%% %d%%' % (n,)",
    "'%d' % 'x'",
    "'%%s' % ()",
    "'%%' % {}",
    "'%s %' % 'x'",
  ],
  ...[
    "f'{a}%s' % b",
    "f'{{}}%s' % 'x'",
    "b'a'",
    "b'%s' % b'x'",
    "'\\N{BULLET}'",
    "'a' '\\N{DASH}'",
    "'a' * 2",
    "n + n",
  ],
  ...[
    "'a'.upper()",
    "a + b",
    "a + b + 'c'",
    "'a' if a else 'b'",
    "('a', 'b')",
    "('a',)",
    "['a']",
    "('a')",
    "(('a'))",
  ],
  ...["-n", "'%s%s' % (('a', 'b'))", "'%s' % ((('a')))", "'x' + ('%s' '%s' % ('a', b))", "'%s' % 'a' + 'b'"],
  ...[
    "'%s' % 'a' % ()",
    "'%s' % '%s' % 'x'",
    "'%%%s' % 'a' % 'b'",
    "'%s%%s' % a % b",
    "'%(k)s' % {'k': 'x', 'k': 'y'}",
  ],
].map((source) => ({ source, isKnown: false }));

const { expression } = fc.letrec<{ readonly expression: Expression; readonly sum: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    string,
    sideBySide,
    percentWithTuple,
    percentWithOne,
    percentWithDictionary,
    fc.constantFrom(...ODD),
    dynamic,
    tie("sum"),
    tie("sum"),
  ),
  sum: fc
    .tuple(tie("expression"), tie("expression"), fc.constantFrom("+", " + ", " +\\\n"), fc.boolean())
    .map(([left, right, plus, inParentheses]) => {
      const source = `${left.source}${plus}${inParentheses ? `(${right.source})` : right.source}`;
      return { source, isKnown: left.isKnown && right.isKnown };
    }),
}));

function known(source: string): Expression {
  return { source, isKnown: true };
}

describe("the text of an expression", () => {
  const expressions = [...ODD, ...fc.sample(expression, { numRuns: 20_000, seed: 1 })];

  test("is what Python computes", (t) => {
    const questions = expressions.map(({ source }) => [source, piecesOf(source) ?? null]);
    const answers = askPython<PythonAnswer>(t, PYTHON, questions);
    if (answers === undefined) return;
    const told = expressions.map((each, at) => ({ ...each, ours: questions[at]?.[1], ...answers[at] }));
    const wrong = told.filter(({ kind }) => kind === "differs");
    const missed = told.filter(({ kind, isKnown }) => kind === "text" && isKnown);
    const count = (kind: string): number => told.filter((each) => each.kind === kind).length;
    t.diagnostic(
      `${count("same")} of ${told.length} expressions are known, ${count("text")} are not; ` +
        `Python refuses ${count("invalid") + count("raises")}`,
    );
    assert.deepEqual(shortest(wrong), [], `${wrong.length} differ`);
    assert.deepEqual(shortest(missed), [], `${missed.length} are not known`);
  });

  test("keeps a backslash before a lone carriage return, which the parser does not see as a line end", () => {
    assert.equal(textsOf("'a\\\rb'")?.join(""), "a\\\nb"); // Python: 'ab'
  });

  test("is told with the place of each character", () => {
    for (const { source } of expressions) {
      for (const piece of piecesOf(source) ?? []) {
        if (piece.kind === "text") {
          assertPlaces(source, piece);
        } else {
          assert.equal(source.slice(piece.range.start, piece.range.end).trim(), piece.source);
        }
      }
    }
  });
});

function shortest<Item extends { readonly source: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((one, other) => one.source.length - other.source.length).slice(0, 8);
}

function textsOf(source: string): readonly string[] | undefined {
  return piecesOf(source)?.map((piece) => (piece.kind === "text" ? piece.text : piece.source));
}

/** Parsed as a file of its own. */
function piecesOf(source: string): readonly TextPiece[] | undefined {
  return engine.withTree(source, (tree) => {
    const [statement, ...more] = tree.root.namedChildren;
    const node = statement?.namedChildren[0];
    return tree.root.hasError || more.length > 0 || node === null || node === undefined
      ? undefined
      : staticPiecesOf(tree, node);
  });
}

/** A character stands where it is said to stand, unless the source spells it otherwise there. */
function assertPlaces(source: string, { text, starts, ends }: TextPiece & { readonly kind: "text" }): void {
  assert.deepEqual([starts.length, ends.length], [text.length, text.length]);
  for (const [at, start] of starts.entries()) {
    const spelled = source.slice(start, ends[at]);
    const unit = text.charAt(at);
    assert.ok(spelled === unit || /^(?:\\|\r\n?$)/.test(spelled) || spelled === unit + unit, spelled);
    assert.ok((ends[at - 1] ?? 0) <= start || start === starts[at - 1], `${at} of ${source}`);
  }
}

// Do we read format strings as Python does? Python's own parser and `str.format` tell.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { FormatName, FormatSegment } from "../../server/src/base/format-string.ts";
import { parseFormatString } from "../../server/src/base/format-string.ts";
import { askPython } from "../facts/python.ts";

/**
 * What Python says of a template: that `str.format` raises ValueError, whatever it is given, or its texts and fields.
 * The values it is given have all attributes and items, and take any format. `None` where `{}` and `{0}` are mixed,
 * which we leave to others: which of the errors comes first depends on what is passed.
 */
const PYTHON = `
import _string

class Text(str):
    def __format__(self, spec): return ''

class Anything:
    def __repr__(self): return Text()
    def __getattr__(self, name): return self
    def __getitem__(self, key): return self
    def __format__(self, spec): return ''

ANYTHING = Anything()

def fields_of(template):
    for text, name, spec, conversion in _string.formatter_parser(template):
        if name is not None:
            yield name
            yield from fields_of(spec)

def answer(template):
    try:
        names = [str(_string.formatter_field_name_split(name)[0]) for name in fields_of(template)]
        template.format(*[ANYTHING] * 100, **dict.fromkeys(names, ANYTHING))
    except ValueError as error:
        return None if str(error).startswith('cannot switch') else {'error': str(error)}
    return {'parts': [part for text, name, *_ in _string.formatter_parser(template) for part in parts_of(text, name)]}

def parts_of(text, name):
    yield text
    if name is not None:
        root, rest = _string.formatter_field_name_split(name)
        yield [str(root), [str(key) for is_attribute, key in rest if not is_attribute]]
`;

type Part = string | readonly [root: string, keys: readonly string[]];
type PythonAnswer = { readonly error: string } | { readonly parts: readonly Part[] };

/** What generated templates are made of: all that means something, and some that does not. */
const piece = fc.constantFrom(
  ..."{}[]:!.-",
  ..."{}[]:!.{}",
  ..."ab01 r",
  ...["{{", "}}", "{}", "{0}", "{1}", "{a}", "{a.b}", "{a[b]}", "{a[0].b[c d]}", "{self.a[b]}"],
  ...[
    "!r}",
    "!s",
    "!a:",
    "!x}",
    ":>10}",
    ":{",
    "}}",
    "{a!r:>{b}}",
    "{a:{b:{c}}}",
    "{a:{{b}}}",
    "é",
    "𝔘",
    "'",
  ],
);
const templates = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

describe("format strings", () => {
  test("are read as by Python", (t) => {
    const questions = [...new Set([...KNOWN, ...fc.sample(templates, { numRuns: 30_000, seed: 1 })])];
    const answers = askPython<PythonAnswer | null>(t, PYTHON, questions);
    if (answers === undefined) return;
    const different = questions.flatMap((template, at) => {
      const [ours, python] = [ourAnswer(template), answers[at]];
      return same(ours, python) ? [] : [{ template, ours, python }];
    });
    t.diagnostic(
      `${answers.filter((each) => each !== null && "parts" in each).length} of ${questions.length} are valid`,
    );
    assert.deepEqual(different.slice(0, 10), [], `${different.length} of ${questions.length} differ`);
  });

  test("are told in segments that cover them without a gap", () => {
    fc.assert(
      fc.property(templates, (template) => {
        const segments = parseFormatString(template);
        if (segments === undefined) return;
        const ends = segments.reduce((end, segment) => {
          assert.equal(segment.start, end);
          assertSound(template, segment);
          return segment.end;
        }, 0);
        assert.equal(ends, template.length);
      }),
      { numRuns: 10_000 },
    );
  });

  test("however deep or long take no more time than they are long", { timeout: 60_000 }, () => {
    for (const again of ["{", "{a[", "{a:", "{a:{b}", "{a}", "{{", "{a[b]", "[", "!", "{a:{b}}", "}"]) {
      parseFormatString(again.repeat(200_000));
    }
  });
});

/** Places where it is easy to be wrong, in any case. */
const KNOWN = [
  ...["", "{", "}", "{}", "{{", "}}", "{{}}", "{a", "a}", "{{a}", "{a}}", "{{{a}}}", "{a}{b}", "{{a}}"],
  ...[
    "{volume.id}",
    "{volume[id]}",
    "{snapshot['name']}",
    "{lst[1]}",
    "{lst[-1]}",
    "{d[a b]}",
    "{d[{]}",
    "{d[:]}",
  ],
  ...[
    "{d[}]}",
    "{d[}",
    "{d[",
    "{d[]}",
    "{d.}",
    "{.d}",
    "{[d]}",
    "{d[a]b}",
    "{d[a][b]}",
    "{d..e}",
    "{d]}",
    "{a.b]c}",
  ],
  ...[
    "{a!r}",
    "{a!s:>10}",
    "{a!}",
    "{a!}}",
    "{a!x}",
    "{a!rr}",
    "{a!r",
    "{a!r:",
    "{!r}",
    "{a:!r}",
    "{a::}",
    "{a:}",
  ],
  ...[
    "{n:{size}}",
    "{n:{size}.{digits}}",
    "{n:{a:{b}}}",
    "{n:{{}}}",
    "{n:}}",
    "{n:{}",
    "{n:{",
    "{a{b}}",
    "{ a }",
  ],
  ...[
    "{}{0}",
    "{0}{}",
    "{}{}",
    "{0}{1}",
    "{0:{}}",
    "{:{0}}",
    "{:{}}",
    "{a}{}",
    "{a.0}{}",
    "{[0]}{0}",
    "{01}",
  ],
];

/** Ours in Python's words: texts joined, with their doubled braces as one. */
function ourAnswer(template: string): PythonAnswer {
  const segments = parseFormatString(template);
  return segments === undefined
    ? { error: "" }
    : {
        parts: segments.map((segment) =>
          segment.kind === "text"
            ? template.slice(segment.start, segment.end).replace(/\{\{|\}\}/g, (braces) => braces.slice(1))
            : [segment.root.text, segment.keys.map((key) => key.text)],
        ),
      };
}

function same(ours: PythonAnswer, python: PythonAnswer | null | undefined): boolean {
  return (
    python === null ||
    JSON.stringify(comparable(ours)) === JSON.stringify(comparable(python ?? { error: "" }))
  );
}

/** Python splits texts at doubled braces, counts `{}` as the empty name, and reads `01` as a number. */
function comparable(answer: PythonAnswer): readonly Part[] | "error" {
  if ("error" in answer) {
    return "error";
  }
  const parts: Part[] = [];
  for (const part of answer.parts) {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") {
      parts[parts.length - 1] = last + part;
    } else if (typeof part === "string") {
      parts.push(part);
    } else {
      parts.push([plain(part[0]), part[1].map(plain)]);
    }
  }
  return parts.filter((part) => part !== "");
}

function plain(name: string): string {
  return /^\d+$/.test(name) ? String(Number(name)) : name;
}

function assertSound(template: string, segment: FormatSegment): void {
  assert.ok(segment.start < segment.end);
  if (segment.kind === "field") {
    assert.equal(template.charAt(segment.start), "{");
    assert.equal(template.charAt(segment.end - 1), "}");
    for (const name of [segment.root, ...segment.keys]) assertInside(template, segment, name);
  }
}

function assertInside(template: string, segment: FormatSegment, name: FormatName): void {
  assert.ok(segment.start < name.start && name.end < segment.end);
  assert.equal(name.text, template.slice(name.start, name.end));
}

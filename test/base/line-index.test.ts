// Lines as the protocol counts them, against a definition that is slow and plain.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { LinePosition } from "../../server/src/base/line-index.ts";
import {
  lineIndexAfter,
  lineIndexOf,
  offsetAt,
  positionAt,
  wholeLines,
} from "../../server/src/base/line-index.ts";

/** A line with the characters that end it: `\n`, `\r\n`, `\r`, or nothing at the end of the text. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    line += unit;
    if (unit === "\n" || (unit === "\r" && text.charAt(at + 1) !== "\n")) {
      lines.push(line);
      line = "";
    }
  }
  return [...lines, line];
}

function naivePosition(text: string, offset: number): LinePosition {
  let before = 0;
  for (const [line, { length }] of linesOf(text).entries()) {
    if (offset < before + length) {
      return { line, character: offset - before };
    }
    before += length;
  }
  const last = linesOf(text);
  return { line: last.length - 1, character: last.at(-1)?.length ?? 0 };
}

const text = fc
  .array(fc.constantFrom("\n", "\r", "\r\n", "a", "𝔘", "\u2028", "\u0085", "\f", "\ud800"), { maxLength: 30 })
  .map((all) => all.join(""));

describe("a line index", () => {
  test("knows lines by their three ends", () => {
    assert.deepEqual(lineIndexOf("a\nb\r\nc\rd").starts, [0, 2, 5, 7]);
    assert.deepEqual(lineIndexOf("").starts, [0]);
    assert.deepEqual(lineIndexOf("\r\n\r\n").starts, [0, 2, 4]);
    assert.deepEqual(lineIndexOf("\n\r").starts, [0, 1, 2]);
    assert.deepEqual(lineIndexOf("a\u2028b\u0085c\fd").starts, [0]);
  });

  test("counts UTF-16 code units", () => {
    assert.deepEqual(positionAt(lineIndexOf("𝔘x\n𝔘y"), 3), { line: 0, character: 3 });
    assert.deepEqual(positionAt(lineIndexOf("𝔘x\n𝔘y"), 6), { line: 1, character: 2 });
  });

  test("finds the positions that a plain definition finds", () => {
    fc.assert(
      fc.property(text, (text) => {
        const index = lineIndexOf(text);
        assert.equal(index.starts.length, linesOf(text).length);
        for (let offset = 0; offset <= text.length; offset += 1) {
          assert.deepEqual(positionAt(index, offset), naivePosition(text, offset));
          assert.equal(offsetAt(index, positionAt(index, offset)), offset);
        }
      }),
    );
  });

  test("takes what lies outside as the nearest end", () => {
    const index = lineIndexOf("ab\ncd");
    assert.deepEqual(positionAt(index, -1), { line: 0, character: 0 });
    assert.deepEqual(positionAt(index, 99), { line: 1, character: 2 });
    assert.equal(offsetAt(index, { line: 0, character: 99 }), 2);
    assert.equal(offsetAt(index, { line: 1, character: 99 }), 5);
    assert.equal(offsetAt(index, { line: 9, character: 0 }), 5);
  });

  test("finds an offset for any position", () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (text, line, character) => {
        const lines = linesOf(text);
        const start = lines.slice(0, line).join("").length;
        // The line's end is before its last character that ends it, so that the offset stays on the line.
        const longest = (lines[line] ?? "").length - (line + 1 < lines.length ? 1 : 0);
        assert.equal(offsetAt(lineIndexOf(text), { line, character }), start + Math.min(character, longest));
      }),
    );
  });

  test("follows an edit as if the text were read anew", () => {
    fc.assert(
      fc.property(text, text, text, text, (before, removed, inserted, behind) => {
        const edit = {
          start: before.length,
          oldEnd: before.length + removed.length,
          newEnd: before.length + inserted.length,
        };
        const after = before + inserted + behind;
        assert.deepEqual(
          lineIndexAfter(lineIndexOf(before + removed + behind), after, edit),
          lineIndexOf(after),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("widens a range to whole lines", () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 60 }), fc.nat({ max: 60 }), (text, one, other) => {
        const [start, end] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
        const whole = wholeLines(lineIndexOf(text), { start, end });
        const [first, last] = [naivePosition(text, start).line, naivePosition(text, end).line];
        assert.equal(
          text.slice(whole.start, whole.end),
          linesOf(text)
            .slice(first, last + 1)
            .join(""),
        );
      }),
    );
  });
});

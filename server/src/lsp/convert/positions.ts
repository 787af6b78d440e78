import type { Position, Range } from "vscode-languageserver";
import type { LineIndex } from "../../base/line-index.ts";
import { offsetAt, positionAt } from "../../base/line-index.ts";
import type { TextRange } from "../../base/text-range.ts";

/** Lines and characters of the protocol against offsets inside; both count UTF-16 code units. */

export function toLspRange(lines: LineIndex, range: TextRange): Range {
  return { start: positionAt(lines, range.start), end: positionAt(lines, range.end) };
}

export function fromLspPosition(lines: LineIndex, position: Position): number {
  return offsetAt(lines, position);
}

export function fromLspRange(lines: LineIndex, range: Range): TextRange {
  return { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) };
}

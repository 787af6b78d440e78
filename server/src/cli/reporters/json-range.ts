import type { LineIndex, LinePosition } from "../../base/line-index.ts";
import { positionAt } from "../../base/line-index.ts";
import type { TextRange } from "../../base/text-range.ts";

/** A range as the JSON formats tell it: lines and characters 0-based, as in LSP. */
export interface JsonRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

export function jsonRange(lines: LineIndex | undefined, range: TextRange): JsonRange {
  const nowhere = { line: 0, character: 0 };
  return lines === undefined
    ? { start: nowhere, end: nowhere }
    : { start: positionAt(lines, range.start), end: positionAt(lines, range.end) };
}

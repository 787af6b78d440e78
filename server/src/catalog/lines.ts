// What each line of a reStructuredText document is, seen by its beginning and its neighbors.
// Knows nothing of locks, and only as much of the markup as keeps lists apart from everything else.
import type { TextRange } from "../base/text-range.ts";
import { sliceOf } from "./spanned.ts";

/**
 * - `hidden`: a comment, a directive or a literal block; nothing in it is the document's own list
 * - `heading`: underlined text; `adornment`: the line under (or over) it
 * - `bullet`: the first line of a list item
 */
export type LineKind = "blank" | "hidden" | "heading" | "adornment" | "bullet" | "text";

export interface Line {
  readonly kind: LineKind;
  /** Columns before the first character, of a bullet line before the bullet. */
  readonly indent: number;
  /** The line without indentation, line end and white space before it. */
  readonly range: TextRange;
  /** What a bullet line says behind its bullet; else the same as `range`. */
  readonly content: TextRange;
}

const TAB_WIDTH = 8;
const BULLETS = "-*+•";
const ADORNMENTS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

export function readLines(text: string): readonly Line[] {
  const lines = lineRanges(text).map((range) => readLine(text, range));
  return markHeadings(hideBlocks(text, lines));
}

function lineRanges(text: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    ranges.push({ start, end });
    start = end + 1;
  }
  return [...ranges, { start, end: text.length }];
}

function readLine(text: string, whole: TextRange): Line {
  const line = sliceOf(text, whole).trimEnd();
  const indentation = line.length - line.trimStart().length;
  const range = { start: whole.start + indentation, end: whole.start + line.length };
  const words = line.slice(indentation);
  const bulleted = isBullet(words);
  const blanks = bulleted ? words.length - words.slice(1).trimStart().length : 0;
  return {
    kind: kindOf(words, indentation, bulleted),
    indent: columns(line.slice(0, indentation)),
    range,
    content: { start: range.start + blanks, end: range.end },
  };
}

function kindOf(words: string, indentation: number, bulleted: boolean): LineKind {
  if (words === "") return "blank";
  if (bulleted) return "bullet";
  if (words === ".." || words.startsWith(".. ")) return "hidden";
  return indentation === 0 && isAdornment(words) ? "adornment" : "text";
}

/** `- item`, or a bullet alone that waits for its item. */
function isBullet(words: string): boolean {
  const [bullet, next] = words;
  return bullet !== undefined && BULLETS.includes(bullet) && (next === undefined || next.trim() === "");
}

function isAdornment(words: string): boolean {
  const first = words.charAt(0);
  return words.length >= 3 && ADORNMENTS.includes(first) && words === first.repeat(words.length);
}

function columns(indentation: string): number {
  let column = 0;
  for (const blank of indentation) column += blank === "\t" ? TAB_WIDTH - (column % TAB_WIDTH) : 1;
  return column;
}

/** Hides what is indented below a directive, a comment or a paragraph that ends in `::`. */
function hideBlocks(text: string, lines: readonly Line[]): readonly Line[] {
  let openedAt: number | undefined;
  return lines.map((line, index) => {
    if (line.kind === "blank") return line;
    if (openedAt !== undefined && line.indent > openedAt) return { ...line, kind: "hidden" };
    openedAt = opensBlock(text, line, lines[index + 1]) ? line.indent : undefined;
    return line;
  });
}

function opensBlock(text: string, line: Line, next: Line | undefined): boolean {
  const words = sliceOf(text, line.range);
  // An empty comment hides nothing below: it stands between two lists to keep them apart.
  if (line.kind === "hidden") return words !== ".." || next?.kind !== "blank";
  return next?.kind === "blank" && words.endsWith("::");
}

function markHeadings(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) =>
    isHeading(line, lines[index + 1]) ? { ...line, kind: "heading" } : line,
  );
}

function isHeading(line: Line, next: Line | undefined): boolean {
  return line.kind === "text" && line.indent === 0 && next?.kind === "adornment";
}

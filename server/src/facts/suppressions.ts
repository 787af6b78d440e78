import type { LineIndex } from "../base/line-index.ts";
import { positionAt, wholeLines } from "../base/line-index.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxTree } from "../syntax/engine.ts";
import { isComment } from "../syntax/python-nodes.ts";
import { matchesIn } from "../syntax/words.ts";
import type { RangedText, Suppression } from "./model.ts";

/**
 * `# cinder-locks: ignore[rule-id, other-id] reason`, alone on its line or behind something. Another comment on the
 * same line, behind ` # `, is no part of the reason.
 */
const SUPPRESSION =
  /#[ \t]*cinder-locks:[ \t]*ignore\b(?:[ \t]*\[([^\]\r\n]*)\])?((?:(?![ \t]+#[ \t])[^\r\n])*)/dg;

/** The comments by which an author silences findings. They are found in words; the tree tells comments from strings. */
export function suppressionCommentsIn(tree: SyntaxTree): readonly TextRange[] {
  return [...matchesIn(tree, SUPPRESSION)].flatMap(({ start, end }) => {
    const node = tree.root.descendantForIndex(start, start + 1);
    return node !== null && isComment(node) ? { start, end } : [];
  });
}

/** What these comments of a text silence. */
export function suppressionsOf(
  text: string,
  lines: LineIndex,
  comments: readonly TextRange[],
): readonly Suppression[] {
  const found = comments
    .flatMap(({ start, end }) => [...matchesIn({ text, searched: [{ start, end }] }, SUPPRESSION)])
    .map(({ match }) => ({ match, ...placeOf(text, lines, match) }));
  const alone = new Set(found.flatMap(({ isAlone, line }) => (isAlone ? line : [])));
  return found.map(({ match, line, isAlone, range, extent }) => ({
    range,
    extent,
    coveredLine: isAlone ? firstOther(alone, line) : line,
    ids: idsIn(match[1] ?? "", match.indices?.[1]?.[0] ?? range.start),
    reason: (match[2] ?? "").trim(),
  }));
}

interface CommentPlace {
  readonly line: number;
  /** Whether nothing stands before the comment on its line. */
  readonly isAlone: boolean;
  readonly range: TextRange;
  readonly extent: TextRange;
}

function placeOf(text: string, lines: LineIndex, match: RegExpExecArray): CommentPlace {
  const range = { start: match.index, end: match.index + match[0].trimEnd().length };
  const { line } = positionAt(lines, range.start);
  const whole = wholeLines(lines, range);
  const blanks = /[ \t]*$/.exec(text.slice(whole.start, range.start))?.[0].length ?? 0;
  const isAlone = whole.start === range.start - blanks;
  const isLast = /^\s*$/.test(text.slice(range.end, whole.end));
  return {
    line,
    isAlone,
    range,
    extent: isAlone && isLast ? whole : { start: range.start - (isAlone ? 0 : blanks), end: range.end },
  };
}

function idsIn(list: string, offset: number): readonly RangedText[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    range: { start: offset + index, end: offset + index + text.length },
  }));
}

/** Several comments below each other are all about the line below the last. */
function firstOther(lines: ReadonlySet<number>, line: number): number {
  let other = line;
  while (lines.has(other)) {
    other += 1;
  }
  return other;
}

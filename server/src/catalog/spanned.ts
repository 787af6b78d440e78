// Cuts words out of a text without losing where they stood.
import type { TextRange } from "../base/text-range.ts";
import type { Spanned } from "./model.ts";

/** The words at `range`, without the white space around them. */
export function spanned(text: string, range: TextRange): Spanned {
  const trimmed = withoutBlanks(text, range);
  return { text: sliceOf(text, trimmed).split(/\s+/).join(" "), range: trimmed };
}

export function sliceOf(text: string, range: TextRange): string {
  return text.slice(range.start, range.end);
}

/** The range without white space at its ends; of nothing but white space, the empty range at its beginning. */
export function withoutBlanks(text: string, range: TextRange): TextRange {
  const slice = sliceOf(text, range);
  const behind = range.start + slice.trimEnd().length;
  const before = slice.length - slice.trimStart().length;
  return { start: Math.min(range.start + before, behind), end: behind };
}

/** The range without one final stop: `cinder/a.py.` is `cinder/a.py`. */
export function withoutStop(text: string, range: TextRange): TextRange {
  const trimmed = withoutBlanks(text, range);
  if (!sliceOf(text, trimmed).endsWith(".")) return trimmed;
  return withoutBlanks(text, { start: trimmed.start, end: trimmed.end - 1 });
}

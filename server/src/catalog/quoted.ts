// Finds what a field's value quotes: lock names, functions, paths. Values are `quoted` or ``quoted``; where nothing is, the
// bare words are taken. Quotes that were never closed or opened cost the word beside them, nothing more.
import type { TextRange } from "../base/text-range.ts";
import type { Spanned } from "./model.ts";
import { sliceOf, spanned } from "./spanned.ts";

/** What a value quotes, or its bare words if it quotes nothing. */
export interface Quoted {
  readonly isBare: boolean;
  readonly groups: readonly QuotedGroup[];
}

/** What stands one after the other, as in "`a`, `b` and `c` methods". */
export interface QuotedGroup {
  readonly spans: readonly Spanned[];
  /** The word behind, in lower case: `methods`; empty if there is none. */
  readonly wordBehind: string;
}

/** `outer` with the quotes, `inner` without. */
interface Quotation {
  readonly outer: TextRange;
  readonly inner: TextRange;
}

const JOINING_WORDS: ReadonlySet<string> = new Set(["and", "or", "and/or", "&", "/"]);
const PUNCTUATION = ".,;:";
const QUOTE_PAIRS: ReadonlySet<string> = new Set(["''", '""', "‘’", "“”"]);

export function readQuoted(text: string, value: TextRange): Quoted {
  const isBare = !sliceOf(text, value).includes("`");
  const found = isBare ? bareWords(text, value) : quotationsIn(text, value);
  return { isBare, groups: grouped(text, value, found) };
}

/**
 * What a value is about: the first of the groups that it quotes. Bare words in several groups are prose,
 * of which no one can tell what it names.
 */
export function leadingSpans({ isBare, groups }: Quoted): readonly Spanned[] {
  const [first, second] = groups;
  return first === undefined || (isBare && second !== undefined) ? [] : first.spans;
}

/** Without one pair of quotes around it: `'lioadm'` is `lioadm`, and the odd `'hgst'devices'` is `hgst'devices`. */
function unquoted(text: string, span: Spanned): Spanned {
  const { start, end } = span.range;
  const isPair = end - start >= 2 && QUOTE_PAIRS.has(text.charAt(start) + text.charAt(end - 1));
  return isPair ? spanned(text, { start: start + 1, end: end - 1 }) : span;
}

function quotationsIn(text: string, value: TextRange): readonly Quotation[] {
  const quotations: Quotation[] = [];
  const marks = quoteMarks(text, value);
  let from = value.start;
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index];
    if (mark === undefined) break;
    const closing = closingMark(text, value, mark, marks[index + 1]);
    const quotation = closing
      ? between(mark, closing)
      : besideLoneMark(text, { start: from, end: value.end }, mark);
    if (closing) index += 1;
    if (sliceOf(text, quotation.inner).trim() === "") continue;
    quotations.push(quotation);
    from = quotation.outer.end;
  }
  return quotations;
}

/** Every run of backquotes: a doubled one is one mark. */
function quoteMarks(text: string, value: TextRange): readonly TextRange[] {
  const marks = sliceOf(text, value).matchAll(/`+/g);
  return Array.from(marks, (mark) => shifted(mark, value.start));
}

/** The next mark, if this one can open and that one can close, as the markup has it by the blanks beside them. */
function closingMark(
  text: string,
  value: TextRange,
  mark: TextRange,
  next: TextRange | undefined,
): TextRange | undefined {
  if (next === undefined || isBlankAt(text, value, mark.end)) return undefined;
  const opensItself = isBlankAt(text, value, next.start - 1) && !isBlankAt(text, value, next.end);
  return opensItself ? undefined : next;
}

function isBlankAt(text: string, value: TextRange, offset: number): boolean {
  if (offset < value.start || value.end <= offset) return true;
  return text.charAt(offset).trim() === "";
}

function between(open: TextRange, close: TextRange): Quotation {
  return { outer: { start: open.start, end: close.end }, inner: { start: open.end, end: close.start } };
}

/** The word behind a mark that nothing closes, else the word before one that nothing opens. */
function besideLoneMark(text: string, within: TextRange, mark: TextRange): Quotation {
  const [behind = ""] = text.slice(mark.end, within.end).split(/[\s`]/, 1);
  const inner = { start: mark.end, end: mark.end + withoutPunctuation(behind).length };
  if (inner.start < inner.end) return { outer: { start: mark.start, end: inner.end }, inner };
  const before = text.slice(within.start, mark.start);
  const start = mark.start - lastWord(before).length;
  return { outer: { start, end: mark.end }, inner: { start, end: mark.start } };
}

function lastWord(words: string): string {
  let start = words.length;
  while (start > 0 && words.charAt(start - 1).trim() !== "") start -= 1;
  return words.slice(start);
}

function bareWords(text: string, value: TextRange): readonly Quotation[] {
  const words = Array.from(sliceOf(text, value).matchAll(/\S+/g), (word) => {
    const range = shifted(word, value.start);
    return { start: range.start, end: range.start + withoutPunctuation(word[0]).length };
  });
  return words
    .filter((range) => range.start < range.end && !JOINING_WORDS.has(sliceOf(text, range).toLowerCase()))
    .map((range) => ({ outer: range, inner: range }));
}

function withoutPunctuation(word: string): string {
  let end = word.length;
  while (end > 0 && PUNCTUATION.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

function shifted(match: RegExpExecArray, by: number): TextRange {
  const start = match.index + by;
  return { start, end: start + match[0].length };
}

function grouped(text: string, value: TextRange, quotations: readonly Quotation[]): readonly QuotedGroup[] {
  const found: { spans: Spanned[]; wordBehind: string }[] = [];
  let end = value.start;
  for (const { outer, inner } of quotations) {
    const span = unquoted(text, spanned(text, inner));
    const last = found.at(-1);
    const wordBehind = firstWord(text.slice(outer.end, value.end));
    if (last !== undefined && isJoint(text.slice(end, outer.start))) {
      last.spans.push(span);
      last.wordBehind = wordBehind;
    } else {
      found.push({ spans: [span], wordBehind });
    }
    end = outer.end;
  }
  return found;
}

/** Whether what stands between two quotations joins them: a comma, "and", "or". */
function isJoint(gap: string): boolean {
  const words = gap.replaceAll(/[,;]/g, " , ").trim().split(/\s+/);
  return words.every((word) => word === "," || JOINING_WORDS.has(word.toLowerCase()));
}

function firstWord(words: string): string {
  const [word = ""] = words.trimStart().split(/[^A-Za-z]/, 1);
  return word.toLowerCase();
}

// Changes of a document that leave every other character as people wrote it.
import type { TextEdit } from "../base/text-edit.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FieldRewrite } from "./drift.ts";
import type { CatalogEntry } from "./model.ts";
import { wrapped } from "./print.ts";
import { sliceOf } from "./spanned.ts";

/** The edits that give fields of an entry other values; their labels and final stops stay. */
export function rewriteFields(
  text: string,
  entry: CatalogEntry,
  rewrites: readonly FieldRewrite[],
): readonly TextEdit[] {
  return rewrites.flatMap(({ field: kind, words }) => {
    const field = entry.fields.find((each) => each.kind === kind);
    if (field === undefined) return [];
    const { start, end } = field.value.range;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const isGlued = text.charAt(start - 1) === ":";
    // What stands before the bullet, and as many blanks as the bullet takes.
    const indentation = `${sliceOf(text, { start: lineStart, end: field.range.start })}  `;
    const newText = wrapped(words, start - lineStart, indentation, text.includes("\r\n") ? "\r\n" : "\n");
    return [{ range: { start, end }, newText: isGlued ? ` ${newText}` : newText }];
  });
}

/** Takes an entry out, with the blank lines before it, so that what follows keeps its distance. */
export function withoutEntry(text: string, { range }: CatalogEntry): TextEdit {
  return { range: { start: text.slice(0, range.start).trimEnd().length, end: range.end }, newText: "" };
}

/** Takes a list's item out, with all its lines. */
export function withoutItem(text: string, { start, end }: TextRange): TextEdit {
  const lineEnd = text.lastIndexOf("\n", start - 1);
  const rest = /^[^\n]*(?:\n[ \t]+[^\s*+-][^\n]*)*/.exec(text.slice(end))?.[0] ?? "";
  return { range: { start: Math.max(0, lineEnd), end: end + rest.trimEnd().length }, newText: "" };
}

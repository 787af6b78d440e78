// Changes one field of a document's entry and leaves every other character as people wrote it.
import type { TextEdit } from "../base/text-edit.ts";
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

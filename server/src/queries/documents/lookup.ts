import type { TextRange } from "../../base/text-range.ts";
import { touches } from "../../base/text-range.ts";
import type { CatalogEntry, CatalogField, OtherFile } from "../../catalog/model.ts";
import type { CatalogDocument, CatalogSource } from "../../catalog/source.ts";

/** What stands under a cursor in a document of locks. Offsets are UTF-16 code units. */

/** A source that is a document, as everything is that a cursor can stand in. */
export interface DocumentSource extends CatalogSource {
  readonly document: CatalogDocument;
}

export function entryAt({ catalog }: CatalogSource, offset: number): CatalogEntry | undefined {
  return catalog.entries.find(({ range }) => touches(range, offset));
}

export function otherFileAt({ catalog }: CatalogSource, offset: number): OtherFile | undefined {
  return catalog.otherFiles.find(({ range }) => touches(range, offset));
}

/** The field that is written at an offset, be it behind blanks at its end. */
export function fieldAt(
  { catalog, document }: DocumentSource,
  offset: number,
): { readonly entry: CatalogEntry; readonly field: CatalogField } | undefined {
  const all = catalog.entries.flatMap((entry) => entry.fields.map((field) => ({ entry, field })));
  return all.find(({ field }) => isWrittenIn(document.text, field.range, offset));
}

/** Whether an offset lies in a range, or behind it with nothing but blanks between. */
export function isWrittenIn(text: string, { start, end }: TextRange, offset: number): boolean {
  return start <= offset && (offset <= end || /^[ \t]*$/.test(text.slice(end, offset)));
}

/** The first of some words that an offset touches. */
export function spanAt<Span extends { readonly range: TextRange }>(
  spans: readonly Span[],
  offset: number,
): Span | undefined {
  return spans.find(({ range }) => touches(range, offset));
}

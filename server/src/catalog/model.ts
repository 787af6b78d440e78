// What the documented list of locks says, as values. Knows neither the form it was written in nor the code it is about.
import type { TextRange } from "../base/text-range.ts";

/**
 * Words of a document and where they stand. `text` is the slice at `range` with every run of white space
 * (a wrapped line and its indentation too) made one blank; nothing else differs.
 */
export interface Spanned {
  readonly text: string;
  readonly range: TextRange;
}

/** A document's locks, in its own order. Offsets are those of the document that was read. */
export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  readonly otherFiles: readonly OtherFile[];
  readonly issues: readonly CatalogIssue[];
}

/** How far a lock reaches, as the documents name it; `status` is a guard on a resource's status, not a lock. */
export type DocumentedScope = "process" | "node" | "global" | "status";

/**
 * One documented lock. What is not told, or is told in words that are not understood, is `undefined` or empty;
 * `fields` has all of it as it was written.
 */
export interface CatalogEntry {
  /** From the title to the end of the last field. */
  readonly range: TextRange;
  /** Without its colon; several entries may have the same. */
  readonly title: Spanned;
  readonly scope: DocumentedScope | undefined;
  readonly scopeText: Spanned | undefined;
  /** Human words with their markup, without the final stop. */
  readonly criticalSection: Spanned | undefined;
  /** Lock names without the document's quoting: `{snapshot.id}-delete_snapshot`. More than one where joined by "or". */
  readonly names: readonly Spanned[];
  /** What a resource's status must be, for entries of scope `status`. */
  readonly statusRequirements: Spanned | undefined;
  readonly where: readonly DocumentedFunction[];
  /** The path as written, from the root of the checkout: `cinder/volume/targets/lio.py`. */
  readonly file: Spanned | undefined;
  /** Every field, known or not, in the order of the document. */
  readonly fields: readonly CatalogField[];
}

/** What the document calls a function that takes the lock. */
export type FunctionKind = "method" | "function" | "decorator";

/** A function that takes the lock, by its name or dotted name. */
export interface DocumentedFunction extends Spanned {
  readonly kind: FunctionKind | undefined;
}

export type FieldKind =
  | "scope"
  | "critical-section"
  | "name"
  | "status-requirements"
  | "where"
  | "file"
  | "other";

/** One item of an entry, `- Where: `create_volume` method.` */
export interface CatalogField {
  readonly kind: FieldKind;
  /** From the bullet to the end of the value, final stop included. */
  readonly range: TextRange;
  /** Without the colon; empty where the item has none. */
  readonly label: Spanned;
  /** Without the final stop. */
  readonly value: Spanned;
}

/** A file that is only mentioned as one that takes locks. */
export interface OtherFile {
  readonly file: string;
  readonly range: TextRange;
}

/** What is odd in the document itself, whatever the code says. */
export type CatalogIssue =
  | { readonly kind: "missing-title"; readonly range: TextRange }
  | { readonly kind: "missing-field"; readonly field: FieldKind; readonly range: TextRange }
  | { readonly kind: "repeated-field"; readonly field: FieldKind; readonly range: TextRange }
  | { readonly kind: "unreadable-field"; readonly field: FieldKind; readonly range: TextRange }
  | { readonly kind: "unbalanced-quotes"; readonly range: TextRange };

/** The fields of one kind in the order of the document; `other` are those that the form does not know. */
export function fieldsOfKind(entry: CatalogEntry, kind: FieldKind): readonly CatalogField[] {
  return entry.fields.filter((field) => field.kind === kind);
}

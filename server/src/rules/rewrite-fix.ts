import { rewriteFields } from "../catalog/document-edits.ts";
import type { Drift } from "../catalog/drift.ts";
import type { CatalogDocument } from "../catalog/source.ts";
import type { EntryVerdict } from "../catalog/verdicts.ts";
import type { Fix } from "./rule.ts";

/** Writes the fields that have drifted as the code has them; nothing where the code does not tell. */
export function rewriteFix(
  { text }: CatalogDocument,
  { entry }: EntryVerdict,
  { rewrites }: Drift,
): readonly Fix[] {
  const edits = rewriteFields(text, entry, rewrites);
  const words = rewrites.map((rewrite) => rewrite.words.replace(/^(\w[\w ]*)$/, "`$1`")).join(", ");
  return edits.length === 0 ? [] : [{ title: `Change to ${words}`, isPreferred: false, edits }];
}

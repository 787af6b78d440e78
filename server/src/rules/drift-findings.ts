import { rewriteFields } from "../catalog/document-edits.ts";
import type { Drift } from "../catalog/drift.ts";
import type { CatalogDocument } from "../catalog/source.ts";
import type { EntryVerdict } from "../catalog/verdicts.ts";
import { type CatalogContext, type Finding, type Fix, finding } from "./rule.ts";

/** A finding for each drift of which there is something to say, with the fix that writes the field as the code has it. */
export function driftFindings(
  { document, entries }: CatalogContext,
  messageFor: (drift: Drift, verdict: EntryVerdict) => string | undefined,
): readonly Finding[] {
  return entries.flatMap((verdict) =>
    verdict.drifts.flatMap((drift) => {
      const message = messageFor(drift, verdict);
      return message === undefined ? [] : finding(drift.range, message, rewriteFix(document, verdict, drift));
    }),
  );
}

/** Writes the fields that have drifted as the code has them; nothing where the code does not tell. */
function rewriteFix({ text }: CatalogDocument, { entry }: EntryVerdict, { rewrites }: Drift): readonly Fix[] {
  const edits = rewriteFields(text, entry, rewrites);
  const words = rewrites.map((rewrite) => rewrite.words.replace(/^(\w[\w ]*)$/, "`$1`")).join(", ");
  return edits.length === 0 ? [] : [{ title: `Change to ${words}`, isPreferred: false, edits }];
}

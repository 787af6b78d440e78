// What is odd in an entry as it is written. Whether it agrees with the code is another question.
import type { CatalogEntry, CatalogField, CatalogIssue, FieldKind, Spanned } from "./model.ts";
import { sliceOf } from "./spanned.ts";

const QUOTED_KINDS: ReadonlySet<FieldKind> = new Set(["name", "where", "file"]);

export function issuesOf(text: string, entry: CatalogEntry): readonly CatalogIssue[] {
  return [
    ...titleIssues(entry),
    ...missingFields(entry),
    ...repeatedFields(entry),
    ...unreadableFields(entry),
    ...unbalancedQuotes(text, entry),
  ];
}

function titleIssues({ title, range }: CatalogEntry): readonly CatalogIssue[] {
  return title.text === "" ? [{ kind: "missing-title", range }] : [];
}

function missingFields(entry: CatalogEntry): readonly CatalogIssue[] {
  return expectedFields(entry)
    .filter((kind) => !entry.fields.some((field) => field.kind === kind))
    .map((field) => ({ kind: "missing-field", field, range: entry.title.range }));
}

/** A guard on a status has requirements where a lock has a name. */
function expectedFields({ scope }: CatalogEntry): readonly FieldKind[] {
  const what: FieldKind = scope === "status" ? "status-requirements" : "name";
  return ["scope", "critical-section", what, "where", "file"];
}

function repeatedFields({ fields }: CatalogEntry): readonly CatalogIssue[] {
  const seen = new Set<FieldKind>();
  return fields.flatMap((field): CatalogIssue[] => {
    const isRepeated = seen.has(field.kind);
    if (field.kind !== "other") seen.add(field.kind);
    return isRepeated ? [{ kind: "repeated-field", field: field.kind, range: field.range }] : [];
  });
}

/** Fields that say nothing, or nothing that is understood. Of a repeated field the first one counts. */
function unreadableFields(entry: CatalogEntry): readonly CatalogIssue[] {
  const first = new Map<FieldKind, CatalogField>();
  for (const field of entry.fields.toReversed()) first.set(field.kind, field);
  first.delete("other");
  return Array.from(first.values())
    .filter((field) => !isUnderstood(entry, field))
    .map((field) => ({ kind: "unreadable-field", field: field.kind, range: field.range }));
}

function isUnderstood(entry: CatalogEntry, { kind, value }: CatalogField): boolean {
  switch (kind) {
    case "scope":
      return entry.scope !== undefined;
    case "name":
      return entry.names.length > 0;
    case "where":
      return entry.where.length > 0;
    case "file":
      return entry.file !== undefined;
    case "critical-section":
    case "status-requirements":
    case "other":
      return value.text !== "";
  }
}

function unbalancedQuotes(text: string, entry: CatalogEntry): readonly CatalogIssue[] {
  const quoted = entry.fields.filter((field) => QUOTED_KINDS.has(field.kind)).map((field) => field.value);
  const odd = [
    ...quoted.filter(({ range }) => isOdd(sliceOf(text, range), /`+/g)),
    ...entry.names.filter(hasLoneQuote),
  ];
  return odd.map(({ range }) => ({ kind: "unbalanced-quotes", range }));
}

/** `hgst'devices` has one; the key in `{volume['id']}` has its pair. */
function hasLoneQuote(name: Spanned): boolean {
  return isOdd(name.text, /'/g) || isOdd(name.text, /"/g);
}

function isOdd(words: string, mark: RegExp): boolean {
  return Array.from(words.matchAll(mark)).length % 2 === 1;
}

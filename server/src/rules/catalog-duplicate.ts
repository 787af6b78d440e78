import { rewriteFields, withoutEntry, withoutItem } from "../catalog/document-edits.ts";
import { whereWords } from "../catalog/field-words.ts";
import type { DocumentedLock } from "../catalog/join.ts";
import type { CatalogEntry, DocumentedFunction } from "../catalog/model.ts";
import type { CatalogDocument, CatalogSource } from "../catalog/source.ts";
import { speaksOf } from "../catalog/source.ts";
import type { Finding, RelatedPlace } from "./rule.ts";
import { defineCatalogRule } from "./rule.ts";

export const catalogDuplicate = defineCatalogRule({
  id: "catalog-duplicate",
  severity: "information",
  summary: "A list of locks tells of a lock, or of a file, twice.",
  why:
    "Two entries for one lock drift apart: one is kept up to date, the other one is found. What each of them says about the " +
    "critical section belongs into one.",
  code: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  bad: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.

Acme:
  - Lock scope: Global.
  - Critical section: Deletion.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  good: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  check: ({ source, document, locks }) => [
    ...source.catalog.entries.flatMap((entry) => repeatedFunctions(document, locks, { entry, source })),
    ...repeatedFiles(source, document),
  ],
});

/** The functions of an entry that an earlier one names for the same lock. */
function repeatedFunctions(
  { text }: CatalogDocument,
  locks: readonly DocumentedLock[],
  lock: DocumentedLock,
): readonly Finding[] {
  const { entry } = lock;
  const earlier = locks.slice(
    0,
    locks.findIndex((other) => other.entry === entry),
  );
  const repeated = entry.where.flatMap((where) => {
    const first = earlier.find((other) => isSameLock(other, lock) && isNamedIn(other.entry, where));
    return first === undefined ? [] : [{ where, first }];
  });
  const remaining = entry.where.filter((where) => !repeated.some((each) => each.where === where));
  const edits =
    remaining.length === 0
      ? [withoutEntry(text, entry)]
      : rewriteFields(text, entry, [{ field: "where", words: whereWords(remaining) }]);
  const title = remaining.length === 0 ? "Remove the entry" : "Remove what is told before";
  return repeated.map(({ where, first }) => ({
    range: where.range,
    message: `the lock of \`${where.text}\` is told before`,
    related: relatedTo(first),
    fixes: [{ title, isPreferred: false, edits }],
  }));
}

function isSameLock({ entry, source }: DocumentedLock, other: DocumentedLock): boolean {
  return (
    entry.file !== undefined &&
    entry.file.text === other.entry.file?.text &&
    entry.scope === other.entry.scope &&
    isSameCheckout(source, other.source) &&
    hasSameNames(entry, other.entry)
  );
}

function isSameCheckout(one: CatalogSource, { document }: CatalogSource): boolean {
  return document !== undefined && speaksOf(one, document.path);
}

/** Guards on a status have no names. */
function hasSameNames(one: CatalogEntry, other: CatalogEntry): boolean {
  const names = new Set(one.names.map(({ text }) => text));
  return one.names.length === 0
    ? other.names.length === 0 && one.statusRequirements?.text === other.statusRequirements?.text
    : other.names.some(({ text }) => names.has(text));
}

function isNamedIn(entry: CatalogEntry, { text }: DocumentedFunction): boolean {
  return entry.where.some((where) => where.text === text);
}

function relatedTo({ entry, source: { document } }: DocumentedLock): readonly RelatedPlace[] {
  return document === undefined
    ? []
    : [{ path: document.path, range: entry.title.range, message: "told here" }];
}

function repeatedFiles(source: CatalogSource, { path, text }: CatalogDocument): readonly Finding[] {
  return source.catalog.otherFiles.flatMap((file, at, all) => {
    const first = all.slice(0, at).find((other) => other.file === file.file);
    return first === undefined
      ? []
      : [
          {
            range: file.range,
            message: `\`${file.file}\` is listed before`,
            related: [{ path, range: first.range, message: "listed here" }],
            fixes: [{ title: "Remove the line", isPreferred: true, edits: [withoutItem(text, file.range)] }],
          },
        ];
  });
}

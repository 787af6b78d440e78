import { compareText } from "../../base/order.ts";
import type { TextRange } from "../../base/text-range.ts";
import { documentableNames, functionsOf } from "../../catalog/drift.ts";
import { nameWords, scopeWords } from "../../catalog/field-words.ts";
import { filesNamed } from "../../catalog/join.ts";
import type { CatalogEntry, FieldKind } from "../../catalog/model.ts";
import { nameOfFile, speaksOf } from "../../catalog/source.ts";
import { namedSites } from "../../project/named-sites.ts";
import type { ProjectIndex } from "../../project/project-index.ts";
import { filesInOrder } from "../../project/project-index.ts";
import { sitesOf } from "../../project/sites.ts";
import type { DocumentSource } from "./lookup.ts";
import { fieldAt, isWrittenIn } from "./lookup.ts";

/** Words that can stand at a cursor. */
export interface Completion {
  readonly kind: "scope" | "file" | "function" | "name";
  readonly label: string;
  /** What is replaced, and by what. */
  readonly range: TextRange;
  readonly newText: string;
  /** Whether it takes a lock; what does not is offered behind what does. */
  readonly takesLock: boolean;
}

/** A thing that can be said, as it is written between the document's quotes, if it is quoted at all. */
type Word = Pick<Completion, "kind" | "label" | "takesLock"> & { readonly isQuoted: boolean };

const SCOPES = ["process", "node", "global", "status"] as const;

/** Scopes, files, functions and names, as the field at the cursor wants them. */
export function completions(
  index: ProjectIndex,
  source: DocumentSource,
  offset: number,
): readonly Completion[] {
  const place = fieldAt(source, offset);
  if (place !== undefined) {
    return place.field.value.range.start <= offset
      ? completed(source, offset, place.field.value.range.start, wordsFor(index, source, place))
      : [];
  }
  const item = otherFileItemAt(source, offset);
  return item === undefined ? [] : completed(source, offset, item.start, fileNames(index, source));
}

/** The item of the list "Other files" at an offset, whether it is a path yet or not. */
function otherFileItemAt({ catalog, document }: DocumentSource, offset: number): TextRange | undefined {
  const unfinished = catalog.issues.filter(
    (issue) => issue.kind === "unreadable-field" && issue.field === "file",
  );
  return [...catalog.otherFiles, ...unfinished]
    .map(({ range }) => range)
    .find((range) => isWrittenIn(document.text, range, offset));
}

function wordsFor(
  index: ProjectIndex,
  source: DocumentSource,
  { entry, field }: { readonly entry: CatalogEntry; readonly field: { readonly kind: FieldKind } },
): readonly Word[] {
  switch (field.kind) {
    case "scope":
      return SCOPES.map((scope) => ({
        kind: "scope",
        label: scopeWords(scope),
        takesLock: true,
        isQuoted: false,
      }));
    case "file":
      return fileNames(index, source);
    case "where":
      return functionNames(index, source, entry);
    case "name":
      return lockNames(index, source, entry);
    case "critical-section":
    case "status-requirements":
    case "other":
      return [];
  }
}

function fileNames(index: ProjectIndex, source: DocumentSource): readonly Word[] {
  return filesInOrder(index)
    .filter((each) => 0 < sitesOf(index, each).length && speaksOf(source, each.path))
    .map((file) => ({ kind: "file", label: nameOfFile(file), takesLock: true, isQuoted: true }));
}

/** The functions of the entry's file, those that take a lock before the others. */
function functionNames(index: ProjectIndex, source: DocumentSource, entry: CatalogEntry): readonly Word[] {
  const files = filesNamed(index, source, entry.file?.text ?? "");
  const taking = new Set(
    functionsOf(namedSites(index).filter(({ file }) => files.includes(file))).map(({ text }) => text),
  );
  const others = files.flatMap((file) => [...file.functions.keys()]).filter((name) => !taking.has(name));
  return [...taking, ...others.sort(compareText)].map((label) => ({
    kind: "function",
    label,
    takesLock: taking.has(label),
    isQuoted: true,
  }));
}

function lockNames(index: ProjectIndex, source: DocumentSource, entry: CatalogEntry): readonly Word[] {
  const files = filesNamed(index, source, entry.file?.text ?? "");
  const names = namedSites(index)
    .filter(({ file }) => files.includes(file))
    .flatMap((named) => documentableNames(index, named));
  return [...new Set(names)].map((name) => ({
    kind: "name",
    // With the quotes of its own, without the document's.
    label: nameWords([name]).slice(1, -1),
    takesLock: true,
    isQuoted: true,
  }));
}

/** Replaces the word at the cursor, and quotes it if it stands in no quotes yet. */
function completed(
  { document: { text } }: DocumentSource,
  offset: number,
  valueStart: number,
  words: readonly Word[],
): readonly Completion[] {
  const before = text.slice(valueStart, offset);
  const typed = /[^\s`]*$/.exec(before)?.[0] ?? "";
  const rest = /^[^\s`]*/.exec(text.slice(offset))?.[0] ?? "";
  const range = { start: offset - typed.length, end: offset + rest.length };
  const isInQuotes = text.charAt(range.start - 1) === "`";
  return words.map(({ isQuoted, ...word }) => {
    const opening = isQuoted && !isInQuotes ? "`" : "";
    const closing = isQuoted && text.charAt(range.end) !== "`" ? "`" : "";
    return { ...word, range, newText: opening + word.label + closing };
  });
}

// Writes a document of locks anew from the code. What still holds stays as people wrote it, character by character; what
// has drifted is rewritten, what is gone is taken out, and locks that no document mentions get entries of their own.
import { groupBy } from "../base/order.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { applyEdits } from "../base/text-edit.ts";
import type { FileFacts } from "../facts/model.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { applicationsOf } from "../project/sites.ts";
import { rewriteFields, withoutEntry, withoutItem } from "./document-edits.ts";
import type { FieldRewrite } from "./drift.ts";
import { documentableNames, functionsOf } from "./drift.ts";
import { documentedScope, whereWords } from "./field-words.ts";
import { entriesFor, isIn, isNamed, mayHaveName } from "./join.ts";
import type { CatalogEntry, OtherFile } from "./model.ts";
import { movedTo } from "./moved-file.ts";
import { parseCatalog } from "./parse.ts";
import type { EntryWords } from "./print.ts";
import { printCatalog, printEntry, wordsOfCatalog } from "./print.ts";
import type { CatalogDocument, CatalogSource } from "./source.ts";
import { isCoreDocument, isDriversDocument, nameOfFile, namesPath, readSource, speaksOf } from "./source.ts";
import { entryVerdict, otherFileVerdict } from "./verdicts.ts";

/** A document while it is written: its text, and what that says. */
interface Draft {
  readonly text: string;
  readonly source: CatalogSource;
}

/**
 * @param target one of the sources; the bundled list is written in the form of the documents
 * @param isWanted whether a file's locks are to be documented at all
 */
export function writtenDocument(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  target: CatalogSource,
  isWanted: (file: FileFacts) => boolean,
): string {
  const others = sources.filter((source) => source !== target);
  const text = target.document?.text ?? printCatalog(wordsOfCatalog(target.catalog));
  const mended = changed(draftOf(target, text), (draft) => [
    ...draft.source.catalog.entries.flatMap((entry) => mendEntry(index, draft, entry)),
    ...draft.source.catalog.otherFiles.flatMap((file) => mendOtherFile(index, draft, file)),
  ]);
  const undocumented = (draft: Draft) =>
    namedSites(index).filter(
      (named) =>
        isWanted(named.file) &&
        belongsTo(draft.source, others, named.file) &&
        isUndocumented(index, [draft.source, ...others], named),
    );
  const extended = changed(mended, (draft) => extendEntries(index, draft, undocumented(draft)));
  return changed(extended, (draft) => addEntries(index, draft, undocumented(draft))).text;
}

/** A document of a checkout, which can be edited. */
export type OwnSource = CatalogSource & { readonly document: CatalogDocument };

/** The checkout's own document that is to tell of a lock of which none tells; `undefined` where one does, or none is. */
export function documentFor(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: NamedSite,
): OwnSource | undefined {
  const isOwn = (source: CatalogSource): source is OwnSource => source.document !== undefined;
  const target = sources.filter(isOwn).find((source) => {
    const others = sources.filter((other) => other !== source);
    return belongsTo(source, others, named.file);
  });
  return target !== undefined && isUndocumented(index, sources, named) ? target : undefined;
}

/** The edits by which {@link documentFor} tells of a lock, with all others of its file that take the same. */
export function documentLock(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  target: OwnSource,
  named: NamedSite,
): readonly TextEdit[] {
  const draft = { text: target.document.text, source: target };
  const lock = lockKey(index, named);
  const sites = namedSites(index).filter(
    (other) =>
      other.file === named.file &&
      lockKey(index, other) === lock &&
      documentFor(index, sources, other) === target,
  );
  const extended = extendEntries(index, draft, sites);
  return extended.length === 0 ? addEntries(index, draft, sites) : extended;
}

function draftOf({ document }: CatalogSource, text: string): Draft {
  const source =
    document === undefined
      ? { catalog: parseCatalog(text), document: undefined }
      : readSource(document.path, text);
  return { text, source };
}

function changed(draft: Draft, edit: (draft: Draft) => readonly TextEdit[]): Draft {
  const edits = edit(draft);
  return edits.length === 0 ? draft : draftOf(draft.source, applyEdits(draft.text, edits));
}

/** Rewrites what has drifted. An entry whose lock is nowhere any more is taken out. */
function mendEntry(index: ProjectIndex, { text, source }: Draft, entry: CatalogEntry): readonly TextEdit[] {
  const { drifts, status } = entryVerdict(index, { entry, source });
  const rewrites = new Map(drifts.flatMap((drift) => drift.rewrites).map((each) => [each.field, each]));
  const isGone = (status === "missing-file" || status === "missing-function") && rewrites.size === 0;
  return isGone ? [withoutEntry(text, entry)] : rewriteFields(text, entry, [...rewrites.values()]);
}

/** A file that has moved is named as it is now; one that is gone or takes no lock is taken out. */
function mendOtherFile(index: ProjectIndex, { text, source }: Draft, file: OtherFile): readonly TextEdit[] {
  if (otherFileVerdict(index, source, file).status === "locks") {
    return [];
  }
  const moved = movedTo(index, source, file.file);
  const isListed = source.catalog.otherFiles.some((other) => other.file === moved);
  return [
    moved === undefined || isListed ? withoutItem(text, file.range) : { range: file.range, newText: moved },
  ];
}

/** A wrapper that is applied is told of by its applications: inside of it, the lock has no name yet. */
function isToldWhereApplied(index: ProjectIndex, { file, site }: NamedSite): boolean {
  return file.wrappers.some(
    (wrapper) =>
      isTakenIn(wrapper, site.range) && 0 < applicationsOf(index, file.path, wrapper.nameRange).length,
  );
}

/** The drivers' document has the locks of drivers; of all others, too, where there is no document for these. */
function belongsTo(source: CatalogSource, others: readonly CatalogSource[], file: FileFacts): boolean {
  if (!speaksOf(source, file.path)) {
    return false;
  }
  const isOfDriver = /\/(?:drivers|targets)\//.test(file.path);
  const hasCoreDocument = others.some((other) => isCoreDocument(other) && speaksOf(other, file.path));
  return isDriversDocument(source) ? isOfDriver || !hasCoreDocument : isCoreDocument(source) && !isOfDriver;
}

function isUndocumented(index: ProjectIndex, sources: readonly CatalogSource[], named: NamedSite): boolean {
  return !isToldWhereApplied(index, named) && !isCovered(index, sources, named);
}

/** Whether a document tells of the lock, or mentions its file. */
function isCovered(index: ProjectIndex, sources: readonly CatalogSource[], named: NamedSite): boolean {
  const isMentioned = sources.some((source) =>
    source.catalog.otherFiles.some(({ file }) => namesPath(source, named.file.path, file)),
  );
  return isMentioned || entriesFor(index, sources, named).some(({ entry }) => tellsOf(index, entry, named));
}

function tellsOf(index: ProjectIndex, entry: CatalogEntry, named: NamedSite): boolean {
  return entry.names.length === 0 || mayHaveName(index, named, entry);
}

/** Where an entry tells of the same lock in the same file, it is told there that other functions take it, too. */
function extendEntries(
  index: ProjectIndex,
  { text, source }: Draft,
  sites: readonly NamedSite[],
): readonly TextEdit[] {
  const lastFirst = source.catalog.entries.toReversed();
  const tellingOf = (named: NamedSite) =>
    lastFirst.find(
      (entry) =>
        entry.file !== undefined &&
        namesPath(source, named.file.path, entry.file.text) &&
        named.site.scope === entry.scope &&
        entry.names.some((name) => isNamed(index, named, name.text)),
    );
  return [...groupBy(sites, tellingOf)].flatMap(([entry, group]) => {
    const added = functionsOf(group).filter(
      ({ text: name }) => !entry?.where.some((where) => isIn(name, where.text)),
    );
    if (entry === undefined || added.length === 0) {
      return [];
    }
    const rewrite: FieldRewrite = { field: "where", words: whereWords([...entry.where, ...added]) };
    return rewriteFields(text, entry, [rewrite]);
  });
}

/** Behind the last entry; in a document without any, at its end. */
function addEntries(
  index: ProjectIndex,
  { text, source }: Draft,
  sites: readonly NamedSite[],
): readonly TextEdit[] {
  const locks = groupBy(sites, (named) => lockKey(index, named));
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const entries = [...locks.values()]
    .map((group) => `\n\n${printEntry(entryFor(index, group)).trimEnd()}`.replaceAll("\n", lineEnd))
    .join("");
  const last = source.catalog.entries.at(-1);
  const at = last?.range.end ?? text.trimEnd().length;
  return entries === "" ? [] : [{ range: { start: at, end: at }, newText: entries }];
}

/** The same for all that one entry tells of. */
function lockKey(index: ProjectIndex, named: NamedSite): string {
  return JSON.stringify([named.file.path, named.site.scope, namesFor(index, named)]);
}

/** All that the code tells of a lock; people may find better words. */
function entryFor(index: ProjectIndex, group: readonly NamedSite[]): EntryWords {
  const [first] = group;
  const file = first === undefined ? "" : nameOfFile(first.file);
  return {
    title: titleOf(file),
    scope: first && documentedScope(first.site.scope),
    criticalSection: criticalSectionOf(group),
    names: first === undefined ? [] : namesFor(index, first),
    statusRequirements: undefined,
    where: functionsOf(group),
    file,
    others: [],
  };
}

/** `cinder/volume/drivers/nec/cli.py` is "nec cli". */
function titleOf(file: string): string {
  const words = file.replace(/(?:\/__init__)?\.py$/, "").split("/");
  return words.slice(Math.max(words.lastIndexOf("drivers"), 0) + 1).join(" ");
}

function criticalSectionOf(group: readonly NamedSite[]): string {
  const whole = functionsOf(group.filter(runsWhole));
  const part = functionsOf(group.filter((named) => !runsWhole(named)));
  const names = (functions: typeof whole) =>
    whereWords(functions.map(({ text }) => ({ text, kind: undefined })));
  return [
    ...(whole.length === 0 ? [] : [`Calls of ${names(whole)}`]),
    ...(part.length === 0 ? [] : [`${whole.length === 0 ? "Part" : "part"} of ${names(part)}`]),
  ].join(", ");
}

/** Whether the documented function itself, and no function inside of it, is decorated. */
function runsWhole(named: NamedSite): boolean {
  const [{ text } = { text: "" }] = functionsOf([named]);
  return named.site.form === "decorator" && named.site.target?.name === text;
}

/** The names as documented; of one that is computed, the words of the code as a field. */
export function namesFor(index: ProjectIndex, named: NamedSite): readonly string[] {
  const names = documentableNames(index, named);
  if (0 < names.length) {
    return names;
  }
  const source = named.name.source.replace(/\s+/g, " ");
  return [/[`{}]/.test(source) ? "{name}" : `{${source}}`];
}

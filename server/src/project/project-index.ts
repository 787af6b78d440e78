import { derived, derivedOfParts } from "../base/memo.ts";
import { compareText } from "../base/order.ts";
import type { FileFacts, FileOrigin, FileOutline, FilePath } from "../facts/model.ts";

/** All files of a project together, in the order of their paths: an immutable snapshot. A change makes the next one. */
export interface ProjectIndex {
  /** The files that may take a lock. */
  readonly files: ReadonlyMap<FilePath, FileFacts>;
  /** The files that were not parsed, as no word of a lock is in them. */
  readonly lockless: ReadonlyMap<FilePath, FileOutline>;
  /** What it has in common with the indexes before it. */
  readonly same: Sameness;
}

/**
 * What an index and the next ones have in common, wherever in the texts it stands. What hangs on one of these alone can be
 * remembered by it: while somebody types, most of it stays.
 */
export interface Sameness {
  /** Which functions and classes there are, and what every name stands for. */
  readonly names: object;
  /** The names, and what functions call: all but what is said of locks. */
  readonly calls: object;
  /** The names, the calls, and where locks are taken: all but what these locks are. */
  readonly takes: object;
  /** All but positions. */
  readonly all: object;
}

/** All but positions: what hangs on names alone, of functions, locks and calls, stays as long as that does. */
export function sameAll({ same }: ProjectIndex): object {
  return same.all;
}

/** Where functions take locks and what they call: it stays while somebody edits the name of a lock. */
export function sameTakes({ same }: ProjectIndex): object {
  return same.takes;
}

/** What functions call: what hangs on this alone stays while somebody edits locks. */
export function sameCalls({ same }: ProjectIndex): object {
  return same.calls;
}

/** What names stand for: it stays while somebody edits locks, calls and what no other file asks for. */
export function sameNames({ same }: ProjectIndex): object {
  return same.names;
}

/**
 * What follows from a file and from what names stand for in the project around it. It is remembered by these two, and so
 * must tell of no place in another file.
 */
export function derivedOfFile<Result>(
  compute: (index: ProjectIndex, file: FileFacts) => Result,
): (index: ProjectIndex, file: FileFacts) => Result {
  return derivedOfParts(sameNames, compute);
}

/** That of an index that no other one is like. */
export function nothingInCommon(): Sameness {
  return { names: {}, calls: {}, takes: {}, all: {} };
}

/** What happened to a file. */
export type FileChange =
  | { readonly kind: "facts"; readonly facts: FileFacts }
  | { readonly kind: "lockless"; readonly outline: FileOutline }
  | { readonly kind: "removed"; readonly path: FilePath };

export const EMPTY_INDEX: ProjectIndex = { files: new Map(), lockless: new Map(), same: nothingInCommon() };

/** The index after the changes; the given one stays as it is. */
export function applyChanges(index: ProjectIndex, changes: readonly FileChange[]): ProjectIndex {
  return {
    files: known(index.files, changes, (change) => (change.kind === "facts" ? change.facts : undefined)),
    lockless: known(index.lockless, changes, (change) =>
      change.kind === "lockless" ? change.outline : undefined,
    ),
    same: nothingInCommon(),
  };
}

/** What is known of files after the changes: the same where none of them says anything of it. */
function known<Known>(
  before: ReadonlyMap<FilePath, Known>,
  changes: readonly FileChange[],
  toldBy: (change: FileChange) => Known | undefined,
): ReadonlyMap<FilePath, Known> {
  const news = changes.map((change) => ({ path: pathOfChange(change), now: toldBy(change) }));
  if (news.every(({ path, now }) => now === undefined && !before.has(path))) {
    return before;
  }
  const after = new Map(before);
  for (const { path, now } of news) {
    if (now === undefined) {
      after.delete(path);
    } else {
      after.set(path, now);
    }
  }
  // Who only edits files keeps their order.
  return news.every(({ path }) => before.has(path)) ? after : byPath(after);
}

/** In the order of the paths, so that no answer depends on the order in which things happened. */
function byPath<Known>(files: ReadonlyMap<FilePath, Known>): ReadonlyMap<FilePath, Known> {
  return new Map([...files].sort(([one], [other]) => compareText(one, other)));
}

/** What is known of a file, as the change that told it. */
export function knownAs(index: ProjectIndex, path: FilePath): FileChange {
  const facts = index.files.get(path);
  if (facts !== undefined) {
    return { kind: "facts", facts };
  }
  const outline = index.lockless.get(path);
  return outline === undefined ? { kind: "removed", path } : { kind: "lockless", outline };
}

export function pathOfChange(change: FileChange): FilePath {
  switch (change.kind) {
    case "facts":
      return change.facts.path;
    case "lockless":
      return change.outline.path;
    case "removed":
      return change.path;
  }
}

/** The dotted name under which the file was read; `undefined` for one that is gone. */
export function moduleOfChange(change: FileChange): string | undefined {
  switch (change.kind) {
    case "facts":
      return change.facts.module;
    case "lockless":
      return change.outline.module;
    case "removed":
      return undefined;
  }
}

/** The files with facts in the order of their paths. */
export const filesInOrder = derived((index: ProjectIndex): readonly FileFacts[] => [...index.files.values()]);

/** Every file that is known, with locks or without. */
export function originsOf(index: ProjectIndex): readonly FileOrigin[] {
  return [...index.files.values(), ...index.lockless.values()];
}

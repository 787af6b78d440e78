import { derived } from "../base/memo.ts";
import { compareText } from "../base/order.ts";
import type { FileFacts, FileOutline, FilePath } from "../facts/model.ts";

/** All files of a project together: an immutable snapshot. A change makes the next one. */
export interface ProjectIndex {
  /** The files that may take a lock. */
  readonly files: ReadonlyMap<FilePath, FileFacts>;
  /** The files that were not parsed, as no word of a lock is in them. */
  readonly lockless: ReadonlyMap<FilePath, FileOutline>;
}

/** What happened to a file. */
export type FileChange =
  | { readonly kind: "facts"; readonly facts: FileFacts }
  | { readonly kind: "lockless"; readonly outline: FileOutline }
  | { readonly kind: "removed"; readonly path: FilePath };

export const EMPTY_INDEX: ProjectIndex = { files: new Map(), lockless: new Map() };

/** The index after the changes; the given one stays as it is. */
export function applyChanges(index: ProjectIndex, changes: readonly FileChange[]): ProjectIndex {
  const files = new Map(index.files);
  const lockless = new Map(index.lockless);
  for (const change of changes) {
    const path = pathOfChange(change);
    files.delete(path);
    lockless.delete(path);
    if (change.kind === "facts") {
      files.set(path, change.facts);
    } else if (change.kind === "lockless") {
      lockless.set(path, change.outline);
    }
  }
  return { files, lockless };
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

/** The files with facts in the order of their paths, so that no answer depends on the order of reading. */
export const filesInOrder = derived((index: ProjectIndex): readonly FileFacts[] =>
  [...index.files.values()].sort((one, other) => compareText(one.path, other.path)),
);

/** Whether the project has the file at all. */
export function hasFile(index: ProjectIndex, path: FilePath): boolean {
  return index.files.has(path) || index.lockless.has(path);
}

/** Cinder's tests lie in `cinder/tests`: they take locks and make drivers only to test them. */
export function isTestModule(module: string): boolean {
  return /^\w+\.tests(?:\.|$)/.test(module);
}

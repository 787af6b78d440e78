import { derived } from "../base/memo.ts";
import { compareText } from "../base/order.ts";
import type { FileFacts, FilePath } from "../facts/model.ts";

/** All files of a project together: an immutable snapshot. A change makes the next one. */
export interface ProjectIndex {
  /** The files that may take a lock. */
  readonly files: ReadonlyMap<FilePath, FileFacts>;
  /** The files that surely take none, of which no more is known than that they exist. */
  readonly lockless: ReadonlySet<FilePath>;
}

/** What happened to a file. */
export type FileChange =
  | { readonly kind: "facts"; readonly facts: FileFacts }
  | { readonly kind: "lockless"; readonly path: FilePath }
  | { readonly kind: "removed"; readonly path: FilePath };

export const EMPTY_INDEX: ProjectIndex = { files: new Map(), lockless: new Set() };

/** The index after the changes; the given one stays as it is. */
export function applyChanges(index: ProjectIndex, changes: readonly FileChange[]): ProjectIndex {
  const files = new Map(index.files);
  const lockless = new Set(index.lockless);
  for (const change of changes) {
    const path = change.kind === "facts" ? change.facts.path : change.path;
    files.delete(path);
    lockless.delete(path);
    if (change.kind === "facts") {
      files.set(path, change.facts);
    } else if (change.kind === "lockless") {
      lockless.add(path);
    }
  }
  return { files, lockless };
}

/** The files with facts in the order of their paths, so that no answer depends on the order of reading. */
export const filesInOrder = derived((index: ProjectIndex): readonly FileFacts[] =>
  [...index.files.values()].sort((one, other) => compareText(one.path, other.path)),
);

/** Whether the project has the file at all. */
export function hasFile(index: ProjectIndex, path: FilePath): boolean {
  return index.files.has(path) || index.lockless.has(path);
}

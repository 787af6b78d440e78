import { equal } from "../base/equal.ts";
import { derived } from "../base/memo.ts";
import { compareText } from "../base/order.ts";
import type { FileFacts, FileOutline, FilePath } from "../facts/model.ts";

/** All files of a project together, in the order of their paths: an immutable snapshot. A change makes the next one. */
export interface ProjectIndex {
  /** The files that may take a lock. */
  readonly files: ReadonlyMap<FilePath, FileFacts>;
  /** The files that were not parsed, as no word of a lock is in them. */
  readonly lockless: ReadonlyMap<FilePath, FileOutline>;
  /** The same object for indexes whose files mean the same, wherever it stands in their texts. */
  readonly meaning: object;
}

/** What happened to a file. */
export type FileChange =
  | { readonly kind: "facts"; readonly facts: FileFacts }
  | { readonly kind: "lockless"; readonly outline: FileOutline }
  | { readonly kind: "removed"; readonly path: FilePath };

export const EMPTY_INDEX: ProjectIndex = { files: new Map(), lockless: new Map(), meaning: {} };

/**
 * The index after the changes; the given one stays as it is.
 * @param meaning that of another index, if its files mean the same
 */
export function applyChanges(
  index: ProjectIndex,
  changes: readonly FileChange[],
  meaning: object = {},
): ProjectIndex {
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
  return { files: byPath(files), lockless: byPath(lockless), meaning };
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

/** Whether two changes say the same of a file but for where in the text it stands, and for what its functions call. */
export function sameMeaning(one: FileChange, other: FileChange): boolean {
  return equal(withoutCalls(one), withoutCalls(other), (value) => !isPosition(value));
}

/** What a function calls decides neither what others are nor which files are wanted. */
function withoutCalls(change: FileChange): unknown {
  return change.kind === "facts"
    ? { ...change.facts, bodies: change.facts.bodies.map(({ name, parameters }) => ({ name, parameters })) }
    : change;
}

/** A range, or where the lines begin. */
function isPosition(value: object): boolean {
  return ("start" in value && "end" in value) || "starts" in value;
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

/** Cinder's tests lie in `cinder/tests`: they take locks and make drivers only to test them. */
export function isTestModule(module: string): boolean {
  return /^\w+\.tests(?:\.|$)/.test(module);
}

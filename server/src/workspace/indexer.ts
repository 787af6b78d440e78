import { setImmediate } from "node:timers/promises";
import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import { filePathOf } from "./file-paths.ts";
import type { FactsReader } from "./read-file.ts";
import { readPythonFile, readText } from "./read-file.ts";

/** Reads whole folders in the background: in slices, so that requests are answered meanwhile. */

/** How long one slice takes, in milliseconds. */
const SLICE = 20;

/** What comes of a folder, in the order of its files. */
export interface IndexListener {
  /** A slice is read: the changes, and how far it is. */
  read(changes: readonly FileChange[], done: number, total: number): void;
  /** A checkout's own list of documented locks. */
  catalogDocument(path: FilePath, text: string): void;
  /** Something that cannot be read, or not as it should be, in one line. */
  trouble(line: string): void;
  /** Whether to stop; what was read stays. */
  isCancelled(): boolean;
}

/**
 * @param documents lists of locks beside the known ones, by their place in a checkout
 * @param slice how long one slice takes, in milliseconds, before others have their turn; one file is read in any case
 * @returns whether all was read, and not cancelled before
 */
export async function indexFolders(
  reader: FactsReader,
  folders: readonly string[],
  documents: readonly string[],
  listener: IndexListener,
  slice: number = SLICE,
): Promise<boolean> {
  const found = folders.map((folder) => reader.files.discover(folder, { skipTests: false, documents }));
  for (const { path, reason } of found.flatMap(({ problems }) => problems)) {
    listener.trouble(`${path}: ${reason}`);
  }
  for (const path of found.flatMap(({ catalogDocuments }) => catalogDocuments)) {
    const text = readText(reader, path);
    if (text === undefined) {
      listener.trouble(`${path}: cannot be read`);
    } else {
      listener.catalogDocument(filePathOf(path), text);
    }
  }
  const files = [...new Set(found.flatMap(({ pythonFiles }) => pythonFiles))];
  let done = 0;
  while (done < files.length && !listener.isCancelled()) {
    const changes: FileChange[] = [];
    const sliceEnd = performance.now() + slice;
    do {
      changes.push(...readForIndex(reader, filePathOf(files[done] ?? ""), listener));
      done += 1;
    } while (done < files.length && performance.now() < sliceEnd);
    listener.read(changes, done, files.length);
    await setImmediate();
  }
  return done === files.length;
}

function readForIndex(reader: FactsReader, path: FilePath, listener: IndexListener): readonly FileChange[] {
  const result = readPythonFile(reader, path);
  if (result.kind === "unreadable") {
    listener.trouble(`${path}: ${result.reason}`);
    return [];
  }
  if (result.note !== undefined) {
    listener.trouble(`${path}: ${result.note}`);
  }
  return [result.change];
}

import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import type { FactsCache } from "./facts-cache.ts";
import { filePathOf } from "./file-paths.ts";
import { readText } from "./read-file.ts";
import { type FileReading, type ManyFilesReader, ReadingThreads, readPythonFiles } from "./read-files.ts";

/** Reads whole folders in the background: in slices, so that requests are answered meanwhile. */

/** What comes of a folder. */
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
  reader: ManyFilesReader,
  cache: FactsCache,
  folders: readonly string[],
  documents: readonly string[],
  listener: IndexListener,
  slice?: number,
): Promise<boolean> {
  const files = new Set<FilePath>();
  for (const folder of folders) {
    const found = await reader.files.discover(folder, { skipTests: false, documents });
    for (const { path, reason } of found.problems) {
      listener.trouble(`${path}: ${reason}`);
    }
    for (const path of found.catalogDocuments) {
      readCatalogDocument(reader, path, listener);
    }
    for (const path of found.pythonFiles) {
      files.add(filePathOf(path));
    }
  }
  let done = 0;
  const threads = new ReadingThreads(reader.engine.choice);
  await readPythonFiles(reader, threads, cache, [...files], {
    read: (some) => {
      done += some.length;
      const changes = some.flatMap((reading) => changesOf(reading, listener));
      listener.read(changes, done, files.size);
    },
    isCancelled: () => listener.isCancelled(),
    slice,
  }).finally(() => threads.end());
  return done === files.size;
}

function readCatalogDocument(reader: ManyFilesReader, path: string, listener: IndexListener): void {
  const text = readText(reader, path);
  if (text === undefined) {
    listener.trouble(`${path}: cannot be read`);
  } else {
    listener.catalogDocument(filePathOf(path), text);
  }
}

function changesOf({ path, result }: FileReading, listener: IndexListener): readonly FileChange[] {
  if (result.kind === "unreadable") {
    listener.trouble(`${path}: ${result.reason}`);
    return [];
  }
  if (result.note !== undefined) {
    listener.trouble(`${path}: ${result.note}`);
  }
  return [result.change];
}

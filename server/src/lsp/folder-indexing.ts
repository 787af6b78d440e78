import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import type { ServerStatus } from "../protocol/extensions.ts";
import { statusNotification } from "../protocol/extensions.ts";
import { type CachePlace, FactsCache } from "../workspace/facts-cache.ts";
import { indexFolders } from "../workspace/indexer.ts";
import { wantedFile } from "../workspace/read-file.ts";
import type { ManyFilesReader } from "../workspace/read-files.ts";

/** What becomes of the files that are read. */
export interface IndexTarget {
  apply(changes: readonly FileChange[]): void;
  catalogDocument(path: FilePath, text: string): void;
  /** The lists of locks that the user names, by their place in a checkout. */
  documents(): readonly string[];
  done(): void;
  fileCount(): number;
  /** How many locks are taken, in what was read so far or in the completed project. */
  siteCount(extent: "so far" | "complete"): number;
}

/** Reads the workspace's folders one after the other, with a progress bar that can be cancelled. */
export class FolderIndexing {
  readonly #connection: Connection;
  readonly #reader: ManyFilesReader;
  readonly #cachePlace: CachePlace | undefined;
  readonly #showsProgress: boolean;
  readonly #target: IndexTarget;
  #state: ServerStatus["state"] = "ready";
  #last: Promise<void> = Promise.resolve();
  /** What is known of the folders that are being read. */
  #cache: FactsCache | undefined;

  constructor(
    connection: Connection,
    reader: ManyFilesReader,
    cachePlace: CachePlace | undefined,
    showsProgress: boolean,
    target: IndexTarget,
  ) {
    this.#connection = connection;
    this.#reader = reader;
    this.#cachePlace = cachePlace;
    this.#showsProgress = showsProgress;
    this.#target = target;
  }

  /** Settles when nothing is left to read, whether all went well or not. */
  idle(): Promise<void> {
    return this.#last;
  }

  start(folders: readonly FilePath[]): void {
    this.#last = this.#last
      .then(() => this.#index(folders))
      .catch((error: unknown) => {
        this.#connection.console.error(`indexing failed: ${String(error)}`);
        this.#report("failed");
      });
  }

  /** What the disk says of a file that is wanted in full; while folders are read their cache may know it. */
  wantedFile(path: FilePath): FileChange {
    return wantedFile(this.#reader, path, this.#cache);
  }

  /** Tells the counts anew, after files came or went otherwise. */
  reportChange(): void {
    this.#report(this.#state);
  }

  async #index(folders: readonly FilePath[]): Promise<void> {
    this.#report("indexing");
    const cache = FactsCache.open(this.#cachePlace, folders);
    this.#cache = cache;
    try {
      await this.#readWithProgress(folders, cache);
      this.#report("ready");
    } finally {
      // From now on the project itself knows all that was read.
      this.#cache = undefined;
    }
    this.#target.done();
    const trouble = cache.save();
    if (trouble !== undefined) {
      this.#connection.console.info(trouble);
    }
  }

  async #readWithProgress(folders: readonly FilePath[], cache: FactsCache): Promise<void> {
    const progress = 0 < folders.length ? await this.#createProgress() : undefined;
    progress?.begin("Cinder Locks", 0, "reading files", true);
    try {
      await this.#read(folders, cache, progress);
    } finally {
      progress?.done();
    }
  }

  /** `undefined` where the client shows none: what is only for the eye is no reason not to work. */
  async #createProgress(): Promise<WorkDoneProgressServerReporter | undefined> {
    try {
      return this.#showsProgress ? await this.#connection.window.createWorkDoneProgress() : undefined;
    } catch (error) {
      this.#connection.console.warn(`the progress cannot be shown: ${String(error)}`);
      return undefined;
    }
  }

  async #read(
    folders: readonly FilePath[],
    cache: FactsCache,
    progress: WorkDoneProgressServerReporter | undefined,
  ): Promise<void> {
    const started = performance.now();
    const isWhole = await indexFolders(this.#reader, cache, folders, this.#target.documents(), {
      read: (changes, done, total) => {
        this.#target.apply(changes);
        progress?.report(Math.floor((100 * done) / total), `${done} of ${total} files`);
      },
      catalogDocument: (path, text) => this.#target.catalogDocument(path, text),
      trouble: (line) => this.#connection.console.warn(line),
      isCancelled: () => progress?.token.isCancellationRequested === true,
    });
    const words = isWhole ? "indexed" : "indexing was cancelled; known are";
    const time = Math.round(performance.now() - started);
    this.#connection.console.info(`${words} ${this.#target.fileCount()} files in ${time} ms`);
  }

  #report(state: ServerStatus["state"]): void {
    this.#state = state;
    const status: ServerStatus = {
      state,
      files: this.#target.fileCount(),
      sites: this.#target.siteCount(state === "indexing" ? "so far" : "complete"),
      parser: this.#reader.engine.kind,
    };
    void this.#connection.sendNotification(statusNotification, status);
  }
}

import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import type { ServerStatus } from "../protocol/extensions.ts";
import { statusNotification } from "../protocol/extensions.ts";
import { indexFolders } from "../workspace/indexer.ts";
import type { FactsReader } from "../workspace/read-file.ts";

/** What becomes of the files that are read. */
export interface IndexTarget {
  apply(changes: readonly FileChange[]): void;
  catalogDocument(path: FilePath, text: string): void;
  /** The lists of locks that the user names, by their place in a checkout. */
  documents(): readonly string[];
  done(): void;
  fileCount(): number;
  siteCount(): number;
}

/** Reads the workspace's folders one after the other, with a progress bar that can be cancelled. */
export class FolderIndexing {
  readonly #connection: Connection;
  readonly #reader: FactsReader;
  readonly #showsProgress: boolean;
  readonly #target: IndexTarget;
  #state: ServerStatus["state"] = "ready";
  #last: Promise<void> = Promise.resolve();

  constructor(connection: Connection, reader: FactsReader, showsProgress: boolean, target: IndexTarget) {
    this.#connection = connection;
    this.#reader = reader;
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

  /** Tells the counts anew, after files came or went otherwise. */
  reportChange(): void {
    this.#report(this.#state);
  }

  async #index(folders: readonly FilePath[]): Promise<void> {
    this.#report("indexing");
    const progress = 0 < folders.length ? await this.#createProgress() : undefined;
    progress?.begin("Cinder Locks", 0, "reading files", true);
    try {
      await this.#read(folders, progress);
    } finally {
      progress?.done();
    }
    this.#report("ready");
    this.#target.done();
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
    progress: WorkDoneProgressServerReporter | undefined,
  ): Promise<void> {
    const started = performance.now();
    const isWhole = await indexFolders(this.#reader, folders, this.#target.documents(), {
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
      sites: this.#target.siteCount(),
      parser: this.#reader.engine.kind,
    };
    void this.#connection.sendNotification(statusNotification, status);
  }
}

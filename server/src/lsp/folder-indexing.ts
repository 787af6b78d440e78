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
  done(): void;
  siteCount(): number;
}

/** Reads the workspace's folders one after the other, with a progress bar that can be cancelled. */
export class FolderIndexing {
  readonly #connection: Connection;
  readonly #reader: FactsReader;
  readonly #showsProgress: boolean;
  readonly #target: IndexTarget;
  #fileCount = 0;
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

  async #index(folders: readonly FilePath[]): Promise<void> {
    this.#report("indexing");
    const progress = this.#showsProgress ? await this.#connection.window.createWorkDoneProgress() : undefined;
    progress?.begin("Cinder Locks", 0, "reading files", true);
    const started = performance.now();
    const isWhole = await indexFolders(this.#reader, folders, {
      read: (changes, done, total) => {
        this.#fileCount += changes.length;
        this.#target.apply(changes);
        progress?.report(Math.floor((100 * done) / total), `${done} of ${total} files`);
      },
      catalogDocument: (path, text) => this.#target.catalogDocument(path, text),
      trouble: (line) => this.#connection.console.warn(line),
      isCancelled: () => isCancelled(progress),
    });
    progress?.done();
    const words = isWhole ? "indexed" : "indexing was cancelled; known are";
    const time = Math.round(performance.now() - started);
    this.#connection.console.info(`${words} ${this.#fileCount} files in ${time} ms`);
    this.#report("ready");
    this.#target.done();
  }

  #report(state: ServerStatus["state"]): void {
    const status: ServerStatus = {
      state,
      files: this.#fileCount,
      sites: this.#target.siteCount(),
      parser: this.#reader.engine.kind,
    };
    void this.#connection.sendNotification(statusNotification, status);
  }
}

function isCancelled(progress: WorkDoneProgressServerReporter | undefined): boolean {
  return progress?.token.isCancellationRequested === true;
}

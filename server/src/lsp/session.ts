import { existsSync } from "node:fs";
import type { Connection, FileEvent } from "vscode-languageserver";
import { FileChangeType } from "vscode-languageserver";
import type { Analysis } from "../analysis.ts";
import { AnalysisHost } from "../analysis.ts";
import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import type { Settings } from "../settings/read.ts";
import { readSettings } from "../settings/read.ts";
import { CATALOG_DOCUMENT } from "../workspace/discover.ts";
import { filePathOf, ModuleNames } from "../workspace/file-paths.ts";
import type { LoadedEngine } from "../workspace/load-engine.ts";
import type { FactsReader } from "../workspace/read-file.ts";
import { changeOfText, readPythonFile, readText } from "../workspace/read-file.ts";
import { isFile, pathOfUri } from "./convert/uris.ts";
import { FolderIndexing } from "./folder-indexing.ts";
import { OpenDocuments } from "./open-documents.ts";

/** What the client told about itself that answers depend on. */
export interface ClientAbilities {
  readonly links: boolean;
  readonly progress: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
  readonly refreshDiagnostics: boolean;
}

/** One client's session: the project as the editor has it, kept up to date with buffers, files and settings. */
export class Session {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly #host = new AnalysisHost();
  readonly #reader: FactsReader;
  readonly #documents = new OpenDocuments((path) => this.#apply([this.#changeOfFile(path)]));
  readonly #folders = new Set<FilePath>();
  readonly #indexing: FolderIndexing;
  #settings: Settings;

  constructor(
    connection: Connection,
    { engine, note }: LoadedEngine,
    abilities: ClientAbilities,
    options: unknown,
  ) {
    this.connection = connection;
    this.abilities = abilities;
    this.#reader = { engine, modules: new ModuleNames() };
    this.#settings = this.#read(options);
    this.#indexing = new FolderIndexing(connection, this.#reader, abilities.progress, {
      apply: (changes) => this.#apply(changes.filter((change) => !this.#documents.has(pathOf(change)))),
      catalogDocument: (path, text) => this.#host.setCatalogDocument(path, text),
      done: () => this.refreshDiagnostics(),
      siteCount: () => this.analysis().siteCount(),
    });
    connection.console.info(note);
    this.#documents.listen(connection);
  }

  /** The project with all that was typed so far. Offsets of a request are those of this snapshot. */
  analysis(): Analysis {
    const changes: FileChange[] = [];
    for (const { path, text } of this.#documents.takeChanged()) {
      if (path.endsWith(`/${CATALOG_DOCUMENT}`)) {
        this.#host.setCatalogDocument(path, text);
      } else {
        changes.push(changeOfText(this.#reader, path, text), ...this.#apisOf(path));
      }
    }
    this.#apply(changes);
    return this.#host.snapshot(this.#settings);
  }

  /** Settles when the folders are read that the client has named so far. */
  indexed(): Promise<void> {
    return this.#indexing.idle();
  }

  /** Whether findings in the file are the user's business: it is open, or lies in a folder of the workspace. */
  isReported(path: FilePath): boolean {
    return this.#documents.has(path) || this.#isInFolder(path);
  }

  addFolders(folders: readonly FilePath[]): void {
    for (const folder of folders) {
      this.#folders.add(folder);
    }
    this.#indexing.start(folders);
  }

  removeFolders(folders: readonly FilePath[]): void {
    for (const folder of folders) {
      this.#folders.delete(folder);
    }
    const gone = this.#host
      .paths()
      .filter((path) => isFile(path) && !this.isReported(path))
      .map((path): FileChange => ({ kind: "removed", path }));
    this.#apply(gone);
    this.refreshDiagnostics();
  }

  filesChanged(events: readonly FileEvent[]): void {
    const changes = events
      .map(({ uri, type }) => ({ path: pathOfUri(uri), type }))
      .filter(({ path }) => !this.#documents.has(path))
      .flatMap(({ path, type }) => this.#changeOfEvent(path, type) ?? []);
    this.#apply(changes);
    this.refreshDiagnostics();
  }

  setSettings(section: unknown): void {
    this.#settings = this.#read(section);
    this.refreshDiagnostics();
  }

  refreshDiagnostics(): void {
    if (this.abilities.refreshDiagnostics) {
      this.connection.languages.diagnostics.refresh().catch(() => {
        // The client is about to go away; there is nobody left to refresh for.
      });
    }
  }

  #apply(changes: readonly FileChange[]): void {
    if (0 < changes.length) {
      this.#host.apply(changes);
    }
  }

  #read(section: unknown): Settings {
    const { settings, complaints } = readSettings(section);
    for (const complaint of complaints) {
      this.connection.console.warn(complaint);
    }
    return settings;
  }

  #changeOfEvent(path: FilePath, type: FileChangeType): FileChange | undefined {
    if (path.endsWith("/__init__.py")) {
      this.#reader.modules.forget();
    }
    if (path.endsWith(`/${CATALOG_DOCUMENT}`)) {
      this.#host.setCatalogDocument(path, type === FileChangeType.Deleted ? undefined : readText(path));
      return undefined;
    }
    if (!path.endsWith(".py")) {
      return undefined;
    }
    return type === FileChangeType.Deleted ? { kind: "removed", path } : this.#changeOfFile(path);
  }

  /** What the disk says of a file; one outside of all folders is only known while it is open. */
  #changeOfFile(path: FilePath): FileChange {
    const result = isFile(path) && this.#isInFolder(path) ? readPythonFile(this.#reader, path) : undefined;
    return result?.kind === "read" ? result.change : { kind: "removed", path };
  }

  /** A file that is opened alone is understood by the lock APIs of the checkout that it lies in. */
  #apisOf(path: FilePath): readonly FileChange[] {
    if (!isFile(path) || this.#isInFolder(path)) {
      return [];
    }
    const root = this.#reader.modules.importRootOf(path);
    return ["cinder", "manila"]
      .flatMap((service) => [`${root}/${service}/coordination.py`, `${root}/${service}/utils.py`])
      .map(filePathOf)
      .filter((api) => !this.#host.knows(api) && existsSync(api))
      .flatMap((api) => {
        const result = readPythonFile(this.#reader, api);
        return result.kind === "read" ? result.change : [];
      });
  }

  #isInFolder(path: FilePath): boolean {
    return [...this.#folders].some((folder) => path.startsWith(`${folder}/`));
  }
}

function pathOf(change: FileChange): FilePath {
  return change.kind === "facts" ? change.facts.path : change.path;
}

import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Connection, FileEvent } from "vscode-languageserver";
import { FileChangeType } from "vscode-languageserver";
import type { Analysis } from "../analysis.ts";
import { AnalysisHost } from "../analysis.ts";
import { isCatalogDocument } from "../catalog/source.ts";
import type { FilePath } from "../facts/model.ts";
import type { FileChange } from "../project/project-index.ts";
import { pathOfChange } from "../project/project-index.ts";
import type { Settings } from "../settings/read.ts";
import { readSettings } from "../settings/read.ts";
import { wouldDiscover } from "../workspace/discover.ts";
import { filePathOf, ModuleNames } from "../workspace/file-paths.ts";
import type { LoadedEngine } from "../workspace/load-engine.ts";
import type { FactsReader } from "../workspace/read-file.ts";
import { changeOfText, readPythonFile, readText, wantedChange } from "../workspace/read-file.ts";
import { isFile, pathOfUri } from "./convert/uris.ts";
import { FolderIndexing } from "./folder-indexing.ts";
import { OpenDocuments } from "./open-documents.ts";

/** What the client told about itself that answers depend on. */
export interface ClientAbilities {
  readonly links: boolean;
  readonly progress: boolean;
  readonly configuration: boolean;
  readonly folders: boolean;
  /** Whether the client lets the server ask to be told of changed settings, and of changed files. */
  readonly hearsOfSettings: boolean;
  readonly hearsOfFiles: boolean;
  readonly refreshDiagnostics: boolean;
}

/** One client's session: the project as the editor has it, kept up to date with buffers, files and settings. */
export class Session {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly #host = new AnalysisHost();
  readonly #reader: FactsReader;
  readonly #documents = new OpenDocuments((path) => this.#closed(path));
  readonly #folders = new Set<FilePath>();
  readonly #catalogDocuments = new Set<FilePath>();
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
      apply: (changes) => this.#apply(changes.filter((change) => this.#countsOnDisk(pathOfChange(change)))),
      catalogDocument: (path, text) => {
        if (this.#countsOnDisk(path)) {
          this.#setCatalogDocument(path, text);
        }
      },
      documents: () => this.#settings.documents,
      done: () => this.refreshDiagnostics(),
      fileCount: () => this.#host.paths().length,
      siteCount: () => this.analysis().siteCount(),
    });
    connection.console.info(note);
    this.#documents.listen(connection);
  }

  /** The project with all that was typed so far. Offsets of a request are those of this snapshot. */
  analysis(): Analysis {
    const changes: FileChange[] = [];
    for (const { path, text, isPython } of this.#documents.takeChanged()) {
      if (this.isCatalogDocument(path)) {
        this.#setCatalogDocument(path, text);
      } else if (isPython) {
        changes.push(
          changeOfText(this.#reader, path, text, this.#host.detailOf(path)),
          ...this.#apisOf(path),
        );
      }
    }
    this.#apply(changes);
    this.#host.complete((path) =>
      wantedChange(this.#reader, path, this.#documents.textOf(path) ?? readText(path)),
    );
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

  /** Whether the file is a document that lists locks. */
  isCatalogDocument(path: FilePath): boolean {
    return isCatalogDocument(path, this.#settings.documents);
  }

  /** The version of an open document that the analysis is of, or `undefined` where the disk counts. */
  versionOf(path: FilePath): number | undefined {
    return this.#documents.versionOf(path);
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
    this.#forgetStrays();
    this.#indexing.reportChange();
    this.refreshDiagnostics();
  }

  /** Whatever is said to have happened to a file, the disk tells what it is now. */
  filesChanged(events: readonly FileEvent[]): void {
    const news = events.map(({ uri, type }) => ({ path: pathOfUri(uri), type }));
    if (news.some(changesPackages)) {
      this.#reader.modules.forget();
      this.#documents.touch();
    }
    const affected = new Set(news.flatMap((each) => this.#affectedBy(each)));
    this.#readAgain([...affected].filter((path) => !this.#documents.has(path) && this.#isInFolder(path)));
    this.#indexing.reportChange();
    this.refreshDiagnostics();
  }

  setSettings(section: unknown): void {
    this.#settings = this.#read(section);
    this.#readDocumentsAnew();
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

  /** A document was closed: its file counts again, if it has one that is ours. */
  #closed(path: FilePath): void {
    this.#readAgain([path]);
    if (!this.#isInFolder(path)) {
      this.#forgetStrays();
    }
  }

  /** The file itself, those that lay in it if it was a folder, and those that it gives their module names. */
  #affectedBy(event: FileNews): readonly FilePath[] {
    const folder = changesPackages(event) ? dirname(event.path) : event.path;
    const isFolder = changesPackages(event) || event.type === FileChangeType.Deleted;
    const below = isFolder
      ? [...this.#host.paths(), ...this.#catalogDocuments].filter((path) => path.startsWith(`${folder}/`))
      : [];
    return [event.path, ...below];
  }

  #readAgain(paths: readonly FilePath[]): void {
    for (const path of paths.filter((each) => this.isCatalogDocument(each))) {
      this.#setCatalogDocument(path, this.#countsOnDisk(path) ? readText(path) : undefined);
    }
    this.#apply(paths.map((path) => this.#changeOfFile(path)));
  }

  /** What the disk says of a file; one that is not of the workspace is only known while it is open. */
  #changeOfFile(path: FilePath): FileChange {
    const result =
      path.endsWith(".py") && this.#countsOnDisk(path) ? readPythonFile(this.#reader, path) : undefined;
    return result?.kind === "read" ? result.change : { kind: "removed", path };
  }

  /** After the user may have named other documents: reads those that now count, and lets go of the others. */
  #readDocumentsAnew(): void {
    for (const path of [...this.#catalogDocuments].filter((each) => !this.isCatalogDocument(each))) {
      this.#setCatalogDocument(path, undefined);
    }
    const wanted = [...this.#folders].flatMap((folder) =>
      this.#settings.documents.map((document) => filePathOf(`${folder}/${document}`)),
    );
    this.#documents.touch();
    this.#readAgain(wanted.filter((path) => !this.#catalogDocuments.has(path)));
  }

  #setCatalogDocument(path: FilePath, text: string | undefined): void {
    this.#host.setCatalogDocument(path, text);
    if (text === undefined) {
      this.#catalogDocuments.delete(path);
    } else {
      this.#catalogDocuments.add(path);
    }
  }

  /** Lets go of all that nobody keeps any more; what an open document needs of it is read again. */
  #forgetStrays(): void {
    const strays = this.#host.paths().filter((path) => !this.isReported(path));
    this.#apply(strays.map((path): FileChange => ({ kind: "removed", path })));
    for (const path of [...this.#catalogDocuments].filter((each) => !this.isReported(each))) {
      this.#setCatalogDocument(path, undefined);
    }
    this.#documents.touch();
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
    return this.#foldersOf(path).length !== 0;
  }

  /** Whether a file is read from the disk: it is not open, and what indexes a folder of the workspace comes by it. */
  #countsOnDisk(path: FilePath): boolean {
    return !this.#documents.has(path) && this.#foldersOf(path).some((folder) => wouldDiscover(folder, path));
  }

  #foldersOf(path: FilePath): readonly FilePath[] {
    return [...this.#folders].filter((folder) =>
      path.startsWith(folder.endsWith("/") ? folder : `${folder}/`),
    );
  }
}

/** Something that happened to a file. */
interface FileNews {
  readonly path: FilePath;
  readonly type: FileChangeType;
}

/** Modules get their names from the packages around them: an `__init__.py` that comes or goes renames all below it. */
function changesPackages({ path, type }: FileNews): boolean {
  return path.endsWith("/__init__.py") && type !== FileChangeType.Changed;
}

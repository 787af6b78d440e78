import type { Connection, FileEvent } from "vscode-languageserver";
import { FileChangeType, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../analysis.ts";
import { equal } from "../base/equal.ts";
import { isRst } from "../catalog/source.ts";
import type { FilePath } from "../facts/model.ts";
import type { Settings } from "../settings/read.ts";
import { readSettings } from "../settings/read.ts";
import type { CachePlace } from "../workspace/facts-cache.ts";
import type { FileNews } from "../workspace/live-project.ts";
import { LiveProject } from "../workspace/live-project.ts";
import type { ParserOnDemand } from "../workspace/parser-on-demand.ts";
import { factsReader } from "../workspace/read-file.ts";
import { pathOfUri } from "./convert/uris.ts";
import { FolderIndexing } from "./folder-indexing.ts";

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
  /** Where it shows the pages of rules: a URI with `{rule}` in it. */
  readonly rulePages: string | undefined;
}

/** One client's session: the project as the editor has it, kept up to date with buffers, files and settings. */
export class Session {
  readonly connection: Connection;
  readonly abilities: ClientAbilities;
  readonly #project: LiveProject;
  /** The versions of the open documents that the project has. */
  readonly #versions = new Map<FilePath, number>();
  readonly #indexing: FolderIndexing;
  #settings: Settings;

  constructor(
    connection: Connection,
    engine: ParserOnDemand,
    cachePlace: CachePlace | undefined,
    abilities: ClientAbilities,
    options: unknown,
  ) {
    this.connection = connection;
    this.abilities = abilities;
    const reader = factsReader(engine);
    this.#project = new LiveProject(reader, (path) => this.#indexing.wantedFile(path));
    this.#settings = this.#read(options);
    this.#project.nameDocuments(this.#settings.documents);
    this.#indexing = new FolderIndexing(connection, reader, cachePlace, abilities.progress, {
      apply: (changes) => this.#project.take(changes),
      catalogDocument: (path, text) => this.#project.takeCatalogDocument(path, text),
      documents: () => this.#settings.documents,
      done: () => this.refreshDiagnostics(),
      fileCount: () => this.#project.fileCount(),
      siteCount: (extent) =>
        (extent === "so far" ? this.#project.analysisSoFar(this.#settings) : this.analysis()).siteCount(),
    });
    this.#listenToDocuments();
  }

  /** The project with all that was typed so far. Offsets of a request are those of this snapshot. */
  analysis(): Analysis {
    return this.#project.analysis(this.#settings);
  }

  /** Settles when the folders are read that the client has named so far. */
  indexed(): Promise<void> {
    return this.#indexing.idle();
  }

  /** Whether findings in the file are the user's business: it is open, or lies in a folder of the workspace. */
  isReported(path: FilePath): boolean {
    return this.#project.isReported(path);
  }

  /** Whether the file is a document that lists locks. */
  isCatalogDocument(path: FilePath): boolean {
    return this.#project.isCatalogDocument(path);
  }

  /** The version of an open document that the analysis is of, or `undefined` where the disk counts. */
  versionOf(path: FilePath): number | undefined {
    return this.#versions.get(path);
  }

  addFolders(folders: readonly FilePath[]): void {
    this.#project.addFolders(folders);
    this.#indexing.start(folders);
  }

  removeFolders(folders: readonly FilePath[]): void {
    if (folders.length === 0) {
      return; // Others are added: there is nothing to tell before these are read.
    }
    this.#project.removeFolders(folders);
    this.#indexing.reportChange();
    this.refreshDiagnostics();
  }

  filesChanged(events: readonly FileEvent[]): void {
    this.#project.filesChanged(
      events.map(({ uri, type }) => ({ path: pathOfUri(uri), kind: NEWS_OF_TYPE[type] })),
    );
    this.#indexing.reportChange();
    this.refreshDiagnostics();
  }

  setSettings(section: unknown): void {
    const { documents } = this.#settings;
    this.#settings = this.#read(section);
    if (!equal(documents, this.#settings.documents)) {
      this.#project.nameDocuments(this.#settings.documents);
      this.#indexing.start(this.#project.folders());
    }
    this.refreshDiagnostics();
  }

  refreshDiagnostics(): void {
    if (this.abilities.refreshDiagnostics) {
      this.connection.languages.diagnostics.refresh().catch(() => {
        // The client is about to go away; there is nobody left to refresh for.
      });
    }
  }

  #read(section: unknown): Settings {
    const { settings, complaints } = readSettings(section);
    for (const complaint of complaints) {
      this.connection.console.warn(complaint);
    }
    return settings;
  }

  /** Keeps the project up to date with the documents that can say something of locks. */
  #listenToDocuments(): void {
    const documents = new TextDocuments(TextDocument);
    documents.onDidChangeContent(({ document }) => {
      const path = pathOfUri(document.uri);
      // Of the RST documents those count that the settings name, and these may change.
      if (document.languageId === "python" || isRst(path)) {
        this.#versions.set(path, document.version);
        this.#project.edit(path, document.getText());
      }
    });
    documents.onDidClose(({ document }) => {
      const path = pathOfUri(document.uri);
      if (this.#versions.delete(path)) {
        this.#project.close(path);
      }
    });
    documents.listen(this.connection);
  }
}

const NEWS_OF_TYPE: Readonly<Record<FileChangeType, FileNews["kind"]>> = {
  [FileChangeType.Created]: "created",
  [FileChangeType.Changed]: "changed",
  [FileChangeType.Deleted]: "deleted",
};

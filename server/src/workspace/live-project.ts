import type { Analysis, AnalysisOptions } from "../analysis.ts";
import { AnalysisHost } from "../analysis.ts";
import { isCatalogDocument, isRst } from "../catalog/source.ts";
import type { FilePath } from "../facts/model.ts";
import { typedTextReader } from "../facts/typed-text.ts";
import type { FileChange } from "../project/project-index.ts";
import { moduleOfChange, pathOfChange } from "../project/project-index.ts";
import { wouldDiscover } from "./discover.ts";
import { filePathOf, isFile } from "./file-paths.ts";
import type { FactsReader } from "./read-file.ts";
import { changeOfText, readPythonFile, readText, wantedChange, wantedFile } from "./read-file.ts";

/** Something that happened to a file or, as far as it was deleted, to a folder. */
export interface FileNews {
  readonly path: FilePath;
  readonly kind: "created" | "changed" | "deleted";
}

/**
 * A project that changes while it is asked about: the files below its folders, and the editor's buffers, whose texts
 * count instead of their files'. What happens only marks files as stale; when a question comes, these are read as they
 * are then. So the project is always that of a fresh start, whatever happened before.
 */
export class LiveProject {
  readonly #reader: FactsReader;
  /** Reads what is typed: what did not change is not parsed again. */
  readonly #typingReader: FactsReader;
  readonly #readWanted: (path: FilePath) => FileChange;
  readonly #host = new AnalysisHost();
  readonly #folders = new Set<FilePath>();
  readonly #buffers = new Map<FilePath, string>();
  readonly #catalogDocuments = new Set<FilePath>();
  /** The documents that list locks beside the known ones, by their place in a checkout. */
  #documentNames: readonly string[] = [];
  /** The modules of lock APIs that buffers outside of all folders are understood by. */
  #companions: ReadonlySet<FilePath> = new Set();
  readonly #stale = new Set<FilePath>();
  /** What was read here, after something happened to it: who read it at the same time may have read what it was before. */
  readonly #readHere = new Set<FilePath>();

  /** @param readWanted reads a file that is wanted in full, if the caller knows of a quicker way than to read it */
  constructor(reader: FactsReader, readWanted = (path: FilePath) => wantedFile(reader, path)) {
    this.#reader = reader;
    this.#readWanted = readWanted;
    this.#typingReader = { ...reader, factsOf: typedTextReader(reader.engine) };
  }

  /** The project as it is now. Offsets of a request are those of this snapshot. */
  analysis(options: AnalysisOptions): Analysis {
    this.#readStale();
    this.#host.complete((path) => this.#detailOf(path));
    return this.#host.snapshot(options);
  }

  /** The same for a glance while folders are read: no file is read for what else decides the names of locks. */
  analysisSoFar(options: AnalysisOptions): Analysis {
    this.#readStale();
    return this.#host.snapshot(options);
  }

  fileCount(): number {
    this.#readStale();
    return this.#host.files().length;
  }

  /** Whether findings in the file are the user's business: it is open, or lies in a folder of the project. */
  isReported(path: FilePath): boolean {
    return this.#buffers.has(path) || 0 < this.#foldersOf(path).length;
  }

  /** Whether the file is a document that lists locks. */
  isCatalogDocument(path: FilePath): boolean {
    return isCatalogDocument(path, this.#documentNames);
  }

  /**
   * Makes further documents count as lists of locks, by their place in a checkout, instead of those named before. Who
   * reads the folders gives those that are not known yet to `takeCatalogDocument`.
   */
  nameDocuments(names: readonly string[]): void {
    this.#documentNames = names;
    for (const path of [...this.#catalogDocuments, ...[...this.#buffers.keys()].filter(isRst)]) {
      this.#stale.add(path);
    }
  }

  folders(): readonly FilePath[] {
    return [...this.#folders];
  }

  /** From now on the text of the editor's buffer counts. */
  edit(path: FilePath, text: string): void {
    const isOpened = !this.#buffers.has(path);
    this.#buffers.set(path, text);
    this.#stale.add(path);
    if (isOpened) {
      this.#findCompanions();
    }
  }

  /** From now on the file counts again, if it has one that is ours. */
  close(path: FilePath): void {
    this.#buffers.delete(path);
    this.#stale.add(path);
    this.#findCompanions();
  }

  /** Makes files below these folders count; who reads them gives them to `take`. */
  addFolders(folders: readonly FilePath[]): void {
    for (const folder of folders) {
      this.#folders.add(folder);
    }
    // Nobody told what happened there before.
    this.#forgetPackages();
    this.#findCompanions();
  }

  removeFolders(folders: readonly FilePath[]): void {
    for (const folder of folders) {
      this.#folders.delete(folder);
    }
    this.#findCompanions();
  }

  /** Takes what was read of files below the folders, as far as it counts by now; it may come late from another thread. */
  take(changes: readonly FileChange[]): void {
    const counting = changes.filter((change) => this.#countsAsFile(pathOfChange(change)));
    for (const change of counting) {
      if (this.#mayBeOutdated(change)) {
        this.#stale.add(pathOfChange(change));
      }
    }
    this.#host.apply(counting.filter((change) => !this.#stale.has(pathOfChange(change))));
  }

  #mayBeOutdated(change: FileChange): boolean {
    const path = pathOfChange(change);
    return this.#readHere.has(path) || moduleOfChange(change) !== this.#reader.modules.moduleOf(path);
  }

  takeCatalogDocument(path: FilePath, text: string): void {
    if (this.isCatalogDocument(path) && this.#countsAsFile(path)) {
      this.#setCatalogDocument(path, text);
    }
  }

  /** Whatever is said to have happened to a file, the file itself tells what it is now. */
  filesChanged(news: readonly FileNews[]): void {
    for (const { path } of news) {
      this.#stale.add(path);
    }
    for (const { path } of news.filter(mayBeFolder)) {
      this.#markBelow(path);
    }
    // Of a file that was deleted and is there again only a change is told.
    if (news.some((each) => each.path.endsWith("/__init__.py") || mayBeFolder(each))) {
      this.#forgetPackages();
    }
    // An API that comes may be one that an open document lacked.
    this.#findCompanions();
  }

  #readStale(): void {
    const stale = [...this.#stale];
    this.#stale.clear();
    for (const path of stale) {
      this.#readHere.add(path);
    }
    for (const path of stale.filter(isRst)) {
      const counts = this.isCatalogDocument(path) && this.#countsAtAll(path);
      this.#setCatalogDocument(path, counts ? this.#textOf(path) : undefined);
    }
    this.#host.apply(stale.map((path) => this.#changeOf(path)));
  }

  /** What a file is to the project now: the buffer's text, the file's, or nothing. */
  #changeOf(path: FilePath): FileChange {
    const buffer = this.#buffers.get(path);
    if (isRst(path)) {
      return { kind: "removed", path };
    }
    if (buffer !== undefined) {
      return changeOfText(this.#typingReader, path, buffer);
    }
    const result =
      path.endsWith(".py") && this.#countsAsFile(path) ? readPythonFile(this.#reader, path) : undefined;
    return result?.kind === "read" ? result.change : { kind: "removed", path };
  }

  /** What a file is that is wanted in full. */
  #detailOf(path: FilePath): FileChange {
    const buffer = this.#buffers.get(path);
    return buffer === undefined ? this.#readWanted(path) : wantedChange(this.#typingReader, path, buffer);
  }

  #setCatalogDocument(path: FilePath, text: string | undefined): void {
    this.#host.setCatalogDocument(path, text);
    if (text === undefined) {
      this.#catalogDocuments.delete(path);
    } else {
      this.#catalogDocuments.add(path);
    }
  }

  #textOf(path: FilePath): string | undefined {
    return this.#buffers.get(path) ?? readText(this.#reader, path);
  }

  /** Modules get their names from the packages around them: files that have another one now are read again. */
  #forgetPackages(): void {
    this.#reader.modules.forget();
    for (const { path, module } of this.#host.files()) {
      if (this.#reader.modules.moduleOf(path) !== module) {
        this.#stale.add(path);
      }
    }
  }

  #markBelow(folder: string): void {
    for (const path of this.#known()) {
      if (path.startsWith(`${folder}/`)) {
        this.#stale.add(path);
      }
    }
  }

  /** Finds anew what open documents outside of all folders need, and lets go of what nobody keeps any more. */
  #findCompanions(): void {
    const strays = [...this.#buffers.keys()].filter(
      (path) => isFile(path) && this.#foldersOf(path).length === 0,
    );
    this.#companions = new Set(strays.flatMap((path) => this.#companionsOf(path)));
    const known = new Set(this.#known());
    const gone = [...known].filter((path) => !this.isReported(path) && !this.#companions.has(path));
    const missing = [...this.#companions].filter((path) => !known.has(path));
    for (const path of [...gone, ...missing]) {
      this.#stale.add(path);
    }
  }

  /** A file that is opened alone is understood by the lock APIs of the checkout that it lies in. */
  #companionsOf(path: FilePath): readonly FilePath[] {
    const root = this.#reader.modules.importRootOf(path);
    return ["cinder", "manila"]
      .flatMap((service) => [`${root}/${service}/coordination.py`, `${root}/${service}/utils.py`])
      .map(filePathOf)
      .filter((api) => this.#reader.files.exists(api));
  }

  #known(): readonly FilePath[] {
    return [...this.#host.files().map(({ path }) => path), ...this.#catalogDocuments];
  }

  #countsAtAll(path: FilePath): boolean {
    return this.#buffers.has(path) || this.#countsAsFile(path);
  }

  /** Whether a file is read as it is saved: it is not open, and what indexes a folder comes by it. */
  #countsAsFile(path: FilePath): boolean {
    return (
      !this.#buffers.has(path) &&
      (this.#companions.has(path) ||
        this.#foldersOf(path).some((folder) => wouldDiscover(folder, path, this.#reader.files.exists)))
    );
  }

  #foldersOf(path: FilePath): readonly FilePath[] {
    return [...this.#folders].filter((folder) =>
      path.startsWith(folder.endsWith("/") ? folder : `${folder}/`),
    );
  }
}

/** Whether a folder was deleted: of what lay in it, packages too, nothing else is told. */
function mayBeFolder({ path, kind }: FileNews): boolean {
  return kind === "deleted" && !path.endsWith(".py");
}

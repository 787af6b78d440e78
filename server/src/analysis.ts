import { equal } from "./base/equal.ts";
import type { LineIndex } from "./base/line-index.ts";
import { compareText } from "./base/order.ts";
import type { TextRange } from "./base/text-range.ts";
import { overlaps } from "./base/text-range.ts";
import type { CatalogDocument, CatalogSource } from "./catalog/source.ts";
import { countingSources, readSource, speaksOf } from "./catalog/source.ts";
import type { EntryVerdict, OtherFileVerdict } from "./catalog/verdicts.ts";
import { entryVerdict, otherFileVerdict } from "./catalog/verdicts.ts";
import { writtenDocument } from "./catalog/write-document.ts";
import type { FileFacts, FileOrigin, FilePath, LockSite } from "./facts/model.ts";
import { isTestModule } from "./facts/test-module.ts";
import { type DriverLocks, driverLocks } from "./project/active-active.ts";
import { asOne, checkoutsAfter, NO_CHECKOUTS, type Projects, rootFor } from "./project/checkouts.ts";
import type { CompletedProjects } from "./project/completed-index.ts";
import { completedProjects, projectsWithDetails } from "./project/completed-index.ts";
import type { Deployment } from "./project/deployment.ts";
import { unreadDriverFiles } from "./project/driver-files.ts";
import { type LockEdge, lockEdges } from "./project/held/lock-graph.ts";
import type { RenderedName } from "./project/name-evaluation.ts";
import type { NamedSite } from "./project/named-sites.ts";
import type { FileChange, ProjectIndex } from "./project/project-index.ts";
import {
  applyChanges,
  EMPTY_INDEX,
  filesInOrder,
  knownAs,
  originsOf,
  pathOfChange,
} from "./project/project-index.ts";
import { renderedNames } from "./project/rendered-names.ts";
import { sitesOf } from "./project/sites.ts";
import type { LockItem, LockStep } from "./queries/call-hierarchy.ts";
import { heldAbove, lockItemAt, takenBelow } from "./queries/call-hierarchy.ts";
import type { CatalogAddition } from "./queries/catalog-addition.ts";
import { catalogAdditions } from "./queries/catalog-addition.ts";
import type { DefinitionAnswer } from "./queries/definition.ts";
import { definition } from "./queries/definition.ts";
import type { Completion } from "./queries/documents/completion.ts";
import { completions } from "./queries/documents/completion.ts";
import { definition as definitionInDocument } from "./queries/documents/definition.ts";
import { hover as hoverInDocument } from "./queries/documents/hover.ts";
import type { DocumentSource } from "./queries/documents/lookup.ts";
import type { OutlineItem } from "./queries/documents/outline.ts";
import { outline } from "./queries/documents/outline.ts";
import { references as referencesInDocument } from "./queries/documents/references.ts";
import type { HoverAnswer } from "./queries/hover.ts";
import { hover } from "./queries/hover.ts";
import type { LockHint } from "./queries/inlay-hints.ts";
import { lockHints } from "./queries/inlay-hints.ts";
import type { Reference } from "./queries/references.ts";
import { highlights, references } from "./queries/references.ts";
import type { LockSymbol } from "./queries/symbols.ts";
import { symbols } from "./queries/symbols.ts";
import type { Fix } from "./rules/rule.ts";
import type { ReportedFinding, RuleLevels } from "./rules/run.ts";
import { runCatalogRules, runRules } from "./rules/run.ts";

/** What the user wants of the analysis. */
export interface AnalysisOptions {
  readonly levels: RuleLevels;
  /** Whether findings in the project's own tests are reported. */
  readonly includeTests: boolean;
  /** Whether calls that take a lock under another one are marked in the text. */
  readonly inlayHints: boolean;
  /** How Cinder is run, which decides whom a lock's scope keeps out. */
  readonly deployment: Deployment;
}

/** Where the lines begin of a file whose text is not kept: only its beginning is ever pointed at. */
const BEGINNING: LineIndex = { starts: [0], length: 0 };

/** The last word on each file. */
function byPath(changes: readonly FileChange[]): ReadonlyMap<FilePath, FileChange> {
  return new Map(changes.map((change) => [pathOfChange(change), change]));
}

function gone(path: FilePath): FileChange {
  return { kind: "removed", path };
}

/** Owns the project: the only one that changes it. */
export class AnalysisHost {
  #read: ProjectIndex = EMPTY_INDEX;
  #checkouts = NO_CHECKOUTS;
  #completed: CompletedProjects = new Map();
  /** The files that were read again since the project was completed. */
  readonly #readAgain = new Set<FilePath>();
  readonly #documents = new Map<FilePath, CatalogSource>();

  /** Takes a checkout's own document of locks; while that of the drivers exists, the bundled list does not count. */
  setCatalogDocument(path: FilePath, text: string | undefined): void {
    if (text === undefined) {
      this.#documents.delete(path);
    } else {
      this.#documents.set(path, readSource(path, text));
    }
  }

  /** Takes what became of files, the last word on each. A file that says what it said leaves the project as it is. */
  apply(changes: readonly FileChange[]): void {
    const last = byPath(changes);
    const news = [...last].filter(([path, change]) => !equal(knownAs(this.#read, path), change));
    for (const path of last.keys()) {
      this.#readAgain.add(path);
    }
    if (0 < news.length) {
      this.#read = applyChanges(
        this.#read,
        news.map(([, change]) => change),
      );
    }
  }

  /** Every file that is known, with locks or without. */
  files(): readonly FileOrigin[] {
    return originsOf(this.#read);
  }

  /**
   * Brings in the files that decide the names of locks although no word of a lock is in them. `read` parses one, or
   * says that it is gone; each is asked for once at most, and again only after its file has changed.
   */
  complete(read: (path: FilePath) => FileChange): void {
    const rounds = this.completion();
    let round = rounds.next();
    while (round.done !== true) {
      round = rounds.next(round.value.map(read));
    }
  }

  /**
   * The same for who reads several files at once: it says which, a round at a time, and goes on with what became of
   * them; one of which nothing is told is gone. Nothing else may happen to the project meanwhile.
   */
  *completion(): Generator<readonly FilePath[], void, readonly FileChange[]> {
    if (this.#readAgain.size === 0) {
      return;
    }
    const known = new Map([...this.#completed.values()].flatMap(({ details }) => [...details]));
    const rounds = completedProjects(this.#completed, this.#projects());
    let round = rounds.next();
    while (round.done !== true) {
      const unknown = round.value.filter((path) => !known.has(path) || this.#readAgain.delete(path));
      const news = byPath(0 < unknown.length ? yield unknown : []);
      for (const path of unknown) {
        const now = news.get(path) ?? gone(path);
        if (!equal(known.get(path), now)) {
          known.set(path, now);
        }
      }
      round = rounds.next(new Map(round.value.map((path) => [path, known.get(path) ?? gone(path)])));
    }
    this.#completed = round.value;
    this.#readAgain.clear();
  }

  /** The same for who knows which files that are, and what is in them, as the project was the same before. */
  completeWith(details: readonly FileChange[]): void {
    this.#completed = projectsWithDetails(this.#completed, this.#projects(), byPath(details));
    this.#readAgain.clear();
  }

  /** The files that are to be read in full, too, before {@link Analysis.driverLocks} knows all drivers; then perhaps others. */
  unreadDriverFiles(): readonly FilePath[] {
    return [...this.#newest().values()].flatMap(unreadDriverFiles);
  }

  /** The project as it is now; later changes do not reach what was handed out. */
  snapshot(options: AnalysisOptions): Analysis {
    return new Analysis(this.#newest(), countingSources(this.#documents.values()), options);
  }

  /** What was read, a project for each checkout. */
  #projects(): Projects {
    this.#checkouts = checkoutsAfter(this.#checkouts, this.#read);
    return this.#checkouts.projects;
  }

  /** The projects as they are now, completed as far as they are. */
  #newest(): Projects {
    return new Map(
      [...this.#projects()].map(([root, read]) => {
        const known = this.#completed.get(root);
        return [root, known?.read === read ? known.index : read];
      }),
    );
  }
}

/**
 * All questions that can be asked of the projects. What is asked of a file is answered from its own project. Answers are
 * plain data; offsets are UTF-16 code units of the file.
 */
export class Analysis {
  readonly #projects: Projects;
  readonly #sources: readonly CatalogSource[];
  readonly #options: AnalysisOptions;

  constructor(projects: Projects, sources: readonly CatalogSource[], options: AnalysisOptions) {
    this.#projects = projects;
    this.#sources = sources;
    this.#options = options;
  }

  /** The files that may take locks, by path; those of the project's tests only if they are wanted. */
  files(): readonly FileFacts[] {
    return this.#filesOfAll().filter((file) => this.#isReported(file));
  }

  file(path: FilePath): FileFacts | undefined {
    return this.#indexAround(path).files.get(path);
  }

  /** All that take a lock in a file, by an API or by another name, in the order of the text. */
  sites(file: FileFacts): readonly LockSite[] {
    return sitesOf(this.#indexAround(file.path), file);
  }

  /** The names that a site's name is at run time, with the classes that make it so. */
  renderedNames(named: NamedSite): readonly RenderedName[] {
    return renderedNames(this.#indexAround(named.file.path), named);
  }

  siteCount(): number {
    return this.#filesOfAll().reduce((count, file) => count + this.sites(file).length, 0);
  }

  /** Where the lines begin of any file that an answer points into. */
  linesOf(path: FilePath): LineIndex | undefined {
    const known = this.#sourceAt(path)?.document.lines ?? this.file(path)?.lines;
    return known ?? (this.#indexAround(path).lockless.has(path) ? BEGINNING : undefined);
  }

  /** The documents of locks that the project has. */
  documents(): readonly CatalogDocument[] {
    return this.#sources.flatMap(({ document }) => document ?? []);
  }

  findings(path: FilePath): readonly ReportedFinding[] {
    const source = this.#sourceAt(path);
    if (source !== undefined) {
      return this.#findingsOfDocument(source);
    }
    const file = this.file(path);
    return file === undefined || !this.#isReported(file)
      ? []
      : runRules(file, this.#indexAround(path), this.#sources, this.#options);
  }

  /** The fixes of the findings that a selection touches, each with its finding. */
  fixes(
    path: FilePath,
    range: TextRange,
  ): readonly { readonly finding: ReportedFinding; readonly fix: Fix }[] {
    const cursor = { start: range.start, end: Math.max(range.end, range.start + 1) };
    return this.findings(path)
      .filter((finding) => overlaps(finding.range, cursor) || finding.range.end === range.start)
      .flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
  }

  /** How the documents of locks can be made to tell of the lock at an offset, if none does. */
  additions(path: FilePath, offset: number): readonly CatalogAddition[] {
    const file = this.file(path);
    return file === undefined || !this.#isReported(file)
      ? []
      : catalogAdditions(this.#indexAround(path), this.#sources, file, offset);
  }

  hover(path: FilePath, offset: number): HoverAnswer | undefined {
    const source = this.#sourceAt(path);
    return source === undefined
      ? this.#inFile(path, (file, index) =>
          hover(index, this.#sources, file, offset, this.#options.deployment),
        )
      : hoverInDocument(this.#indexAround(path), source, offset);
  }

  definition(path: FilePath, offset: number): DefinitionAnswer | undefined {
    const source = this.#sourceAt(path);
    return source === undefined
      ? this.#inFile(path, (file, index) => definition(index, file, offset))
      : definitionInDocument(this.#indexAround(path), source, offset);
  }

  references(path: FilePath, offset: number): readonly Reference[] {
    const source = this.#sourceAt(path);
    return source === undefined
      ? (this.#inFile(path, (file, index) => references(index, this.#sources, file, offset)) ?? [])
      : referencesInDocument(this.#indexAround(path), this.#sources, source, offset);
  }

  highlights(path: FilePath, offset: number): readonly TextRange[] {
    return this.#inFile(path, (file, index) => highlights(index, this.#sources, file, offset)) ?? [];
  }

  /** What a document of locks is made of; nothing for other files. */
  outline(path: FilePath): readonly OutlineItem[] {
    const source = this.#sourceAt(path);
    return source === undefined ? [] : outline(source);
  }

  /** What can be written at an offset of a document of locks; nothing in other files. */
  completions(path: FilePath, offset: number): readonly Completion[] {
    const source = this.#sourceAt(path);
    return source === undefined ? [] : completions(this.#indexAround(path), source, offset);
  }

  /** Which lock is taken while which is held, over the files that are reported. */
  lockGraph(): readonly LockEdge[] {
    return this.#ofAll(lockEdges, ({ nesting }) => nesting.holder.file).filter(({ nesting }) =>
      this.#isReported(nesting.holder.file),
    );
  }

  /** The lock under the cursor as an entry of the hierarchy of locks. */
  lockItem(path: FilePath, offset: number): LockItem | undefined {
    return this.#inFile(path, (file, index) => lockItemAt(index, file, offset));
  }

  heldAbove(path: FilePath, offset: number): readonly LockStep[] {
    return this.#inFile(path, (file, index) => heldAbove(index, file, offset)) ?? [];
  }

  takenBelow(path: FilePath, offset: number): readonly LockStep[] {
    return this.#inFile(path, (file, index) => takenBelow(index, file, offset)) ?? [];
  }

  /** What is said behind the calls that take a lock while another one is held; nothing where the user wants none. */
  lockHints(path: FilePath, within: TextRange): readonly LockHint[] {
    return this.#options.inlayHints
      ? (this.#inFile(path, (file, index) => lockHints(index, file, within)) ?? [])
      : [];
  }

  /** The drivers with their locks, as far as their files are read in full. */
  driverLocks(): readonly DriverLocks[] {
    return this.#ofAll(driverLocks, ({ driver }) => driver.file);
  }

  symbols(query: string): readonly LockSymbol[] {
    return [...this.#projects.values()].flatMap((index) => symbols(index, query));
  }

  /** The documented locks, each held against the code. */
  catalog(): {
    readonly sources: readonly CatalogSource[];
    readonly entries: readonly EntryVerdict[];
    readonly otherFiles: readonly OtherFileVerdict[];
  } {
    return {
      sources: this.#sources,
      entries: this.#sources.flatMap((source) =>
        source.catalog.entries.map((entry) => entryVerdict(this.#indexFor(source), { entry, source })),
      ),
      otherFiles: this.#sources.flatMap((source) =>
        source.catalog.otherFiles.map((file) => otherFileVerdict(this.#indexFor(source), source, file)),
      ),
    };
  }

  /** A document of locks, or the bundled list, as it would be written from the code. */
  writtenDocument(source: CatalogSource): string {
    return writtenDocument(this.#indexFor(source), this.#sources, source, (file) => this.#isReported(file));
  }

  /** A document that is opened without its checkout says nothing that could be checked. */
  #findingsOfDocument(source: DocumentSource): readonly ReportedFinding[] {
    const index = this.#indexFor(source);
    if (!originsOf(index).some(({ path }) => speaksOf(source, path))) {
      return [];
    }
    const locks = this.#sources.flatMap((each) =>
      each.catalog.entries.map((entry) => ({ entry, source: each })),
    );
    const entries = source.catalog.entries.map((entry) => entryVerdict(index, { entry, source }));
    const { document } = source;
    return runCatalogRules({ index, source, document, entries, locks }, this.#options.levels);
  }

  #sourceAt(path: FilePath): DocumentSource | undefined {
    return this.#sources
      .flatMap(({ catalog, document }) => (document === undefined ? [] : { catalog, document }))
      .find(({ document }) => document.path === path);
  }

  #inFile<Answer>(path: FilePath, ask: (file: FileFacts, index: ProjectIndex) => Answer): Answer | undefined {
    const index = this.#indexAround(path);
    const file = index.files.get(path);
    return file === undefined ? undefined : ask(file, index);
  }

  /** The project that a file or document belongs to. */
  #indexAround(path: FilePath): ProjectIndex {
    return this.#projects.get(rootFor([...this.#projects.keys()], path)) ?? EMPTY_INDEX;
  }

  /** The project that a document of locks speaks of; the bundled list speaks of all. */
  #indexFor({ document }: CatalogSource): ProjectIndex {
    return document === undefined ? asOne(this.#projects) : this.#indexAround(document.path);
  }

  #filesOfAll(): readonly FileFacts[] {
    return this.#ofAll(filesInOrder, (file) => file);
  }

  /** What is told of all projects, in the order of the files that it is told of. */
  #ofAll<Told>(
    ask: (index: ProjectIndex) => readonly Told[],
    fileOf: (told: Told) => FileFacts,
  ): readonly Told[] {
    const told = [...this.#projects.values()].flatMap(ask);
    return this.#projects.size === 1
      ? told
      : told.sort((one, other) => compareText(fileOf(one).path, fileOf(other).path));
  }

  #isReported(file: FileFacts): boolean {
    return this.#options.includeTests || !isTestModule(file.module);
  }
}

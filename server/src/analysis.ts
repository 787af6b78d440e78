import { equal } from "./base/equal.ts";
import type { LineIndex } from "./base/line-index.ts";
import { lineIndexOf } from "./base/line-index.ts";
import { nearest } from "./base/nearest.ts";
import { compareText } from "./base/order.ts";
import type { TextRange } from "./base/text-range.ts";
import { overlaps } from "./base/text-range.ts";
import { bundledCatalog } from "./catalog/bundled-catalog.ts";
import { parseCatalog } from "./catalog/parse.ts";
import type { CatalogSource, EntryVerdict, OtherFileVerdict } from "./catalog/verdicts.ts";
import { entryVerdict, otherFileVerdict } from "./catalog/verdicts.ts";
import type { FileFacts, FileOrigin, FilePath, LockSite } from "./facts/model.ts";
import type { CompletedIndex } from "./project/completed-index.ts";
import { completed, EMPTY_COMPLETED } from "./project/completed-index.ts";
import { type LockEdge, lockEdges } from "./project/held/lock-graph.ts";
import type { RenderedName } from "./project/name-evaluation.ts";
import type { NamedSite } from "./project/named-sites.ts";
import type { FileChange, ProjectIndex } from "./project/project-index.ts";
import {
  applyChanges,
  EMPTY_INDEX,
  filesInOrder,
  isTestModule,
  knownAs,
  pathOfChange,
} from "./project/project-index.ts";
import { renderedNames } from "./project/rendered-names.ts";
import { sitesOf } from "./project/sites.ts";
import type { LockItem, LockStep } from "./queries/call-hierarchy.ts";
import { heldAbove, lockItemAt, takenBelow } from "./queries/call-hierarchy.ts";
import type { DefinitionAnswer } from "./queries/definition.ts";
import { definition } from "./queries/definition.ts";
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
import { runRules } from "./rules/run.ts";

/** What the user wants of the analysis. */
export interface AnalysisOptions {
  readonly levels: RuleLevels;
  /** Whether findings in the project's own tests are reported. */
  readonly includeTests: boolean;
  /** Whether calls that take a lock under another one are marked in the text. */
  readonly inlayHints: boolean;
}

/** The bundled list of documented locks. */
const BUNDLED_CATALOG: CatalogSource = { catalog: bundledCatalog, document: undefined };

function pathOfCatalog({ document }: CatalogSource): string {
  return document?.path ?? "";
}

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
  #completed: CompletedIndex = EMPTY_COMPLETED;
  /** The files that were read again since the project was completed. */
  readonly #readAgain = new Set<FilePath>();
  readonly #documents = new Map<FilePath, CatalogSource>();

  /**
   * Takes a checkout's own list of documented locks; it counts instead of the bundled one while it exists. Of several
   * checkouts the nearest counts.
   */
  setCatalogDocument(path: FilePath, text: string | undefined): void {
    if (text === undefined) {
      this.#documents.delete(path);
    } else {
      this.#documents.set(path, {
        catalog: parseCatalog(text),
        document: { path, lines: lineIndexOf(text) },
      });
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
    return [...this.#read.files.values(), ...this.#read.lockless.values()];
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
    const known = new Map(this.#completed.details);
    const rounds = completed(this.#completed, this.#read);
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

  /** The project as it is now; later changes do not reach what was handed out. */
  snapshot(options: AnalysisOptions): Analysis {
    const index = this.#completed.read === this.#read ? this.#completed.index : this.#read;
    return new Analysis(index, [...this.#documents.values()], options);
  }
}

/** All questions that can be asked of a project. Answers are plain data; offsets are UTF-16 code units of the file. */
export class Analysis {
  readonly #index: ProjectIndex;
  /** The checkouts' own lists of documented locks, in the order of their paths. */
  readonly #documents: readonly CatalogSource[];
  readonly #options: AnalysisOptions;

  constructor(index: ProjectIndex, documents: readonly CatalogSource[], options: AnalysisOptions) {
    this.#index = index;
    this.#documents = [...documents].sort((one, other) =>
      compareText(pathOfCatalog(one), pathOfCatalog(other)),
    );
    this.#options = options;
  }

  /** The files that may take locks, by path; those of the project's tests only if they are wanted. */
  files(): readonly FileFacts[] {
    return filesInOrder(this.#index).filter((file) => this.#isReported(file));
  }

  file(path: FilePath): FileFacts | undefined {
    return this.#index.files.get(path);
  }

  /** All that take a lock in a file, by an API or by another name, in the order of the text. */
  sites(file: FileFacts): readonly LockSite[] {
    return sitesOf(this.#index, file);
  }

  /** The names that a site's name is at run time, with the classes that make it so. */
  renderedNames(named: NamedSite): readonly RenderedName[] {
    return renderedNames(this.#index, named);
  }

  siteCount(): number {
    return filesInOrder(this.#index).reduce((count, file) => count + this.sites(file).length, 0);
  }

  /** Where the lines begin of any file that an answer points into. */
  linesOf(path: FilePath): LineIndex | undefined {
    const source = this.#documents.find(({ document }) => document?.path === path);
    return source?.document?.lines ?? this.file(path)?.lines;
  }

  findings(path: FilePath): readonly ReportedFinding[] {
    const file = this.file(path);
    return file === undefined || !this.#isReported(file)
      ? []
      : runRules(file, this.#index, this.#options.levels);
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

  hover(path: FilePath, offset: number): HoverAnswer | undefined {
    return this.#inFile(path, (file) => hover(this.#index, this.#catalogFor(path), file, offset));
  }

  definition(path: FilePath, offset: number): DefinitionAnswer | undefined {
    return this.#inFile(path, (file) => definition(this.#index, file, offset));
  }

  references(path: FilePath, offset: number): readonly Reference[] {
    return this.#inFile(path, (file) => references(this.#index, this.#catalogFor(path), file, offset)) ?? [];
  }

  highlights(path: FilePath, offset: number): readonly TextRange[] {
    return this.#inFile(path, (file) => highlights(this.#index, this.#catalogFor(path), file, offset)) ?? [];
  }

  /** Which lock is taken while which is held, over the files that are reported. */
  lockGraph(): readonly LockEdge[] {
    return lockEdges(this.#index).filter(({ nesting }) => this.#isReported(nesting.holder.file));
  }

  /** The lock under the cursor as an entry of the hierarchy of locks. */
  lockItem(path: FilePath, offset: number): LockItem | undefined {
    return this.#inFile(path, (file) => lockItemAt(this.#index, file, offset));
  }

  heldAbove(path: FilePath, offset: number): readonly LockStep[] {
    return this.#inFile(path, (file) => heldAbove(this.#index, file, offset)) ?? [];
  }

  takenBelow(path: FilePath, offset: number): readonly LockStep[] {
    return this.#inFile(path, (file) => takenBelow(this.#index, file, offset)) ?? [];
  }

  /** What is said behind the calls that take a lock while another one is held; nothing where the user wants none. */
  lockHints(path: FilePath, within: TextRange): readonly LockHint[] {
    return this.#options.inlayHints
      ? (this.#inFile(path, (file) => lockHints(this.#index, file, within)) ?? [])
      : [];
  }

  symbols(query: string): readonly LockSymbol[] {
    return symbols(this.#index, query);
  }

  /** The documented locks, each held against the code. */
  catalog(): {
    readonly source: CatalogSource;
    readonly entries: readonly EntryVerdict[];
    readonly otherFiles: readonly OtherFileVerdict[];
  } {
    const source = this.#documents[0] ?? BUNDLED_CATALOG;
    return {
      source,
      entries: source.catalog.entries.map((entry) => entryVerdict(this.#index, entry)),
      otherFiles: source.catalog.otherFiles.map((file) => otherFileVerdict(this.#index, file)),
    };
  }

  /** Of several checkouts' documents that of the file's own. */
  #catalogFor(path: FilePath): CatalogSource {
    return nearest(path, this.#documents, pathOfCatalog) ?? BUNDLED_CATALOG;
  }

  #inFile<Answer>(path: FilePath, ask: (file: FileFacts) => Answer): Answer | undefined {
    const file = this.file(path);
    return file === undefined ? undefined : ask(file);
  }

  #isReported(file: FileFacts): boolean {
    return this.#options.includeTests || !isTestModule(file.module);
  }
}

// Whatever happens to files, folders and buffers, in whatever order: once all is told, the project answers as one that
// was started a moment ago. `RUNS=20000` looks harder; a failure tells its seed, and the shortest sequence that fails.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type { Analysis, AnalysisOptions } from "../../server/src/analysis.ts";
import { isRst } from "../../server/src/catalog/source.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import type { FileChange } from "../../server/src/project/project-index.ts";
import { FactsCache } from "../../server/src/workspace/facts-cache.ts";
import { type IndexListener, indexFolders } from "../../server/src/workspace/indexer.ts";
import { type FileNews, LiveProject } from "../../server/src/workspace/live-project.ts";
import { ParserOnDemand } from "../../server/src/workspace/parser-on-demand.ts";
import { factsReader, wantedFile } from "../../server/src/workspace/read-file.ts";
import type { ManyFilesReader } from "../../server/src/workspace/read-files.ts";
import { DOCUMENT, DOCUMENTS, FILES, OTHER_DOCUMENT, PIECES, REWORDINGS } from "./live-project-texts.ts";
import { MemoryFiles } from "./memory-files.ts";

const RUNS = Number(process.env["RUNS"] ?? 1000);

const OPTIONS: AnalysisOptions = {
  levels: {},
  includeTests: true,
  inlayHints: true,
  deployment: "active-passive",
};

const engine = new ParserOnDemand({ folder: "dist", wanted: undefined });
before(() => engine.load());

/** All that can be seen of a project, as text. */
function observed(analysis: Analysis): string {
  const files = analysis.files().map((file) => {
    const sites = analysis.sites(file);
    const offsets = [
      ...sites.flatMap(({ range, names }) => [range.start, ...names.map((name) => name.range.start + 1)]),
      ...file.removals.map(({ range }) => range.start),
    ];
    return {
      path: file.path,
      module: file.module,
      sites: sites.flatMap((site) =>
        site.names.map((name) => ({ site, rendered: analysis.renderedNames({ file, site, name }) })),
      ),
      findings: analysis.findings(file.path),
      hints: analysis.lockHints(file.path, { start: 0, end: file.lines.length }),
      asked: offsets.map((offset) => ({
        offset,
        hover: analysis.hover(file.path, offset),
        definition: analysis.definition(file.path, offset),
        references: analysis.references(file.path, offset),
        highlights: analysis.highlights(file.path, offset),
        above: analysis.heldAbove(file.path, offset),
        below: analysis.takenBelow(file.path, offset),
      })),
    };
  });
  const { entries, otherFiles } = analysis.catalog();
  const verdicts = entries
    .map(({ entry, status, differences, sites, functions }) => ({
      title: entry.title,
      status,
      differences,
      sites: sites.map(({ file, site }) => [file.path, site.range]),
      functions: functions.map(({ file, range }) => [file.path, range]),
    }))
    .filter(({ status }) => status !== "missing-file");
  const documents = analysis.documents().map((document) => ({
    document,
    findings: analysis.findings(document.path),
    outline: analysis.outline(document.path),
  }));
  const catalog = { documents, verdicts, otherFiles };
  return JSON.stringify({ files, symbols: analysis.symbols(""), catalog }, undefined, 1);
}

/** An editor with its files and buffers, the project that hears of them, and what it was not told yet. */
class Editor {
  readonly files = new MemoryFiles();
  readonly buffers = new Map<FilePath, string>();
  readonly folders = new Set<FilePath>();
  #documents: readonly string[] = [];
  readonly #reader = factsReader(engine, this.files);
  /** Outlives the reading, so that it must tell by itself what is not as it was. */
  readonly #cache = FactsCache.open(undefined, []);
  readonly #project = new LiveProject(this.#reader, (path) => wantedFile(this.#reader, path, this.#cache));
  readonly #untold: FileNews[] = [];
  #reading: Promise<void> = Promise.resolve();

  // Files

  write(path: FilePath, text: string): void {
    this.#untold.push({ path, kind: this.files.exists(path) ? "changed" : "created" });
    this.files.write(path, text);
  }

  remove(path: FilePath): void {
    if (this.files.textOf(path) !== undefined) {
      this.files.remove(path);
      this.#untold.push({ path, kind: "deleted" });
    }
  }

  /** Of a folder that is deleted only the folder is told. */
  removeFolder(folder: FilePath): void {
    const below = this.files.below(folder);
    for (const path of below) {
      this.files.remove(path);
    }
    if (0 < below.length) {
      this.#untold.push({ path: folder, kind: "deleted" });
    }
  }

  rename(from: FilePath, to: FilePath): void {
    const text = this.files.textOf(from);
    if (text !== undefined && from !== to) {
      this.remove(from);
      this.write(to, text);
    }
  }

  renameFolder(from: FilePath, to: FilePath): void {
    if (`${to}/`.startsWith(`${from}/`) || `${from}/`.startsWith(`${to}/`)) {
      return;
    }
    const moved = this.files.below(from).map((path) => ({ path, text: this.files.textOf(path) ?? "" }));
    this.removeFolder(from);
    for (const { path, text } of moved) {
      this.write(`${to}${path.slice(from.length)}` as FilePath, text);
    }
  }

  /** Tells the oldest events, or all. */
  tell(count: number = this.#untold.length): void {
    if (0 < this.#untold.length) {
      this.#project.filesChanged(merged(this.#untold.splice(0, count)));
    }
  }

  // Buffers

  edit(path: FilePath, text: string): void {
    this.buffers.set(path, text);
    this.#project.edit(path, text);
  }

  close(path: FilePath): void {
    if (this.buffers.delete(path)) {
      this.#project.close(path);
    }
  }

  save(path: FilePath): void {
    const text = this.buffers.get(path);
    if (text !== undefined) {
      this.write(path, text);
    }
  }

  // Folders

  /** Adds a folder, whose files are read one by one while other things happen. */
  openFolder(folder: FilePath): void {
    this.folders.add(folder);
    this.#project.addFolders([folder]);
    this.#read([folder]);
  }

  closeFolder(folder: FilePath): void {
    this.folders.delete(folder);
    this.#project.removeFolders([folder]);
  }

  /** Names the documents that list locks beside the known ones. */
  nameDocuments(documents: readonly string[]): void {
    this.#documents = documents;
    this.#project.nameDocuments(documents);
    this.#read([...this.folders]);
  }

  #read(folders: readonly FilePath[]): void {
    this.#reading = this.#reading.then(() =>
      readFolders(this.#project, this.#reader, this.#cache, folders, this.#documents),
    );
  }

  /** Settles when all folders are read. */
  idle(): Promise<void> {
    return this.#reading;
  }

  // Questions

  ask(): Analysis {
    return this.#project.analysis(OPTIONS);
  }

  /** Asks for all that can be seen, so that whatever is derived from the project is. */
  look(): void {
    observed(this.ask());
  }

  /** Told of all that happened, the project is that of a fresh start. */
  async check(): Promise<void> {
    await this.idle();
    this.tell();
    const reader = factsReader(engine, this.files);
    const fresh = new LiveProject(reader);
    fresh.nameDocuments(this.#documents);
    for (const [path, text] of this.buffers) {
      fresh.edit(path, text);
    }
    fresh.addFolders([...this.folders]);
    await readFolders(fresh, reader, FactsCache.open(undefined, []), [...this.folders], this.#documents);
    const [actual, expected] = [observed(this.ask()), observed(fresh.analysis(OPTIONS))];
    if (actual !== expected) {
      assert.deepEqual(JSON.parse(actual), JSON.parse(expected));
    }
    assert.equal(this.#project.fileCount(), fresh.fileCount());
  }
}

/** Reads file by file, with a pause after each; what was read comes one file late, as it may from another thread. */
async function readFolders(
  project: LiveProject,
  reader: ManyFilesReader,
  cache: FactsCache,
  folders: readonly FilePath[],
  documents: readonly string[],
): Promise<void> {
  let late: readonly FileChange[] = [];
  const listener: IndexListener = {
    read: (changes) => {
      project.take(late);
      late = changes;
    },
    catalogDocument: (path, text) => project.takeCatalogDocument(path, text),
    trouble: () => undefined, // A file that was found, and is gone when it is to be read.
    isCancelled: () => false,
  };
  await indexFolders(reader, cache, folders, documents, listener, 0);
  project.take(late);
}

/** What editors make of many events of one file: a file that was deleted and is there again has changed. */
function merged(news: readonly FileNews[]): readonly FileNews[] {
  const byPath = new Map<FilePath, FileNews>();
  for (const { path, kind } of news) {
    const before = byPath.get(path)?.kind;
    byPath.set(path, { path, kind: kind === "deleted" ? kind : (MERGED[before ?? "none"] ?? kind) });
  }
  return [...byPath.values()];
}

const MERGED: Readonly<Record<FileNews["kind"] | "none", FileNews["kind"] | undefined>> = {
  created: "created",
  changed: "changed",
  deleted: "changed",
  none: undefined,
};

// What can happen ----------------------------------------------------------------------------------------------------

type Command = fc.AsyncCommand<object, Editor>;

function command(words: string, run: (editor: Editor) => void | Promise<void>): Command {
  return { check: () => true, run: async (_, editor) => run(editor), toString: () => words };
}

/** Most happens in one of two checkouts, so that events meet. */
const CHECKOUTS = ["/w/one", "/w/one", "/w/one", "/w/two"];
const path = fc
  .tuple(fc.constantFrom(...CHECKOUTS), fc.constantFrom(...FILES))
  .map(([checkout, file]) => `${checkout}/${file}` as FilePath);
const subfolder = fc
  .tuple(fc.constantFrom(...CHECKOUTS), fc.constantFrom("", "/cinder", "/cinder/volume", "/doc", "/manila"))
  .map(([checkout, folder]) => `${checkout}${folder}` as FilePath);
const folder = fc.constantFrom("/w/one", "/w/two", "/w", "/w/one/cinder").map((each) => each as FilePath);

/** A text that fits the path, mostly the one that belongs there; comments above it only move it. */
function textFor(path: FilePath): fc.Arbitrary<string> {
  if (isRst(path)) {
    return fc.constantFrom(...DOCUMENTS);
  }
  const own = PIECES.filter(({ file }) => path.endsWith(`/${file}`));
  return fc
    .tuple(
      fc.constantFrom("", "# moved\n", "# MOVED\n", "\n\n"),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(own.length === 0 ? PIECES : own)) },
        { weight: 1, arbitrary: fc.constantFrom(...PIECES) },
      ),
    )
    .map(([above, { text }]) => above + text);
}

const written = path.chain((to) => textFor(to).map((text) => ({ to, text })));

function shown(text: string): string {
  const at = PIECES.findIndex((piece) => piece.text !== "" && text.endsWith(piece.text));
  return at === -1 ? JSON.stringify(text.slice(0, 30)) : `${JSON.stringify(text.slice(0, 3))}… piece ${at}`;
}

const write = written.map(({ to, text }) =>
  command(`write ${to} ${shown(text)}`, (editor) => editor.write(to, text)),
);

/** The text with one thing typed for another, at the first or the last of the places where that stands. */
function rewordings(text: string): readonly string[] {
  return REWORDINGS.flatMap(([from, into]) =>
    [...new Set([text.indexOf(from), text.lastIndexOf(from)])]
      .filter((at) => at !== -1)
      .map((at) => text.slice(0, at) + into + text.slice(at + from.length)),
  );
}

/** Something is typed for something else. */
const reword = fc.tuple(fc.constantFrom(...FILES), fc.nat()).map(([file, choice]) =>
  command(`reword ${file} ${choice}`, (editor) => {
    const path = `/w/one/${file}` as FilePath;
    const text = editor.buffers.get(path) ?? editor.files.textOf(path) ?? "";
    const reworded = rewordings(text);
    editor.look();
    editor.edit(path, reworded[choice % reworded.length] ?? text);
  }),
);

/** What stands here more than once happens more often. */
const commands: readonly fc.Arbitrary<Command>[] = [
  written.map(({ to, text }) =>
    command(`type ${to} ${shown(text)}`, (editor) => {
      editor.edit(to, text);
    }),
  ),
  path.map((each) =>
    command(`open ${each}`, (editor) => {
      editor.edit(each, editor.buffers.get(each) ?? editor.files.textOf(each) ?? "");
    }),
  ),
  ...[reword, reword],
  path.map((each) => command(`close ${each}`, (editor) => editor.close(each))),
  path.map((each) => command(`save ${each}`, (editor) => editor.save(each))),
  ...[write, write, write, write],
  path.map((each) => command(`delete ${each}`, (editor) => editor.remove(each))),
  subfolder.map((each) => command(`delete folder ${each}`, (editor) => editor.removeFolder(each))),
  fc.tuple(path, path).map(([from, to]) => command(`rename ${from} ${to}`, (e) => e.rename(from, to))),
  fc
    .tuple(subfolder, subfolder)
    .map(([from, to]) => command(`rename folder ${from} ${to}`, (e) => e.renameFolder(from, to))),
  fc.array(fc.tuple(written, fc.boolean()), { minLength: 2, maxLength: 8 }).map((changes) =>
    command(
      `switch ${changes.map(([{ to, text }, stays]) => `${to} ${stays ? shown(text) : "gone"}`)}`,
      (editor) => {
        for (const [{ to, text }, stays] of changes) {
          stays ? editor.write(to, text) : editor.remove(to);
        }
        editor.tell();
      },
    ),
  ),
  fc.nat({ max: 4 }).map((count) => command(`tell ${count}`, (editor) => editor.tell(count))),
  folder.map((each) => command(`add folder ${each}`, (editor) => editor.openFolder(each))),
  folder.map((each) => command(`remove folder ${each}`, (editor) => editor.closeFolder(each))),
  fc
    .constantFrom([], [OTHER_DOCUMENT])
    .map((documents) =>
      command(`name documents ${documents.join()}`, (editor) => editor.nameDocuments(documents)),
    ),
  fc.constant(command("wait", () => setImmediate())),
  fc.constant(command("ask", (editor) => void editor.ask())),
  fc.constant(command("check", (editor) => editor.check())),
];

/** A checkout in which each file says one of what belongs there; of the other one nothing is there. */
function startedEditor(choices: readonly number[]): Editor {
  const editor = new Editor();
  for (const [at, file] of FILES.entries()) {
    const own = PIECES.filter((piece) => piece.file === file);
    const piece = own[(choices[at] ?? 0) % own.length];
    if (piece !== undefined) {
      editor.files.write(`/w/one/${file}`, piece.text);
    }
  }
  editor.files.write(`/w/one/${DOCUMENT}`, DOCUMENTS[0] ?? "");
  editor.openFolder("/w/one" as FilePath);
  return editor;
}

describe("a live project", () => {
  for (const others of [0, 1]) {
    test(`answers as a fresh one after each thing that is typed, beside texts ${others}`, async () => {
      const editor = startedEditor(FILES.map(() => others));
      for (const { file, text } of PIECES) {
        const path = `/w/one/${file}` as FilePath;
        for (const reworded of rewordings(text)) {
          editor.edit(path, text);
          editor.look();
          editor.edit(path, reworded);
          await editor.check();
        }
        editor.close(path);
      }
    });
  }

  test("answers as a fresh one after whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.nat({ max: 5 }), { minLength: FILES.length, maxLength: FILES.length }),
        fc.commands([...commands], { maxCommands: 16, size: "max" }),
        async (isRead, choices, sequence) => {
          const editor = startedEditor(choices);
          if (isRead) {
            await editor.idle();
          }
          await fc.asyncModelRun(() => ({ model: {}, real: editor }), sequence);
          await editor.check();
        },
      ),
      { numRuns: RUNS },
    );
  });
});

import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative } from "node:path";
import { type Analysis, AnalysisHost, type AnalysisOptions } from "../analysis.ts";
import type { FactsDetail } from "../facts/extract.ts";
import type { FilePath } from "../facts/model.ts";
import type { Asked } from "../facts/section.ts";
import { isTestModule } from "../facts/test-module.ts";
import type { FileChange } from "../project/project-index.ts";
import { discover, NO_FILE, reasonOf } from "../workspace/discover.ts";
import { FactsCache, usualCachePlace } from "../workspace/facts-cache.ts";
import { filePathOf } from "../workspace/file-paths.ts";
import { ParserOnDemand } from "../workspace/parser-on-demand.ts";
import type { FactsReader } from "../workspace/read-file.ts";
import { askingFor, factsReader, readPythonFile, readText } from "../workspace/read-file.ts";
import {
  type FileReading,
  type ManyFilesReader,
  ReadingThreads,
  readPythonFiles,
} from "../workspace/read-files.ts";
import { expectShortRun } from "./expected-run.ts";
import type { Terminal } from "./terminal.ts";

/** A project read from the disk for one command. */
export interface LoadedProject {
  readonly analysis: Analysis;
  /** The files that were asked for; others were read only to understand these. */
  readonly isAskedFor: (path: FilePath) => boolean;
  /** A path as it is printed: relative to what was asked for. */
  readonly relative: (path: FilePath) => string;
  /** Whether some input could not be read; it was said on the terminal. */
  readonly isIncomplete: boolean;
}

/** How much is read. */
export interface Reach {
  /** The file or folder that was asked for, or all of the checkout around it, with every driver's class. */
  readonly extent: "target" | "checkout";
  readonly asked: Asked;
}

/** Reads a file or folder. Complaints go to the terminal; `undefined` where there is nothing to read. */
export async function loadProject(
  target: string,
  { includeTests, levels, deployment }: Pick<AnalysisOptions, "includeTests" | "levels" | "deployment">,
  terminal: Terminal,
  reach: Reach,
): Promise<LoadedProject | undefined> {
  expectShortRun();
  const kind = kindOf(target);
  if (kind !== "file" && kind !== "folder") {
    terminal.complain(`${target}: ${kind.reason}`);
    return undefined;
  }
  const engine = new ParserOnDemand({ folder: __dirname, wanted: wantedEngine() });
  if (kind === "file" || wantedEngine() !== undefined) {
    const { note } = await engine.load();
    if (wantedEngine() !== undefined) {
      terminal.note(note);
    }
  }
  const reader = factsReader(engine);
  const { extent } = reach;
  const host = new AnalysisHost();
  const asked = filePathOf(target);
  const root = kind === "file" ? filePathOf(dirname(target)) : asked;
  const checkout = filePathOf(reader.modules.importRootOf(filePathOf(`${root}/__init__.py`)));
  const base = extent === "checkout" ? checkout : root;
  const isIncomplete =
    kind === "file" && extent === "target"
      ? readOne(target, reader, host, terminal)
      : await readAll(extent === "checkout" ? checkout : target, includeTests, reader, host, terminal, reach);
  return {
    analysis: host.snapshot({
      levels,
      includeTests: includeTests || kind === "file" || isInTests(reader, asked),
      inlayHints: false,
      deployment,
    }),
    isAskedFor: (path) =>
      path === asked || (kind === "folder" && (extent === "target" || path.startsWith(`${asked}/`))),
    relative: (path) => (path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path),
    isIncomplete,
  };
}

/** Who wants another parser than the usual one says so in the environment. */
function wantedEngine(): string | undefined {
  return process.env["CINDER_LOCKS_PARSER"];
}

function kindOf(target: string): "file" | "folder" | { readonly reason: string } {
  try {
    const stats = statSync(target);
    if (stats.isDirectory()) {
      return "folder";
    }
    return stats.isFile() ? "file" : { reason: NO_FILE };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Who names a folder of tests wants to see them. */
function isInTests({ modules }: FactsReader, folder: FilePath): boolean {
  return isTestModule(modules.moduleOf(filePathOf(`${folder}/__init__.py`)));
}

async function readAll(
  root: string,
  includeTests: boolean,
  given: ManyFilesReader,
  host: AnalysisHost,
  terminal: Terminal,
  { extent, asked }: Reach,
): Promise<boolean> {
  const { reader, cache } = withCache(given, filePathOf(root), asked);
  const isTestFolder = isInTests(reader, filePathOf(root));
  const threads = new ReadingThreads(reader.engine.choice);
  const found = discover(root, { skipTests: !includeTests && !isTestFolder }, (count) => {
    if (cache.isEmpty) {
      threads.prepare(count);
    }
  });
  for (const { path, reason } of found.problems) {
    terminal.complain(`${shown(path)}: ${reason}`);
  }
  if (found.pythonFiles.length === 0 && found.problems.length === 0) {
    terminal.note(`${root}: no Python files`);
  }
  const paths = found.pythonFiles.map(filePathOf);
  const read: ReadFiles = (some, detail) => readInOrder(reader, threads, cache, some, detail);
  const readings = await readProject(host, reader, cache, paths, extent, read).finally(() => threads.end());
  const changes = readings.map((each) => changeIn(each, terminal));
  const trouble = cache.save();
  if (trouble !== undefined) {
    terminal.note(trouble);
  }
  let isComplete = found.problems.length === 0 && !changes.includes(undefined);
  for (const path of found.catalogDocuments) {
    const text = readText(reader, path);
    if (text === undefined) {
      terminal.complain(`${shown(path)}: cannot be read`);
      isComplete = false;
    } else {
      host.setCatalogDocument(filePathOf(path), text);
    }
  }
  return !isComplete;
}

/** What was read for who asks for all says all that is asked of the locks, and is there at once. */
function withCache(
  reader: ManyFilesReader,
  folder: FilePath,
  asked: Asked,
): { readonly reader: ManyFilesReader; readonly cache: FactsCache } {
  const place = usualCachePlace(wantedEngine());
  const cache = FactsCache.open(place, [folder]);
  return asked === "locks" && cache.isEmpty
    ? { reader: askingFor(asked, reader), cache: FactsCache.open(place, [folder], asked) }
    : { reader, cache };
}

/** Reads files in the order in which they are given. */
type ReadFiles = (paths: readonly FilePath[], detail: FactsDetail) => Promise<readonly FileReading[]>;

/** Reads the files, and in full those among them that are wanted so. */
async function readProject(
  host: AnalysisHost,
  reader: FactsReader,
  cache: FactsCache,
  paths: readonly FilePath[],
  extent: Reach["extent"],
  read: ReadFiles,
): Promise<readonly FileReading[]> {
  const readings = await read(paths, "locks");
  host.apply(changesOf(readings));
  const known = cache.findWanted(reader, readings);
  if (known === undefined) {
    cache.rememberWanted(readings, await complete(host, read));
  } else {
    host.completeWith(known);
  }
  if (extent === "checkout") {
    await readDrivers(host, read);
  }
  return readings;
}

/** Reads in full what tells which drivers there are. Each file is read at most once, so that it ends. */
async function readDrivers(host: AnalysisHost, read: ReadFiles): Promise<void> {
  const known = new Set<FilePath>();
  for (;;) {
    const wanted = host.unreadDriverFiles().filter((path) => !known.has(path));
    if (wanted.length === 0) {
      break;
    }
    for (const path of wanted) {
      known.add(path);
    }
    host.apply(changesOf(await read(wanted, "whole")));
  }
  await complete(host, read);
}

function changesOf(readings: readonly FileReading[]): readonly FileChange[] {
  return readings.flatMap(({ result }) => (result.kind === "read" ? result.change : []));
}

/** What is said of the files comes in the order of their paths, whichever was read first. */
async function readInOrder(
  reader: ManyFilesReader,
  threads: ReadingThreads,
  cache: FactsCache,
  paths: readonly FilePath[],
  detail: FactsDetail,
): Promise<readonly FileReading[]> {
  const readings = new Map<FilePath, FileReading>();
  const listener = {
    read: (slice: readonly FileReading[]) => {
      for (const reading of slice) {
        readings.set(reading.path, reading);
      }
    },
    isCancelled: () => false,
  };
  await readPythonFiles(reader, threads, cache, paths, listener, detail);
  return paths.flatMap((path) => readings.get(path) ?? []);
}

/** Reads the files that are wanted in full; what is odd about them is told by those that were read first. */
async function complete(host: AnalysisHost, read: ReadFiles): Promise<readonly FileReading[]> {
  const details: FileReading[] = [];
  const rounds = host.completion();
  let round = rounds.next();
  while (round.done !== true) {
    const wanted = await read(round.value, "whole");
    details.push(...wanted);
    round = rounds.next(changesOf(wanted));
  }
  return details;
}

/** A single file is understood by the signatures of the checkout that it is part of. */
function readOne(target: string, reader: FactsReader, host: AnalysisHost, terminal: Terminal): boolean {
  const path = filePathOf(target);
  const change = readNoisily(reader, path, terminal);
  const root = reader.modules.importRootOf(path);
  const apis = ["cinder", "manila"]
    .map((service) => filePathOf(`${root}/${service}/coordination.py`))
    .filter((api) => api !== path && existsSync(api))
    .flatMap((api) => readNoisily(reader, api, terminal) ?? []);
  host.apply([...apis, ...(change === undefined ? [] : [change])]);
  return change === undefined;
}

function readNoisily(reader: FactsReader, path: FilePath, terminal: Terminal): FileChange | undefined {
  return changeIn({ path, result: readPythonFile(reader, path) }, terminal);
}

/** What a file adds to the project; what is odd about it is said on the terminal. */
function changeIn({ path, result }: FileReading, terminal: Terminal): FileChange | undefined {
  if (result.kind === "unreadable") {
    terminal.complain(`${shown(path)}: ${result.reason}`);
    return undefined;
  }
  if (result.note !== undefined) {
    terminal.note(`${shown(path)}: ${result.note}`);
  }
  return result.change;
}

/** A path in a message: from the current folder, unless it lies elsewhere. */
function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") || isAbsolute(fromHere) ? path : fromHere;
}

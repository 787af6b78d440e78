import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { FactsDetail } from "../facts/extract.ts";
import type { FilePath } from "../facts/model.ts";
import type { Asked } from "../facts/section.ts";
import type { FactsCache } from "./facts-cache.ts";
import { DISK } from "./file-system.ts";
import type { ParserChoice, ParserOnDemand } from "./parser-on-demand.ts";
import type { FactsReader, ReadResult } from "./read-file.ts";
import { readPythonFile } from "./read-file.ts";
import { slicesOf } from "./slices.ts";

/** Files that several threads read together: each takes the next one, so that none waits for another. */
export interface ReadingShare {
  readonly paths: readonly FilePath[];
  readonly detail: FactsDetail;
  readonly asked: Asked;
  /** How many are taken, in memory that the threads share. */
  readonly taken: Int32Array;
}

/** What a thread tells of the files that it has read, and whether none of its share is left. */
export interface WorkerReport {
  readonly readings: readonly FileReading[];
  readonly isLast: boolean;
}

export interface FileReading {
  readonly path: FilePath;
  readonly result: ReadResult;
}

/** What reads many files: its parser is loaded only if the cache does not know all of them. */
export type ManyFilesReader = FactsReader<ParserOnDemand>;

/** Who waits for the files. */
export interface ReadingListener {
  /** Some more are read, in any order; each comes once. */
  read(readings: readonly FileReading[]): void;
  /** Whether to stop; what was read stays. */
  isCancelled(): boolean;
  /** How long one slice may take, in milliseconds, if not as long as usual. */
  readonly slice?: number | undefined;
}

/** Fewer files are read sooner than another thread is started. */
const WORTH_A_THREAD = 60;

/** More would wait for each other, and for the one that takes what they have read. */
const MOST_HELPERS = 3;

/** Reads files, in slices so that requests are answered meanwhile: from the cache, and what it lacks with all processors. */
export async function readPythonFiles(
  reader: ManyFilesReader,
  threads: ReadingThreads,
  cache: FactsCache,
  paths: readonly FilePath[],
  listener: ReadingListener,
  detail: FactsDetail = "locks",
): Promise<void> {
  const unknown: FilePath[] = [];
  const find = (path: FilePath): FileReading | undefined => {
    const result = cache.find(reader, path, detail);
    if (result === undefined) {
      unknown.push(path);
      return undefined;
    }
    return { path, result };
  };
  await inSlices(paths, find, listener);
  if (unknown.length === 0 || listener.isCancelled()) {
    return;
  }
  await readAnew(reader, threads, unknown, detail, {
    ...listener,
    read: (readings) => {
      for (const { path, result } of readings) {
        if (result.kind === "read") {
          cache.remember(path, detail, result);
        }
      }
      listener.read(readings);
    },
  });
}

async function readAnew(
  reader: ManyFilesReader,
  threads: ReadingThreads,
  paths: readonly FilePath[],
  detail: FactsDetail,
  listener: ReadingListener,
): Promise<void> {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const share = { paths, detail, asked: reader.asked, taken };
  const missing = new Set(paths);
  const deliver = (readings: readonly FileReading[]): void => {
    for (const { path } of readings) {
      missing.delete(path);
    }
    listener.read(readings);
  };
  // Other threads read the disk and no other files.
  const helpers = reader.files === DISK ? threads.read(share, deliver) : undefined;
  await reader.engine.load();
  const read = (path: FilePath): FileReading => ({ path, result: readPythonFile(reader, path, detail) });
  const own = { ...listener, read: deliver };
  await inSlices(untaken(share), read, own);
  if (listener.isCancelled()) {
    Atomics.store(taken, 0, paths.length);
  }
  await helpers;
  if (!listener.isCancelled()) {
    // What a thread had taken when it failed is read here.
    await inSlices(missing, read, own);
  }
}

/** Works off a list, and lets others have their turn after each slice of it. */
async function inSlices(
  paths: Iterable<FilePath>,
  work: (path: FilePath) => FileReading | undefined,
  listener: ReadingListener,
): Promise<void> {
  for (const readings of slicesOf(paths, work, listener.slice)) {
    if (0 < readings.length) {
      listener.read(readings);
    }
    await setImmediate();
    if (listener.isCancelled()) {
      return;
    }
  }
}

/** One file after the other until all are taken, by whomever. */
export function* untaken({ paths, taken }: ReadingShare): Generator<FilePath> {
  for (let next = Atomics.add(taken, 0, 1); next < paths.length; next = Atomics.add(taken, 0, 1)) {
    const path = paths[next];
    if (path !== undefined) {
      yield path;
    }
  }
}

/** The threads that read beside this one: they start when there is much to read, and stay until they are ended. */
export class ReadingThreads {
  readonly #parser: ParserChoice;
  readonly #workers = new Set<Worker>();

  constructor(parser: ParserChoice) {
    this.#parser = parser;
  }

  /** Starts the threads that are worth it for so many files: they take a while until they can read. */
  prepare(files: number): void {
    const count = Math.min(availableParallelism() - 1, MOST_HELPERS, files / WORTH_A_THREAD);
    while (this.#workers.size < Math.floor(count)) {
      this.#start();
    }
  }

  /** Settles when no other thread has anything left to read; what one had taken when it failed is not read. */
  async read(share: ReadingShare, deliver: (readings: readonly FileReading[]) => void): Promise<void> {
    this.prepare(share.paths.length);
    await Promise.all([...this.#workers].map((worker) => readIn(worker, share, deliver)));
  }

  end(): void {
    for (const worker of this.#workers) {
      void worker.terminate();
    }
  }

  #start(): void {
    const worker = new Worker(join(this.#parser.folder, "reading-worker.js"), { workerData: this.#parser });
    worker.once("error", () => {
      // Its end comes next.
    });
    worker.once("exit", () => this.#workers.delete(worker));
    this.#workers.add(worker);
  }
}

/** Settles when the thread has nothing left to read, or has come to an end. */
function readIn(
  worker: Worker,
  share: ReadingShare,
  deliver: (readings: readonly FileReading[]) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      worker.off("message", take);
      worker.off("exit", settle);
      resolve();
    };
    const take = ({ readings, isLast }: WorkerReport): void => {
      deliver(readings);
      if (isLast) {
        settle();
      }
    };
    worker.on("message", take);
    worker.on("exit", settle);
    worker.postMessage(share);
  });
}

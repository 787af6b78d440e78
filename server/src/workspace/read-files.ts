import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FilePath } from "../facts/model.ts";
import type { FactsReader, ReadResult } from "./read-file.ts";
import { readPythonFile } from "./read-file.ts";

/** Files that several threads read together: each takes the next one, so that none waits for another. */
export interface ReadingShare {
  readonly paths: readonly FilePath[];
  /** How many are taken, in memory that the threads share. */
  readonly taken: Int32Array;
}

/** What the thread is started with. */
export interface WorkerOrder {
  /** Where the parser's files lie. */
  readonly folder: string;
  readonly wantedEngine: string | undefined;
  readonly share: ReadingShare;
}

export interface FileReading {
  readonly path: FilePath;
  readonly result: ReadResult;
}

/** Fewer files are read sooner than a second thread is started. */
const WORTH_A_THREAD = 60;

/** Reads files with the processor's other half helping; the results are in the order of the paths. */
export async function readPythonFiles(
  reader: FactsReader,
  paths: readonly FilePath[],
  order: Omit<WorkerOrder, "share">,
): Promise<readonly FileReading[]> {
  const share = { paths, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const helper = paths.length < WORTH_A_THREAD ? undefined : startHelper({ ...order, share });
  const results = readShare(reader, share);
  for (const [path, result] of (await helper) ?? []) {
    results.set(path, result);
  }
  // What a thread had taken when it failed is read here.
  return paths.map((path) => ({ path, result: results.get(path) ?? readPythonFile(reader, path) }));
}

/** Reads one file after the other until all are taken, by whomever. */
export function readShare(reader: FactsReader, { paths, taken }: ReadingShare): Map<FilePath, ReadResult> {
  const results = new Map<FilePath, ReadResult>();
  for (let next = Atomics.add(taken, 0, 1); next < paths.length; next = Atomics.add(taken, 0, 1)) {
    const path = paths[next];
    if (path !== undefined) {
      results.set(path, readPythonFile(reader, path));
    }
  }
  return results;
}

/** What a second thread has read; nothing where it cannot be had. */
function startHelper(order: WorkerOrder): Promise<ReadonlyMap<FilePath, ReadResult>> {
  return new Promise((resolve) => {
    const worker = new Worker(join(order.folder, "reading-worker.js"), { workerData: order });
    worker.once("message", resolve);
    worker.once("error", () => resolve(new Map()));
    worker.once("exit", () => resolve(new Map()));
  });
}

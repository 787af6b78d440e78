import { parentPort, workerData } from "node:worker_threads";
import { loadEngine } from "./load-engine.ts";
import { factsReader, readPythonFile } from "./read-file.ts";
import type { FileReading, WorkerOrder } from "./read-files.ts";
import { untaken } from "./read-files.ts";
import { slicesOf } from "./slices.ts";

/** The entry of another thread that reads files: it takes the next one as long as there is one, and tells now and then. */
async function main({ parser, share }: WorkerOrder): Promise<void> {
  const { engine } = await loadEngine(parser.folder, parser.wanted);
  const reader = factsReader(engine);
  const read = (path: FileReading["path"]): FileReading => ({
    path,
    result: readPythonFile(reader, path, share.detail),
  });
  for (const readings of slicesOf(untaken(share), read)) {
    parentPort?.postMessage(readings);
  }
}

void main(workerData as WorkerOrder);

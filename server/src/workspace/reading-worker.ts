import { parentPort, workerData } from "node:worker_threads";
import { loadEngine } from "./load-engine.ts";
import type { ParserChoice } from "./parser-on-demand.ts";
import { askingFor, factsReader, readPythonFile } from "./read-file.ts";
import type { FileReading, ReadingShare, WorkerReport } from "./read-files.ts";
import { untaken } from "./read-files.ts";
import { slicesOf } from "./slices.ts";

/** The entry of another thread that reads files: of each share it takes the next one while there is one, and tells now and then. */
async function main({ folder, wanted }: ParserChoice): Promise<void> {
  const { engine } = await loadEngine(folder, wanted);
  const tell = (report: WorkerReport): void => parentPort?.postMessage(report);
  parentPort?.on("message", (share: ReadingShare) => {
    const reader = askingFor(share.asked, factsReader(engine));
    const read = (path: FileReading["path"]): FileReading => ({
      path,
      result: readPythonFile(reader, path, share.detail),
    });
    for (const readings of slicesOf(untaken(share), read)) {
      tell({ readings, isLast: false });
    }
    tell({ readings: [], isLast: true });
  });
}

void main(workerData as ParserChoice);

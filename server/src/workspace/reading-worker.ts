import { parentPort, workerData } from "node:worker_threads";
import { loadEngine } from "./load-engine.ts";
import { factsReader } from "./read-file.ts";
import type { WorkerOrder } from "./read-files.ts";
import { readShare } from "./read-files.ts";

/** The entry of a second thread that reads files: it takes the next one as long as there is one, then tells all. */
async function main({ folder, wantedEngine, share }: WorkerOrder): Promise<void> {
  const { engine } = await loadEngine(folder, wantedEngine);
  parentPort?.postMessage(readShare(factsReader(engine), share));
}

void main(workerData as WorkerOrder);

// How much memory do the language servers hold, with all of Cinder as the workspace and one large driver open?
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { uriOf } from "../lsp/client.ts";
import type { Bench } from "./bench.ts";
import type { LanguageServer, MemoryUse } from "./language-servers.ts";
import { CINDER_LOCKS, memoryUseOf, PROBED, PYRIGHT } from "./language-servers.ts";
import { LARGE_DRIVER } from "./latency.ts";
import { percentile } from "./measure.ts";
import { memoryCell, ratioCell, sayTable } from "./report.ts";

/** How often each server is started: memory hardly changes from run to run. */
const STARTS = 3;

export async function compareMemory({ tree }: Bench): Promise<void> {
  const contestants = [
    { name: "cinder-locks, all indexed", server: CINDER_LOCKS, opens: false },
    { name: "cinder-locks, driver open", server: CINDER_LOCKS, opens: true },
    { name: "pyright, driver open", server: PYRIGHT, opens: true },
  ];
  const uses = contestants.map((): MemoryUse[] => []);
  for (let start = 0; start < STARTS; start += 1) {
    for (const [at, { server, opens }] of contestants.entries()) {
      uses[at]?.push(await useOf(server, tree.root, opens));
    }
  }
  const ours = medianOf(uses[1] ?? [], ({ resident }) => resident);
  sayTable(
    `Memory of the language servers, median of ${STARTS} starts`,
    ["", "resident", "at most", "after collection", "heap", "beside it", "of cinder-locks"],
    contestants.map(({ name }, at) => {
      const all = uses[at] ?? [];
      const { resident, peak, residentAfter, heap, external } = MEASURES;
      const cells = [resident, peak, residentAfter, heap, external].map((pick) =>
        memoryCell(medianOf(all, pick)),
      );
      return [name, ...cells, ratioCell(medianOf(all, resident), ours)];
    }),
  );
}

const MEASURES = {
  resident: (use: MemoryUse) => use.resident,
  peak: (use: MemoryUse) => use.peak,
  residentAfter: (use: MemoryUse) => use.residentAfter,
  heap: (use: MemoryUse) => use.heap,
  external: (use: MemoryUse) => use.external,
};

function medianOf(uses: readonly MemoryUse[], pick: (use: MemoryUse) => number): number {
  return percentile(uses.map(pick), 50);
}

async function useOf(server: LanguageServer, root: string, opens: boolean): Promise<MemoryUse> {
  const client = await server.start(root, PROBED);
  try {
    if (opens) {
      const uri = uriOf(root, LARGE_DRIVER);
      await client.open(uri, readFileSync(join(root, LARGE_DRIVER), "utf8"));
      await client.pull(uri);
    }
    return await memoryUseOf(client);
  } finally {
    await client.stop();
  }
}

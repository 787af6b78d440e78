// Loaded into a language server before its own program: tells on request how much memory the process holds.
import type { MemoryUse } from "./language-servers.ts";

const MEGABYTE = 2 ** 20;

process.on("message", () => {
  const before = process.memoryUsage().rss;
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const use: MemoryUse = {
    resident: before / MEGABYTE,
    // Node gives kilobytes, whatever the system counts in.
    peak: process.resourceUsage().maxRSS / 1024,
    residentAfter: rss / MEGABYTE,
    heap: heapUsed / MEGABYTE,
    external: external / MEGABYTE,
  };
  process.send?.(use);
});
// Waiting for requests must not keep the server alive.
process.channel?.unref();

// Language servers as processes of their own: ours, and pyright's as the yardstick, spoken to by the tests' own client.
import type { ChildProcess, ChildProcessWithoutNullStreams } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { ClientCapabilities } from "vscode-languageserver/node";
import type { Registration } from "../lsp/client.ts";
import { ABLE, Client } from "../lsp/client.ts";
import { COLD } from "./list.ts";

/** A language server that is compared. */
export interface LanguageServer {
  readonly name: string;
  /** Starts it for a folder, and waits until it can answer. */
  readonly start: (folder: string, execArgv?: readonly string[]) => Promise<Client>;
}

/** How much memory a server holds, in megabytes. */
export interface MemoryUse {
  /** Of the whole process, now and at its largest. */
  readonly resident: number;
  readonly peak: number;
  /** Of the whole process after a garbage collection. */
  readonly residentAfter: number;
  /** What is alive on the heap, and beside it, as WebAssembly's memory. */
  readonly heap: number;
  readonly external: number;
}

/** With what the tests' client can, what makes pyright answer pulls and hover in Markdown as we do. */
const CAPABILITIES: ClientCapabilities = {
  ...ABLE,
  textDocument: {
    ...ABLE.textDocument,
    diagnostic: { dynamicRegistration: true },
    hover: { contentFormat: ["markdown"] },
  },
};

export const CINDER_LOCKS: LanguageServer = {
  name: "cinder-locks",
  start: async (folder, execArgv = []) => {
    const client = await begin(folder, resolve("dist/cli.js"), ["lsp", "--stdio"], execArgv);
    await client.ready();
    return client;
  },
};

export const PYRIGHT: LanguageServer = {
  name: "pyright",
  start: async (folder, execArgv = []) => {
    const program = createRequire(resolve("package.json")).resolve("pyright/langserver.index.js");
    const client = await begin(folder, program, ["--stdio"], execArgv);
    await client.next<{ readonly registrations: readonly Registration[] }>(
      "client/registerCapability",
      ({ registrations }) => registrations.some(({ method }) => method === "textDocument/diagnostic"),
    );
    return client;
  },
};

async function begin(
  folder: string,
  program: string,
  args: readonly string[],
  execArgv: readonly string[],
): Promise<Client> {
  const start = (): ChildProcessWithoutNullStreams => {
    const child = fork(program, args, {
      silent: true,
      execArgv: [...execArgv],
      env: { ...process.env, ...COLD },
    });
    if (!isPiped(child)) {
      throw new Error(`${program} has no pipes to speak through`);
    }
    return child;
  };
  const client = new Client([folder], { start, capabilities: CAPABILITIES });
  await client.begin();
  return client;
}

function isPiped(child: ChildProcess): child is ChildProcessWithoutNullStreams {
  return child.stdin !== null && child.stdout !== null && child.stderr !== null;
}

/** With these a server tells of its memory. */
export const PROBED: readonly string[] = [
  "--expose-gc",
  "--require",
  resolve("out/test/bench/heap-probe.js"),
];

/** What a server that was started with `PROBED` holds. */
export async function memoryUseOf({ process }: Client): Promise<MemoryUse> {
  const answer = once(process, "message");
  process.send?.("memory");
  const [use] = await answer;
  return use as MemoryUse;
}

/** A running browser build of VS Code on a loopback port. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { Workbench } from "./install-workbench.ts";
import type { Profile } from "./profile.ts";
import { PlainError } from "./terminal.ts";

/** What the window opens; everything else than a folder is told to the workbench by the name it has for it. */
export interface Opened {
  readonly folder?: string | undefined;
  /** Paths by such names, for instance `openFile`. */
  readonly paths?: Readonly<Record<string, string>>;
}

export interface WorkbenchServer {
  /** The address of a window that opens this. */
  address(opened: Opened): string;
  /** Settles when the process is gone. */
  dispose(): Promise<void>;
}

/** Starts the server; resolves when it listens. */
export async function startWorkbenchServer(
  workbench: Workbench,
  profile: Profile,
  moreArguments: readonly string[] = [],
): Promise<WorkbenchServer> {
  const child = spawn(workbench.node, [
    workbench.server,
    "--host=127.0.0.1",
    "--port=0",
    "--without-connection-token",
    "--disable-workspace-trust",
    "--disable-telemetry",
    ...profileArguments(profile),
    ...moreArguments,
  ]);
  const port = await listeningPort(child);
  return { address: (opened) => windowAddress(`127.0.0.1:${port}`, opened), dispose: () => stop(child) };
}

function windowAddress(origin: string, { folder, paths = {} }: Opened): string {
  const remote = (path: string) => `vscode-remote://${origin}${pathToFileURL(path).pathname}`;
  const payload = Object.entries(paths).map(([name, path]) => [name, remote(path)]);
  const parts = [
    folder === undefined ? "ew=true" : `folder=${encodeURIComponent(folder).replaceAll("%2F", "/")}`,
    ...(payload.length === 0 ? [] : [`payload=${encodeURIComponent(JSON.stringify(payload))}`]),
  ];
  return `http://${origin}/?${parts.join("&")}`;
}

/** What the entry point wants to hear in every mode, also to install an extension. */
export function profileArguments({ userData, extensions }: Profile): readonly string[] {
  return [
    "--accept-server-license-terms",
    `--user-data-dir=${userData}`,
    `--server-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
  ];
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const listen = (line: string) => {
      printed.push(line);
      const [, port] = /agent listening on (\d+)/.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", listen);
    }
    child.on("error", reject);
    child.on("exit", (code) => {
      reject(new PlainError(`The VS Code server ended (${code}) before it listened:\n${printed.join("\n")}`));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  return gone;
}

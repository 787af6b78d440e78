/** Other programs: finding them on PATH, running them to the end. */
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { PlainError } from "./terminal.ts";

/** The first of the names that is a program on PATH, as a full path. */
export function findProgram(...names: readonly string[]): string | undefined {
  const { PATH = "" } = process.env;
  const folders = PATH.split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Is there a file at the path that may be run? */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** How a program is to run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program quietly and gives what it printed; when it fails, the end of that is in the error. */
export function run(
  command: string,
  parameters: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const printed: string[] = [];
    child.stdout.on("data", (text: Buffer) => printed.push(text.toString()));
    child.stderr.on("data", (text: Buffer) => printed.push(text.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      const text = printed.join("");
      const failure = `${[command, ...parameters].join(" ")} failed (${code}):\n${lastLines(text, 30)}`;
      if (code === 0) resolve(text);
      else reject(new PlainError(failure));
    });
  });
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

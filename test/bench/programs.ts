// Programs run to their end, as contestants.
import { spawnSync } from "node:child_process";

/** A program with its arguments, and what it finds in the environment beyond our own. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function environmentOf({ environment }: Command): NodeJS.ProcessEnv {
  return { ...process.env, ...environment };
}

/** Runs a program with nowhere to write to; its exit code does not matter, only that it runs. */
export function runSilently(command: Command): void {
  const { program, args } = command;
  const { error, signal } = spawnSync(program, args, { stdio: "ignore", env: environmentOf(command) });
  if (error !== undefined || signal !== null) {
    throw error ?? new Error(`${program} was ended by ${signal}`);
  }
}

/** What a program writes. */
export function outputOf(command: Command): string {
  const options = { encoding: "utf8", maxBuffer: 1 << 30, env: environmentOf(command) } as const;
  return spawnSync(command.program, command.args, options).stdout;
}

/** The most memory a program holds at once, in megabytes; `undefined` where the system cannot be asked. */
export function memoryOf(command: Command): number | undefined {
  const options = { encoding: "utf8", env: environmentOf(command) } as const;
  const { stdout, status } = spawnSync("python3", ["-c", PEAK, command.program, ...command.args], options);
  return status === 0 ? Number(stdout) / 1024 : undefined;
}

/** Linux counts kilobytes, macOS bytes. */
const PEAK = `
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == 'darwin' else 1))
`;

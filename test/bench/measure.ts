// Times of programs and functions, measured side by side.
import { spawnSync } from "node:child_process";

/** Something to be run, and how long each run took, in milliseconds. */
export interface Contestant {
  readonly name: string;
  readonly run: () => void;
}

export interface Times {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** Runs all in turn, again and again, so that what disturbs the machine disturbs them all; the first round is not told. */
export function measure(contestants: readonly Contestant[], rounds: number): readonly Times[] {
  const times = contestants.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, { run }] of contestants.entries()) {
      const start = performance.now();
      run();
      if (0 < round) {
        times[at]?.push(performance.now() - start);
      }
    }
  }
  return contestants.map(({ name }, at) => {
    const sorted = (times[at] ?? []).sort((one, other) => one - other);
    return {
      name,
      median: sorted[sorted.length >> 1] ?? 0,
      fastest: sorted[0] ?? 0,
      slowest: sorted.at(-1) ?? 0,
    };
  });
}

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: readonly string[]];

/** Runs a program with nowhere to write to; its exit code does not matter, only that it runs. */
export function runSilently([program, ...args]: Command): void {
  const { error, signal } = spawnSync(program, args, { stdio: "ignore" });
  if (error !== undefined || signal !== null) {
    throw error ?? new Error(`${program} was ended by ${signal}`);
  }
}

/** What a program writes. */
export function outputOf([program, ...args]: Command): string {
  return spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 30 }).stdout;
}

/** The most memory a program holds at once, in megabytes; `undefined` where the system cannot be asked. */
export function memoryOf(command: Command): number | undefined {
  const { stdout, status } = spawnSync("python3", ["-c", PEAK, ...command], { encoding: "utf8" });
  return status === 0 ? Number(stdout) / 1024 : undefined;
}

/** Linux counts kilobytes, macOS bytes. */
const PEAK = `
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == 'darwin' else 1))
`;

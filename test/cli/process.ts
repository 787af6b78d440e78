/** The built command line, run as people and scripts run it: as a process. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

export const PROGRAM = resolve("dist/cli.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Another copy of the command line. */
  readonly program?: string;
  readonly cwd?: string;
  /** Beside the test's own environment. Nothing is cached unless it says so: every test reads its own files. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs it to its end. Whatever it is given, it never ends by a signal, nor shows anybody a stack trace. */
export function run(args: readonly string[], { program = PROGRAM, cwd, env }: RunOptions = {}): Outcome {
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { ...process.env, CINDER_LOCKS_CACHE: "off", ...env },
    maxBuffer: 100_000_000,
    timeout: 60_000,
    ...(cwd === undefined ? {} : { cwd }),
  });
  assert.equal(error, undefined);
  assert.equal(signal, null);
  assert.doesNotMatch(stderr, /^\s+at /m);
  return { code: status, stdout, stderr };
}

/** Asserts bad usage or input: exit code 2, nothing on standard output, and one line on standard error. */
export function assertRefused(outcome: Outcome, complaint: string): void {
  assert.deepEqual(outcome, { code: 2, stdout: "", stderr: `cinder-locks: ${complaint}\n` });
}

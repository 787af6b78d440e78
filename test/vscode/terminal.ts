/** What these programs say: progress on the terminal, one line a step, and how they end. */

/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Trouble that the user can do something about: told in its own words, without a stack. */
export class PlainError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Ctrl+C, or a polite kill. To be asked for once, at the start. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** Runs a program to its end; its number becomes the exit code. */
export function main(program: () => Promise<number>): void {
  program().then(
    (code) => process.exit(code),
    (error: unknown) => {
      const isPlain = error instanceof PlainError;
      process.stderr.write(`${isPlain ? error.message : describe(error)}\n`);
      process.exit(isPlain ? error.exitCode : 1);
    },
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Times of programs and functions, measured side by side.

/** Something to be run, and how long each run took, in milliseconds. */
export interface Contestant {
  readonly name: string;
  readonly run: () => void;
}

/** How long the runs of a contestant took, in milliseconds. */
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
    const taken = times[at] ?? [];
    return {
      name,
      median: percentile(taken, 50),
      fastest: Math.min(...taken),
      slowest: Math.max(...taken),
    };
  });
}

/** The smallest of the values that so many percent of them do not exceed, by the nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

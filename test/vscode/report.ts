/** What a run of tests reports: lines as it goes, numbers at its end. */

/** Begins every line that a suite prints, so that it can be told from what VS Code says to itself. */
export const MARGIN = "│ ";

/** How a run of tests went. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCount: TestCount = { passed: 0, failed: 0, skipped: 0 };

export function sum(one: TestCount, other: TestCount): TestCount {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Runs compiled test files with mocha and counts; the same inside the extension host and outside. */
import { format } from "node:util";
import Mocha from "mocha";
import { MARGIN, type TestCount } from "./report.ts";

/** A whole editor answers, sometimes on a busy machine. */
const TEST_LIMIT = 90_000;

export async function runMocha(files: readonly string[], print: (line: string) => void): Promise<TestCount> {
  const mocha = new Mocha({ ui: "tdd", color: false, timeout: TEST_LIMIT });
  Mocha.reporters.Base.consoleLog = (...parts: readonly unknown[]) => {
    for (const line of format(...parts).split("\n")) print(`${MARGIN}${line}`);
  };
  for (const file of files) mocha.addFile(file);
  const { stats } = await new Promise<Mocha.Runner>((resolve) => {
    const runner = mocha.run(() => resolve(runner));
  });
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
}

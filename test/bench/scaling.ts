// Does the cost grow faster than the tree? The same work on one checkout with several copies of its package.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discover } from "../../server/src/workspace/discover.ts";
import type { Bench } from "./bench.ts";
import type { Program } from "./list.ts";
import { astGrepScan, coldly, countOf } from "./list.ts";
import { measure } from "./measure.ts";
import { outputOf, runSilently } from "./programs.ts";
import { ratioCell, sayTable, timeCells } from "./report.ts";

/** How often the package lies in the trees. */
const SCALES = [1, 4, 10];

export function compareScaling({ tree, rounds }: Bench): void {
  const folder = mkdtempSync(join(tmpdir(), "cinder-locks-scaling-"));
  process.on("SIGINT", tidyUpFirst);
  try {
    const trees = SCALES.map((scale) => copies(tree.root, scale, join(folder, String(scale))));
    sayScaling(trees, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    process.off("SIGINT", tidyUpFirst);
  }
}

/** Ctrl-C also ends the program that is being measured, and that is thrown; only we must not end before. */
function tidyUpFirst(): void {}

/**
 * Puts the package so many times, without its tests, into one folder, under other names. What the copies import is still the
 * first: they are one project, in which every base class has as many times its subclasses.
 * @returns the folder
 */
function copies(root: string, count: number, folder: string): string {
  const tests = join(root, "cinder", "tests");
  for (let number = 1; number <= count; number += 1) {
    cpSync(join(root, "cinder"), join(folder, number === 1 ? "cinder" : `cinder_${number}`), {
      recursive: true,
      filter: (source) => source !== tests,
    });
  }
  return folder;
}

function sayScaling(trees: readonly string[], rounds: number): void {
  const runs = trees.flatMap((tree) => programsOn(tree).map((program) => ({ ...program, tree })));
  const times = measure(
    runs.map(({ name, command }) => ({ name, run: () => runSilently(command) })),
    rounds,
  );
  const files = new Map(trees.map((tree) => [tree, discover(tree, { skipTests: true }).pythonFiles.length]));
  const measured = runs.flatMap((run, at) => {
    const time = times[at];
    return time === undefined ? [] : { ...run, time, files: files.get(run.tree) ?? 0 };
  });
  // Program by program, the small tree first.
  const rows = [...new Set(runs.map(({ name }) => name))].flatMap((name) => {
    const ofProgram = measured.filter((each) => each.name === name);
    const [smallest] = ofProgram;
    return ofProgram.map(({ time, files: count, command }) => [
      ...timeCells(time, smallest?.time),
      smallest === undefined ? "" : ratioCell(time.median / smallest.time.median, count / smallest.files),
      String(count),
      String(countOf(outputOf(command)) ?? ""),
    ]);
  });
  sayTable(
    `The package ${SCALES.join(", ")} times in one project, from a cold start`,
    ["", "median", "min–max", "growth", "of the tree's", "files", "found"],
    rows,
  );
}

function programsOn(tree: string): readonly Program[] {
  return [
    ...astGrepScan(tree, { withTests: false }),
    { name: "cinder-locks list", command: coldly("list", tree) },
    { name: "cinder-locks check", command: coldly("check", "--fail-on", "never", tree) },
  ];
}

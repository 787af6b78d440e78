import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm test`: everything, step by step, each with its own output; at last how many tests passed and failed.
 *   node out/test/run-all.js [quick]      quick leaves out the real VS Code
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Reads the counts from what the step printed; without it the step is one test, told by its exit code. */
  readonly readCounts?: (output: string) => Counts | undefined;
}

const OUT = "out/test";

const QUICK: readonly Step[] = [
  { title: "types", program: tool("tsc"), args: ["-p", "."] },
  { title: "format, lint, layers", program: tool("biome"), args: ["ci", "--error-on-warnings", "."] },
  { title: "dead code", program: tool("knip"), args: [] },
  {
    title: "unit, specs, protocol, command line, real trees",
    program: process.execPath,
    args: ["--test", "--test-reporter=spec", ...testFiles()],
    readCounts: countsOfNodeTest,
  },
  {
    title: "grammar",
    program: tool("vscode-tmgrammar-test"),
    args: ["-g", "node_modules/tm-grammars/grammars/python.json", "test/syntaxes/*.py"],
  },
];

const REAL_EDITOR: Step = {
  title: "a real VS Code",
  program: process.execPath,
  args: [`${OUT}/vscode/run.js`],
  readCounts: countsOfLastLine,
};

function tool(name: string): string {
  return join("node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
}

/** All bundles of tests; those for VS Code are run inside of it. */
function testFiles(): readonly string[] {
  return readdirSync(OUT, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.js") && !path.startsWith("vscode"))
    .map((path) => `${OUT}/${path}`)
    .sort();
}

/** The summary of node's own runner: `ℹ pass 12`. */
function countsOfNodeTest(output: string): Counts | undefined {
  const count = (word: string): number =>
    Number(new RegExp(`^ℹ ${word} (\\d+)$`, "m").exec(output)?.[1] ?? Number.NaN);
  const counts = {
    passed: count("pass"),
    failed: count("fail") + count("cancelled"),
    skipped: count("skipped"),
  };
  return Number.isNaN(counts.passed + counts.failed + counts.skipped) ? undefined : counts;
}

function countsOfLastLine(output: string): Counts | undefined {
  const [, passed, failed] = /^vscode: (\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  const skipped = /^vscode: (\d+) skipped$/m.exec(output)?.[1] ?? "0";
  return passed === undefined || failed === undefined
    ? undefined
    : { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}

/** Runs a step; what it prints is shown as it comes. A step that ends badly has at least one failure. */
async function run({ title, program, args, readCounts }: Step): Promise<Counts> {
  say(`\n=== ${title}`);
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
    // Scratch folders have no place in the developer's own cache.
    env: { ...process.env, FORCE_COLOR: "0", CINDER_LOCKS_CACHE: "off" },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise<number>((resolve) => {
    child.on("error", (error) => {
      say(error.message);
      resolve(1);
    });
    child.on("close", (status) => resolve(status ?? 1));
  });
  if (readCounts === undefined) {
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  }
  const counts = readCounts(output) ?? { passed: 0, failed: 1, skipped: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const steps = process.argv.includes("quick") ? QUICK : [...QUICK, REAL_EDITOR];
  const results: { readonly step: Step; readonly counts: Counts; readonly seconds: number }[] = [];
  for (const step of steps) {
    const started = performance.now();
    const counts = await run(step);
    results.push({ step, counts, seconds: (performance.now() - started) / 1000 });
  }
  say("");
  for (const { step, counts, seconds } of results) {
    const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
    say(
      `${step.title}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds.toFixed(0)} s)`,
    );
  }
  const sum = (pick: (counts: Counts) => number): number =>
    results.reduce((total, { counts }) => total + pick(counts), 0);
  const [passed, failed, skipped] = [
    sum((counts) => counts.passed),
    sum((counts) => counts.failed),
    sum((counts) => counts.skipped),
  ];
  say(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
  process.exitCode = failed === 0 && 0 < passed ? 0 : 1;
}

void main();

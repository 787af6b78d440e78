// How fast are we, and how big? Everything is measured in one run on one tree; a time is told, never judged.
//   npm run bench [-- ROUNDS]
import { existsSync, readFileSync, statSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { extractFacts, mayTakeLocks } from "../../server/src/facts/extract.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { discover } from "../../server/src/workspace/discover.ts";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import { findTree } from "../cinder/trees.ts";
import { astGrepArguments, findAstGrep } from "./ast-grep.ts";
import type { Command, Contestant, Times } from "./measure.ts";
import { measure, memoryOf, outputOf, runSilently } from "./measure.ts";

const ROUNDS = Math.max(5, Number(process.argv[2] ?? 9));
const CLI = resolve("dist/cli.js");

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function main(): Promise<void> {
  const tree = findTree("cinder");
  if (tree.kind === "missing") {
    say(`There is no tree to measure with: ${tree.reason}`);
    return;
  }
  const files = discover(tree.root, { skipTests: false }).pythonFiles;
  const own = discover(tree.root, { skipTests: true }).pythonFiles;
  say(
    `${cpus()[0]?.model.trim()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
    `Cinder ${tree.version}: ${files.length} Python files, ${own.length} of them not of its tests`,
    `${ROUNDS} rounds in turn, after one that is not counted`,
  );
  comparePrograms(tree.root, own.length, files.length);
  await compareEngines(files);
  saySizes();
}

// Programs ---------------------------------------------------------------------------------------------------------

interface Program {
  readonly name: string;
  readonly command: Command;
}

function comparePrograms(tree: string, ownCount: number, allCount: number): void {
  const astGrep = findAstGrep();
  if (astGrep === undefined) {
    say("", "ast-grep is not installed for this machine: there is nothing to compare with");
  }
  const node = process.execPath;
  const ours = (...args: readonly string[]): Command => [node, CLI, ...args, "--format", "json", tree];
  const theirs = (withTests: boolean): readonly Program[] =>
    astGrep === undefined
      ? []
      : [{ name: "ast-grep scan", command: [astGrep, ...astGrepArguments(tree, withTests)] }];

  const check = ours("check", "--fail-on", "never");
  sayPrograms(`From a cold start, ${ownCount} files`, "ast-grep scan", [
    ...theirs(false),
    { name: "cinder-locks list", command: ours("list") },
    { name: "cinder-locks check", command: check },
    { name: "node alone", command: [node, "-e", "0"] },
  ]);
  sayPrograms(`The same with the tests, ${allCount} files`, "ast-grep scan", [
    ...theirs(true),
    { name: "cinder-locks list --tests", command: ours("list", "--tests") },
    { name: "cinder-locks check --tests", command: [...check, "--tests"] },
  ]);
}

function sayPrograms(title: string, yardstick: string, programs: readonly Program[]): void {
  const times = measure(
    programs.map(({ name, command }) => ({ name, run: () => runSilently(command) })),
    ROUNDS,
  );
  const base = times.find(({ name }) => name === yardstick);
  const rows = programs.map(({ command }, at) => {
    const found = countOf(outputOf(command));
    const memory = memoryOf(command);
    return [
      ...timeCells(times[at], base),
      memory === undefined ? "?" : `${Math.round(memory)} MB`,
      found === undefined ? "" : String(found),
    ];
  });
  sayTable(title, ["", "median", "min–max", `of ${yardstick}`, "memory", "found"], rows);
}

/** How many calls or findings a program tells of, so that one can see that they do the same work. */
function countOf(output: string): number | undefined {
  if (output === "") {
    return undefined;
  }
  const found = JSON.parse(output) as
    | readonly unknown[]
    | { readonly sites?: readonly unknown[]; readonly findings?: readonly unknown[] };
  return "length" in found ? found.length : (found.sites ?? found.findings)?.length;
}

// Parsers ----------------------------------------------------------------------------------------------------------

async function compareEngines(files: readonly string[]): Promise<void> {
  const texts = files.map((path) => readFileSync(path, "utf8"));
  const wasm = (await loadEngine(resolve("dist"), undefined)).engine;
  const { engine: native, note } = await loadEngine(resolve("dist"), "native");
  const engines = [wasm, ...(native.kind === "native" ? [native] : [])];
  if (native.kind !== "native") {
    say("", `The native parser is missing; ${note}`);
  }
  sayEngines(`Parsing in one process, ${texts.length} files`, engines, texts, parseOnly);
  const withLocks = texts.filter(mayTakeLocks);
  sayEngines(
    `Parsing and facts, ${withLocks.length} files that may take locks`,
    engines,
    withLocks,
    parseForFacts,
  );
}

function parseOnly(engine: ParserEngine, text: string): void {
  engine.withTree(text, () => undefined);
}

function parseForFacts(engine: ParserEngine, text: string): void {
  engine.withTree(text, (tree) =>
    extractFacts({ path: "/cinder/a.py" as FilePath, module: "cinder.a" }, tree),
  );
}

function sayEngines(
  title: string,
  engines: readonly ParserEngine[],
  texts: readonly string[],
  work: (engine: ParserEngine, text: string) => void,
): void {
  const contestants = engines.map(
    (engine): Contestant => ({
      name: engine.kind,
      run: () => {
        for (const text of texts) work(engine, text);
      },
    }),
  );
  const times = measure(contestants, ROUNDS);
  const base = times.find(({ name }) => name === "native");
  sayTable(
    title,
    ["", "median", "min–max", "of native"],
    times.map((each) => timeCells(each, base)),
  );
}

// Sizes ------------------------------------------------------------------------------------------------------------

function saySizes(): void {
  const names = [
    "cli.js",
    "server.js",
    "client.js",
    "web-tree-sitter.wasm",
    "tree-sitter-python.wasm",
    "cinder-locks.vsix",
  ];
  const rows = names.map((name) => {
    const path = join("dist", name);
    return [name, existsSync(path) ? `${Math.round(statSync(path).size / 1024)} KB` : "not built"];
  });
  sayTable("Sizes", ["", "size"], rows);
}

// Tables -----------------------------------------------------------------------------------------------------------

function timeCells(times: Times | undefined, base: Times | undefined): readonly string[] {
  if (times === undefined) {
    return [];
  }
  const { name, median, fastest, slowest } = times;
  const ratio = base === undefined ? "" : (median / base.median).toFixed(2);
  return [name, `${median.toFixed(0)} ms`, `${fastest.toFixed(0)}–${slowest.toFixed(0)}`, ratio];
}

/** Columns as wide as their widest cell; the first on the left, numbers on the right. */
function sayTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ");
  say("", title, ...[head, ...rows].map((cells) => `  ${line(cells)}`.trimEnd()));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

// The command line from a cold start, next to ast-grep.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { discover } from "../../server/src/workspace/discover.ts";
import { astGrepArguments, findAstGrep } from "./ast-grep.ts";
import type { Bench } from "./bench.ts";
import { measure } from "./measure.ts";
import type { Command } from "./programs.ts";
import { memoryOf, outputOf, runSilently } from "./programs.ts";
import { memoryCell, say, sayTable, timeCells } from "./report.ts";

/** A program under the name that the tables give it. */
export interface Program {
  readonly name: string;
  readonly command: Command;
}

const AST_GREP = "ast-grep scan";

/** Nothing is remembered from run to run. */
export const COLD = { CINDER_LOCKS_CACHE: "off" };

/** Our command line, from a cold start. */
export function coldly(...args: readonly string[]): Command {
  return ours(args, COLD);
}

/** The same with what earlier rounds have kept in a folder. */
function warmly(cache: string, ...args: readonly string[]): Command {
  return ours(args, { CINDER_LOCKS_CACHE: cache });
}

function ours(args: readonly string[], environment: Readonly<Record<string, string>>): Command {
  return {
    program: process.execPath,
    args: [resolve("dist/cli.js"), ...args, "--format", "json"],
    environment,
  };
}

/** ast-grep looking for the same calls; none where it is not installed for this machine. */
export function astGrepScan(
  tree: string,
  { withTests }: { readonly withTests: boolean },
): readonly Program[] {
  const program = findAstGrep();
  return program === undefined
    ? []
    : [{ name: AST_GREP, command: { program, args: astGrepArguments(tree, withTests) } }];
}

export function comparePrograms({ tree: { root }, rounds }: Bench): void {
  if (findAstGrep() === undefined) {
    say("", "ast-grep is not installed for this machine: there is nothing to compare with");
  }
  const cache = mkdtempSync(join(tmpdir(), "cinder-locks-cache-"));
  const check = ["check", "--fail-on", "never"];
  const allCount = discover(root, { skipTests: false }).pythonFiles.length;
  sayPrograms(`The whole tree from a cold start, ${allCount} files`, rounds, [
    ...astGrepScan(root, { withTests: true }),
    { name: "cinder-locks list --tests", command: coldly("list", "--tests", root) },
    { name: "cinder-locks list --tests, warm", command: warmly(cache, "list", "--tests", root) },
    { name: "cinder-locks check --tests", command: coldly(...check, "--tests", root) },
    { name: "node alone", command: { program: process.execPath, args: ["-e", "0"] } },
  ]);
  const ownCount = discover(root, { skipTests: true }).pythonFiles.length;
  sayPrograms(`The same without the tests, ${ownCount} files`, rounds, [
    ...astGrepScan(root, { withTests: false }),
    { name: "cinder-locks list", command: coldly("list", root) },
    { name: "cinder-locks list, warm", command: warmly(cache, "list", root) },
    { name: "cinder-locks check", command: coldly(...check, root) },
  ]);
  rmSync(cache, { recursive: true });
}

function sayPrograms(title: string, rounds: number, programs: readonly Program[]): void {
  const times = measure(
    programs.map(({ name, command }) => ({ name, run: () => runSilently(command) })),
    rounds,
  );
  const yardstick = times.find(({ name }) => name === AST_GREP);
  const rows = times.map((each, at) => {
    const command = programs[at]?.command;
    return [
      ...timeCells(each, yardstick),
      memoryCell(command && memoryOf(command)),
      command === undefined ? "" : String(countOf(outputOf(command)) ?? ""),
    ];
  });
  sayTable(title, ["", "median", "min–max", `of ${AST_GREP}`, "memory", "found"], rows);
}

/** How many calls or findings a program tells of, so that one can see that they do the same work. */
export function countOf(output: string): number | undefined {
  if (output === "") {
    return undefined;
  }
  const found = JSON.parse(output) as
    | readonly unknown[]
    | { readonly sites?: readonly unknown[]; readonly findings?: readonly unknown[] };
  return "length" in found ? found.length : (found.sites ?? found.findings)?.length;
}

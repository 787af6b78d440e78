// How fast are we, and how big? Everything is measured in one run on one tree; a time is told, never judged.
//   npm run bench [-- ROUNDS] [PART…]      all parts, or only those that are named
import { cpus, totalmem } from "node:os";
import type { Tree } from "../cinder/trees.ts";
import { findTree } from "../cinder/trees.ts";
import { compareLatency } from "./latency.ts";
import { comparePrograms } from "./list.ts";
import { compareMemory } from "./memory.ts";
import { compareParsers } from "./parsers.ts";
import { say } from "./report.ts";
import { compareScaling } from "./scaling.ts";
import { saySizes } from "./sizes.ts";

/** What all parts measure with. */
export interface Bench {
  readonly tree: Tree;
  /** How often programs and functions are run. */
  readonly rounds: number;
}

/** One file and one line here a part. */
const PARTS: Readonly<Record<string, (bench: Bench) => void | Promise<void>>> = {
  list: comparePrograms,
  latency: compareLatency,
  memory: compareMemory,
  scaling: compareScaling,
  parsers: compareParsers,
  sizes: saySizes,
};

async function main(args: readonly string[]): Promise<void> {
  const isNumber = (arg: string): boolean => /^\d+$/.test(arg);
  const parts = args.filter((arg) => !isNumber(arg));
  const unknown = parts.find((part) => !Object.hasOwn(PARTS, part));
  if (unknown !== undefined) {
    throw new Error(`there is no part ${unknown}; there are ${Object.keys(PARTS).join(", ")}`);
  }
  const tree = findTree("cinder");
  if (tree.kind === "missing") {
    say(`There is no tree to measure with: ${tree.reason}`);
    return;
  }
  const rounds = Math.max(5, Number(args.find(isNumber) ?? 9));
  say(
    `${cpus()[0]?.model.trim()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
    `Cinder ${tree.version}`,
    `Programs and functions: ${rounds} rounds in turn, after one that is not counted`,
  );
  for (const [name, compare] of Object.entries(PARTS)) {
    if (parts.length === 0 || parts.includes(name)) {
      await compare({ tree, rounds });
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

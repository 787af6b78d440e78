/** The suites that run inside the extension host, and the folder each of them opens. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { findTree } from "../cinder/trees.ts";
import { compiled, sample, sampleWithoutLocks } from "./paths.ts";
import { noCount, type TestCount } from "./report.ts";
import type { Scratch } from "./scratch.ts";
import { say } from "./terminal.ts";
import type { VisualStudioCode } from "./visual-studio-code.ts";

/** The folder that a suite opens, if any; or why it cannot run here. */
type Opened =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "missing"; readonly reason: string };

/** By the name of the suite's file. */
const suites: Readonly<Record<string, (scratch: Scratch) => Opened>> = {
  checkout: (scratch) => ({ kind: "folder", path: scratch.copyOf(sample) }),
  documents: (scratch) => ({ kind: "folder", path: scratch.copyOf(sample) }),
  "without-locks": (scratch) => ({ kind: "folder", path: scratch.copyOf(sampleWithoutLocks) }),
  "single-file": () => ({ kind: "nothing" }),
  "real-cinder": () => {
    const tree = findTree("cinder");
    return tree.kind === "tree" ? { kind: "folder", path: tree.root } : tree;
  },
};

export const suiteNames = Object.keys(suites);

/** Runs one suite in its own window and counts. */
export async function runSuite(name: string, code: VisualStudioCode, scratch: Scratch): Promise<TestCount> {
  const opened = suites[name]?.(scratch) ?? { kind: "missing", reason: "no such suite" };
  say(`\nvscode: ${name} (${code.description})`);
  if (opened.kind === "missing") {
    say(`vscode: ${name} skipped: ${opened.reason}`);
    return { ...noCount, skipped: 1 };
  }
  const results = join(scratch.root, `results-${name}.json`);
  const { userData, extensions } = scratch.profile(name, "extensions");
  const outcome = runTests({
    vscodeExecutablePath: code.executable,
    extensionDevelopmentPath: suiteExtension(scratch),
    extensionTestsPath: join(compiled, "suite", "index.js"),
    extensionTestsEnv: { CINDER_LOCKS_SUITE: name, CINDER_LOCKS_SCRATCH: scratch.root },
    launchArgs: [
      ...(opened.kind === "folder" ? [opened.path] : []),
      `--user-data-dir=${userData}`,
      `--extensions-dir=${extensions}`,
    ],
  });
  // A failed test ends the executable with a code. Which one is in the results; none at all is a failure too.
  await outcome.catch((error: unknown) => say(String(error)));
  return existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : { ...noCount, failed: 1 };
}

/** An extension without code: a suite always runs in the name of one, and ours is installed from its package. */
function suiteExtension(scratch: Scratch): string {
  const folder = join(scratch.root, "suite-extension");
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "suite", publisher: "cinder-locks", version: "0.0.0", engines: { vscode: "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

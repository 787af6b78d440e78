// ast-grep, a fast search in syntax trees, as the yardstick: it finds the same calls, without knowing what they are.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGES = "node_modules/@ast-grep";

/** The program itself, or `undefined`. The command in `.bin` is only a stand-in where install scripts do not run. */
export function findAstGrep(): string | undefined {
  const name = process.platform === "win32" ? "ast-grep.exe" : "ast-grep";
  const packages = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  return packages
    .filter((each) => each.startsWith(`cli-${process.platform}-${process.arch}`))
    .map((each) => join(PACKAGES, each, name))
    .filter((path) => existsSync(path))
    .map(runnable)
    .find((path) => path !== undefined);
}

/** Some ways of unpacking lose the right to run a file. */
function runnable(path: string): string | undefined {
  if (runs(path)) {
    return path;
  }
  const copy = join(mkdtempSync(join(tmpdir(), "ast-grep-")), "ast-grep");
  cpSync(path, copy);
  chmodSync(copy, 0o755);
  return runs(copy) ? copy : undefined;
}

function runs(path: string): boolean {
  return spawnSync(path, ["--version"]).status === 0;
}

const CALLS = [
  "synchronized",
  "get_lock",
  "lock",
  "external_lock",
  "internal_lock",
  "internal_fair_lock",
  "Lock",
];

/** A rule for the calls of lock APIs by their last word, called bare or as an attribute. */
const RULE = `id: locks
language: python
severity: info
message: a lock
rule:
  any:
${CALLS.flatMap((name) => [`    - pattern: ${name}($$$)`, `    - pattern: $X.${name}($$$)`]).join("\n")}
`;

/** Arguments to find the calls in a tree; git's and hidden folders' rules do not apply to where we keep it. */
export function astGrepArguments(tree: string, withTests: boolean): readonly string[] {
  const rule = join(mkdtempSync(join(tmpdir(), "ast-grep-")), "locks.yml");
  writeFileSync(rule, RULE);
  const ignored = ["hidden", "vcs", "parent"].flatMap((kind) => ["--no-ignore", kind]);
  const globs = withTests ? [] : ["--globs", "!**/cinder/tests/**"];
  return ["scan", "--rule", rule, "--json=compact", ...ignored, ...globs, tree];
}

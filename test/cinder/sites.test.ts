// Does `cinder-locks list` find every directly written lock site, and none that is not there? Told by `oracle.py`, which uses
// Python's own parser: first on hand-written spellings, then on real Cinder and Manila.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { findTree, type Project, type Tree } from "./trees.ts";

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Place {
  readonly path: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly function: string;
  readonly api: string;
}

interface Site extends Place {
  readonly form: string;
  readonly scope: string;
  readonly names: readonly { readonly template: string | null }[];
  /** Only the command line knows of wrappers. */
  readonly via?: string | null;
}

interface Extraction {
  readonly sites: readonly Site[];
  readonly uncalled: readonly Place[];
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
}

interface Finding {
  readonly rule: string;
  readonly severity: string;
}

const spellings = resolve("test/cinder/spellings");

describe("spellings", () => {
  test("the oracle finds what the comments say", () => {
    const extraction = runOracle(spellings);
    const found = [...extraction.sites.map(wordsOfSite), ...extraction.uncalled.map(wordsOfUncalled)];
    const expected = pythonFilesIn(spellings).flatMap(expectedIn);
    assert.deepEqual(extraction.failed, []);
    assert.deepEqual(subtract(expected, found), [], "missed");
    assert.deepEqual(subtract(found, expected), [], "invented");
    assert.equal(found.length, expected.length);
  });

  test("the oracle's ranges are calls", () => {
    for (const site of runOracle(spellings).sites) {
      assert.match(textAt(spellings, site), /^[\w.]+\(.*\)$/s, wordsOfSite(site));
    }
  });

  test("list finds what the oracle finds", (t) => {
    compare(t, runOracle(spellings).sites, spellings);
  });
});

for (const project of ["cinder", "manila"] as const) {
  describe(`real ${project}`, () => {
    test("list finds what the oracle finds", (t) => {
      const tree = treeOrSkip(t, project);
      if (tree === undefined) return;
      const oracle = runOracle(tree.root);
      assert.deepEqual(oracle.failed, []);
      assert.ok(0 < oracle.sites.length);
      compare(t, oracle.sites, tree.root);
    });

    test("list of the package alone finds the same", (t) => {
      const tree = treeOrSkip(t, project);
      if (tree === undefined) return;
      compare(t, sitesBelow(`${project}/`, runOracle(tree.root).sites), join(tree.root, project));
    });

    // What is skimmed for the locks alone says what is read for all else.
    test("list finds the same with the guards and without them", (t) => {
      const tree = treeOrSkip(t, project);
      if (tree === undefined) return;
      const withGuards = listed("--all", "--tests", tree.root);
      assert.deepEqual(
        listed("--tests", tree.root),
        withGuards.filter(({ form }) => form !== "guard"),
      );
    });

    test("check succeeds", (t) => {
      const tree = treeOrSkip(t, project);
      if (tree !== undefined) reportErrors(t, tree.root);
    });
  });
}

/** Without a tree the test is skipped, but never on a machine whose only purpose is to test. */
function treeOrSkip(t: TestContext, project: Project): Tree | undefined {
  const tree = findTree(project);
  if (tree.kind === "tree") {
    t.diagnostic(`${project} ${tree.version}`);
    return tree;
  }
  const { CI } = process.env;
  if (CI !== undefined && CI !== "") assert.fail(tree.reason);
  t.skip(tree.reason);
  return undefined;
}

function sitesBelow(folder: string, sites: readonly Site[]): Site[] {
  return sites
    .filter((site) => site.path.startsWith(folder))
    .map((site) => ({ ...site, path: site.path.slice(folder.length) }));
}

function listed(...args: readonly string[]): readonly Site[] {
  const { version, sites } = JSON.parse(runCommandLine("list", "--format", "json", ...args)) as {
    readonly version: number;
    readonly sites: readonly Site[];
  };
  assert.equal(version, 1);
  return sites;
}

function compare(t: TestContext, oracleSites: readonly Site[], root: string): void {
  const found = listed("--tests", root);
  const expected = new Map(oracleSites.map((site) => [keyOf(site), site]));
  const actual = new Map(found.map((site) => [keyOf(site), site]));
  const missed = oracleSites.filter((site) => !actual.has(keyOf(site)));
  const invented = found.filter((site) => isDirect(site) && !expected.has(keyOf(site)));
  const different = oracleSites.flatMap((site) => {
    const same = actual.get(keyOf(site));
    return same === undefined || contentOf(same) === contentOf(site) ? [] : [{ site, same }];
  });

  const report = [
    ...missed.map((site) => `missed     ${describeSite(site)}`),
    ...invented.map((site) => `invented   ${describeSite(site)}`),
    ...different.map(
      ({ site, same }) => `different  ${describeSite(site)}\n      not  ${describeSite(same)}`,
    ),
  ];
  const counts =
    `${oracleSites.length} sites, ${missed.length} missed, ${invented.length} invented, ` +
    `${different.length} different`;
  t.diagnostic(counts);
  if (0 < report.length) assert.fail([...report, counts].join("\n"));
  assert.equal(actual.size, found.length, "two sites start at the same place");
  assert.deepEqual(found.map(keyOf), found.map(keyOf).sort(), "sites are sorted by path and position");
}

/** The oracle knows neither wrappers nor lock objects such as `threading.Lock`. */
function isDirect(site: Site): boolean {
  return (
    (site.via ?? null) === null &&
    /(^|\.)(synchronized|get_lock|lockutils\.(lock|external_lock|internal_lock))$/.test(site.api)
  );
}

/** Numbers are padded so that keys sort like places. */
function keyOf({ path, range: { start } }: Place): string {
  return `${path}\0${pad(start.line)}:${pad(start.character)}`;
}

function pad(number: number): string {
  return String(number).padStart(7, "0");
}

function contentOf(site: Site): string {
  const { start, end } = site.range;
  return JSON.stringify([
    [start.line, start.character, end.line, end.character],
    [site.function, site.form, site.api, site.scope, site.via ?? null],
    site.names.map((name) => name.template),
  ]);
}

function describeSite(site: Site): string {
  return `${site.path} ${contentOf(site)}`;
}

function reportErrors(t: TestContext, root: string): void {
  const checked = JSON.parse(runCommandLine("check", "--format", "json", "--fail-on", "never", root)) as {
    readonly findings: readonly Finding[];
  };
  const countsByRule = new Map<string, number>();
  for (const finding of checked.findings) {
    if (finding.severity !== "error") continue;
    countsByRule.set(finding.rule, (countsByRule.get(finding.rule) ?? 0) + 1);
  }
  const counts = [...countsByRule].sort().map(([rule, count]) => `${rule}: ${count}`);
  t.diagnostic(`${checked.findings.length} findings; errors: ${counts.join(", ") || "none"}`);
}

const extractions = new Map<string, Extraction>();

/** Runs once per tree: it takes some seconds. */
function runOracle(root: string): Extraction {
  const known = extractions.get(root);
  if (known !== undefined) return known;
  const extraction = JSON.parse(
    runProgram("python3", [resolve("test/cinder/oracle.py"), root]),
  ) as Extraction;
  extractions.set(root, extraction);
  return extraction;
}

function runCommandLine(...args: readonly string[]): string {
  const program = resolve("dist/cli.js");
  assert.ok(existsSync(program), "dist/cli.js is not built");
  return runProgram(process.execPath, [program, ...args]);
}

function runProgram(program: string, args: readonly string[]): string {
  const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (result.error !== undefined) throw result.error;
  assert.equal(result.status, 0, `exit code of ${args.join(" ")}:\n${result.stderr}`);
  return result.stdout;
}

function pythonFilesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .map((path) => path.replaceAll("\\", "/"));
}

function subtract(from: readonly string[], what: readonly string[]): string[] {
  return from.filter((item) => !what.includes(item)).sort();
}

/** `# SITE form api scope function names`, several on a line where several sites start there; `# UNCALLED api function`. */
function expectedIn(path: string): string[] {
  return readFileSync(join(spellings, path), "utf8")
    .split("\n")
    .flatMap((line, index) => {
      const comment = / {2}# ((?:SITE|UNCALLED) .*)$/.exec(line)?.[1];
      return comment === undefined
        ? []
        : comment.split(/ (?=SITE )/).map((words) => `${path}:${index} ${words}`);
    });
}

function wordsOfSite(site: Site): string {
  const names = site.names.map((name) => JSON.stringify(name.template)).join(", ");
  return `${lineOf(site)} SITE ${site.form} ${site.api} ${site.scope} ${site.function || "-"} [${names}]`;
}

function wordsOfUncalled(place: Place): string {
  return `${lineOf(place)} UNCALLED ${place.api} ${place.function || "-"}`;
}

function lineOf(place: Place): string {
  return `${place.path}:${place.range.start.line}`;
}

function textAt(root: string, { path, range }: Place): string {
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  const covered = lines.slice(range.start.line, range.end.line + 1);
  const last = covered.pop() ?? "";
  // The end is cut first: on a single line both cuts are of the same text.
  return [...covered, last.slice(0, range.end.character)].join("\n").slice(range.start.character);
}

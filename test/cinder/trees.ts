// Where are real Cinder and Manila, to test against? Named by `CINDER_SRC` and `MANILA_SRC`, or fetched as Debian's packages
// into the ignored folder `.cinder-src/`. Nothing of them is ever copied into the repository.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

export type Project = "cinder" | "manila";

export interface Tree {
  readonly kind: "tree";
  /** The folder that holds the package `cinder` or `manila`: the top of a checkout. */
  readonly root: string;
  readonly version: string;
}

export interface Documents {
  readonly kind: "documents";
  /** The folder of the contributor documents, as `NAME.rst.txt`. */
  readonly folder: string;
}

export interface Missing {
  readonly kind: "missing";
  /** Why, in words for people. */
  readonly reason: string;
}

const fetchedFolder = resolve(".cinder-src");

/** The tree of real sources to test with; the first call may download some three megabytes. */
export function findTree(project: Project): Tree | Missing {
  const variable = `${project.toUpperCase()}_SRC`;
  const named = process.env[variable];
  if (named !== undefined && named !== "") return treeAt(resolve(named), project, variable);

  const fetched = fetchDebianPackage(`python3-${project}`);
  if (fetched.kind === "missing") return fetched;
  return treeAt(join(fetched.folder, "usr/lib/python3/dist-packages"), project, `python3-${project}`);
}

/** Cinder's contributor documents, among them the catalog of locks, as Debian packs them. */
export function findCinderDocuments(): Documents | Missing {
  const fetched = fetchDebianPackage("cinder-doc");
  if (fetched.kind === "missing") return fetched;
  const folder = join(fetched.folder, "usr/share/doc/cinder-doc/html/_sources/contributor");
  return existsSync(folder)
    ? { kind: "documents", folder }
    : { kind: "missing", reason: "cinder-doc has no contributor documents" };
}

function treeAt(root: string, project: Project, origin: string): Tree | Missing {
  if (!existsSync(join(root, project, "__init__.py"))) {
    return { kind: "missing", reason: `${origin} has no package ${project}` };
  }
  return { kind: "tree", root, version: readVersion(root, project) ?? `of ${origin}, version unknown` };
}

/** Packages carry their version in `PKG-INFO`; a git checkout has none. */
function readVersion(root: string, project: Project): string | undefined {
  const information = readdirSync(root).find(
    (name) =>
      name.startsWith(project) && name.endsWith(".egg-info") && existsSync(join(root, name, "PKG-INFO")),
  );
  if (information === undefined) return undefined;
  return /^Version: (.+)$/m.exec(readFileSync(join(root, information, "PKG-INFO"), "utf8"))?.[1];
}

interface Fetched {
  readonly kind: "fetched";
  readonly folder: string;
}

const fetches = new Map<string, Fetched | Missing>();

/** Tries once per run: what cannot be had now is not asked for again by every test. */
function fetchDebianPackage(name: string): Fetched | Missing {
  const known = fetches.get(name);
  if (known !== undefined) return known;
  const fetched = fetchNow(name);
  fetches.set(name, fetched);
  return fetched;
}

function fetchNow(name: string): Fetched | Missing {
  const folder = join(fetchedFolder, name);
  if (existsSync(folder)) return { kind: "fetched", folder };

  mkdirSync(fetchedFolder, { recursive: true });
  const workFolder = mkdtempSync(join(fetchedFolder, "fetching-"));
  try {
    const trouble = download(name, workFolder) ?? unpack(workFolder);
    if (trouble !== undefined) return { kind: "missing", reason: `${name} could not be fetched: ${trouble}` };
    moveIntoPlace(join(workFolder, "tree"), folder);
    return { kind: "fetched", folder };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Tells what went wrong, if anything did. */
function download(name: string, folder: string): string | undefined {
  const first = run("apt-get", ["download", name], folder);
  if (first === undefined) return undefined;
  // A fresh machine has no package lists yet; only root can get them.
  if (process.getuid?.() !== 0) return first;
  return run("apt-get", ["update"], folder) ?? run("apt-get", ["download", name], folder);
}

/** Into the folder `tree` beside the package. */
function unpack(folder: string): string | undefined {
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (archive === undefined) return "apt-get left no package";
  return run("dpkg-deb", ["-x", archive, "tree"], folder);
}

/** Two tests may fetch at the same time: who comes second uses what is there. */
function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function run(command: string, args: readonly string[], folder: string): string | undefined {
  process.stderr.write(`${command} ${args.join(" ")}\n`);
  const result = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
    timeout: 180_000,
  });
  if (result.error !== undefined) {
    const absent = "code" in result.error && result.error.code === "ENOENT";
    return absent ? `there is no ${command} here` : `${command} cannot run: ${result.error.message}`;
  }
  if (result.status === 0) return undefined;
  const lastLine = result.stderr.trim().split("\n").at(-1);
  return `${command} failed: ${lastLine === undefined || lastLine === "" ? `status ${result.status}` : lastLine}`;
}

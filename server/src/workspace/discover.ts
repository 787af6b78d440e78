import type { Dirent, Stats } from "node:fs";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { compareText } from "../base/order.ts";
import { isCatalogDocument } from "../catalog/source.ts";
import { SLICE } from "./slices.ts";

/** What lies below a folder and matters to us; all paths are absolute. */
export interface Discovery {
  /** The Python files, sorted. */
  readonly pythonFiles: readonly string[];
  /** The checkout's own lists of documented locks, sorted. */
  readonly catalogDocuments: readonly string[];
  /** Folders and links that cannot be read, each with the reason. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

export interface DiscoverOptions {
  /** Leaves out `tests` directly below a topmost package, such as `cinder/tests`. */
  readonly skipTests: boolean;
  /** Documents that list locks beside the known ones, by their place in a checkout. */
  readonly documents?: readonly string[];
}

/** @param passed is told again and again how many Python files were found so far */
export function discover(
  root: string,
  options: DiscoverOptions,
  passed: (count: number) => void = () => undefined,
): Discovery {
  const walk = walkFolders(root, options);
  let step = walk.next();
  while (step.done !== true) {
    passed(step.value);
    step = walk.next();
  }
  return step.value;
}

/** The same in slices, so that others have their turn meanwhile. */
export async function discoverInSlices(root: string, options: DiscoverOptions): Promise<Discovery> {
  const walk = walkFolders(root, options);
  let sliceEnd = performance.now() + SLICE;
  let step = walk.next();
  while (step.done !== true) {
    if (sliceEnd < performance.now()) {
      await setImmediate();
      sliceEnd = performance.now() + SLICE;
    }
    step = walk.next();
  }
  return step.value;
}

/** Stops before each folder, and tells how many Python files it has found. */
function* walkFolders(
  top: string,
  { skipTests, documents = [] }: DiscoverOptions,
): Generator<number, Discovery> {
  const root = resolve(top);
  const pythonFiles: string[] = [];
  const catalogDocuments: string[] = [];
  const problems: { path: string; reason: string }[] = [];
  const visited = new Set<string>();

  function* visitFolder(folder: string): Generator<number, void> {
    yield pythonFiles.length;
    for (const entry of attempt(folder, () => entriesOf(folder)) ?? []) {
      const path = join(folder, entry.name);
      if (attempt(path, () => visitEntry(path, entry)) === "folder") {
        yield* visitFolder(path);
      }
    }
  }

  const entriesOf = (folder: string): readonly Dirent[] => {
    const real = realpathSync.native(folder);
    if (visited.has(real)) {
      return []; // A link to a folder that was seen, perhaps to one above it.
    }
    visited.add(real);
    const entries = readdirSync(folder, { withFileTypes: true });
    return folder !== root && entries.some(({ name }) => name === ENVIRONMENT_MARK) ? [] : entries;
  };

  /** Takes note of a file, and tells of a folder that is to be visited. */
  const visitEntry = (path: string, entry: Dirent): "folder" | undefined => {
    if (!isWanted(entry.name)) {
      return undefined;
    }
    const kind = entry.isSymbolicLink() ? targetOf(path) : entry;
    if (kind?.isDirectory()) {
      return skipTests && isTestsOfPackage(path) ? undefined : "folder";
    }
    if (path.endsWith(".py")) {
      if (kind?.isFile()) {
        pythonFiles.push(path);
      } else {
        problems.push({ path, reason: NO_FILE });
      }
    } else if (kind?.isFile() && isCatalogDocument(path.replaceAll("\\", "/"), documents)) {
      catalogDocuments.push(path);
    }
    return undefined;
  };

  const attempt = <Result>(path: string, visit: () => Result): Result | undefined => {
    try {
      return visit();
    } catch (error) {
      problems.push({ path, reason: reasonOf(error) });
      return undefined;
    }
  };

  yield* visitFolder(root);
  return {
    pythonFiles: pythonFiles.sort(compareText),
    catalogDocuments: catalogDocuments.sort(compareText),
    problems,
  };
}

/** What a link leads to. One that leads nowhere matters only if it is named like a Python file. */
function targetOf(link: string): Stats | undefined {
  try {
    return statSync(link);
  } catch (error) {
    if (link.endsWith(".py")) {
      throw error;
    }
    return undefined;
  }
}

/** Whether the discovery of a folder comes by a file below it; its own tests are not left out here. */
export function wouldDiscover(
  root: string,
  path: string,
  exists: (path: string) => boolean = existsSync,
): boolean {
  const names = relative(root, path).split(sep);
  const folders = names.slice(1).map((_, at) => join(root, ...names.slice(0, at + 1)));
  return names.every(isWanted) && !folders.some((folder) => isEnvironment(folder, exists));
}

/** What is neither a file nor a folder, such as a pipe: reading from it may never end. */
export const NO_FILE = "is neither a file nor a folder";

/** Why the operating system refused, in words that people know. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) {
    return error instanceof Error ? error.message : String(error);
  }
  switch (error.code) {
    case "ENOENT":
      return "does not exist";
    case "ENOTDIR":
      return "no such folder";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "is a folder";
    case "ELOOP":
      return "its links lead in a circle";
    default:
      // Node adds what it did: "EIO: i/o error, read", or ", open '/a/path'".
      return error.message.replace(/, \w+(?: '.*')?$/s, "");
  }
}

/** What is hidden is the tools' own, as `.tox` or Emacs' `.#manager.py`; `node_modules` and caches are other people's. */
function isWanted(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules" && name !== "__pycache__";
}

/** A Python environment inside of a checkout is full of other projects. */
const ENVIRONMENT_MARK = "pyvenv.cfg";

function isEnvironment(folder: string, exists: (path: string) => boolean = existsSync): boolean {
  return exists(join(folder, ENVIRONMENT_MARK));
}

function isTestsOfPackage(folder: string): boolean {
  const parent = dirname(folder);
  return (
    basename(folder) === "tests" &&
    existsSync(join(parent, "__init__.py")) &&
    !existsSync(join(dirname(parent), "__init__.py"))
  );
}

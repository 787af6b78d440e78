import type { Dirent } from "node:fs";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compareText } from "../base/order.ts";

/** What lies below a folder and matters to us. */
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
}

/** The document of a checkout that lists its locks, by its place in the checkout. */
export const CATALOG_DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";

export function discover(root: string, { skipTests }: DiscoverOptions): Discovery {
  const pythonFiles: string[] = [];
  const catalogDocuments: string[] = [];
  const problems: { path: string; reason: string }[] = [];
  const visited = new Set<string>();

  const visitFolder = (folder: string): void => {
    const real = realpathSync(folder);
    if (visited.has(real)) {
      return; // A link to a folder that was seen, perhaps to one above it.
    }
    visited.add(real);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      attempt(join(folder, entry.name), (path) => visitEntry(path, entry));
    }
  };

  const visitEntry = (path: string, entry: Dirent): void => {
    const kind = entry.isSymbolicLink() && isWanted(entry.name) ? statSync(path) : entry;
    if (kind.isDirectory()) {
      if (isWanted(entry.name) && !isEnvironment(path) && !(skipTests && isTestsOfPackage(path))) {
        visitFolder(path);
      }
    } else if (path.endsWith(".py")) {
      pythonFiles.push(path);
    } else if (path.replaceAll("\\", "/").endsWith(`/${CATALOG_DOCUMENT}`)) {
      catalogDocuments.push(path);
    }
  };

  const attempt = (path: string, visit: (path: string) => void): void => {
    try {
      visit(path);
    } catch (error) {
      problems.push({ path, reason: reasonOf(error) });
    }
  };

  attempt(root, visitFolder);
  return {
    pythonFiles: pythonFiles.sort(compareText),
    catalogDocuments: catalogDocuments.sort(compareText),
    problems,
  };
}

/** Why the operating system refused, in words that people know. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "is a folder";
    case "ELOOP":
      return "its links lead in a circle";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** Hidden folders hold tools' own data, `node_modules` and the caches other people's. */
function isWanted(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules" && name !== "__pycache__";
}

/** A Python environment inside of a checkout is full of other projects. */
function isEnvironment(folder: string): boolean {
  return existsSync(join(folder, "pyvenv.cfg"));
}

function isTestsOfPackage(folder: string): boolean {
  const parent = dirname(folder);
  return (
    basename(folder) === "tests" &&
    existsSync(join(parent, "__init__.py")) &&
    !existsSync(join(dirname(parent), "__init__.py"))
  );
}

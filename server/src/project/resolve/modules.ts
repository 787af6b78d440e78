import { derived } from "../../base/memo.ts";
import { nearest } from "../../base/nearest.ts";
import { groupBy } from "../../base/order.ts";
import type { Definition, FileFacts, FilePath } from "../../facts/model.ts";
import type { ProjectIndex } from "../project-index.ts";
import { filesInOrder } from "../project-index.ts";

const filesByModule = derived(
  (index: ProjectIndex): ReadonlyMap<string, readonly FileFacts[]> =>
    groupBy(filesInOrder(index), (file) => file.module),
);

/** The file that an import of `module` in the file `from` reads: of several checkouts the nearest. */
export function fileOfModule(index: ProjectIndex, module: string, from: FilePath): FileFacts | undefined {
  return nearest(from, filesByModule(index).get(module) ?? [], ({ path }) => path);
}

/** Where a qualified name such as `cinder.utils.synchronized` is defined, as seen from a file. */
export function definitionOf(
  index: ProjectIndex,
  qualifiedName: string,
  from: FilePath,
): { readonly file: FileFacts; readonly definition: Definition } | undefined {
  const parts = qualifiedName.split(".");
  for (let length = parts.length - 1; 0 < length; length -= 1) {
    const file = fileOfModule(index, parts.slice(0, length).join("."), from);
    const definition = file?.definitions.get(parts[length] ?? "");
    if (file !== undefined && definition !== undefined) {
      return { file, definition };
    }
  }
  return undefined;
}

/** The names of a function and of what is around it, innermost first: `A.b.c`, `A.b`, `A`. */
export function outwards(functionName: string): readonly string[] {
  const parts = functionName.split(".");
  return parts.map((_, position) => parts.slice(0, parts.length - position).join("."));
}

/** How many re-exports are followed from module to module. */
const MOST_STEPS = 8;

/**
 * Follows a dotted name of a module to what it stands for: defined there, imported, or re-exported by the module that
 * it is imported from. `find` says whether a qualified name is the thing that is looked for; `functionName` whose
 * imports are seen beside those of the module.
 */
export function qualifiedInModule<Found>(
  index: ProjectIndex,
  file: FileFacts,
  dottedName: string,
  find: (qualifiedName: string) => Found | undefined,
  functionName = "",
  steps: number = MOST_STEPS,
): Found | undefined {
  const own = find(`${file.module}.${dottedName}`);
  if (own !== undefined || steps === 0) {
    return own;
  }
  const [head = "", ...rest] = dottedName.split(".");
  const scopes = new Set(["", ...outwards(functionName)]);
  const seen = file.imports.filter(
    ({ local, scope }) => (local === head || local === "*") && scopes.has(scope),
  );
  for (const imported of seen) {
    const qualifiedName =
      imported.local === "*"
        ? imported.qualifiedName.slice(0, -1) + dottedName
        : [imported.qualifiedName, ...rest].join(".");
    const found = find(qualifiedName) ?? inImportedModule(index, file, qualifiedName, find, steps);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function inImportedModule<Found>(
  index: ProjectIndex,
  file: FileFacts,
  qualifiedName: string,
  find: (qualifiedName: string) => Found | undefined,
  steps: number,
): Found | undefined {
  const parts = qualifiedName.split(".");
  for (let length = parts.length - 1; 0 < length; length -= 1) {
    const module = fileOfModule(index, parts.slice(0, length).join("."), file.path);
    if (module !== undefined) {
      return qualifiedInModule(index, module, parts.slice(length).join("."), find, "", steps - 1);
    }
  }
  return undefined;
}

/** What a dotted name stands for by the imports of its file alone; itself where it begins with nothing imported. */
export function nameByImports({ imports }: FileFacts, dottedName: string): string {
  const [head = "", ...rest] = dottedName.split(".");
  const imported = imports.find(({ local }) => local === head);
  return [imported?.qualifiedName ?? head, ...rest].join(".");
}

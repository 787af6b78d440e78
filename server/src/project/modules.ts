import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { Definition, FileFacts, FilePath } from "../facts/model.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";

const filesByModule = derived(
  (index: ProjectIndex): ReadonlyMap<string, readonly FileFacts[]> =>
    groupBy(filesInOrder(index), (file) => file.module),
);

/** The file that an import of `module` in the file `from` reads: of several checkouts the nearest. */
function fileOfModule(index: ProjectIndex, module: string, from: FilePath): FileFacts | undefined {
  const candidates = filesByModule(index).get(module) ?? [];
  return candidates.reduce<FileFacts | undefined>(
    (best, candidate) =>
      best === undefined || commonLength(best.path, from) < commonLength(candidate.path, from)
        ? candidate
        : best,
    undefined,
  );
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

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) {
    length += 1;
  }
  return length;
}

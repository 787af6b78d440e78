import { sitesAtPlace } from "../../catalog/join.ts";
import type { CatalogSource } from "../../catalog/source.ts";
import type { ProjectIndex } from "../../project/project-index.ts";
import type { Reference } from "../references.ts";
import { referencesOf } from "../references.ts";
import type { DocumentSource } from "./lookup.ts";
import { entryAt } from "./lookup.ts";

/** All places of the lock that an entry tells of. One whose lock is not found is only told of here. */
export function references(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  source: DocumentSource,
  offset: number,
): readonly Reference[] {
  const entry = entryAt(source, offset);
  if (entry === undefined) {
    return [];
  }
  const found = referencesOf(index, sources, sitesAtPlace(index, { entry, source }));
  return 0 < found.length
    ? found
    : [{ kind: "documented", path: source.document.path, range: entry.title.range, why: undefined }];
}

import type { TextEdit } from "../base/text-edit.ts";
import type { CatalogSource } from "../catalog/source.ts";
import { documentFor, documentLock, namesFor } from "../catalog/write-document.ts";
import type { FileFacts, FilePath } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { namesAt, siteAt } from "./lookup.ts";

/** A change of a document of locks by which it tells of a lock. */
export interface CatalogAddition {
  readonly title: string;
  /** The document's. */
  readonly path: FilePath;
  readonly edits: readonly TextEdit[];
}

/** One for each lock under the cursor of which no document tells, as far as the checkout has the document for it. */
export function catalogAdditions(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
): readonly CatalogAddition[] {
  const site = siteAt(index, file, offset);
  return (site === undefined ? [] : namesAt(file, site, offset)).flatMap((named) => {
    const target = documentFor(index, sources, named);
    if (target === undefined) {
      return [];
    }
    const { path } = target.document;
    const names = namesFor(index, named).map((name) => `\`${name}\``);
    const document = path.slice(path.lastIndexOf("/") + 1);
    return {
      title: `Add to the catalog: ${names.join(" or ")} in \`${document}\``,
      path,
      edits: documentLock(index, sources, target, named),
    };
  });
}

import type { TextRange } from "../base/text-range.ts";
import { entriesFor } from "../catalog/join.ts";
import type { CatalogSource } from "../catalog/source.ts";
import type { FileFacts } from "../facts/model.ts";
import { removalsOf, sameLock } from "../project/locks.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { namesAt, siteAt } from "./lookup.ts";
import type { Place } from "./markup.ts";

/** A place that speaks of the same lock: takes it, removes its file, or documents it. */
export interface Reference extends Place {
  readonly kind: "site" | "removal" | "documented";
}

/** All places of the lock under the cursor, over the whole project: sites first, then removals, then documents. */
export function references(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
): readonly Reference[] {
  const site = siteAt(file, offset);
  return site === undefined ? [] : referencesOf(index, sources, namesAt(file, site, offset));
}

/** All places of some locks. */
export function referencesOf(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: readonly NamedSite[],
): readonly Reference[] {
  const same = named.flatMap((each) => sameLock(index, each));
  const removals = named.flatMap((each) => removalsOf(index, each));
  const documented = same.flatMap((each) => entriesFor(index, sources, each));
  return unique([
    ...same.map((each): Reference => ({ kind: "site", path: each.file.path, range: each.site.range })),
    ...removals.map(
      (each): Reference => ({ kind: "removal", path: each.file.path, range: each.removal.range }),
    ),
    ...documented.flatMap(({ entry, source: { document } }): readonly Reference[] =>
      document === undefined ? [] : [{ kind: "documented", path: document.path, range: entry.title.range }],
    ),
  ]);
}

/** What of it stands in the file itself, to be marked there. */
export function highlights(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
): readonly TextRange[] {
  return references(index, sources, file, offset)
    .filter((reference) => reference.path === file.path)
    .map((reference) => reference.range);
}

function unique(list: readonly Reference[]): readonly Reference[] {
  const byPlace = new Map(list.map((each) => [`${each.path}:${each.range.start}`, each] as const));
  return [...byPlace.values()];
}

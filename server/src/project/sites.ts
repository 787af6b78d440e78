import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, FilePath, LockSite } from "../facts/model.ts";
import type { IndirectSite } from "./indirect/indirect-site.ts";
import { indirectSites } from "./indirect/indirect-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { derivedOfFile, filesInOrder } from "./project-index.ts";
import { type PlaceOfDefinition, placeOfDefined } from "./resolve/defined.ts";

/** All that take a lock in a file, by an API or by another name, in the order of the text. */
export const sitesOf = derivedOfFile((index, file): readonly LockSite[] => {
  const indirect = indirectSites(index, file);
  // The same list as before where the file alone tells, so that what was derived from it stays.
  return indirect.length === 0
    ? file.sites
    : [...file.sites, ...indirect.map(({ site }) => site)].sort(
        (one, other) => one.range.start - other.range.start,
      );
});

/** What the project tells of a site that takes its lock by another name; `undefined` for one that uses the API itself. */
export function indirectSiteOf(index: ProjectIndex, { file, site }: SiteInFile): IndirectSite | undefined {
  return indirectSites(index, file).find((each) => each.site === site);
}

/** Where that is defined by way of which an indirect site takes its lock. */
export function definitionOfWay(index: ProjectIndex, named: SiteInFile): PlaceOfDefinition | undefined {
  const definition = indirectSiteOf(index, named)?.definition;
  return definition && placeOfDefined(index, definition);
}

/** The sites that take their locks by way of what is defined at a place: applications of a wrapper, uses of a variable. */
export function applicationsOf(index: ProjectIndex, path: FilePath, range: TextRange): readonly SiteInFile[] {
  return byDefinition(index).get(placeKey(path, range)) ?? [];
}

export interface SiteInFile {
  readonly file: FileFacts;
  readonly site: LockSite;
}

const byDefinition = derived((index: ProjectIndex): ReadonlyMap<string, readonly SiteInFile[]> => {
  const applied = filesInOrder(index).flatMap((file) =>
    indirectSites(index, file).flatMap(({ site, definition }) => {
      const place = definition && placeOfDefined(index, definition);
      return place === undefined ? [] : { key: placeKey(place.path, place.range), file, site };
    }),
  );
  return groupBy(applied, ({ key }) => key);
});

function placeKey(path: FilePath, { start }: TextRange): string {
  return `${start} ${path}`;
}

/** Whether a wrapper may run the function without the lock. */
export function isConditional({ via }: LockSite): boolean {
  return via?.isConditional === true;
}

/** Whether the function may go by without taking the lock. A decorator's is always taken. */
export function isTakenInBranch(site: LockSite): boolean {
  return (site.form === "with" || site.form === "acquire") && site.isInBranch;
}

import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, FilePath, LockSite } from "../facts/model.ts";
import type { IndirectSite } from "./indirect/indirect-site.ts";
import { indirectSites } from "./indirect/indirect-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";

/** All that take a lock in a file, by an API or by another name, in the order of the text. */
export function sitesOf(index: ProjectIndex, file: FileFacts): readonly LockSite[] {
  return sitesByFile(index).get(file) ?? [];
}

const sitesByFile = derived(
  (index: ProjectIndex): ReadonlyMap<FileFacts, readonly LockSite[]> =>
    new Map(
      [...index.files.values()].map((file) => {
        const indirect = indirectSites(index).get(file.path) ?? [];
        // The same list as before where the file alone tells, so that what was derived from it stays.
        const sites =
          indirect.length === 0
            ? file.sites
            : [...file.sites, ...indirect.map(({ site }) => site)].sort(
                (one, other) => one.range.start - other.range.start,
              );
        return [file, sites];
      }),
    ),
);

/** What the project tells of a site that takes its lock by another name; `undefined` for one that uses the API itself. */
export function indirectSiteOf(index: ProjectIndex, site: LockSite): IndirectSite | undefined {
  return bySite(index).get(site);
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
    (indirectSites(index).get(file.path) ?? []).flatMap(({ site, definition }) =>
      definition === undefined ? [] : { key: placeKey(definition.path, definition.range), file, site },
    ),
  );
  return groupBy(applied, ({ key }) => key);
});

function placeKey(path: FilePath, { start }: TextRange): string {
  return `${start} ${path}`;
}

const bySite = derived(
  (index: ProjectIndex): ReadonlyMap<LockSite, IndirectSite> =>
    new Map(
      [...indirectSites(index).values()].flatMap((sites) => sites.map((each) => [each.site, each] as const)),
    ),
);

/** Whether a wrapper may run the function without the lock. */
export function isConditional({ via }: LockSite): boolean {
  return via?.isConditional === true;
}

/** Whether the function may go by without taking the lock. A decorator's is always taken. */
export function isTakenInBranch(site: LockSite): boolean {
  return (site.form === "with" || site.form === "acquire") && site.isInBranch;
}

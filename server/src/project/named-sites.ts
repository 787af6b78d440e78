import { derived, derivedBy } from "../base/memo.ts";
import { compareText, valuesByKey } from "../base/order.ts";
import type { FileFacts, LockName, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "./project-index.ts";
import { derivedOfFile, filesInOrder, sameAll } from "./project-index.ts";
import { sitesOf } from "./sites.ts";

/** A site's name with the file it stands in: what is the same lock is told name by name. */
export interface NamedSite {
  readonly file: FileFacts;
  readonly site: LockSite;
  readonly name: LockName;
}

/** Every name of every site, in the order of paths and positions. */
export const namedSites = derived((index: ProjectIndex): readonly NamedSite[] =>
  filesInOrder(index).flatMap((file) => namedSitesIn(index, file)),
);

/** Those of a file. */
export const namedSitesIn = derivedOfFile((index, file): readonly NamedSite[] =>
  sitesOf(index, file).flatMap((site) => site.names.map((name) => ({ file, site, name }))),
);

/**
 * Finds the names that have one of some keys, in the order of paths and positions. Which files have a key stays while
 * texts move.
 * @param keysOf tells the keys of a name, by what is said of locks alone
 */
export function namedSitesByKey(
  keysOf: (index: ProjectIndex, named: NamedSite) => readonly string[],
): (index: ProjectIndex, keys: readonly string[]) => readonly NamedSite[] {
  const keyedIn = derivedOfFile((index, file) =>
    namedSitesIn(index, file).flatMap((named) => keysOf(index, named).map((key) => ({ key, named }))),
  );
  const pathsByKey = derivedBy(sameAll, (index: ProjectIndex) =>
    valuesByKey(
      filesInOrder(index).flatMap((file) => keyedIn(index, file).map(({ key }) => [key, file.path] as const)),
    ),
  );
  return (index, keys) => {
    const paths = new Set(keys.flatMap((key) => pathsByKey(index).get(key) ?? []));
    const files = [...paths].sort(compareText).flatMap((path) => index.files.get(path) ?? []);
    const found = files.flatMap((file) => keyedIn(index, file).filter(({ key }) => keys.includes(key)));
    return [...new Set(found.map(({ named }) => named))];
  };
}

import { isSameOrInside, lastWord } from "../base/dotted-name.ts";
import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { Acquisition, FileFacts, LockSite, Release } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
import { sitesOf } from "../project/sites.ts";

/** Locks that are held from `acquire()` to `release()`, by the words of their names: one function may do what others do not. */

/** An acquisition of which it is known that a lock is what it takes. */
export interface AcquiredLock {
  readonly site: LockSite;
  readonly acquisition: Acquisition;
}

export function acquiredLocks(index: ProjectIndex, file: FileFacts): readonly AcquiredLock[] {
  const acquisitions = new Map(file.acquisitions.map((each) => [each.range.start, each]));
  return sitesOf(index, file).flatMap((site) => {
    const acquisition = site.form === "acquire" ? acquisitions.get(site.range.start) : undefined;
    return acquisition === undefined ? [] : { site, acquisition };
  });
}

/** What a function releases, or functions that it defines; of a name that is computed as well. */
export function releasesIn(file: FileFacts, functionName: string): readonly Release[] {
  return file.releases.filter((release) => isSameOrInside(release.functionName, functionName));
}

/** All that release a lock of that last word anywhere in the project: whose it is may not be known. */
export function releasesNamed(index: ProjectIndex, word: string): readonly ReleaseInFile[] {
  return releasesByWord(index).get(word) ?? [];
}

export interface ReleaseInFile {
  readonly file: FileFacts;
  readonly release: Release;
}

const releasesByWord = derived((index: ProjectIndex): ReadonlyMap<string, readonly ReleaseInFile[]> => {
  const all = filesInOrder(index).flatMap((file) =>
    file.releases.flatMap((release) =>
      release.name === undefined ? [] : { word: lastWord(release.name), file, release },
    ),
  );
  return groupBy(all, ({ word }) => word);
});

/** Whether a function acquires a lock of that last word by hand, or one that it defines, whatever it then tests. */
export function acquiresIn({ namedUses }: FileFacts, functionName: string, word: string): boolean {
  return namedUses.some(
    (use) =>
      use.form === "acquire" && lastWord(use.name) === word && isSameOrInside(use.functionName, functionName),
  );
}

/** Whether anything in the project acquires a lock of that last word by hand. */
export function isAcquired(index: ProjectIndex, word: string): boolean {
  return acquiredWords(index).has(word);
}

const acquiredWords = derived(
  (index: ProjectIndex): ReadonlySet<string> =>
    new Set(
      filesInOrder(index).flatMap(({ namedUses }) =>
        namedUses.flatMap(({ form, name }) => (form === "acquire" ? lastWord(name) : [])),
      ),
    ),
);

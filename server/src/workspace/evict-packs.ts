import { readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { UNFINISHED } from "./pack-file.ts";

/** Keeps the folder of packs small: those that were used last stay. */

/** How the names of packs end; nothing else in the folder is ours. */
export const PACK = ".pack";

/** How much a folder of packs may hold. */
export interface CacheLimits {
  readonly files: number;
  readonly bytes: number;
  /** How long a pack stays that nobody uses, in milliseconds. */
  readonly age: number;
}

const DAY = 24 * 3600 * 1000;

/** A checkout of Cinder is a pack of two megabytes. */
export const CACHE_LIMITS: CacheLimits = { files: 64, bytes: 128 * 2 ** 20, age: 60 * DAY };

/** Whoever writes a file takes less than this long, or has been ended meanwhile. */
const LONGEST_WRITING = 3600 * 1000;

interface Pack {
  readonly file: string;
  readonly size: number;
  /** When it was last used, in milliseconds. */
  readonly used: number;
}

/** Deletes the packs that were used longest ago until the rest is within the limits; `now` is in milliseconds. */
export function evictPacks(folder: string, limits: CacheLimits, now: number): void {
  const packs = [...filesEnding(folder, PACK)].sort((one, other) => other.used - one.used);
  let bytes = 0;
  for (const [at, { file, size, used }] of packs.entries()) {
    bytes += size;
    if (limits.files <= at || limits.bytes < bytes || used + limits.age < now) {
      rmSync(file, { force: true });
    }
  }
  for (const { file, used } of filesEnding(folder, UNFINISHED)) {
    if (used + LONGEST_WRITING < now) {
      rmSync(file, { force: true });
    }
  }
}

function filesEnding(folder: string, ending: string): readonly Pack[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.flatMap((name) => {
    const file = join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? { file, size: stats.size, used: stats.mtimeMs } : [];
  });
}

/** Notes that a pack is of use; `now` is in milliseconds. @throws if the system refuses */
export function markUsed(file: string, now: number): void {
  // Once a day is enough to tell the packs that are in use.
  if (statSync(file).mtimeMs + DAY < now) {
    utimesSync(file, now / 1000, now / 1000);
  }
}

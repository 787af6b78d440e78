// Where a file that only its path is known of has gone, told by the files that take locks today.
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
import { sitesOf } from "../project/sites.ts";
import type { CatalogSource } from "./source.ts";
import { nameOfFile, speaksOf } from "./source.ts";

/**
 * The one file with locks that has the same name in a similar folder: `drivers/powermax/common.py` for
 * `drivers/vmax/common.py`, `drivers/acme/dx/cli.py` for `drivers/acme/cli.py`.
 */
export function movedTo(index: ProjectIndex, source: CatalogSource, file: string): string | undefined {
  const candidates = filesInOrder(index)
    .filter((each) => 0 < sitesOf(index, each).length && speaksOf(source, each.path))
    .map(nameOfFile)
    .filter((candidate) => candidate !== file && isSimilar(candidate.split("/"), file.split("/")));
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether one folder was put in, taken out or renamed to something alike. */
function isSimilar(one: readonly string[], other: readonly string[]): boolean {
  const before = commonLength(one, other);
  const behind = commonLength(one.slice(before).reverse(), other.slice(before).reverse());
  const [own, theirs] = [one.slice(before, one.length - behind), other.slice(before, other.length - behind)];
  if (behind === 0 || 1 < own.length || 1 < theirs.length) {
    return false;
  }
  return own.length !== theirs.length || areAlike(own[0] ?? "", theirs[0] ?? "");
}

/** Whether two words have half of the shorter one in common, at their beginning or end: `vmax`, `powermax`. */
function areAlike(one: string, other: string): boolean {
  const before = commonLength([...one], [...other]);
  const behind = commonLength([...one].reverse(), [...other].reverse());
  return Math.min(one.length, other.length) <= 2 * Math.max(before, behind);
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((item, index) => item !== other[index]);
  return at === -1 ? one.length : at;
}

import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, LockSite } from "../facts/model.ts";
import { type Nesting, nestings, placeOfNesting } from "../project/held/nestings.ts";
import { templateText } from "../project/identity.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { siteAt } from "./lookup.ts";
import type { Place } from "./markup.ts";

/** The way from lock to lock as a hierarchy: what is held where this one is taken, and what is taken below it. */

/** A lock site as an entry of the hierarchy. */
export interface LockItem extends Place {
  /** The names that it takes. */
  readonly name: string;
  /** The function that takes it, and how. */
  readonly detail: string;
}

/** A neighbor in the hierarchy, with the places that lead from the one to the other. */
export interface LockStep {
  readonly item: LockItem;
  /** In the file of the lock that is held. */
  readonly from: readonly TextRange[];
}

/** The lock site under the cursor. */
export function lockItemAt(index: ProjectIndex, file: FileFacts, offset: number): LockItem | undefined {
  const site = siteAt(index, file, offset);
  return site === undefined ? undefined : itemOf(index, file, site);
}

/** The locks that may be held where this one is taken. */
export function heldAbove(index: ProjectIndex, file: FileFacts, offset: number): readonly LockStep[] {
  const site = siteAt(index, file, offset);
  const found = nestings(index).filter(({ taken }) => taken === site);
  return stepsBy(
    found,
    ({ held }) => held,
    (nesting) => itemOf(index, nesting.holder.file, nesting.held),
  );
}

/** The locks that may be taken while this one is held. */
export function takenBelow(index: ProjectIndex, file: FileFacts, offset: number): readonly LockStep[] {
  const site = siteAt(index, file, offset);
  const found = nestings(index).filter(({ held }) => held === site);
  return stepsBy(
    found,
    ({ taken }) => taken,
    (nesting) => itemOf(index, nesting.taker.file, nesting.taken),
  );
}

function stepsBy(
  found: readonly Nesting[],
  neighbor: (nesting: Nesting) => LockSite,
  item: (nesting: Nesting) => LockItem,
): readonly LockStep[] {
  return [...groupBy(found, neighbor).values()].flatMap((group) =>
    group[0] === undefined ? [] : { item: item(group[0]), from: group.map(placeOfNesting) },
  );
}

function itemOf(index: ProjectIndex, file: FileFacts, site: LockSite): LockItem {
  const names = site.names.flatMap((name) =>
    renderedNames(index, { file, site, name }).map(({ parts }) => templateText(parts)),
  );
  return {
    name: names.length === 0 ? site.use.api.id : [...new Set(names)].join(", "),
    detail: site.functionName,
    path: file.path,
    range: site.range,
  };
}

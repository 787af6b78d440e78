import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import { literally } from "../base/pattern.ts";
import type { FileFacts, LockRemoval } from "../facts/model.ts";
import { identityOf } from "./identity.ts";
import { type NamedSite, namedSites } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";
import type { Rendering } from "./resolve/values.ts";

export interface RemovalInFile {
  readonly file: FileFacts;
  readonly removal: LockRemoval;
}

const sitesByIdentity = derived((index: ProjectIndex): ReadonlyMap<string, readonly NamedSite[]> => {
  const pairs = namedSites(index).flatMap((named) =>
    identitiesOf(index, named).map((identity) => ({ identity, named })),
  );
  return new Map(
    [...groupBy(pairs, ({ identity }) => identity)].map(([identity, group]) => [
      identity,
      group.map(({ named }) => named),
    ]),
  );
});

/** All that take a lock that this one takes, itself included. A lock whose name is unknown is alone. */
export function sameLock(index: ProjectIndex, named: NamedSite): readonly NamedSite[] {
  const same = new Set(
    identitiesOf(index, named).flatMap((identity) => sitesByIdentity(index).get(identity) ?? []),
  );
  return same.size === 0 ? [named] : namedSites(index).filter((other) => same.has(other));
}

/** What the site takes, by whom it excludes and by each name that it can have at run time. */
function identitiesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => identityOf(named.file.path, named.site, parts));
}

/** The removals whose pattern can match the lock's file (SEMANTICS §6). */
export function removalsOf(index: ProjectIndex, named: NamedSite): readonly RemovalInFile[] {
  const { site } = named;
  const names = renderedNames(index, named).map(({ parts }) => parts);
  return filesInOrder(index).flatMap((file) =>
    file.removals
      .filter(
        (removal) =>
          removal.use.api.mechanism === site.use.api.mechanism &&
          removal.use.service === site.use.service &&
          names.some((parts) => removes(removal, parts)),
      )
      .map((removal) => ({ file, removal })),
  );
}

/** Stands for what a field becomes at run time; a control character, so that no name contains it. */
const ANY_VALUE = "\u0001";

function removes(removal: LockRemoval, parts: Rendering): boolean {
  if (removal.name.kind === "unknown" || !removal.name.parts.some((part) => part.kind === "text")) {
    return false;
  }
  const isGlob = removal.use.api.matches === "glob";
  const pattern = removal.name.parts
    .map((part) => (part.kind === "field" ? ANY_VALUE : patternOf(part.text, isGlob)))
    .join("");
  const lock = parts.map((part) => (part.kind === "field" ? ANY_VALUE : part.text)).join("");
  return new RegExp(`^${pattern}$`).test(lock);
}

function patternOf(text: string, isGlob: boolean): string {
  const escaped = literally(text);
  return isGlob ? escaped.replaceAll("\\*", "[^/]*").replaceAll("\\?", "[^/]") : escaped;
}

import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { FileFacts, LockName, LockRemoval, LockSite, NamePart } from "../facts/model.ts";
import { identityOf, knownParts } from "./identity.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";

/** A site's name with the file it stands in: what is the same lock is told name by name. */
export interface NamedSite {
  readonly file: FileFacts;
  readonly site: LockSite;
  readonly name: LockName;
}

export interface RemovalInFile {
  readonly file: FileFacts;
  readonly removal: LockRemoval;
}

/** Every name of every site, in the order of paths and positions. */
export const namedSites = derived((index: ProjectIndex): readonly NamedSite[] =>
  filesInOrder(index).flatMap((file) =>
    file.sites.flatMap((site) => site.names.map((name) => ({ file, site, name }))),
  ),
);

const sitesByIdentity = derived(
  (index: ProjectIndex): ReadonlyMap<string | undefined, readonly NamedSite[]> =>
    groupBy(namedSites(index), ({ file, site, name }) => identityOf(file.path, site, name)),
);

/** All that take the same lock as this one, itself included. A lock whose name is unknown is alone. */
export function sameLock(index: ProjectIndex, named: NamedSite): readonly NamedSite[] {
  const identity = identityOf(named.file.path, named.site, named.name);
  return identity === undefined ? [named] : (sitesByIdentity(index).get(identity) ?? [named]);
}

/** The removals whose pattern can match the lock's file (SEMANTICS §6). */
export function removalsOf(index: ProjectIndex, { site, name }: NamedSite): readonly RemovalInFile[] {
  const parts = knownParts(site, name);
  if (parts === undefined) {
    return [];
  }
  return filesInOrder(index).flatMap((file) =>
    file.removals
      .filter(
        (removal) =>
          removal.use.api.mechanism === site.use.api.mechanism &&
          removal.use.service === site.use.service &&
          removes(removal, parts),
      )
      .map((removal) => ({ file, removal })),
  );
}

/** Stands for what a field becomes at run time; a control character, so that no name contains it. */
const ANY_VALUE = "\u0001";

function removes(removal: LockRemoval, parts: readonly NamePart[]): boolean {
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
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return isGlob ? escaped.replaceAll("\\*", "[^/]*").replaceAll("\\?", "[^/]") : escaped;
}

import type { TextRange } from "../base/text-range.ts";
import { entriesFor } from "../catalog/join.ts";
import type { CatalogSource } from "../catalog/source.ts";
import type { FileFacts, LockSite, LockWrapper } from "../facts/model.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import { type Alias, aliasesOf } from "../project/aliases.ts";
import { sameLock } from "../project/locks.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { type RemovalInFile, removalsOf, removedBy } from "../project/removals.ts";
import { applicationsOf } from "../project/sites.ts";
import { aliasWords, classesOfEqualNames } from "./alias-words.ts";
import { definitionAt, namesAt, removalAt, siteAt } from "./lookup.ts";
import type { Place } from "./markup.ts";

/** A place that speaks of the same lock: takes it, may take it, removes its file, or documents it. */
export interface Reference extends Place {
  readonly kind: "site" | "application" | "alias" | "removal" | "documented";
  /** Why it is listed although its template is another; `undefined` where that needs no words. */
  readonly why: string | undefined;
}

/**
 * All places of the lock under the cursor, over the whole project: the sites first, inside of a wrapper where that is
 * applied, then those that may take the same lock, then removals, then documents. At a removal, those of the locks whose
 * files it deletes, but for the aliases; at the name of a wrapper or of what holds a lock, where the lock is taken.
 */
export function references(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
): readonly Reference[] {
  const site = siteAt(index, file, offset);
  if (site !== undefined) {
    const named = namesAt(file, site, offset);
    const applications = wrappersTaking(file, site).flatMap(({ nameRange }) =>
      applicationReferences(index, file, nameRange),
    );
    return unique([
      ...siteReferences(index, named),
      ...applications,
      ...aliasReferences(index, named),
      ...othersOf(index, sources, named, []),
    ]);
  }
  const removal = removalAt(file, offset);
  if (removal === undefined) {
    const defined = definitionAt(file, offset);
    return defined === undefined ? [] : applicationReferences(index, file, defined);
  }
  const removed = removedBy(index, { file, removal });
  const sites = removed.map((each) => siteReference(index, each, each));
  return unique([...sites, ...othersOf(index, sources, removed, [{ file, removal }])]);
}

/** All places of some locks. */
export function referencesOf(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: readonly NamedSite[],
): readonly Reference[] {
  return unique([
    ...siteReferences(index, named),
    ...aliasReferences(index, named),
    ...othersOf(index, sources, named, []),
  ]);
}

/** Where a wrapper is applied, or what a variable holds is taken. */
function applicationReferences(index: ProjectIndex, file: FileFacts, range: TextRange): readonly Reference[] {
  return applicationsOf(index, file.path, range).map(({ file: { path }, site }) => ({
    kind: "application",
    path,
    range: site.range,
    why: undefined,
  }));
}

/** The wrappers that a site is the inside of. */
function wrappersTaking(file: FileFacts, site: LockSite): readonly LockWrapper[] {
  return file.wrappers.filter((wrapper) => isTakenIn(wrapper, site.range));
}

function siteReferences(index: ProjectIndex, named: readonly NamedSite[]): readonly Reference[] {
  return named.flatMap((each) => sameLock(index, each).map((other) => siteReference(index, each, other)));
}

function siteReference(index: ProjectIndex, named: NamedSite, other: NamedSite): Reference {
  const { file, site } = other;
  const classes = classesOfEqualNames(index, named, other);
  const why = classes.length === 0 ? undefined : `equal in ${classes.join(", ")}`;
  return { kind: "site", path: file.path, range: site.range, why };
}

function aliasReferences(index: ProjectIndex, named: readonly NamedSite[]): readonly Reference[] {
  return named.flatMap((each) => aliasesOf(index, each).map(aliasReference));
}

function aliasReference(alias: Alias): Reference {
  const { file, site } = alias.named;
  return { kind: "alias", path: file.path, range: site.range, why: aliasWords(alias) };
}

/** Where locks' files are removed and where they are documented. */
function othersOf(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: readonly NamedSite[],
  pointedAt: readonly RemovalInFile[],
): readonly Reference[] {
  const removals = [...pointedAt, ...named.flatMap((each) => removalsOf(index, each))];
  const same = named.flatMap((each) => sameLock(index, each));
  const documented = same.flatMap((each) => entriesFor(index, sources, each));
  return [
    ...removals.map(
      ({ file, removal }): Reference => ({
        kind: "removal",
        path: file.path,
        range: removal.range,
        why: undefined,
      }),
    ),
    ...documented.flatMap(({ entry, source: { document } }): readonly Reference[] =>
      document === undefined
        ? []
        : [{ kind: "documented", path: document.path, range: entry.title.range, why: undefined }],
    ),
  ];
}

/** What of it surely stands in the file itself, to be marked there. */
export function highlights(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  file: FileFacts,
  offset: number,
): readonly TextRange[] {
  return references(index, sources, file, offset)
    .filter(({ kind, path }) => kind !== "alias" && path === file.path)
    .map(({ range }) => range);
}

/** Each place once, for the first reason that it is listed. */
function unique(list: readonly Reference[]): readonly Reference[] {
  const byPlace = new Map<string, Reference>();
  for (const each of list) {
    const place = `${each.path}:${each.range.start}`;
    if (!byPlace.has(place)) {
      byPlace.set(place, each);
    }
  }
  return [...byPlace.values()];
}

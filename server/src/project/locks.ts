import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import { identityOf } from "./identity.ts";
import { type NamedSite, namedSites } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";

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

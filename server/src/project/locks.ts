import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { FileFacts } from "../facts/model.ts";
import { identityOf } from "./identity.ts";
import { type NamedSite, namedSites, namedSitesIn } from "./named-sites.ts";
import { derivedOfFile, filesInOrder, type ProjectIndex } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";

interface Identified {
  readonly identity: string;
  readonly named: NamedSite;
}

const sitesByIdentity = derived(
  (index: ProjectIndex): ReadonlyMap<string, readonly Identified[]> =>
    groupBy(
      filesInOrder(index).flatMap((file) => identifiedIn(index, file)),
      ({ identity }) => identity,
    ),
);

const identifiedIn = derivedOfFile((index, file): readonly Identified[] =>
  namedSitesIn(index, file).flatMap((named) =>
    identitiesOf(index, named).map((identity) => ({ identity, named })),
  ),
);

/** The files that take a lock. */
export function filesTaking(index: ProjectIndex, identity: string): readonly FileFacts[] {
  return [
    ...new Set(
      sitesByIdentity(index)
        .get(identity)
        ?.map(({ named }) => named.file),
    ),
  ];
}

/** All that take a lock that this one takes, itself included. A lock whose name is unknown is alone. */
export function sameLock(index: ProjectIndex, named: NamedSite): readonly NamedSite[] {
  const same = new Set(
    identitiesOf(index, named).flatMap(
      (identity) =>
        sitesByIdentity(index)
          .get(identity)
          ?.map((each) => each.named) ?? [],
    ),
  );
  return same.size === 0 ? [named] : namedSites(index).filter((other) => same.has(other));
}

/** What the site takes, by whom it excludes and by each name that it can have at run time. */
function identitiesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => identityOf(named.file.path, named.site, parts));
}

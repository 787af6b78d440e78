import type { FileFacts } from "../facts/model.ts";
import { identityOf } from "./identity.ts";
import { type NamedSite, namedSitesByKey } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";

const sitesWithIdentity = namedSitesByKey(identitiesOf);

/** The files that take a lock. */
export function filesTaking(index: ProjectIndex, identity: string): readonly FileFacts[] {
  return [...new Set(sitesWithIdentity(index, [identity]).map(({ file }) => file))];
}

/** All that take a lock that this one takes, itself included. A lock whose name is unknown is alone. */
export function sameLock(index: ProjectIndex, named: NamedSite): readonly NamedSite[] {
  const same = sitesWithIdentity(index, identitiesOf(index, named));
  return same.length === 0 ? [named] : same;
}

/** What the site takes, by whom it excludes and by each name that it can have at run time. */
function identitiesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => identityOf(named.file.path, named.site, parts));
}

import { derived } from "../base/memo.ts";
import type { FileFacts, LockName, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "./project-index.ts";
import { derivedOfFile, filesInOrder } from "./project-index.ts";
import { sitesOf } from "./sites.ts";

/** A site's name with the file it stands in: what is the same lock is told name by name. */
export interface NamedSite {
  readonly file: FileFacts;
  readonly site: LockSite;
  readonly name: LockName;
}

/** Every name of every site, in the order of paths and positions. */
export const namedSites = derived((index: ProjectIndex): readonly NamedSite[] =>
  filesInOrder(index).flatMap((file) => namedSitesIn(index, file)),
);

/** Those of a file. */
export const namedSitesIn = derivedOfFile((index, file): readonly NamedSite[] =>
  sitesOf(index, file).flatMap((site) => site.names.map((name) => ({ file, site, name }))),
);

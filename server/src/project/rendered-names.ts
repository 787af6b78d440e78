import { tableFor } from "../base/memo.ts";
import type { LockName } from "../facts/model.ts";
import { evaluatedNames, type RenderedName } from "./name-evaluation.ts";
import type { NamedSite } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { indirectSiteOf } from "./sites.ts";

/** Names say nothing of positions: what was evaluated stays as long as the project means the same. */
const tables = tableFor<LockName, readonly RenderedName[]>();

/**
 * The names that a site's name can be: one for each group of subclasses whose attributes give the same; none where the
 * expression alone is known, which says nothing of the name.
 */
export function renderedNames(index: ProjectIndex, named: NamedSite): readonly RenderedName[] {
  const known = tables(index.same.meaning).get(named.name);
  if (known !== undefined) {
    return known;
  }
  const rendered = namesOf(index, named).filter(
    ({ parts }) => named.name.kind === "template" || parts.some((part) => part.kind === "text"),
  );
  tables(index.same.meaning).set(named.name, rendered);
  return rendered;
}

function namesOf(index: ProjectIndex, { file, site, name }: NamedSite): readonly RenderedName[] {
  return indirectSiteOf(index, site)?.names.get(name) ?? evaluatedNames(index, file, site, name);
}

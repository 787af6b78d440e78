import type { LockName } from "../facts/model.ts";
import { evaluatedNames, type RenderedName } from "./name-evaluation.ts";
import type { NamedSite } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { derivedOfFile } from "./project-index.ts";
import { indirectSiteOf } from "./sites.ts";

/** The names of a file that were evaluated, to be added to. */
const evaluated = derivedOfFile(() => new Map<LockName, readonly RenderedName[]>());

/**
 * The names that a site's name can be: one for each group of subclasses whose attributes give the same; none where the
 * expression alone is known, which says nothing of the name.
 */
export function renderedNames(index: ProjectIndex, named: NamedSite): readonly RenderedName[] {
  const ofFile = evaluated(index, named.file);
  const rendered =
    ofFile.get(named.name) ??
    namesOf(index, named).filter(
      ({ parts }) => named.name.kind === "template" || parts.some((part) => part.kind === "text"),
    );
  ofFile.set(named.name, rendered);
  return rendered;
}

function namesOf(index: ProjectIndex, { file, site, name }: NamedSite): readonly RenderedName[] {
  return indirectSiteOf(index, { file, site })?.names.get(name) ?? evaluatedNames(index, file, site, name);
}

import type { TextRange } from "../base/text-range.ts";
import { touches } from "../base/text-range.ts";
import type { FileFacts, LockSite } from "../facts/model.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { removedBy } from "../project/removals.ts";
import { definitionOf } from "../project/resolve/modules.ts";
import { definitionOfWay, indirectSiteOf } from "../project/sites.ts";
import { fieldAt, removalAt, siteAt } from "./lookup.ts";
import type { Place } from "./markup.ts";

/** Where a thing is defined, and what was pointed at. */
export interface DefinitionAnswer {
  readonly origin: TextRange;
  readonly targets: readonly Place[];
}

/**
 * For a field the parameter it is filled from; for the lock API its definition in the workspace, for another name by
 * which the lock is taken that one's: a wrapper, a variable, the attribute that holds a lock object; for the name of a
 * removal the locks whose files it deletes.
 */
export function definition(
  index: ProjectIndex,
  file: FileFacts,
  offset: number,
): DefinitionAnswer | undefined {
  const site = siteAt(index, file, offset);
  if (site === undefined) {
    const removal = removalAt(file, offset);
    if (removal !== undefined && touches(removal.name.range, offset)) {
      return answerFor(removal.name.range, removedBy(index, { file, removal }).map(placeOf));
    }
    const uncalled = file.uncalled.find(({ range }) => touches(range, offset));
    return uncalled && answerFor(uncalled.range, apiDefinition(index, file, uncalled.use.qualifiedName));
  }
  const field = fieldAt(site, offset);
  if (field?.origin === "template" && site.form === "decorator") {
    const parameter = site.target?.parameters.find(({ name }) => name === field.root.text);
    const target = field.root.text === "f_name" ? site.target?.nameRange : parameter?.range;
    return answerFor(field.range, target === undefined ? [] : [{ path: file.path, range: target }]);
  }
  if (!touches(site.calleeRange, offset)) {
    return undefined;
  }
  return answerFor(site.calleeRange, definitionsOf(index, file, site));
}

function placeOf({ file, site }: NamedSite): Place {
  return { path: file.path, range: site.range };
}

function answerFor(origin: TextRange, targets: readonly Place[]): DefinitionAnswer | undefined {
  return targets.length === 0 ? undefined : { origin, targets };
}

function definitionsOf(index: ProjectIndex, file: FileFacts, site: LockSite): readonly Place[] {
  if (indirectSiteOf(index, { file, site }) === undefined) {
    return apiDefinition(index, file, site.use.qualifiedName);
  }
  return [definitionOfWay(index, { file, site })].filter((place) => place !== undefined);
}

function apiDefinition(index: ProjectIndex, file: FileFacts, qualifiedName: string): readonly Place[] {
  const found = definitionOf(index, qualifiedName, file.path);
  return found === undefined ? [] : [{ path: found.file.path, range: found.definition.nameRange }];
}

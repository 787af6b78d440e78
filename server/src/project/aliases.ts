import { type Exclusion, exclusionOf } from "./exclusion.ts";
import { exactText, fieldSources, shapeOf } from "./identity.ts";
import { sameLock } from "./locks.ts";
import { type NamedSite, namedSitesByKey } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";
import type { Rendering } from "./resolve/values.ts";
import { compareFields, isUnique } from "./resource.ts";

/**
 * Which sites may take the same lock although nothing proves it. Two names may be equal when their fixed text is, and
 * the fields between stand for the same resource; or, in one package, for what its words do not tell apart.
 */

/** Why two sites may take the same lock, from the strongest reason to the weakest. */
export type AliasReason = "same name" | "same resource" | "same text";

const REASONS: readonly AliasReason[] = ["same name", "same resource", "same text"];

export interface Alias {
  readonly named: NamedSite;
  readonly why: AliasReason;
  /** Where the two exclude each other if they are of different kinds, such as a node lock and a process lock. */
  readonly exclusion: Exclusion | undefined;
}

/** The sites that may take the lock of this one and are not known to: by reason, then by path and position. */
export function aliasesOf(index: ProjectIndex, named: NamedSite): readonly Alias[] {
  const same = new Set(sameLock(index, named).map(({ name }) => name));
  const aliases = sitesWithShape(index, shapesOf(index, named))
    .filter((other) => other.site !== named.site && !same.has(other.name))
    .flatMap((other) => aliasOf(index, named, other) ?? []);
  return REASONS.flatMap((reason) => aliases.filter(({ why }) => why === reason));
}

/** For a site of the same lock whose template is another: the classes for which the two names are equal. */
export function classesInCommon(index: ProjectIndex, one: NamedSite, other: NamedSite): readonly string[] {
  const own = new Map(renderedNames(index, one).map((each) => [exactText(each.parts), each.classes]));
  const common = renderedNames(index, other).flatMap(({ parts, classes }) => [
    ...(own.has(exactText(parts)) ? classes : []),
    ...(own.get(exactText(parts)) ?? []),
  ]);
  return [...new Set(common)];
}

function aliasOf(index: ProjectIndex, named: NamedSite, other: NamedSite): Alias | undefined {
  const exclusion = exclusionOf(named.site, other.site);
  if (exclusion === "nowhere") {
    return undefined;
  }
  const names = renderedNames(index, named);
  const otherNames = renderedNames(index, other);
  const reasons = names.flatMap((one) => otherNames.map(({ parts }) => reasonFor(one.parts, parts)));
  const why = REASONS.find((reason) => reasons.includes(reason));
  return why === undefined || (why === "same text" && packageOf(named) !== packageOf(other))
    ? undefined
    : { named: other, why, exclusion };
}

/** Why two names may be equal, if they may. */
function reasonFor(own: Rendering, others: Rendering): AliasReason | undefined {
  if (shapeOf(own) !== shapeOf(others)) {
    return undefined;
  }
  const [fields, otherFields] = [fieldSources(own), fieldSources(others)];
  const compared = fields.map((field, position) => compareFields(field, otherFields[position] ?? ""));
  if (compared.includes("other")) {
    return undefined;
  }
  const hasWord = own.some((part) => part.kind === "text" && /\w\w/.test(part.text));
  if (compared.includes("unlike")) {
    return hasWord ? "same text" : undefined;
  }
  // `{name}` alone may be any lock, and so may a bare `{host}`; an id is of one thing only.
  if (!hasWord && !fields.some(isUnique)) {
    return undefined;
  }
  return exactText(own) === exactText(others) ? "same name" : "same resource";
}

const sitesWithShape = namedSitesByKey(shapesOf);

function shapesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => shapeOf(parts));
}

/** Only those who write one package share its conventions: in others the same text is chance. */
function packageOf({ file }: NamedSite): string {
  return file.module.slice(0, file.module.lastIndexOf("."));
}

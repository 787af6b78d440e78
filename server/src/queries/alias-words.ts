import { type Alias, classesInCommon } from "../project/aliases.ts";
import { describeExclusion, describeKind } from "../project/exclusion.ts";
import { knownParts, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";

/** Says why a site may take the same lock, and where the two exclude each other if not everywhere. */
export function aliasWords({ named, why, exclusion }: Alias): string {
  return exclusion === undefined
    ? REASONS[why]
    : `${REASONS[why]}, but ${describeKind(named.site)}: ${describeExclusion(exclusion)}`;
}

const REASONS: Readonly<Record<Alias["why"], string>> = {
  "same name": "same name",
  "same resource": "same resource by another spelling",
  "same text": "same text around fields of other names",
};

/** How many classes are listed; the rest is a number. */
const MOST_CLASSES = 3;

/** Says for which classes two templates are the same lock; `undefined` where the templates themselves are the same. */
export function sameLockWords(index: ProjectIndex, named: NamedSite, other: NamedSite): string | undefined {
  if (writtenName(named) === writtenName(other)) {
    return undefined;
  }
  const classes = classesInCommon(index, named, other).map((name) => name.slice(name.lastIndexOf(".") + 1));
  const more = classes.length - MOST_CLASSES;
  const shown = classes.slice(0, MOST_CLASSES).join(", ");
  return classes.length === 0 ? undefined : `equal in ${shown}${0 < more ? ` and ${more} more` : ""}`;
}

function writtenName({ site, name }: NamedSite): string {
  return templateText(knownParts(site, name) ?? []);
}

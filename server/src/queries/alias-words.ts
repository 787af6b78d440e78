import { lastWord } from "../base/dotted-name.ts";
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

/** The classes in which two templates are the same lock, by their short names; none where the templates are equal. */
export function classesOfEqualNames(
  index: ProjectIndex,
  named: NamedSite,
  other: NamedSite,
): readonly string[] {
  return writtenName(named) === writtenName(other)
    ? []
    : classesInCommon(index, named, other).map((name) => lastWord(name));
}

function writtenName({ site, name }: NamedSite): string {
  return templateText(knownParts(site, name) ?? []);
}

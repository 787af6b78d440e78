import { type TextRange, touches } from "../base/text-range.ts";
import { fieldsOf } from "../facts/lock-name.ts";
import type { FileFacts, LockRemoval, LockSite, NameField } from "../facts/model.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { sitesOf } from "../project/sites.ts";

/** What stands under a cursor. Offsets are UTF-16 code units. */

/** The site whose call or decorator the offset touches; of nested ones the innermost. */
export function siteAt(index: ProjectIndex, file: FileFacts, offset: number): LockSite | undefined {
  return sitesOf(index, file)
    .filter((site) => touches(site.form === "decorator" ? site.decoratorRange : site.range, offset))
    .sort((one, other) => one.range.end - one.range.start - (other.range.end - other.range.start))[0];
}

/** The names that an offset speaks of: the one it touches, or all of the site. */
export function namesAt(file: FileFacts, site: LockSite, offset: number): readonly NamedSite[] {
  const touched = site.names.filter((name) => touches(name.range, offset));
  return (touched.length === 0 ? site.names : touched).map((name) => ({ file, site, name }));
}

export function fieldAt(site: LockSite, offset: number): NameField | undefined {
  return site.names.flatMap(fieldsOf).find((field) => touches(field.range, offset));
}

/** The name of a definition that an offset touches: of a function, a variable of the module, an attribute. */
export function definitionAt(file: FileFacts, offset: number): TextRange | undefined {
  return definedRanges(file).find((range) => touches(range, offset));
}

function definedRanges(file: FileFacts): readonly TextRange[] {
  return [
    ...file.wrappers.map(({ nameRange }) => nameRange),
    ...[...file.definitions.values()].map(({ nameRange }) => nameRange),
    ...(file.classes ?? []).flatMap(({ classAttributes, instanceAttributes }) =>
      [...classAttributes.values(), ...[...instanceAttributes.values()].flat()].map(({ range }) => range),
    ),
  ];
}

export function removalAt(file: FileFacts, offset: number): LockRemoval | undefined {
  return file.removals.find(({ range }) => touches(range, offset));
}

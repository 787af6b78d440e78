import { positionAt } from "../base/line-index.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts } from "../facts/model.ts";
import { knownParts, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import type { Span, Text } from "./markup.ts";
import { code } from "./markup.ts";

/** Lists that are short enough to be read at a glance: the first few, the rest as a number. */
const MOST_SHOWN = 3;

/** The first few of a list, and how many more there are. */
export function firstOf<Item>(items: readonly Item[], textOf: (item: Item) => Text): Text {
  const shown = items
    .slice(0, MOST_SHOWN)
    .flatMap((item, position) => [position === 0 ? "" : ", ", ...textOf(item)]);
  const more = items.length - MOST_SHOWN;
  return 0 < more ? [...shown, ` and ${more} more`] : shown;
}

/** Different names come first, so that each is seen before a second place of one. */
export function namesWithPlaces(index: ProjectIndex, sites: readonly NamedSite[]): Text {
  const seen = new Set<string>();
  const [first, repeated]: [NamedSite[], NamedSite[]] = [[], []];
  for (const named of sites) {
    const name = nameText(index, named);
    (seen.has(name) ? repeated : first).push(named);
    seen.add(name);
  }
  return firstOf([...first, ...repeated], (named) => [
    code(nameText(index, named)),
    " at ",
    linkTo(named.file, named.site.range),
  ]);
}

/** A link that shows the file's name and the line: `nfs.py:586`. */
export function linkTo(file: FileFacts, range: TextRange): Span {
  const fileName = file.path.slice(file.path.lastIndexOf("/") + 1);
  return {
    kind: "place",
    text: `${fileName}:${positionAt(file.lines, range.start).line + 1}`,
    place: { path: file.path, range },
  };
}

/** The template as it is written; a name that is made elsewhere as it is there. */
function nameText(index: ProjectIndex, named: NamedSite): string {
  const parts = knownParts(named.site, named.name);
  return parts === undefined
    ? renderedNames(index, named)
        .map((name) => templateText(name.parts))
        .join(" or ")
    : templateText(parts);
}

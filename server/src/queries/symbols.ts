import { knownParts, templateText } from "../project/identity.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import type { Place } from "./markup.ts";

/** A lock as it is found by typing a part of its name. */
export interface LockSymbol extends Place {
  readonly name: string;
  /** The module and function that take it: `cinder.volume.manager.VolumeManager.delete_volume`. */
  readonly container: string;
}

/** The locks whose name has the letters of the query in this order, as editors match. */
export function symbols(index: ProjectIndex, query: string): readonly LockSymbol[] {
  return namedSites(index).flatMap(({ file, site, name }) => {
    const parts = knownParts(site, name);
    const text = parts === undefined ? undefined : templateText(parts);
    return text === undefined || !hasLettersOf(text.toLowerCase(), query.toLowerCase())
      ? []
      : [
          {
            name: text,
            container: [file.module, site.functionName].filter((part) => part !== "").join("."),
            path: file.path,
            range: site.range,
          },
        ];
  });
}

function hasLettersOf(text: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

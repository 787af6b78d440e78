import { lockWords, mayBeLock } from "../lock-words.ts";
import { derivedOfFile } from "../project-index.ts";
import { ownerOf } from "../resolve/classes.ts";
import { meaningsOf } from "../resolve/lock-names.ts";
import { aliasSites } from "./alias.ts";
import { type IndirectSite, surroundingsOf, type UseInProject } from "./indirect-site.ts";
import { keptLockSites } from "./kept-lock.ts";
import { lockObjectSites } from "./lock-object.ts";
import { wrapperSites } from "./wrapper.ts";

/** The sites of a file that take a lock by another name than the API's, in the order of the text. */
export const indirectSites = derivedOfFile((index, file): readonly IndirectSite[] => {
  const words = lockWords(index);
  return file.namedUses
    .filter(({ name }) => mayBeLock(words, file, name))
    .flatMap((use) => {
      const owner = ownerOf(file, use.functionName);
      return sitesOfUse({ index, file, use, owner, bindings: () => undefined }, MOST_STEPS);
    });
});

/** How many wrappers in wrappers are followed. */
const MOST_STEPS = 4;

function sitesOfUse(used: UseInProject, steps: number): readonly IndirectSite[] {
  const objects = lockObjectSites(used);
  const [meaning, ...others] =
    objects.length === 0 ? (meaningsOf(surroundingsOf(used, used.owner), used.use.name) ?? []) : [];
  if (meaning === undefined || 0 < others.length || steps === 0) {
    return objects;
  }
  switch (meaning.kind) {
    case "alias":
      return aliasSites(used, meaning);
    case "kept":
      return keptLockSites(used, meaning);
    case "wrapper":
      return wrapperSites(used, meaning, (inner) => sitesOfUse(inner, steps - 1));
    case "object":
      return [];
  }
}

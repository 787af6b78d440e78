import { templateText } from "../project/identity.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { namesRemoved, outOfReach, type RemovalInFile, removedBy } from "../project/removals.ts";
import type { Block, Text } from "./markup.ts";
import { code, list, paragraph, strong } from "./markup.ts";
import { firstOf, namesWithPlaces } from "./places.ts";

/** What a removal does: whose files it deletes, or that there are none (SEMANTICS §6). */
export function removalBlocks(index: ProjectIndex, removed: RemovalInFile): readonly Block[] {
  const { api } = removed.removal.use;
  const names = namesRemoved(index, removed);
  const sites = removedBy(index, removed);
  const missed = outOfReach(index, removed);
  return [
    paragraph(
      strong(names.length === 1 ? "Removal of the lock file" : "Removal of lock files"),
      " ",
      ...firstOf(names, ({ parts }) => [code(templateText(parts))]),
      " — ",
      code(api.id),
    ),
    paragraph(...EFFECTS[api.mechanism]),
    list([
      sites.length === 0
        ? ["no lock is known to have such a file"]
        : ["removes the file of ", ...namesWithPlaces(index, sites)],
      ...(missed.length === 0
        ? []
        : [["same name, but no file that this removes: ", ...namesWithPlaces(index, missed)]]),
    ]),
  ];
}

const EFFECTS: Readonly<Record<RemovalInFile["removal"]["use"]["api"]["mechanism"], Text>> = {
  coordination: [
    "Deletes the files of global locks below ",
    code("$state_path"),
    " whose name matches. With other backends than files it does nothing.",
  ],
  lockutils: [
    "Deletes the file of the node lock of this very name below ",
    code("$lock_path"),
    ". Called while that lock is held, it hangs.",
  ],
};

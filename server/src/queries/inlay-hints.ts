import { groupBy } from "../base/order.ts";
import { contains, type TextRange } from "../base/text-range.ts";
import type { FileFacts } from "../facts/model.ts";
import { type Nesting, nestingsIn, placeOfNesting } from "../project/held/nestings.ts";
import { templateText } from "../project/identity.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";

/** What is said behind a call that takes a lock while another one is held. */
export interface LockHint {
  /** In UTF-16 code units of the file. */
  readonly offset: number;
  /** The names that are taken. */
  readonly names: readonly string[];
  /** Whether each of them is surely taken. */
  readonly isSure: boolean;
}

/** The hints of a stretch of a file; a lock that stands in plain sight, as a block inside a block, has none. */
export function lockHints(index: ProjectIndex, file: FileFacts, within: TextRange): readonly LockHint[] {
  const calls = nestingsIn(index, file).filter(
    (nesting) => 0 < nesting.chain.length && contains(within, placeOfNesting(nesting)),
  );
  return [...groupBy(calls, (nesting) => placeOfNesting(nesting).end)].map(([offset, group]) => ({
    offset,
    names: [...new Set(group.flatMap((nesting) => namesTaken(index, nesting)))],
    isSure: group.every(({ isCertain, isUnderCondition }) => isCertain && !isUnderCondition),
  }));
}

function namesTaken(index: ProjectIndex, { taker, taken }: Nesting): readonly string[] {
  return taken.names.flatMap((name) =>
    renderedNames(index, { file: taker.file, site: taken, name }).map(({ parts }) => templateText(parts)),
  );
}

import { lineIndexOf } from "../base/line-index.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxTree } from "../syntax/engine.ts";
import { classesOf } from "./classes.ts";
import { constantsOf, definitionsOf, rangesByName } from "./definitions.ts";
import { acquisitionsIn, releasesOf } from "./idioms/held-by-hand.ts";
import { mayGuardStatus } from "./idioms/status-guard.ts";
import { importsOfOwnApis } from "./imports.ts";
import { localsByFunction } from "./locals.ts";
import { API_WORDS } from "./lock-apis.ts";
import type { FileFacts, FileOrigin } from "./model.ts";
import { baseNamesIn, withOwnNames } from "./outline.ts";
import type { SectionFacts } from "./section.ts";
import { sectionsOf } from "./sections.ts";
import { suppressionsOf } from "./suppressions.ts";
import { joinedWrappers } from "./wrappers.ts";

/**
 * A word of a lock API where it is called, renamed or an attribute, which in prose it seldom is, or a decorator that
 * has a lock in its name: a wrapper that a driver wrote for itself.
 */
const MAY_TAKE_A_LOCK = new RegExp(
  `\\b(?:${API_WORDS.join("|")})\\b(?:(?<=[.@][\\s\\\\]*\\w+)|(?=[\\s\\\\]*(?:\\(|as\\b)|\\.\\w))|^[ \\t]*@[\\w.]*lock`,
  "m",
);

/**
 * Whether a text may spell a lock, a guard on a status, or a comment of ours that is stale; parsing is spared for the many
 * files that do not.
 */
export function mayTakeLocks(text: string): boolean {
  return MAY_TAKE_A_LOCK.test(text) || mayGuardStatus(text) || text.includes("cinder-locks:");
}

/**
 * How much is read of a file: what it says of locks by the names of their APIs, or all, with its classes and whatever may
 * be a lock by another name. Most files have nothing of that kind, and reading it costs as much as all else.
 */
export type FactsDetail = "locks" | "whole";

/** What a parsed file says about locks. Never fails, whatever the text. */
export function extractFacts(origin: FileOrigin, tree: SyntaxTree, detail: FactsDetail = "locks"): FileFacts {
  const definitions = definitionsOf(tree);
  const own = importsOfOwnApis(tree, origin.module, definitions.keys());
  const { sections, isWhole, bodies } = sectionsOf(tree, origin, own, detail === "whole");
  const all = <Fact>(
    factsOf: (section: SectionFacts) => readonly Fact[],
    startOf: (fact: Fact) => number,
  ): readonly Fact[] => sections.flatMap(factsOf).sort((one, other) => startOf(one) - startOf(other));
  const ranged = <Fact extends { readonly range: TextRange }>(
    factsOf: (section: SectionFacts) => readonly Fact[],
  ): readonly Fact[] => all(factsOf, ({ range }) => range.start);
  const renamings = sections.flatMap((section) => section.renamings);
  const lines = lineIndexOf(tree.text);
  return {
    ...origin,
    lines,
    sites: ranged(({ sites }) => sites),
    removals: ranged(({ removals }) => removals),
    uncalled: ranged(({ uncalled }) => uncalled),
    suppressions: suppressionsOf(tree, lines),
    decorators: ranged(({ decorators }) => decorators),
    wrappers: joinedWrappers(sections.flatMap(({ wrappers }) => wrappers)),
    namedUses: ranged(({ namedUses }) => namedUses),
    bodies,
    acquisitions: isWhole ? acquisitionsIn(tree) : [],
    releases: releasesOf(
      tree,
      ranged(({ releases }) => releases),
    ),
    madeLocks: ranged(({ madeLocks }) => madeLocks),
    emptyBlocks: all(
      ({ emptyBlocks }) => emptyBlocks,
      ({ start }) => start,
    ),
    entryTests: ranged(({ entryTests }) => entryTests),
    usedNames: withOwnNames(sections.flatMap(({ usedWords }) => usedWords).sort(), renamings),
    guards: ranged(({ guards }) => guards),
    definitions,
    functions: rangesByName(ranged(({ functionNames }) => functionNames)),
    imports: [
      ...all(
        ({ imports }) => imports,
        ({ statement }) => statement?.start ?? 0,
      ),
      ...own,
    ],
    baseNames: baseNamesIn(tree.text, renamings),
    classes: isWhole
      ? classesOf(
          ranged(({ classes }) => classes),
          all(
            ({ methods }) => methods,
            ({ facts }) => facts.nameRange.start,
          ),
          all(
            ({ selfAssignments }) => selfAssignments,
            ({ assigned }) => assigned.range.start,
          ),
        )
      : undefined,
    constants: constantsOf(tree),
    locals: localsByFunction(ranged(({ locals }) => locals)),
  };
}

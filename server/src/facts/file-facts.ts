import type { LineIndex } from "../base/line-index.ts";
import { inOrderOf } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxTree } from "../syntax/engine.ts";
import { classesOf } from "./classes.ts";
import { constantsAmong, rangesByName } from "./definitions.ts";
import { withHandingOn } from "./idioms/held-by-hand.ts";
import { localsByFunction } from "./locals.ts";
import type { FileFacts, FileOrigin, FunctionBody, ImportedName } from "./model.ts";
import { baseNamesIn, withOwnNames } from "./outline.ts";
import type { SectionFacts } from "./section.ts";
import { suppressionsOf } from "./suppressions.ts";
import { joinedWrappers } from "./wrappers.ts";

/** A file as it was read, in one or in many sections. */
export interface FileSections {
  /** The text as it is, though it may be parsed without some bodies. */
  readonly text: string;
  readonly lines: LineIndex;
  /** In no order. */
  readonly sections: readonly SectionFacts[];
  /** What the module itself defines as if it imported it. */
  readonly own: readonly ImportedName[];
  /** Whether all was read, or only what the names of lock APIs tell. */
  readonly isWhole: boolean;
  /** In the order of the text. */
  readonly bodies: readonly FunctionBody[];
}

/** What the sections of a file say together. */
export function fileFacts(
  origin: FileOrigin,
  tree: SyntaxTree,
  { text, lines, sections, own, isWhole, bodies }: FileSections,
): FileFacts {
  const all = <Fact>(
    factsOf: (section: SectionFacts) => readonly Fact[],
    startOf: (fact: Fact) => number,
  ): readonly Fact[] => inOrderOf(sections.flatMap(factsOf), startOf);
  const ranged = <Fact extends { readonly range: TextRange }>(
    factsOf: (section: SectionFacts) => readonly Fact[],
  ): readonly Fact[] => all(factsOf, ({ range }) => range.start);
  const definitions = all(
    (section) => section.definitions,
    ({ definition }) => definition.nameRange.start,
  );
  const renamings = sections.flatMap((section) => section.renamings);
  return {
    ...origin,
    lines,
    sites: ranged(({ sites }) => sites),
    removals: ranged(({ removals }) => removals),
    uncalled: ranged(({ uncalled }) => uncalled),
    suppressions: suppressionsOf(
      text,
      lines,
      all(
        ({ suppressionComments }) => suppressionComments,
        ({ start }) => start,
      ),
    ),
    decorators: ranged(({ decorators }) => decorators),
    wrappers: joinedWrappers(sections.flatMap(({ wrappers }) => wrappers)),
    namedUses: ranged(({ namedUses }) => namedUses),
    bodies,
    acquisitions: withHandingOn(
      tree,
      ranged(({ acquisitions }) => acquisitions),
    ),
    releases: withHandingOn(
      tree,
      ranged(({ releases }) => releases),
    ),
    madeLocks: ranged(({ madeLocks }) => madeLocks),
    emptyBlocks: all(
      ({ emptyBlocks }) => emptyBlocks,
      ({ start }) => start,
    ),
    entryTests: ranged(({ entryTests }) => entryTests),
    usedNames: withOwnNames(
      sections.flatMap(({ usedWords }) => usedWords),
      renamings,
    ),
    guards: ranged(({ guards }) => guards),
    definitions: new Map(definitions.map(({ name, definition }) => [name, definition])),
    functions: rangesByName(ranged(({ functionNames }) => functionNames)),
    imports: [
      ...all(
        ({ imports }) => imports,
        ({ statement }) => statement?.start ?? 0,
      ),
      ...own,
    ],
    baseNames: baseNamesIn(text, renamings),
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
    constants: constantsAmong(definitions),
    locals: localsByFunction(ranged(({ locals }) => locals)),
  };
}

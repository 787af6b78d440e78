import { moved } from "../base/moved.ts";
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import {
  decoratedDefinition,
  enclosingDefinition,
  isClass,
  methodOwner,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { functionDefinitionsIn } from "../syntax/words.ts";
import type { ImportedName } from "./model.ts";
import type { SectionFacts } from "./section.ts";
import { sectionFacts } from "./section.ts";

/**
 * What is typed is read in sections: each outermost function is one, and all else is one more. What a
 * function says hangs on its text, on the names of the classes around it and on what the module imports: so that of all
 * functions but one it is known from the keystroke before. A text alone is read at once, as many small searches cost more
 * than one.
 */

/** Tells the imports of a file. */
export interface ImportReader {
  /** Those that stand in what is searched of a tree. */
  importsIn(tree: SyntaxTree): readonly ImportedName[];
  /** Those that the module has without a statement. */
  readonly own: readonly ImportedName[];
}

export interface FileSections {
  readonly imports: readonly ImportedName[];
  /** In no order. */
  readonly parts: readonly SectionFacts[];
  /** Whether all was read, or only what the names of lock APIs tell. */
  readonly isWhole: boolean;
}

/** @param mustBeWhole whether all is to be read even if nothing in the file gives a reason for it */
export function sectionsOf(tree: SyntaxTree, imports: ImportReader, mustBeWhole: boolean): FileSections {
  return tree.series === undefined
    ? readAtOnce(tree, imports, mustBeWhole)
    : readInSections(tree, tree.series, imports, mustBeWhole);
}

function readAtOnce(tree: SyntaxTree, { importsIn, own }: ImportReader, mustBeWhole: boolean): FileSections {
  const imports = [...importsIn(tree), ...own];
  const facts = sectionFacts(tree, imports, (isTelling) => mustBeWhole || isTelling);
  return { imports, parts: [facts], isWhole: mustBeWhole || facts.isTelling };
}

/** What a function says. */
interface Section {
  readonly imports: readonly ImportedName[];
  readonly facts: SectionFacts;
}

interface KnownSection extends Section {
  /** What it hangs on beside the function's text. */
  readonly surroundings: string;
  /** Where it stood when it was read. */
  readonly start: number;
}

interface Remembered {
  readonly isWhole: boolean;
  readonly byText: ReadonlyMap<string, KnownSection>;
}

/** Only what was asked for last is kept. */
const remembered = new WeakMap<object, Remembered>();

function readInSections(
  tree: SyntaxTree,
  series: object,
  { importsIn, own }: ImportReader,
  mustBeWhole: boolean,
): FileSections {
  const before = remembered.get(series);
  const functions = outermostFunctions(tree);
  const outside = { ...tree, searched: gapsBetween(functions, tree.text) };
  const moduleImports = importsIn(outside);
  const visible = [...moduleImports, ...own];
  const seenFrom = importsSeenFrom(visible);
  const readAll = (isWhole: boolean): FileSections => {
    const byText = new Map<string, KnownSection>();
    const sections = functions.map((each): Section => {
      const text = tree.text.slice(each.start, each.end);
      const surroundings = `${isWhole} ${placeOf(tree, each)} ${seenFrom(each)}`;
      const known = byText.get(text) ?? before?.byText.get(text);
      const section =
        known?.surroundings === surroundings
          ? movedTo(each.start, known)
          : { ...readFunction(tree, each, visible, importsIn, isWhole), surroundings, start: each.start };
      byText.set(text, section);
      return section;
    });
    remembered.set(series, { isWhole, byText });
    const parts = [sectionFacts(outside, visible, () => isWhole), ...sections.map(({ facts }) => facts)];
    return {
      imports: [
        ...[...moduleImports, ...sections.flatMap(({ imports }) => imports)].sort(byStatement),
        ...own,
      ],
      parts,
      isWhole: mustBeWhole || parts.some(({ isTelling }) => isTelling),
    };
  };
  const expected = mustBeWhole || before?.isWhole !== false;
  const sections = readAll(expected);
  return sections.isWhole === expected ? sections : readAll(sections.isWhole);
}

function readFunction(
  tree: SyntaxTree,
  range: TextRange,
  visible: readonly ImportedName[],
  importsIn: ImportReader["importsIn"],
  isWhole: boolean,
): Section {
  const section = { ...tree, searched: [range] };
  const imports = importsIn(section);
  return { imports, facts: sectionFacts(section, [...visible, ...imports], () => isWhole) };
}

function movedTo(start: number, known: KnownSection): KnownSection {
  const by = start - known.start;
  return { ...known, start, imports: moved(known.imports, by), facts: moved(known.facts, by) };
}

/** A function that stands in no other one, with its decorators. */
interface OutermostFunction extends TextRange {
  readonly definition: SyntaxNode;
}

/** Those whose text is whole: what is broken may be understood by what stands around it. */
function outermostFunctions(tree: SyntaxTree): readonly OutermostFunction[] {
  const functions: OutermostFunction[] = [];
  let behind = 0;
  for (const definition of functionDefinitionsIn(tree)) {
    if (behind <= definition.startIndex) {
      const { startIndex, endIndex, hasError } = decoratedDefinition(definition);
      if (!hasError) {
        functions.push({ definition, start: startIndex, end: endIndex });
      }
      behind = endIndex;
    }
  }
  return functions;
}

/** What stands outside of some ranges, as far as there is anything. */
function gapsBetween(ranges: readonly TextRange[], text: string): readonly TextRange[] {
  const starts = [0, ...ranges.map(({ end }) => end)];
  const ends = [...ranges.map(({ start }) => start), text.length];
  return starts
    .map((start, at) => ({ start, end: ends[at] ?? text.length }))
    .filter(({ start, end }) => /\S/.test(text.slice(start, end)));
}

/** Where a function stands, as far as its facts tell of that: behind what, in which class, and whether as a method of it. */
function placeOf(tree: SyntaxTree, { definition, start }: OutermostFunction): string {
  const inFront = tree.text.slice(tree.text.lastIndexOf("\n", start - 1) + 1, start);
  const around = enclosingDefinition(tree, definition);
  const kind = around !== undefined && isClass(around) ? "class" : "no class";
  const name = around === undefined ? "" : qualifiedNameOf(tree, around);
  return `${inFront} ${kind} ${methodOwner(definition) !== undefined} ${name}`;
}

/** What imports make of names where a range stands. */
function importsSeenFrom(imports: readonly ImportedName[]): (range: TextRange) => string {
  const scopes = [...groupBy(imports, ({ within }) => `${within.start} ${within.end}`).values()].map(
    (group) => ({
      within: group[0]?.within,
      names: group.map(({ local, qualifiedName }) => `${local}=${qualifiedName}`).join(),
    }),
  );
  return (range) =>
    scopes
      .filter(({ within }) => within !== undefined && contains(within, range))
      .map(({ names }) => names)
      .join("|");
}

function byStatement(one: ImportedName, other: ImportedName): number {
  return (one.statement?.start ?? 0) - (other.statement?.start ?? 0);
}

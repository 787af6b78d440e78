import { equal } from "../base/equal.ts";
import { moved } from "../base/moved.ts";
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains, shifted } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import {
  decoratedDefinition,
  enclosingDefinition,
  isClass,
  methodOwner,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { functionDefinitionsIn } from "../syntax/words.ts";
import { bodiesOf, callableNames } from "./bodies.ts";
import type { FileOrigin, FunctionBody, ImportedName } from "./model.ts";
import type { SectionFacts } from "./section.ts";
import { sectionFacts } from "./section.ts";

/**
 * What is typed is read in sections: each outermost function is one, and all that stands outside of them is one more.
 * What a function says hangs on its text, on where it stands and on what the imports around it make of names. So that of
 * all functions but one it is known from the keystroke before. A text alone is read at once, as one search costs less
 * than many small ones.
 */
export interface FileSections {
  /** In no order. */
  readonly sections: readonly SectionFacts[];
  /** Whether all was read, or only what the names of lock APIs tell. */
  readonly isWhole: boolean;
  /** What the functions of the file call; nothing where not all was read. */
  readonly bodies: readonly FunctionBody[];
}

/**
 * @param own what the module itself defines as if it imported it
 * @param mustBeWhole whether all is to be read even if nothing in the file gives a reason for it
 */
export function sectionsOf(
  tree: SyntaxTree,
  origin: FileOrigin,
  own: readonly ImportedName[],
  mustBeWhole: boolean,
): FileSections {
  return tree.series === undefined
    ? readAtOnce(tree, origin, own, mustBeWhole)
    : readInSections(tree, tree.series, origin, own, mustBeWhole);
}

function readAtOnce(
  tree: SyntaxTree,
  origin: FileOrigin,
  own: readonly ImportedName[],
  mustBeWhole: boolean,
): FileSections {
  const facts = sectionFacts(tree, origin, own, (isTelling) => mustBeWhole || isTelling);
  const isWhole = mustBeWhole || facts.isTelling;
  const callable = callableNames([...facts.imports, ...own], facts.functions);
  return { sections: [facts], isWhole, bodies: bodiesOf(tree.text, facts.functions, callable) };
}

/** What was read last of a text that is typed. */
interface Remembered {
  readonly isWhole: boolean;
  /** The names of the file on which it hangs what is told of calls. */
  readonly callable: ReadonlySet<string>;
  readonly byText: ReadonlyMap<string, KnownFunction>;
}

/** What an outermost function says. */
interface KnownFunction extends Surroundings {
  readonly start: number;
  readonly facts: SectionFacts;
  readonly bodies: readonly FunctionBody[];
}

/** What the facts of a function hang on beside its text. */
interface Surroundings {
  /** Where it stands. */
  readonly place: string;
  /** What the imports around it make of names. */
  readonly seen: string;
}

const remembered = new WeakMap<object, Remembered>();

function readInSections(
  tree: SyntaxTree,
  series: object,
  origin: FileOrigin,
  own: readonly ImportedName[],
  mustBeWhole: boolean,
): FileSections {
  const readAs = (isWhole: boolean): FileSections => {
    const before = remembered.get(series);
    const [read, now] = readAgain(
      tree,
      before?.isWhole === isWhole ? before : undefined,
      origin,
      own,
      isWhole,
    );
    remembered.set(series, now);
    return read;
  };
  const expected = mustBeWhole || remembered.get(series)?.isWhole !== false;
  const read = readAs(expected);
  const isWhole = mustBeWhole || read.sections.some(({ isTelling }) => isTelling);
  return isWhole === expected ? read : readAs(isWhole);
}

function readAgain(
  tree: SyntaxTree,
  before: Remembered | undefined,
  origin: FileOrigin,
  own: readonly ImportedName[],
  isWhole: boolean,
): readonly [FileSections, Remembered] {
  const read = (searched: readonly TextRange[], around: readonly ImportedName[]): SectionFacts =>
    sectionFacts({ ...tree, searched }, origin, around, () => isWhole);
  const functions = outermostFunctions(tree);
  const outside = read(gapsBetween(functions, tree.text), own);
  const visible = [...outside.imports, ...own];
  const seenFrom = importsSeenFrom(visible);
  const found = functions.map((each) => {
    const text = tree.text.slice(each.start, each.end);
    const surroundings = { place: placeOf(tree, each), seen: seenFrom(each) };
    const known = knownFunction(before, text, surroundings);
    const facts = known === undefined ? read([each], visible) : moved(known.facts, each.start - known.start);
    return { text, start: each.start, ...surroundings, facts, known };
  });
  const sections = [outside, ...found.map(({ facts }) => facts)];
  const names = callableNames(
    [...sections.flatMap(({ imports }) => imports), ...own],
    sections.flatMap((section) => section.functions),
  );
  const callable = before !== undefined && equal(before.callable, names) ? before.callable : names;
  const now = found.map(({ text, known, ...each }): readonly [string, KnownFunction] => {
    const bodies =
      known !== undefined && callable === before?.callable
        ? movedBodies(known.bodies, each.start - known.start)
        : bodiesOf(tree.text, each.facts.functions, callable);
    return [text, { ...each, bodies }];
  });
  const bodies = [
    ...bodiesOf(tree.text, outside.functions, callable),
    ...now.flatMap(([, each]) => each.bodies),
  ];
  return [
    { sections, isWhole, bodies: bodies.sort((one, other) => one.range.start - other.range.start) },
    { isWhole, callable, byText: new Map(now) },
  ];
}

function knownFunction(
  before: Remembered | undefined,
  text: string,
  { place, seen }: Surroundings,
): KnownFunction | undefined {
  const known = before?.byText.get(text);
  return known?.place === place && known.seen === seen ? known : undefined;
}

/** What is told of calls counts from where the function begins. */
function movedBodies(bodies: readonly FunctionBody[], by: number): readonly FunctionBody[] {
  return by === 0 ? bodies : bodies.map((body) => ({ ...body, range: shifted(body.range, by) }));
}

/** A function that stands in no other one, with its decorators. */
interface OutermostFunction extends TextRange {
  readonly definition: SyntaxNode;
}

/** Those whose text is whole: what is broken may be understood only by what stands around it. */
function outermostFunctions(tree: SyntaxTree): readonly OutermostFunction[] {
  const functions: OutermostFunction[] = [];
  let behind = 0;
  for (const definition of functionDefinitionsIn(tree)) {
    if (behind <= definition.startIndex) {
      const { startIndex, endIndex, hasError } = decoratedDefinition(definition);
      if (!hasError && beginsItsLine(tree.text, startIndex)) {
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

/** As it does unless the text around is broken. */
function beginsItsLine(text: string, start: number): boolean {
  return /^[ \t\f]*$/.test(text.slice(text.lastIndexOf("\n", start - 1) + 1, start));
}

/** Where a function stands, as far as its facts tell of that: in which class, and whether as a method of it. */
function placeOf(tree: SyntaxTree, { definition }: OutermostFunction): string {
  const around = enclosingDefinition(tree, definition);
  const kind = around !== undefined && isClass(around) ? "class" : "no class";
  const name = around === undefined ? "" : qualifiedNameOf(tree, around);
  return `${kind} ${methodOwner(definition) !== undefined} ${name}`;
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

import { equal } from "../base/equal.ts";
import { moved } from "../base/moved.ts";
import { groupBy } from "../base/order.ts";
import { type Replacement, replacementBetween } from "../base/replacement.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains, shifted } from "../base/text-range.ts";
import type { ParserEngine, SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf } from "../syntax/engine.ts";
import { parseablePart } from "../syntax/limits.ts";
import {
  blockAround,
  classWithStatement,
  decoratedDefinition,
  enclosingDefinition,
  isClass,
  qualifiedNameOf,
  statementOf,
} from "../syntax/python-nodes.ts";
import { functionDefinitionsIn } from "../syntax/words.ts";
import { bodiesOf, callableNames } from "./bodies.ts";
import { definitionsIn } from "./definitions.ts";
import { extractFacts, type FactsDetail } from "./extract.ts";
import { type FileSections, fileFacts } from "./file-facts.ts";
import { importsOfOwnApis } from "./imports.ts";
import type { FileFacts, FileOrigin, FunctionBody, ImportedName } from "./model.ts";
import type { SectionFacts } from "./section.ts";
import { sectionFacts } from "./section.ts";

/**
 * What is typed is read in sections: each outermost function is one, and all that stands outside of them is one more.
 * What a function says hangs on its text, on where it stands and on what the imports around it make of names. So that of
 * all functions but one it is known from the keystroke before, and as long as the text is whole, they are not even parsed
 * again: a text in their place, just as long, shows where they stand. A text alone is read at once, as one search costs
 * less than many small ones.
 */

/** Tells what a text says about locks. Never fails, whatever the text. */
export type FactsOfText = (origin: FileOrigin, text: string, detail: FactsDetail) => FileFacts;

/** Longer texts, in code units, are read at once: there are none that people write, and their many functions would all be kept. */
const LONGEST = 2_000_000;

/** For texts that follow from one another, as while somebody types. */
export function typedTextReader(engine: ParserEngine): FactsOfText {
  const whole = engine.resuming();
  const abridged = engine.resuming();
  let last: Remembered | undefined;
  return (origin, text, detail) => {
    if (LONGEST < text.length) {
      last = undefined;
      return whole.withTree(text, (tree) => extractFacts(origin, tree, detail));
    }
    const mustBeWhole = detail === "whole";
    const before = last && { ...last, edit: replacementBetween(last.text, text) };
    const read =
      (before && isWorthAbridging(before)
        ? readAbridged(abridged, origin, text, mustBeWhole, before)
        : undefined) ?? whole.withTree(text, (tree) => readInFull(tree, origin, mustBeWhole, before));
    last = read.remembered;
    return read.facts;
  };
}

/** A text that was read. */
interface Read {
  readonly facts: FileFacts;
  readonly remembered: Remembered;
}

interface Remembered {
  readonly text: string;
  /** Whether Python cannot read the text: then it is likely to be so after the next keystroke. */
  readonly isBroken: boolean;
  /** Whether all was read, or only what the names of lock APIs tell. */
  readonly isWhole: boolean;
  /** The names of the file on which it hangs what is told of calls. */
  readonly callable: ReadonlySet<string>;
  /** The outermost functions in the order of the text. */
  readonly functions: readonly KnownFunction[];
}

/** The text before, and what of it was edited. */
interface Before extends Remembered {
  readonly edit: Replacement;
}

/** In a function the parser finds its way soon; outside of them it looks at all that follows. A broken text is likely to stay so. */
function isWorthAbridging({ isBroken, functions, edit }: Before): boolean {
  return !isBroken && !functions.some(({ start, end }) => start < edit.start && edit.oldEnd < end);
}

/** A function with its decorators, and what it says. */
interface KnownFunction extends TextRange, Surroundings {
  readonly facts: SectionFacts;
  readonly bodies: readonly FunctionBody[];
}

/** What the facts of a function hang on beside its text. */
interface Surroundings {
  /** In which class it stands, and how. */
  readonly place: string;
  /** What the imports around it make of names. */
  readonly seen: string;
}

/** An outermost function in the text that is read. */
interface FoundFunction extends TextRange {
  /** With its decorators. */
  readonly statement: SyntaxNode;
  /** What was read of the same text before. */
  readonly known: KnownFunction | undefined;
}

/** Reads all that is parsed; what is known of functions that were not edited need not be read again. */
function readInFull(
  tree: SyntaxTree,
  origin: FileOrigin,
  mustBeWhole: boolean,
  last: Before | undefined,
): Read {
  const unchanged = new Map(last && uneditedFunctions(last).map((each) => [each.start, each]));
  const functions = outermostFunctions(tree).map((statement): FoundFunction => {
    const range = rangeOf(statement);
    const same = unchanged.get(range.start);
    return { ...range, statement, known: same?.end === range.end ? same.known : undefined };
  });
  const readAs = (isWhole: boolean): Sections => {
    const found = functions.map((each) => (last?.isWhole === isWhole ? each : { ...each, known: undefined }));
    return readSections(tree, origin, found, isWhole, last?.callable);
  };
  const expected = mustBeWhole || last?.isWhole !== false;
  const read = readAs(expected);
  const isWhole = mustBeWhole || isTelling(read);
  return joined(origin, tree, isWhole === expected ? read : readAs(isWhole));
}

/**
 * Reads a text of which the functions that are known were not parsed. `undefined` where that does not tell what the
 * text says: it is broken, a function stands where it means something else, or what a lock is used for in one function
 * hangs on the others.
 */
function readAbridged(
  engine: ParserEngine,
  origin: FileOrigin,
  text: string,
  mustBeWhole: boolean,
  last: Before,
): Read | undefined {
  const kept = keptFunctions(last, text);
  if (kept.length === 0 || (mustBeWhole && !last.isWhole) || parseablePart(text) !== text) {
    return undefined;
  }
  return engine.withTree(abridgedText(text, kept), ({ root }) => {
    const tree = { text, root };
    const replaced = root.hasError ? [] : kept.flatMap((each) => withStatement(each, tree) ?? []);
    if (replaced.length < kept.length) {
      return undefined;
    }
    const others = outermostFunctions({ ...tree, searched: gapsBetween(kept, text) });
    const functions = [
      ...replaced,
      ...others.map((statement) => ({ ...rangeOf(statement), statement, known: undefined })),
    ].sort(byStart);
    const read = readSections(tree, origin, functions, last.isWhole, last.callable);
    const isSame =
      read.reused === replaced.length &&
      !read.sections.some(({ acquisitions, releases }) => 0 < acquisitions.length + releases.length) &&
      last.isWhole === (mustBeWhole || isTelling(read));
    return isSame ? joined(origin, tree, read) : undefined;
  });
}

/** The functions outside of the edit, where they stand now. */
function uneditedFunctions({ functions, edit }: Before): readonly KeptFunction[] {
  return functions.flatMap((known) => {
    if (known.end <= edit.start) {
      return { start: known.start, end: known.end, known };
    }
    return edit.oldEnd <= known.start ? { ...shifted(known, edit.newEnd - edit.oldEnd), known } : [];
  });
}

/**
 * Those of them that are what they were, if the text is whole. Not the one in front of the edit, which may go on with
 * what is indented behind, nor one on the same line.
 */
function keptFunctions(last: Before, text: string): readonly KeptFunction[] {
  const { start, newEnd } = last.edit;
  const lineBehind = text.indexOf("\n", newEnd);
  const unedited = uneditedFunctions(last);
  const nearest = unedited.findLast(({ end }) => end <= start);
  return unedited.filter(
    (each) => each !== nearest && (each.end <= start || (lineBehind !== -1 && lineBehind < each.start)),
  );
}

/** A known function where it stands now. */
interface KeptFunction extends TextRange {
  readonly known: KnownFunction;
}

/** The text with a string, which is a statement as well, in the place of each function. */
function abridgedText(text: string, kept: readonly TextRange[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const each of kept) {
    pieces.push(text.slice(end, each.start), `'${"-".repeat(each.end - each.start - 2)}'`);
    end = each.end;
  }
  return pieces.join("") + text.slice(end);
}

/** Finds what stands in the place of a function; `undefined` where it is no statement, or not one for Python, too. */
function withStatement({ start, end, known }: KeptFunction, tree: SyntaxTree): FoundFunction | undefined {
  const node = tree.root.descendantForIndex(start, end);
  const statement = node === null ? undefined : statementOf(node);
  return statement?.startIndex === start &&
    statement.endIndex === end &&
    isIndentedAsItsBlock(tree, statement)
    ? { start, end, statement, known }
    : undefined;
}

/** What was read of a file, section by section. */
interface Sections extends FileSections {
  /** How many functions say what they said. */
  readonly reused: number;
  readonly remembered: Remembered;
}

function joined(origin: FileOrigin, tree: SyntaxTree, read: Sections): Read {
  return { facts: fileFacts(origin, tree, read), remembered: read.remembered };
}

function isTelling({ sections }: Sections): boolean {
  return sections.some((section) => section.isTelling);
}

function readSections(
  tree: SyntaxTree,
  origin: FileOrigin,
  functions: readonly FoundFunction[],
  isWhole: boolean,
  callableBefore: ReadonlySet<string> | undefined,
): Sections {
  const read = (searched: readonly TextRange[], around: readonly ImportedName[]): SectionFacts =>
    sectionFacts({ ...tree, searched }, origin, around, () => isWhole);
  const gaps = gapsBetween(functions, tree.text);
  const own = ownImports(tree, origin, functions);
  const outside = read(gaps, own);
  const visible = [...outside.imports, ...own];
  const seenFrom = importsSeenFrom(visible);
  const found = functions.map(({ start, end, statement, known }) => {
    const surroundings = { place: placeOf(tree, statement), seen: seenFrom({ start, end }) };
    const reused =
      known?.place === surroundings.place && known.seen === surroundings.seen ? known : undefined;
    const facts =
      reused === undefined ? read([{ start, end }], visible) : moved(reused.facts, start - reused.start);
    return { start, end, ...surroundings, facts, reused };
  });
  const sections = [outside, ...found.map(({ facts }) => facts)];
  const names = callableNames(
    [...sections.flatMap(({ imports }) => imports), ...own],
    sections.flatMap((section) => section.functions),
  );
  const callable = callableBefore !== undefined && equal(callableBefore, names) ? callableBefore : names;
  const now = found.map(({ reused, ...each }): KnownFunction => {
    const bodies =
      reused !== undefined && callable === callableBefore
        ? movedBodies(reused.bodies, each.start - reused.start)
        : bodiesOf(tree.text, each.facts.functions, callable);
    return { ...each, bodies };
  });
  const bodies = [
    ...bodiesOf(tree.text, outside.functions, callable),
    ...now.flatMap((each) => each.bodies),
  ].sort((one, other) => one.range.start - other.range.start);
  return {
    sections,
    own,
    isWhole,
    bodies,
    reused: found.filter(({ reused }) => reused !== undefined).length,
    remembered: { text: tree.text, isBroken: tree.root.hasError, isWhole, callable, functions: now },
  };
}

/** What the module itself defines as if it imported it. */
function ownImports(
  tree: SyntaxTree,
  { module }: FileOrigin,
  functions: readonly FoundFunction[],
): readonly ImportedName[] {
  const known = functions.flatMap((each) => each.known?.facts.definitions ?? []);
  return importsOfOwnApis(tree, module, new Set([...definitionsIn(tree), ...known].map(({ name }) => name)));
}

/** What is told of calls counts from where the function begins. */
function movedBodies(bodies: readonly FunctionBody[], by: number): readonly FunctionBody[] {
  return by === 0 ? bodies : bodies.map((body) => ({ ...body, range: shifted(body.range, by) }));
}

/**
 * The functions that stand in no other one, with their decorators, as far as their text is whole: what is broken may be
 * understood only by what stands around it.
 */
function outermostFunctions(tree: SyntaxTree): readonly SyntaxNode[] {
  const functions: SyntaxNode[] = [];
  let behind = 0;
  for (const definition of functionDefinitionsIn(tree)) {
    if (behind <= definition.startIndex) {
      const statement = decoratedDefinition(definition);
      if (!statement.hasError && isIndentedAsItsBlock(tree, statement)) {
        functions.push(statement);
      }
      behind = definition.endIndex;
    }
  }
  return functions;
}

/**
 * Whether a statement begins its line where the other statements of its block do, as Python wants it. The parser is not
 * that strict, but then it hangs on what is around where the statement ends.
 */
function isIndentedAsItsBlock({ root, text }: SyntaxTree, statement: SyntaxNode): boolean {
  const block = blockAround(statement);
  const indentation = indentationOf(text, statement.startIndex);
  return block?.id === root.id
    ? indentation === ""
    : block !== undefined &&
        indentation.trim() === "" &&
        indentation === indentationOf(text, block.startIndex);
}

/** What stands in front on the line. */
function indentationOf(text: string, start: number): string {
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}

/** What stands outside of some ranges, as far as there is anything. */
function gapsBetween(ranges: readonly TextRange[], text: string): readonly TextRange[] {
  const starts = [0, ...ranges.map(({ end }) => end)];
  const ends = [...ranges.map(({ start }) => start), text.length];
  return starts
    .map((start, at) => ({ start, end: ends[at] ?? text.length }))
    .filter(({ start, end }) => /\S/.test(text.slice(start, end)));
}

/**
 * Where a function stands, as far as its facts tell of that: how far indented, and in the module or in which class, there
 * itself or in a block.
 */
function placeOf(tree: SyntaxTree, statement: SyntaxNode): string {
  const around = enclosingDefinition(tree, statement);
  return [
    indentationOf(tree.text, statement.startIndex),
    statement.parent?.id === tree.root.id,
    around !== undefined && isClass(around),
    classWithStatement(statement) !== undefined,
    around === undefined ? "" : qualifiedNameOf(tree, around),
  ].join();
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

function byStart(one: TextRange, other: TextRange): number {
  return one.start - other.start;
}

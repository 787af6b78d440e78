import { type LineIndex, lineIndexAfter, lineIndexOf } from "../base/line-index.ts";
import { moved } from "../base/moved.ts";
import { groupBy, inOrderOf } from "../base/order.ts";
import { type Replacement, replacementBetween } from "../base/replacement.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains, shifted } from "../base/text-range.ts";
import type { ParserEngine, SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { parseablePart } from "../syntax/limits.ts";
import { outermostFunctions, type PlacedStatement } from "../syntax/outermost-functions.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  definesFunction,
  definitionIn,
  enclosingDefinition,
  isBlock,
  isClass,
  isExpressionStatement,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { bodiesOf, callableNames } from "./bodies.ts";
import { definitionsIn, statementsOfModule } from "./definitions.ts";
import { extractFacts, type FactsDetail } from "./extract.ts";
import { type FileSections, fileFacts } from "./file-facts.ts";
import { importsOfOwnApis } from "./imports.ts";
import type { FileFacts, FileOrigin, FilePath, FunctionBody, ImportedName } from "./model.ts";
import type { SectionFacts } from "./section.ts";
import { sectionFacts } from "./section.ts";

/**
 * What is typed is read in sections: each outermost function is one, and all that stands outside of them is one more.
 * What a function says hangs on its text, on where it stands and on what the imports around it make of names. So that of
 * all functions but one it is known from the keystroke before, and as long as the text is whole, they are not even parsed
 * again: a short text in their place shows where they stand. A text alone is read at once, as one search costs less than
 * many small ones.
 */

/** Tells what a text says about locks. Never fails, whatever the text. */
export type FactsOfText = (origin: FileOrigin, text: string, detail: FactsDetail) => FileFacts;

/** Longer texts, in code units, are read at once: there are none that people write, and their many functions would all be kept. */
const LONGEST = 2_000_000;

/** For texts of a file that follow from one another, as while somebody types. */
export function typedTextReader(engine: ParserEngine): FactsOfText {
  const whole = engine.resuming();
  const abridged = engine.resuming();
  let last: Remembered | undefined;
  return (origin, text, detail) => {
    // Two files may say the same, but what they say are two things: a lock site is known by being it.
    if (last?.path !== origin.path || LONGEST < text.length) {
      last = undefined;
      whole.forget();
      abridged.forget();
    }
    if (LONGEST < text.length) {
      return engine.withTree(text, (tree) => extractFacts(origin, tree, detail));
    }
    const mustBeWhole = detail === "whole";
    const before = last && beforeEdit(last, replacementBetween(last.text, text));
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
  readonly path: FilePath;
  readonly text: string;
  readonly lines: LineIndex;
  /** Whether Python cannot read the text: then it is likely to be so after the next keystroke. */
  readonly isBroken: boolean;
  /** Whether all was read, or only what the names of lock APIs tell. */
  readonly isWhole: boolean;
  /** The names of the file on which it hangs what is told of calls. */
  readonly callable: ReadonlySet<string>;
  /** The outermost functions in the order of the text. */
  readonly functions: readonly KnownFunction[];
  readonly outside: Outside;
}

/** What stands outside of the outermost functions. */
interface Outside {
  /** Where definitions begin: what stands in front, as imports do, is seldom edited. */
  readonly front: number;
  /** What the module itself defines as if it imported it. */
  readonly own: readonly ImportedName[];
  /** What stands in front and the rest; or both at once, where what is imported behind is seen in front, or in a broken text. */
  readonly sections: readonly SectionFacts[];
}

/** The text before, and what of it was edited. */
interface Before extends Remembered {
  readonly edit: Replacement;
  /** The function of which the edit left both ends as they were. */
  readonly edited: KnownFunction | undefined;
}

function beforeEdit(last: Remembered, edit: Replacement): Before {
  const edited = last.functions.find(({ start, end }) => start < edit.start && edit.oldEnd < end);
  return { ...last, edit, edited };
}

/** In a function the parser finds its way soon; outside of them it looks at all that follows. A broken text is likely to stay so. */
function isWorthAbridging({ isBroken, edited }: Before): boolean {
  return !isBroken && edited === undefined;
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
interface FoundFunction extends TextRange, Pick<Surroundings, "place"> {
  /** What was read of the same text before. */
  readonly known: KnownFunction | undefined;
}

/** The functions of a text that are sections. */
interface FoundFunctions {
  readonly functions: readonly FoundFunction[];
  /** Whether they stand where they stood before, and only one of them was edited. */
  readonly isInFunction: boolean;
}

/** Reads all that is parsed; what is known of functions that were not edited need not be read again. */
function readInFull(
  tree: SyntaxTree,
  origin: FileOrigin,
  mustBeWhole: boolean,
  last: Before | undefined,
): Read {
  const found = (last && whereTheyStood(tree, last)) ?? wherever(tree, last);
  const readAs = (isWhole: boolean): Sections => {
    const isAsBefore = last?.isWhole === isWhole;
    const functions = isAsBefore
      ? found.functions
      : found.functions.map((each) => ({ ...each, known: undefined }));
    return readSections(tree, origin, { ...found, functions }, isWhole, last);
  };
  const expected = mustBeWhole || last?.isWhole !== false;
  const read = readAs(expected);
  const isWhole = mustBeWhole || isTelling(read);
  return joined(origin, tree, isWhole === expected ? read : readAs(isWhole));
}

/**
 * The functions where one expects them: what stands outside of the edited one is what it was, if that one still ends where
 * the text behind it begins. `undefined` if it does not, and in a broken text, which may mean something else there.
 */
function whereTheyStood(tree: SyntaxTree, last: Before): FoundFunctions | undefined {
  const { isBroken, functions, edited, edit } = last;
  if (isBroken || tree.root.hasError || edited === undefined) {
    return undefined;
  }
  const [start, end] = [edited.start, edited.end + edit.newEnd - edit.oldEnd];
  const statement = tree.root.descendantForIndex(start, end);
  if (statement?.startIndex !== start || statement.endIndex !== end || !definesFunction(statement)) {
    return undefined;
  }
  const others = uneditedFunctions(last);
  const at = functions.indexOf(edited);
  const now = { start, end, place: edited.place, known: undefined };
  return { functions: [...others.slice(0, at), now, ...others.slice(at)], isInFunction: true };
}

/** The functions wherever they stand. */
function wherever(tree: SyntaxTree, last: Before | undefined): FoundFunctions {
  const unchanged = new Map(last && uneditedFunctions(last).map((each) => [each.start, each]));
  const functions = outermostFunctions(tree)
    .filter((each) => isReadAlone(tree, each))
    .map((each) => {
      const same = unchanged.get(each.start);
      return foundFunction(tree, each, same?.end === each.end ? same.known : undefined);
    });
  return { functions, isInFunction: false };
}

function foundFunction(
  tree: SyntaxTree,
  stands: PlacedStatement,
  known: KnownFunction | undefined,
): FoundFunction {
  return { start: stands.start, end: stands.end, place: placeOf(tree, stands), known };
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
  const abridged = abridge(text, kept);
  const read = ({ root }: SyntaxTree): Read | undefined => {
    const tree = { text, root };
    if (root.hasError) {
      return undefined;
    }
    const known = new Map(kept.map((each) => [each.start, each]));
    const isKept = (node: SyntaxNode): boolean =>
      isExpressionStatement(node) && known.get(node.startIndex)?.end === node.endIndex;
    const functions = outermostFunctions(tree, isKept)
      .filter((each) => isIndentedAsItsBlock(tree, each))
      .map((each) => foundFunction(tree, each, known.get(each.start)?.known));
    const found = { functions, isInFunction: false };
    const sections = readSections(tree, origin, found, last.isWhole, last);
    const isSame =
      sections.reused === kept.length &&
      !sections.sections.some(({ acquisitions, releases }) => 0 < acquisitions.length + releases.length) &&
      last.isWhole === (mustBeWhole || isTelling(sections));
    return isSame ? joined(origin, tree, sections) : undefined;
  };
  return engine.withTree(abridged.text, read, abridged.parts);
}

/**
 * What is known of what stands outside of all functions, where it stands now: all of it if the edit was in one of these,
 * what stands in front if the edit was behind it, or nothing, as in a broken text, which may mean something else there.
 */
function knownOutside(
  tree: SyntaxTree,
  { isBroken, outside, edit }: Before,
  { front, own }: Pick<Outside, "front" | "own">,
  { isInFunction }: FoundFunctions,
): readonly SectionFacts[] {
  if (isBroken || tree.root.hasError || namesOf(own) !== namesOf(outside.own)) {
    return [];
  }
  const afterEdit = <Data>(data: Data): Data => moved(data, edit.newEnd - edit.oldEnd, edit.oldEnd);
  if (isInFunction) {
    return afterEdit(outside.sections);
  }
  const isBehindFront = outside.front === front && front <= edit.start;
  return isBehindFront ? afterEdit(outside.sections.slice(0, -1)) : [];
}

/** The functions outside of the edit, where they stand now. */
function uneditedFunctions({ functions, edit }: Before): readonly KeptFunction[] {
  return functions.flatMap((known) => {
    const { start, end, place } = known;
    if (end <= edit.start) {
      return { start, end, place, known };
    }
    return edit.oldEnd <= start ? { ...shifted(known, edit.newEnd - edit.oldEnd), place, known } : [];
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
interface KeptFunction extends FoundFunction {
  readonly known: KnownFunction;
}

/**
 * The text with a string, which is a statement as well, in the place of each function, and what is left of it without
 * all that stands between the quotes: what is not there costs nothing.
 */
function abridge(
  text: string,
  functions: readonly TextRange[],
): { readonly text: string; readonly parts: readonly TextRange[] } {
  const pieces: string[] = [];
  const parts: TextRange[] = [];
  let [passed, behind] = [0, 0];
  for (const { start, end } of functions) {
    pieces.push(text.slice(passed, start), "'", text.slice(start + 1, end - 1), "'");
    passed = end;
    parts.push({ start: behind, end: start + 1 });
    behind = end - 1;
  }
  return {
    text: pieces.join("") + text.slice(passed),
    parts: [...parts, { start: behind, end: text.length }],
  };
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
  found: FoundFunctions,
  isWhole: boolean,
  last: Before | undefined,
): Sections {
  const lines =
    last === undefined ? lineIndexOf(tree.text) : lineIndexAfter(last.lines, tree.text, last.edit);
  const read = (searched: readonly TextRange[], around: readonly ImportedName[]): SectionFacts =>
    sectionFacts({ ...tree, searched }, origin, around, { isWhole: () => isWhole, asked: "all" });
  const outside = readOutside(tree, origin, found, read, last?.isWhole === isWhole ? last : undefined);
  const visible = [...outside.sections.flatMap(({ imports }) => imports), ...outside.own];
  const seenFrom = importsSeenFrom(visible);
  const functions = found.functions.map(({ known, start, end, place }) => {
    const seen = seenFrom({ start, end });
    const reused = known?.place === place && known.seen === seen ? known : undefined;
    const facts =
      reused === undefined ? read([{ start, end }], visible) : moved(reused.facts, start - reused.start);
    return { start, end, place, seen, facts, reused };
  });
  const sections = [...outside.sections, ...functions.map(({ facts }) => facts)];
  const callable = callableNames(
    [...sections.flatMap(({ imports }) => imports), ...outside.own],
    sections.flatMap((section) => section.functions),
  );
  const changed = last && inOneOnly(last.callable, callable);
  const saysTheSame = ({ start, end }: TextRange): boolean =>
    changed?.length === 0 || changed?.some((name) => tree.text.slice(start, end).includes(name)) === false;
  const known = functions.map(({ reused, ...each }): KnownFunction => {
    if (reused === undefined || !saysTheSame(each)) {
      return { ...each, bodies: bodiesOf(tree.text, each.facts.functions, callable) };
    }
    return reused.start === each.start
      ? reused
      : { ...each, bodies: movedBodies(reused.bodies, each.start - reused.start) };
  });
  const bodies = inOrderOf(
    [
      ...outside.sections.flatMap((section) => bodiesOf(tree.text, section.functions, callable)),
      ...known.flatMap((each) => each.bodies),
    ],
    ({ range }) => range.start,
  );
  return {
    text: tree.text,
    lines,
    sections,
    own: outside.own,
    isWhole,
    bodies,
    reused: functions.filter(({ reused }) => reused !== undefined).length,
    remembered: {
      path: origin.path,
      text: tree.text,
      lines,
      isBroken: tree.root.hasError,
      isWhole,
      callable,
      functions: known,
      outside,
    },
  };
}

/** Reads what stands outside of the functions, as far as that is not known. */
function readOutside(
  tree: SyntaxTree,
  origin: FileOrigin,
  found: FoundFunctions,
  read: (searched: readonly TextRange[], around: readonly ImportedName[]) => SectionFacts,
  last: Before | undefined,
): Outside {
  const { functions } = found;
  const own = ownImports(tree, origin, functions);
  const front = startOfDefinitions(tree, functions);
  const known = last === undefined ? [] : knownOutside(tree, last, { front, own }, found);
  if (known.length === last?.outside.sections.length) {
    return { front, own, sections: known };
  }
  const gaps = gapsBetween(functions, tree.text);
  const atOnce = (): Outside => ({ front, own, sections: [read(gaps, own)] });
  if (tree.root.hasError) {
    return atOnce();
  }
  const [first = read(within({ start: 0, end: front }, gaps), own)] = known;
  const rest = read(within({ start: front, end: tree.text.length }, gaps), [...first.imports, ...own]);
  return rest.imports.length === 0 ? { front, own, sections: [first, rest] } : atOnce();
}

/** Where the first statement of the module begins that defines a class or holds a function; the text's end if none does. */
function startOfDefinitions({ root, text }: SyntaxTree, [first]: readonly FoundFunction[]): number {
  const definition = statementsOfModule(root).find(
    (statement) =>
      definitionIn(statement) !== undefined || (first !== undefined && first.start < statement.endIndex),
  );
  return definition?.startIndex ?? text.length;
}

/** What of some ranges lies in another one. */
function within(outer: TextRange, ranges: readonly TextRange[]): readonly TextRange[] {
  return ranges
    .map(({ start, end }) => ({ start: Math.max(start, outer.start), end: Math.min(end, outer.end) }))
    .filter(({ start, end }) => start < end);
}

function inOneOnly(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...[...one].filter((name) => !other.has(name)), ...[...other].filter((name) => !one.has(name))];
}

/** What the module itself defines as if it imported it. */
function ownImports(
  tree: SyntaxTree,
  { module }: FileOrigin,
  functions: readonly FoundFunction[],
): readonly ImportedName[] {
  return importsOfOwnApis(tree, module, () => {
    const known = functions.flatMap((each) => each.known?.facts.definitions ?? []);
    return new Set([...definitionsIn(tree), ...known].map(({ name }) => name));
  });
}

/** What is told of calls counts from where the function begins. */
function movedBodies(bodies: readonly FunctionBody[], by: number): readonly FunctionBody[] {
  return bodies.map((body) => ({ ...body, range: shifted(body.range, by) }));
}

/** Whether a function is a section: what is broken may be understood only by what stands around it. */
function isReadAlone(tree: SyntaxTree, function_: PlacedStatement): boolean {
  return !function_.statement.hasError && isIndentedAsItsBlock(tree, function_);
}

/**
 * Whether a statement begins its line where the other statements of its block do, as Python wants it. The parser is not
 * that strict, but then it hangs on what is around where the statement ends.
 */
function isIndentedAsItsBlock({ root, text }: SyntaxTree, { start, around }: PlacedStatement): boolean {
  const indentation = indentationOf(text, start);
  return around.id === root.id
    ? indentation === ""
    : isBlock(around) && indentation.trim() === "" && indentation === indentationOf(text, around.startIndex);
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
function placeOf(tree: SyntaxTree, { start, around }: PlacedStatement): string {
  return [indentationOf(tree.text, start), around.id === tree.root.id, surroundingsIn(tree, around)].join();
}

/** The same for all statements of a block. */
const surroundingsIn = perNode((tree, block): string => {
  const definition = enclosingDefinition(tree, block);
  return definition === undefined
    ? ""
    : [isClass(definition), block.parent?.id === definition.id, qualifiedNameOf(tree, definition)].join();
});

/** What imports make of names where a range stands. */
function importsSeenFrom(imports: readonly ImportedName[]): (range: TextRange) => string {
  const scopes = [...groupBy(imports, ({ within }) => `${within.start} ${within.end}`).values()].map(
    (group) => ({
      within: group[0]?.within,
      names: namesOf(group),
    }),
  );
  return (range) =>
    scopes
      .filter(({ within }) => within !== undefined && contains(within, range))
      .map(({ names }) => names)
      .join("|");
}

function namesOf(imports: readonly ImportedName[]): string {
  return imports.map(({ local, qualifiedName }) => `${local}=${qualifiedName}`).join();
}

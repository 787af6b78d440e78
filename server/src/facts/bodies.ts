import { lastWord } from "../base/dotted-name.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains, shifted } from "../base/text-range.ts";
import type { SyntaxTree } from "../syntax/engine.ts";
import { rangeOf } from "../syntax/engine.ts";
import { qualifiedNameOf } from "../syntax/python-nodes.ts";
import { withoutStrings } from "../syntax/without-strings.ts";
import { functionDefinitionsIn } from "../syntax/words.ts";
import type { BodyCall, FunctionBody, ImportedName } from "./model.ts";

/** A function by its name, with those of the classes and functions around it, and its range without its decorators. */
export type FunctionPlace = Pick<FunctionBody, "name" | "range">;

/** The functions that begin in what is searched of a text, in its order. */
export function functionPlacesIn(tree: SyntaxTree): readonly FunctionPlace[] {
  return functionDefinitionsIn(tree).map((node) => ({
    name: qualifiedNameOf(tree, node),
    range: rangeOf(node),
  }));
}

/** The first words of calls that may lead to a lock elsewhere, beside those of the object at hand. */
export function callableNames(
  imports: readonly ImportedName[],
  functions: readonly FunctionPlace[],
): ReadonlySet<string> {
  return new Set([...imports.map(({ local }) => local), ...functions.map(({ name }) => lastWord(name))]);
}

/**
 * Functions with the calls that may lead to a lock elsewhere. Calls are many: they are found in the text without its
 * strings and comments, which costs a tenth of asking the tree for each.
 */
export function bodiesOf(
  text: string,
  functions: readonly FunctionPlace[],
  callable: ReadonlySet<string>,
): readonly FunctionBody[] {
  return outermostFirst(functions).flatMap((group) => {
    const [{ range }] = group;
    const ranges = group.map((each) => shifted(each.range, -range.start));
    const insides = insidesOf(text.slice(range.start, range.end), ranges, callable);
    return group.map((each, place) => ({ ...each, ...(insides[place] ?? NOTHING) }));
  });
}

type Group<Item> = readonly [Item, ...Item[]];

/** Each outermost function with those that are defined in it. */
function outermostFirst<Item extends { readonly range: TextRange }>(
  functions: readonly Item[],
): readonly Group<Item>[] {
  const groups: [Item, ...Item[]][] = [];
  for (const each of functions) {
    const last = groups.at(-1);
    if (last !== undefined && contains(last[0].range, each.range)) {
      last.push(each);
    } else {
      groups.push([each]);
    }
  }
  return groups;
}

/** What the text of a function tells, wherever it stands. */
type Inside = Pick<FunctionBody, "parameters" | "calls">;

const NOTHING: Inside = { parameters: [], calls: [] };

/** @param ranges those of the function that the text is, and of those in it, in the text */
function insidesOf(
  source: string,
  ranges: readonly TextRange[],
  callable: ReadonlySet<string>,
): readonly Inside[] {
  const text = withoutStrings(source);
  const insides = ranges.map((range) => ({
    range,
    parameters: parametersIn(text, text.indexOf("(", range.start)),
    calls: [] as BodyCall[],
  }));
  assign(callsIn(text, source, callable, branchesOf(text)), insides);
  return insides.map(({ range, parameters, calls }) => ({
    parameters,
    calls: calls.map((call) => ({ ...call, rangeInFunction: shifted(call.rangeInFunction, -range.start) })),
  }));
}

/** Gives each call to the innermost function around it; both are in the order of the text. */
function assign(
  calls: readonly BodyCall[],
  insides: readonly { readonly range: TextRange; readonly calls: BodyCall[] }[],
): void {
  const around: { readonly range: TextRange; readonly calls: BodyCall[] }[] = [];
  let next = 0;
  for (const call of calls) {
    for (
      let inside = insides[next];
      inside !== undefined && inside.range.start <= call.rangeInFunction.start;
      inside = insides[next]
    ) {
      around.push(inside);
      next += 1;
    }
    while (
      0 < around.length &&
      !contains(around.at(-1)?.range ?? call.rangeInFunction, call.rangeInFunction)
    ) {
      around.pop();
    }
    around.at(-1)?.calls.push(call);
  }
}

const CALL = /(?<![\w.)\]])((?:super\s*\([\w\s,.]*\)|[A-Za-z_]\w*)(?:\s*\.\s*[A-Za-z_]\w*)*)\s*\(/g;

/** @param callable the first words of calls that may lead anywhere, beside those of the object at hand */
function callsIn(
  text: string,
  source: string,
  callable: ReadonlySet<string>,
  isInBranch: (offset: number) => boolean,
): readonly BodyCall[] {
  const calls: BodyCall[] = [];
  for (const match of text.matchAll(CALL)) {
    const callee = calleeIn(match[1] ?? "");
    if (
      mayLeadToALock(callee, callable) &&
      !/\b(?:def|class)\s+$/.test(text.slice(Math.max(0, match.index - 8), match.index))
    ) {
      const end = match.index + (match[1] ?? "").length;
      const open = match.index + match[0].length - 1;
      calls.push({
        callee,
        rangeInFunction: { start: match.index, end },
        isInBranch: isInBranch(match.index),
        passed: passedIn(text, source, open),
      });
    }
  }
  return calls;
}

/** Nearly all are written as they are named. */
function calleeIn(written: string): string {
  return PLAIN_CALLEE.test(written)
    ? written
    : written.replace(/\s+/g, "").replace(/^super\(.*?\)/, "super()");
}

const PLAIN_CALLEE = /^[\w.]+$/;

const BLOCK = /^(?:if|elif|else|except|while|case|def|async|class)\b/;

/**
 * Tells of offsets, asked in the order of the text, whether they stand in a branch of their function. Told by the
 * indentation of the lines; a line that continues brackets may pass for a branch, which only makes us more careful.
 */
function branchesOf(text: string): (offset: number) => boolean {
  const lines = text.matchAll(/^([ \t]*)(\S[^\n]*)/gm);
  const blocks: { readonly indentation: number; readonly isFunction: boolean }[] = [];
  let next = lines.next();
  return (offset) => {
    for (; next.done !== true && next.value.index <= offset; next = lines.next()) {
      const [, blanks = "", statement = ""] = next.value;
      while ((blocks.at(-1)?.indentation ?? -1) >= blanks.length) {
        blocks.pop();
      }
      if (BLOCK.test(statement)) {
        blocks.push({ indentation: blanks.length, isFunction: /^(?:def|async|class)\b/.test(statement) });
      }
    }
    return blocks.at(-1)?.isFunction === false;
  };
}

/** Classes, which begin with a capital, are not followed, nor are calls on what a call returned. */
function mayLeadToALock(callee: string, callable: ReadonlySet<string>): boolean {
  const dot = callee.indexOf(".");
  const head = dot === -1 ? callee : callee.slice(0, dot);
  return OBJECT_AT_HAND.has(head)
    ? dot !== -1 && /^\w+(?:\.\w+)?$/.test(callee.slice(dot + 1))
    : callable.has(head) && head !== "_" && /^[_a-z]/.test(lastWord(callee));
}

const OBJECT_AT_HAND: ReadonlySet<string> = new Set(["self", "cls", "super()"]);

/** How far the end of an argument list is looked for, in code units. */
const LONGEST_ARGUMENTS = 2000;

/** `volume.id`, `connector['host']`, with the keyword that it may have. */
const PLAIN_ARGUMENT = /^(?:(\w+)\s*=(?!=)\s*)?([A-Za-z_][\w.]*(?:\[[^\][]*\])?)$/;

/** The arguments as far as they are plain names: what else is passed cannot be told from the call. */
function passedIn(text: string, source: string, open: number): readonly string[] {
  const written = splitAtCommas(text, open).map(({ start, end }) => source.slice(start, end).trim());
  const unpacked = written.findIndex((argument) => argument.startsWith("*"));
  const told = (unpacked === -1 ? written : written.slice(0, unpacked)).map((argument) => {
    const [, keyword, value = ""] = PLAIN_ARGUMENT.exec(argument) ?? [];
    return keyword === undefined ? value : `${keyword}=${value}`;
  });
  return told.slice(0, told.findLastIndex((argument) => argument !== "") + 1);
}

function parametersIn(text: string, open: number): readonly string[] {
  return splitAtCommas(text, open).flatMap(
    ({ start, end }) => /^\s*\*{0,2}\s*(\w+)/.exec(text.slice(start, end))?.[1] ?? [],
  );
}

const BRACKET_OR_COMMA = /[()[\]{},]/g;

/** The stretches between the commas of a pair of parentheses; none where its end is not found. */
function splitAtCommas(text: string, open: number): readonly TextRange[] {
  const parts: TextRange[] = [];
  let depth = 0;
  let start = open + 1;
  for (const { 0: sign, index } of text.slice(open, open + LONGEST_ARGUMENTS).matchAll(BRACKET_OR_COMMA)) {
    const at = open + index;
    if (sign !== ",") {
      depth += "([{".includes(sign) ? 1 : -1;
    }
    if (depth === 0 || (depth === 1 && sign === ",")) {
      if (text.slice(start, at).trim() !== "") {
        parts.push({ start, end: at });
      }
      start = at + 1;
    }
    if (depth === 0) {
      return parts;
    }
  }
  return [];
}

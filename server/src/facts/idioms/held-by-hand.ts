import { lastWord } from "../../base/dotted-name.ts";
import type { TextRange } from "../../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import {
  argumentsOf,
  calleeOf,
  callOf,
  enclosingFunction,
  finallyOf,
  isDottedName,
  mayBeCaught,
  statementOf,
  statementsBehind,
  tryAround,
} from "../../syntax/python-nodes.ts";
import { attributesNamedIn, methodCallsIn, statementsStartingWith } from "../../syntax/words.ts";
import type { Acquisition, HeldSection, Release, ReleasingTry } from "../model.ts";
import { functionNameAround } from "./function-name.ts";
import { waysUsed } from "./handed-on.ts";

/** Locks that are taken and given back by hand, `lock.acquire()` and `lock.release()`, and what stands between. */

export interface FoundRelease {
  readonly node: SyntaxNode;
  readonly release: ReleaseItself;
}

/** What the function around tells of a release. */
export type ReleaseItself = Omit<Release, "isHandedOn">;

/** What leaving a `with` calls gives the lock back as well. */
const RELEASING = ["release", "__exit__"];

/** All that release something, or hand the method on that does. */
export function releasesIn(tree: SyntaxTree): readonly FoundRelease[] {
  return RELEASING.flatMap((method) => attributesNamedIn(tree, method))
    .sort((one, other) => one.startIndex - other.startIndex)
    .map((attribute) => {
      const call = callOf(attribute);
      const name = ownerName(tree, attribute);
      return {
        node: attribute,
        release: {
          name,
          range: rangeOf(call ?? attribute),
          isCalled: call !== undefined,
          functionName: functionNameAround(tree, attribute),
        },
      };
    });
}

/** What the function around tells of an acquisition. */
export type AcquisitionItself = Omit<Acquisition, "isHandedOn">;

/** Adds what the whole file tells of a lock: whether it is handed on. */
export function withHandingOn<Use extends { readonly name: string | undefined }>(
  tree: SyntaxTree,
  uses: readonly Use[],
): readonly (Use & { readonly isHandedOn: boolean })[] {
  return uses.map((use) => ({ ...use, isHandedOn: use.name !== undefined && isHandedOn(tree, use.name) }));
}

/** The statements that acquire something and wait for it. */
export function acquisitionsIn(tree: SyntaxTree): readonly AcquisitionItself[] {
  return methodCallsIn(tree, "acquire").flatMap((call) => {
    const statement = statementOf(call);
    const callee = calleeOf(call);
    const name = callee === undefined ? undefined : ownerName(tree, callee);
    return statement === undefined || name === undefined || !waits(tree, call)
      ? []
      : {
          name,
          range: rangeOf(call),
          functionName: functionNameAround(tree, call),
          section: sectionBehind(tree, statement, name),
          guard: guardAround(tree, statement, name),
        };
  });
}

/** `self._lock` in `self._lock.release`. */
function ownerName(tree: SyntaxTree, attribute: SyntaxNode): string | undefined {
  const object = attribute.childForFieldName("object");
  return object !== null && isDottedName(object) ? textOf(tree, object).replace(/\s+/g, "") : undefined;
}

/** By its last word, whatever the object in front is called elsewhere in the file. */
function isHandedOn(tree: SyntaxTree, name: string): boolean {
  return waysUsed(tree, lastWord(name), tree.root).has("on");
}

/** Whether the call returns only with the lock: neither `acquire(False)` nor `acquire(timeout=5)`. */
function waits(tree: SyntaxTree, call: SyntaxNode): boolean {
  return argumentsOf(call).every(
    (argument) => argument.kind !== "splat" && textOf(tree, argument.value) === "True",
  );
}

/** Up to the first statement behind it that releases the lock, itself or in its `finally`. */
function sectionBehind(tree: SyntaxTree, acquire: SyntaxNode, name: string): HeldSection | undefined {
  const behind = statementsBehind(acquire);
  const end = behind.findIndex((statement) =>
    [statement, ...finallyOf(statement)].some((each) => releases(tree, each, name)),
  );
  const release = behind[end];
  if (release === undefined) {
    return undefined;
  }
  const held = behind.slice(0, end);
  return {
    release: rangeOf(release),
    exits: held.flatMap((statement) => exitsIn(tree, statement)).map(rangeOf),
    isEmpty: held.length === 0 && release.type === "expression_statement",
    lineStarts:
      release.type === "expression_statement" ? lineStartsBetween(tree, acquire, release) : undefined,
  };
}

/** `lock.release()` as a statement. */
function releases(tree: SyntaxTree, statement: SyntaxNode, name: string): boolean {
  const [expression] = statement.type === "expression_statement" ? statement.namedChildren : [];
  const callee = expression === undefined || expression === null ? undefined : calleeOf(expression);
  return callee !== undefined && textOf(tree, callee).replace(/\s+/g, "") === `${name}.release`;
}

const EXITS = new Set(["return_statement", "raise_statement"]);

/** By which the function around is left: not one that is defined there. */
function exitsIn(tree: SyntaxTree, statement: SyntaxNode): readonly SyntaxNode[] {
  const around = enclosingFunction(statement);
  return statementsStartingWith(tree, /\b(?:return|raise)\b/g, EXITS, rangeOf(statement)).filter(
    (exit) =>
      around !== undefined &&
      enclosingFunction(exit)?.id === around.id &&
      (exit.type === "return_statement" || !mayBeCaught(exit, statement)),
  );
}

/**
 * The lines between two statements, if each of the two has its line for itself and the lines between may be shifted:
 * in a text that goes on for several lines, the blanks count.
 */
function lineStartsBetween(
  { text }: SyntaxTree,
  acquire: SyntaxNode,
  release: SyntaxNode,
): readonly TextRange[] | undefined {
  const start = text.indexOf("\n", acquire.endIndex) + 1;
  const end = text.lastIndexOf("\n", release.startIndex) + 1;
  const between = text.slice(start, end);
  const ownLines = [acquire, release].every((statement) => isAloneOnItsLine(text, statement));
  if (!ownLines || /\t|\r|\\\n|"""|'''/.test(between)) {
    return undefined;
  }
  return [...between.matchAll(/^(?=[^\n]*\S)/gm)].map(({ index }) => ({
    start: start + index,
    end: start + index,
  }));
}

function isAloneOnItsLine(text: string, { startIndex, endIndex }: SyntaxNode): boolean {
  const before = text.slice(text.lastIndexOf("\n", startIndex - 1) + 1, startIndex);
  return /^ *$/.test(before) && /^ *(?:\n|$)/.test(text.slice(endIndex, endIndex + 100));
}

/** `try:` `lock.acquire()` … `finally:` `lock.release()`. */
function guardAround(tree: SyntaxTree, acquire: SyntaxNode, name: string): ReleasingTry | undefined {
  const around = tryAround(acquire);
  const release =
    around === undefined ? undefined : finallyOf(around).find((each) => releases(tree, each, name));
  return around === undefined || release === undefined ? undefined : { release: rangeOf(release) };
}

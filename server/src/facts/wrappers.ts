import { groupBy, inOrderOf } from "../base/order.ts";
import { literally } from "../base/pattern.ts";
import type { TextRange } from "../base/text-range.ts";
import { contains } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import {
  argumentsOf,
  callOf,
  decoratedBy,
  decoratorsOf,
  definitionName,
  enclosingDefinition,
  enclosingDefinitions,
  isClass,
  isName,
  parametersOf,
  qualifiedNameOf,
  returnOf,
  withParentheses,
  withStatementEntering,
} from "../syntax/python-nodes.ts";
import { statementsStartingWith } from "../syntax/words.ts";
import type { LockWrapper, WrapperLevel } from "./model.ts";
import { expressionValue } from "./value.ts";

/**
 * Functions that make others run under a lock are told by their bodies, whatever their names: a function that is given
 * one and returns another, which calls it under a lock; a function that returns such a one, or a lock's decorator; a
 * generator that yields under a lock.
 */

/** A place that takes a lock, or may. */
export interface Take {
  /** The call of the lock API, or the name of what is taken. */
  readonly node: SyntaxNode;
  readonly form: "decorator" | "with" | "acquire" | "call";
}

/** The wrappers that these places make. */
export function wrappersIn(tree: SyntaxTree, takes: readonly Take[]): readonly LockWrapper[] {
  return joinedBy(
    takes.flatMap((take) => wrapperAround(tree, take) ?? []),
    ({ nameRange }) => nameRange.start,
  );
}

/** The wrappers of a file in the order of the text. Those of one name, as in two branches, are told as one. */
export function joinedWrappers(wrappers: readonly LockWrapper[]): readonly LockWrapper[] {
  const inOrder = inOrderOf(wrappers, ({ nameRange }) => nameRange.start);
  return joinedBy(inOrder, ({ name }) => name);
}

function joinedBy(
  wrappers: readonly LockWrapper[],
  keyOf: (wrapper: LockWrapper) => unknown,
): readonly LockWrapper[] {
  return [...groupBy(wrappers, keyOf).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : { ...first, takes: [first, ...more].flatMap(({ takes }) => takes) },
  );
}

/** Whether a wrapper takes the lock that is taken at a range of its file. */
export function isTakenIn({ takes }: LockWrapper, range: TextRange): boolean {
  return takes.some(({ start, end }) => start === range.start && end === range.end);
}

function wrapperAround(tree: SyntaxTree, take: Take): LockWrapper | undefined {
  const around = functionsAround(tree, take.node);
  switch (take.form) {
    case "call":
      return returnedLock(tree, take, around);
    case "decorator": {
      const locked = around.length === 0 ? undefined : decoratorTarget(take.node);
      return locked === undefined
        ? undefined
        : callingUnderLock(tree, take, [locked, ...around], rangeOf(locked));
    }
    case "with": {
      const body = withStatementEntering(take.node)?.childForFieldName("body");
      return body === null || body === undefined
        ? undefined
        : (callingUnderLock(tree, take, around, rangeOf(body)) ??
            yieldingUnderLock(tree, take, around, rangeOf(body)));
    }
    case "acquire": {
      const end = around[0]?.endIndex;
      return end === undefined
        ? undefined
        : callingUnderLock(tree, take, around, { start: take.node.endIndex, end });
    }
  }
}

/** The functions around a node up to the module or class that they are defined in, innermost first. */
function functionsAround(tree: SyntaxTree, node: SyntaxNode): readonly SyntaxNode[] {
  const around = enclosingDefinitions(tree, node);
  const owner = around.findIndex(isClass);
  return owner === -1 ? around : around.slice(0, owner);
}

function decoratorTarget(node: SyntaxNode): SyntaxNode | undefined {
  const { parent } = withParentheses(node);
  return parent?.type === "decorator" ? decoratedBy(parent) : undefined;
}

/** `def locked(f): def inner(…): <lock> f(…); return inner`, perhaps with a function around that returns `locked`. */
function callingUnderLock(
  tree: SyntaxTree,
  take: Take,
  path: readonly SyntaxNode[],
  held: TextRange,
): LockWrapper | undefined {
  for (const [depth, given] of path.entries()) {
    const inner = path[depth - 1];
    const parameter = inner === undefined ? undefined : calledParameter(tree, given, held);
    if (inner === undefined || parameter === undefined || !returns(tree, given, inner)) {
      continue;
    }
    const [factory, ...more] = path.slice(depth + 1);
    if (0 < more.length || (factory !== undefined && !returns(tree, factory, given))) {
      return undefined;
    }
    return wrapper(tree, take, factory ?? given, {
      kind: factory === undefined ? "decorator" : "factory",
      levels: [
        ...(factory === undefined ? [] : [level(tree, factory, "application")]),
        level(tree, given, "function"),
        level(tree, inner, "call"),
      ],
      isConditional: callsOf(tree, parameter, rangeOf(inner)).some((call) => !contains(held, call)),
    });
  }
  return undefined;
}

/** `@contextlib.contextmanager def locked(name): with <lock>: yield`. */
function yieldingUnderLock(
  tree: SyntaxTree,
  take: Take,
  [manager, ...more]: readonly SyntaxNode[],
  held: TextRange,
): LockWrapper | undefined {
  if (manager === undefined || 0 < more.length || !isContextManager(tree, manager)) {
    return undefined;
  }
  const yields = statementsStartingWith(tree, /\byield\b/g, new Set(["yield"]), rangeOf(manager)).map(
    rangeOf,
  );
  return yields.some((range) => contains(held, range))
    ? wrapper(tree, take, manager, {
        kind: "context manager",
        levels: [level(tree, manager, "application")],
        isConditional: yields.some((range) => !contains(held, range)),
      })
    : undefined;
}

function isContextManager(tree: SyntaxTree, definition: SyntaxNode): boolean {
  return decoratorsOf(tree, definition).some((decorator) =>
    /^@\s*(?:contextlib\s*\.\s*)?contextmanager$/.test(textOf(tree, decorator)),
  );
}

/** `def locked(name): return synchronized(name)` and `def locked(f): return synchronized('x')(f)`. */
function returnedLock(
  tree: SyntaxTree,
  take: Take,
  [outermost, ...more]: readonly SyntaxNode[],
): LockWrapper | undefined {
  if (outermost === undefined || 0 < more.length) {
    return undefined;
  }
  const application = callOf(withParentheses(take.node));
  const returned = returnOf(application ?? take.node);
  if (returned === undefined) {
    return undefined;
  }
  const isConditional = 1 < returnsIn(tree, outermost).length || returned.isConditional;
  if (application === undefined) {
    const levels = [level(tree, outermost, "application")];
    return wrapper(tree, take, outermost, { kind: "factory", levels, isConditional });
  }
  const [argument] = argumentsOf(application);
  const isGiven =
    argument?.kind === "positional" &&
    parametersOf(tree, outermost).some(({ name }) => textOf(tree, name) === textOf(tree, argument.value));
  const levels = [level(tree, outermost, "function")];
  return isGiven ? wrapper(tree, take, outermost, { kind: "decorator", levels, isConditional }) : undefined;
}

function wrapper(
  tree: SyntaxTree,
  take: Take,
  definition: SyntaxNode,
  how: Pick<LockWrapper, "kind" | "levels" | "isConditional">,
): LockWrapper | undefined {
  const name = definition.childForFieldName("name");
  return name === null
    ? undefined
    : {
        ...how,
        name: qualifiedNameOf(tree, definition),
        nameRange: rangeOf(name),
        takes: [rangeOf(take.node)],
      };
}

function level(tree: SyntaxTree, definition: SyntaxNode, given: WrapperLevel["given"]): WrapperLevel {
  return {
    functionName: qualifiedNameOf(tree, definition),
    given,
    parameters: parametersOf(tree, definition).map(({ name, kind, value }) => ({
      name: textOf(tree, name),
      kind,
      default: value === undefined ? undefined : expressionValue(tree, value),
    })),
  };
}

/** The parameter of a function that is called in a range: what the function was given to run. */
function calledParameter(tree: SyntaxTree, definition: SyntaxNode, range: TextRange): string | undefined {
  return parametersOf(tree, definition)
    .filter(({ kind }) => kind === "plain")
    .map(({ name }) => textOf(tree, name))
    .find((name) => 0 < callsOf(tree, name, range).length);
}

/** Where a plain name is called in a range. */
function callsOf(tree: SyntaxTree, name: string, range: TextRange): readonly TextRange[] {
  const text = tree.text.slice(range.start, range.end);
  return [...text.matchAll(new RegExp(`(?<![\\w.])${literally(name)}(?=\\s*\\()`, "g"))]
    .flatMap((match) => {
      const start = range.start + match.index;
      const node = tree.root.descendantForIndex(start, start + name.length);
      return node !== null && isName(node) && node.startIndex === start ? (callOf(node) ?? []) : [];
    })
    .map(rangeOf);
}

/** Whether a function returns one that it defines: `return inner`, `return functools.wraps(f)(inner)`. */
function returns(tree: SyntaxTree, definition: SyntaxNode, inner: SyntaxNode): boolean {
  const name = literally(definitionName(tree, inner));
  return returnsIn(tree, definition).some((statement) =>
    new RegExp(`(?<![\\w.])${name}(?:$|[\\s)])`).test(textOf(tree, statement).slice("return".length)),
  );
}

/** The `return` statements of a function itself, not of those that it defines. */
function returnsIn(tree: SyntaxTree, definition: SyntaxNode): readonly SyntaxNode[] {
  const types = new Set(["return_statement"]);
  return statementsStartingWith(tree, /\breturn\b/g, types, rangeOf(definition)).filter(
    (statement) => enclosingDefinition(tree, statement)?.id === definition.id,
  );
}

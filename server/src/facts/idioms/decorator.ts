import { derived } from "../../base/memo.ts";
import { groupBy } from "../../base/order.ts";
import { literally } from "../../base/pattern.ts";
import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import { perNode } from "../../syntax/per-node.ts";
import type { ArgumentNode, ParameterNode } from "../../syntax/python-nodes.ts";
import {
  argumentsOf,
  callOf,
  decoratedBy,
  decoratedDefinition,
  decoratorsOf,
  definitionIn,
  definitionName,
  enclosingDefinition,
  enclosingFunction,
  isClass,
  isComparison,
  isNone,
  isYield,
  namedChildrenOf,
  parametersOf,
  qualifiedNameOf,
  withParentheses,
} from "../../syntax/python-nodes.ts";
import { dottedNamesStartingWith, functionDefinitionsIn } from "../../syntax/words.ts";
import type { LockCall } from "../lock-call.ts";
import { readArguments } from "../lock-call.ts";
import type { DecoratedFunction, DecoratorSite, FileFacts, NestedCall, Parameter } from "../model.ts";
import { expressionValue } from "../value.ts";
import { functionNameAround } from "./function-name.ts";

/** Tells the lowest decorator of a definition that is no lock of coordination. */
export type LowestOther = (tree: SyntaxTree, definition: SyntaxNode) => SyntaxNode | undefined;

/** `@coordination.synchronized('x')` above a function. */
export function decoratorSite(lockCall: LockCall, lowestOther: LowestOther): DecoratorSite | undefined {
  const { tree, call, callee, use } = lockCall;
  const decorator = decoratorOf(tree, call);
  if (decorator === undefined || use.api.gives !== "decorator") {
    return undefined;
  }
  const definition = decoratedBy(decorator);
  return {
    form: "decorator",
    range: rangeOf(call),
    calleeRange: rangeOf(callee),
    decoratorRange: rangeOf(decorator),
    use,
    ...readArguments(lockCall),
    functionName:
      definition === undefined ? functionNameAround(tree, call) : qualifiedNameOf(tree, definition),
    via: undefined,
    target:
      definition === undefined ? undefined : decoratedFunction(tree, definition, decorator, lowestOther),
  };
}

/** The decorators of each function that one of the nodes decorates, told once, however many decorate it. */
export function decoratorsByFunction(
  tree: SyntaxTree,
  calls: readonly SyntaxNode[],
): FileFacts["decorators"] {
  const definitions = calls.flatMap((call) => {
    const decorator = decoratorOf(tree, call);
    return (decorator === undefined ? undefined : decoratedBy(decorator)) ?? [];
  });
  const byStart = new Map(definitions.map((definition) => [definition.startIndex, definition]));
  return [...byStart.values()].map((definition) => ({
    range: rangeOf(definition),
    decorators: decoratorsOf(tree, definition).map((each) => ({
      text: textOf(tree, each),
      range: rangeOf(each),
    })),
  }));
}

/** In a text that is broken nearby the parser sees no decorator, but the `@` before the call tells. */
function decoratorOf(tree: SyntaxTree, call: SyntaxNode): SyntaxNode | undefined {
  const { parent } = withParentheses(call);
  if (parent?.type === "decorator") {
    return parent;
  }
  return parent?.type === "ERROR" &&
    /(?:^|\n)[ \t]*@[ \t]*$/.test(tree.text.slice(0, call.startIndex).slice(-200))
    ? call
    : undefined;
}

/** What a decorator says of the function below it. */
export function decoratedFunction(
  tree: SyntaxTree,
  definition: SyntaxNode,
  decorator: SyntaxNode,
  lowestOther: LowestOther,
): DecoratedFunction | undefined {
  const target = functionFacts(tree, definition);
  return target === undefined
    ? undefined
    : { ...target, below: whatIsBelow(tree, definition, decorator, lowestOther) };
}

/** What several decorators of one function share. */
const functionFacts = perNode((tree, definition): Omit<DecoratedFunction, "below"> | undefined => {
  const name = definition.childForFieldName("name");
  if (name === null || isClass(definition)) {
    return undefined;
  }
  const parameters = parametersOf(tree, definition).map((parameter) => ({
    name: textOf(tree, parameter.name),
    range: rangeOf(parameter.name),
    kind: parameter.kind,
    noneBy: whatSaysNone(tree, definition, parameter),
  }));
  const outer = enclosingDefinition(tree, definition);
  return {
    name: textOf(tree, name),
    nameRange: rangeOf(name),
    range: rangeOf(definition),
    parameters,
    kind: kindOfFunction(tree, definition),
    isMentioned: isMentionedAround(tree, definition),
    calls: callsOfNested(tree, definition).map((call) => nestedCall(tree, call, parameters)),
    isMethod: outer !== undefined && isClass(outer),
  };
});

/** Functions inside it do not make it a generator: the words are few, and each is looked up. */
function kindOfFunction(tree: SyntaxTree, definition: SyntaxNode): DecoratedFunction["kind"] {
  const text = textOf(tree, definition);
  if (/^async\b/.test(text)) {
    return "coroutine";
  }
  const yields = [...text.matchAll(/\byield\b/g)].some(({ index }) => {
    const start = definition.startIndex + index;
    const node = tree.root.descendantForIndex(start, start + 1);
    return node !== null && isYield(node) && enclosingFunction(node)?.id === definition.id;
  });
  return yields ? "generator" : "plain";
}

/** Assigned to anywhere in the function, the parameter may be another value where it is tested. */
function whatSaysNone(
  tree: SyntaxTree,
  definition: SyntaxNode,
  parameter: ParameterNode,
): Parameter["noneBy"] {
  if (parameter.value !== undefined && isNone(parameter.value)) {
    return "default";
  }
  const name = textOf(tree, parameter.name);
  return namesTestedForNone(tree, definition).has(name) &&
    !new RegExp(`(?<![\\w.])${literally(name)}[ \\t]*(?:,[^=\\n(]*)?=(?!=)`).test(bodyText(tree, definition))
    ? "test"
    : undefined;
}

/** `volume is None`, `volume is not None`. */
export const TEST_FOR_NONE = /(?<![\w.])(\w+)\s+is\s+(?:not\s+)?None\b/;

const TESTS_FOR_NONE = new RegExp(TEST_FOR_NONE, "g");

/** The words of a test are few, and each is looked up: in a string they are none, and a function inside has its own. */
const namesTestedForNone = perNode((tree, definition): ReadonlySet<string> => {
  const tests = textOf(tree, definition).matchAll(TESTS_FOR_NONE);
  return new Set(
    [...tests].flatMap(({ 0: test, 1: name = "", index }) => {
      const start = definition.startIndex + index;
      const node = tree.root.descendantForIndex(start, start + test.length);
      return node !== null && isComparison(node) && enclosingFunction(node)?.id === definition.id ? name : [];
    }),
  );
});

function bodyText(tree: SyntaxTree, definition: SyntaxNode): string {
  const body = definition.childForFieldName("body");
  return body === null ? "" : textOf(tree, body);
}

function isMentionedAround(tree: SyntaxTree, definition: SyntaxNode): boolean | undefined {
  const outer = functionAround(tree, definition);
  const name = definitionName(tree, definition);
  if (outer === undefined || name === "") {
    return undefined;
  }
  const around =
    tree.text.slice(outer.startIndex, definition.startIndex) +
    tree.text.slice(definition.endIndex, outer.endIndex);
  return new RegExp(`(?<![\\w.])${literally(name)}(?!\\w)`).test(around);
}

function whatIsBelow(
  tree: SyntaxTree,
  definition: SyntaxNode,
  decorator: SyntaxNode,
  lowestOther: LowestOther,
): DecoratedFunction["below"] {
  if (decoratorsOf(tree, definition).at(-1)?.startIndex === decorator.startIndex) {
    return "nothing";
  }
  const other = lowestOther(tree, definition);
  return other === undefined || other.startIndex <= decorator.startIndex ? "locks" : "other decorators";
}

/** The function that a definition stands in. */
function functionAround(tree: SyntaxTree, definition: SyntaxNode): SyntaxNode | undefined {
  const outer = enclosingDefinition(tree, definition);
  return outer === undefined || isClass(outer) ? undefined : outer;
}

/**
 * The calls of a function defined in another function, there; a method's callers are anywhere and not listed. Where
 * one block defines several functions of that name, each is called until the next takes its place.
 */
function callsOfNested(tree: SyntaxTree, definition: SyntaxNode): readonly SyntaxNode[] {
  const outer = functionAround(tree, definition);
  const name = definitionName(tree, definition);
  if (outer === undefined) {
    return [];
  }
  const starts = startsInBlock(tree, blockOf(definition)).get(name) ?? [];
  const place = starts.indexOf(definition.startIndex);
  const start = place <= 0 ? outer.startIndex : definition.startIndex;
  const end = starts[place + 1] ?? outer.endIndex;
  return (callsByName(tree).get(name) ?? [])
    .map(({ call }) => call)
    .filter((call) => start <= call.startIndex && call.startIndex < end);
}

/** The calls of all functions that are defined in others, searched together: a text is long, and names may be many. */
const callsByName = derived((tree: SyntaxTree) => {
  const nested = functionDefinitionsIn(tree).filter((each) => functionAround(tree, each) !== undefined);
  const names = new Set(nested.map((definition) => definitionName(tree, definition)));
  const found = dottedNamesStartingWith(tree, names, (dottedName) => names.has(dottedName));
  const calls = found.flatMap(({ node, dottedName }) => {
    const call = callOf(node);
    return call === undefined ? [] : { name: dottedName, call };
  });
  return groupBy(calls, ({ name }) => name);
});

function blockOf(definition: SyntaxNode): SyntaxNode {
  const outermost = decoratedDefinition(definition);
  return outermost.parent ?? outermost;
}

/** Where a block defines functions and classes, by their names. */
const startsInBlock = perNode((tree, block): ReadonlyMap<string, readonly number[]> => {
  const definitions = namedChildrenOf(block).flatMap((statement) => definitionIn(statement) ?? []);
  const named = groupBy(definitions, (definition) => definitionName(tree, definition));
  return new Map([...named].map(([name, all]) => [name, all.map(({ startIndex }) => startIndex)]));
});

function nestedCall(tree: SyntaxTree, call: SyntaxNode, parameters: readonly Parameter[]): NestedCall {
  const passedArguments = argumentsOf(call);
  const firstSplat = passedArguments.findIndex((argument) => argument.kind === "splat");
  return {
    range: rangeOf(call),
    passes: passedArguments.flatMap((argument, position) => {
      const parameter = parameterFor(tree, argument, position, firstSplat, parameters);
      return parameter === undefined || argument.kind === "splat"
        ? []
        : {
            parameter,
            source: textOf(tree, argument.value),
            range: rangeOf(argument.value),
            value: expressionValue(tree, argument.value),
          };
    }),
  };
}

/** Behind an unpacked sequence the position of an argument tells nothing. */
function parameterFor(
  tree: SyntaxTree,
  argument: ArgumentNode,
  position: number,
  firstSplat: number,
  parameters: readonly Parameter[],
): string | undefined {
  if (argument.kind === "keyword") {
    return textOf(tree, argument.name);
  }
  return firstSplat === -1 || position < firstSplat ? parameters[position]?.name : undefined;
}

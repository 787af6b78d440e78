import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import type { ArgumentNode } from "../../syntax/python-nodes.ts";
import {
  argumentsOf,
  callOf,
  decoratedBy,
  decoratorsOf,
  definitionName,
  enclosingDefinition,
  isClass,
  parametersOf,
  qualifiedNameOf,
  withParentheses,
} from "../../syntax/python-nodes.ts";
import { dottedNamesStartingWith } from "../../syntax/words.ts";
import type { LockCall } from "../lock-call.ts";
import { readArguments } from "../lock-call.ts";
import type { DecoratedFunction, DecoratorSite, NestedCall, Parameter } from "../model.ts";
import { functionNameAround } from "./function-name.ts";

/** `@coordination.synchronized('x')` above a function. `isLock` tells whether another decorator is a lock, too. */
export function decoratorSite(
  lockCall: LockCall,
  isLock: (decorator: SyntaxNode) => boolean,
): DecoratorSite | undefined {
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
    target: definition === undefined ? undefined : decoratedFunction(tree, definition, decorator, isLock),
  };
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

function decoratedFunction(
  tree: SyntaxTree,
  definition: SyntaxNode,
  decorator: SyntaxNode,
  isLock: (decorator: SyntaxNode) => boolean,
): DecoratedFunction | undefined {
  const name = definition.childForFieldName("name");
  if (name === null || isClass(definition)) {
    return undefined;
  }
  const below = decoratorsOf(definition).filter((other) => decorator.endIndex <= other.startIndex);
  const parameters = parametersOf(definition).map((parameter) => ({
    name: textOf(tree, parameter.name),
    range: rangeOf(parameter.name),
  }));
  return {
    name: textOf(tree, name),
    nameRange: rangeOf(name),
    range: rangeOf(definition),
    parameters,
    below: whatIsBelow(below, isLock),
    calls: callsOfNested(tree, definition, parameters),
  };
}

function whatIsBelow(
  below: readonly SyntaxNode[],
  isLock: (decorator: SyntaxNode) => boolean,
): DecoratedFunction["below"] {
  if (below.length === 0) {
    return "nothing";
  }
  return below.every(isLock) ? "locks" : "other decorators";
}

/** The calls of a function defined in another function, there; a method's callers are anywhere and not listed. */
function callsOfNested(
  tree: SyntaxTree,
  definition: SyntaxNode,
  parameters: readonly Parameter[],
): readonly NestedCall[] {
  const outer = enclosingDefinition(definition);
  const name = definitionName(tree, definition);
  if (outer === undefined || isClass(outer) || name === "") {
    return [];
  }
  return dottedNamesStartingWith(
    tree,
    new Set([name]),
    (dottedName) => dottedName === name,
    rangeOf(outer),
  ).flatMap(({ node }) => {
    const call = callOf(node);
    return call === undefined ? [] : nestedCall(tree, call, parameters);
  });
}

function nestedCall(tree: SyntaxTree, call: SyntaxNode, parameters: readonly Parameter[]): NestedCall {
  const passedArguments = argumentsOf(call);
  const firstSplat = passedArguments.findIndex((argument) => argument.kind === "splat");
  return {
    range: rangeOf(call),
    passes: passedArguments.flatMap((argument, position) => {
      const parameter = parameterFor(tree, argument, position, firstSplat, parameters);
      return parameter === undefined || argument.kind === "splat"
        ? []
        : { parameter, source: textOf(tree, argument.value), range: rangeOf(argument.value) };
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

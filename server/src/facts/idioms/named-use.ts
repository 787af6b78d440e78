import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import {
  calleeOf,
  decoratedBy,
  enteredBy,
  isDottedName,
  isInBranch,
  qualifiedNameOf,
} from "../../syntax/python-nodes.ts";
import { decoratorsIn, methodCallsIn, withStatementsIn } from "../../syntax/words.ts";
import type { NamedUse } from "../model.ts";
import { passedArguments } from "../passed-arguments.ts";
import { decoratedFunction, type LowestOther } from "./decorator.ts";
import { functionNameAround } from "./function-name.ts";

/** What may take a lock by a name of this project: a use, and the node that stands for it. */
export interface FoundNamedUse {
  /** The call, or the name where it is not called. */
  readonly node: SyntaxNode;
  readonly use: NamedUse;
}

/** All names that are applied as decorators, entered or acquired, but for those that are known as lock APIs. */
export function namedUsesIn(
  tree: SyntaxTree,
  knownStarts: ReadonlySet<number>,
  lowestOther: LowestOther,
): readonly FoundNamedUse[] {
  return [
    ...decoratorsIn(tree).flatMap((decorator) => applied(tree, decorator, knownStarts, lowestOther) ?? []),
    ...withStatementsIn(tree).flatMap((statement) =>
      enteredBy(statement).flatMap((entered) => enteredUse(tree, statement, entered, knownStarts) ?? []),
    ),
    ...methodCallsIn(tree, "acquire").flatMap((call) => acquired(tree, call, knownStarts) ?? []),
  ].sort((one, other) => one.node.startIndex - other.node.startIndex);
}

/** `@locked` and `@locked('x')`. */
function applied(
  tree: SyntaxTree,
  decorator: SyntaxNode,
  knownStarts: ReadonlySet<number>,
  lowestOther: LowestOther,
): FoundNamedUse | undefined {
  const named = namedCall(tree, decorator.namedChildren[0] ?? undefined, knownStarts);
  if (named === undefined) {
    return undefined;
  }
  const definition = decoratedBy(decorator);
  const target =
    definition === undefined ? undefined : decoratedFunction(tree, definition, decorator, lowestOther);
  return {
    node: named.node,
    use: {
      form: "decorator",
      ...named.facts,
      functionName:
        definition === undefined ? functionNameAround(tree, decorator) : qualifiedNameOf(tree, definition),
      wholeRange: rangeOf(decorator),
      target,
      bodyRange: undefined,
      isInBranch: false,
    },
  };
}

/** `with lock:`, `with self._lock:`, `with locked('x'):`, `with lock.write_lock():`. */
function enteredUse(
  tree: SyntaxTree,
  statement: SyntaxNode,
  entered: SyntaxNode,
  knownStarts: ReadonlySet<number>,
): FoundNamedUse | undefined {
  const named = namedCall(tree, entered, knownStarts);
  const body = statement.childForFieldName("body");
  return named === undefined || body === null
    ? undefined
    : {
        node: named.node,
        use: {
          form: "with",
          ...named.facts,
          functionName: functionNameAround(tree, entered),
          wholeRange: rangeOf(entered),
          target: undefined,
          bodyRange: rangeOf(body),
          isInBranch: isInBranch(entered),
        },
      };
}

/** `self._lock.acquire()`. */
function acquired(
  tree: SyntaxTree,
  call: SyntaxNode,
  knownStarts: ReadonlySet<number>,
): FoundNamedUse | undefined {
  const object = call.childForFieldName("function")?.childForFieldName("object") ?? undefined;
  const named = object?.type === "call" ? undefined : namedCall(tree, object, knownStarts);
  return named === undefined
    ? undefined
    : {
        node: named.node,
        use: {
          form: "acquire",
          ...named.facts,
          range: rangeOf(call),
          functionName: functionNameAround(tree, call),
          wholeRange: rangeOf(call),
          target: undefined,
          bodyRange: undefined,
          isInBranch: isInBranch(call),
        },
      };
}

type NameAndArguments = Pick<NamedUse, "name" | "nameRange" | "range" | "passed">;

/** A dotted name, or the call of one, unless it is known. */
function namedCall(
  tree: SyntaxTree,
  node: SyntaxNode | undefined,
  knownStarts: ReadonlySet<number>,
): { readonly node: SyntaxNode; readonly facts: NameAndArguments } | undefined {
  if (node === undefined || knownStarts.has(node.startIndex)) {
    return undefined;
  }
  const callee = calleeOf(node);
  const name = callee ?? node;
  return isDottedName(name)
    ? {
        node,
        facts: {
          name: textOf(tree, name).replace(/\s+/g, ""),
          nameRange: rangeOf(name),
          range: rangeOf(node),
          passed: callee === undefined ? undefined : passedArguments(tree, node),
        },
      }
    : undefined;
}

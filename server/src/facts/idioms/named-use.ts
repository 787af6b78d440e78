import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import {
  calleeOf,
  decoratedBy,
  enteredBy,
  isDottedName,
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
    ...decoratorsIn(tree).flatMap((decorator) => applied(tree, decorator, lowestOther) ?? []),
    ...withStatementsIn(tree).flatMap((statement) =>
      enteredBy(statement).flatMap((entered) => enteredUse(tree, statement, entered) ?? []),
    ),
    ...methodCallsIn(tree, "acquire").flatMap((call) => acquired(tree, call) ?? []),
  ]
    .filter(({ node }) => !knownStarts.has(node.startIndex))
    .sort((one, other) => one.node.startIndex - other.node.startIndex);
}

// Begins with its own words and looks back from there, as the patterns of `outline.ts` do.
const HELD_BY_HAND = /(?:acquire|release|__exit__)\b(?<=\b(\w+)\s*\.\s*\w+)/g;

/**
 * The words of names in these places, and of what is released, found in the text alone. It only serves to find the files that are worth reading
 * in full, so that a word too many does no harm.
 */
export function usedNamesIn(text: string): ReadonlySet<string> {
  const words = [
    ...[...text.matchAll(/^[ \t]*@([\w. \t]+)/gm)].flatMap((match) => wordsIn(match[1])),
    ...[...text.matchAll(/\bwith[ \t(]+([^\n:]+)/g)].flatMap((match) => wordsIn(match[1])),
    ...[...text.matchAll(HELD_BY_HAND)].flatMap((match) => wordsIn(match[1])),
  ];
  const used = new Set(words);
  // `from acme import locked as exclusive`: the wrapper is known elsewhere by its own name.
  const renamed = [...text.matchAll(/\b(\w+)[ \t]+as[ \t]+(\w+)/g)].flatMap(([, name = "", alias = ""]) =>
    used.has(alias) ? name : [],
  );
  return new Set([...words, ...renamed]);
}

function wordsIn(text: string | undefined): readonly string[] {
  return text?.match(/\w+/g) ?? [];
}

/** `@locked` and `@locked('x')`. */
function applied(
  tree: SyntaxTree,
  decorator: SyntaxNode,
  lowestOther: LowestOther,
): FoundNamedUse | undefined {
  const named = namedCall(tree, decorator.namedChildren[0] ?? undefined);
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
    },
  };
}

/** `with lock:`, `with self._lock:`, `with locked('x'):`, `with lock.write_lock():`. */
function enteredUse(tree: SyntaxTree, statement: SyntaxNode, entered: SyntaxNode): FoundNamedUse | undefined {
  const named = namedCall(tree, entered);
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
        },
      };
}

/** `self._lock.acquire()`. */
function acquired(tree: SyntaxTree, call: SyntaxNode): FoundNamedUse | undefined {
  const object = call.childForFieldName("function")?.childForFieldName("object") ?? undefined;
  const named = object?.type === "call" ? undefined : namedCall(tree, object);
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
        },
      };
}

type NameAndArguments = Pick<NamedUse, "name" | "nameRange" | "range" | "passed">;

/** A dotted name, or the call of one. */
function namedCall(
  tree: SyntaxTree,
  node: SyntaxNode | undefined,
): { readonly node: SyntaxNode; readonly facts: NameAndArguments } | undefined {
  const callee = node === undefined ? undefined : calleeOf(node);
  const name = callee ?? node;
  return node === undefined || name === undefined || !isDottedName(name)
    ? undefined
    : {
        node,
        facts: {
          name: textOf(tree, name).replace(/\s+/g, ""),
          nameRange: rangeOf(name),
          range: rangeOf(node),
          passed: callee === undefined ? undefined : passedArguments(tree, node),
        },
      };
}

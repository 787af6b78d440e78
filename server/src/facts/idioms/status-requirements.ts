import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { textOf } from "../../syntax/engine.ts";
import {
  argumentsOf,
  enclosingDefinition,
  isAssigned,
  isName,
  namedChildrenOf,
} from "../../syntax/python-nodes.ts";
import { dottedNamesStartingWith } from "../../syntax/words.ts";
import type { StatusRequirement } from "../model.ts";
import { constantTextOf, expressionValue } from "../value.ts";

/**
 * What a `conditional_update(values, expected)` expects of the resource: the entries of the dictionary, or of those that
 * its function assigns to the variable, with what it adds to that. Of a column that is told several times all is kept, as
 * branches decide.
 */
export function requirementsOf(tree: SyntaxTree, call: SyntaxNode): readonly StatusRequirement[] {
  const sources = new Map<string, Set<string>>();
  for (const { column, value } of expectationsIn(tree, expectedOf(tree, call), call)) {
    const known = sources.get(column) ?? new Set();
    sources.set(column, known.add(inOneLine(textOf(tree, value))));
  }
  return [...sources].map(([column, all]) => ({ column, sources: [...all] }));
}

function inOneLine(source: string): string {
  return source.replace(/([([{])\s*\n\s*|\s*\n\s*([)\]}])/g, "$1$2").replace(/\s+/g, " ");
}

function expectedOf(tree: SyntaxTree, call: SyntaxNode): SyntaxNode | undefined {
  const passed = argumentsOf(call);
  const named = passed.find(
    (argument) => argument.kind === "keyword" && textOf(tree, argument.name) === "expected_values",
  );
  const second = passed[1];
  if (named?.kind === "keyword") {
    return named.value;
  }
  return second?.kind === "positional" ? second.value : undefined;
}

interface Expectation {
  readonly column: string;
  readonly value: SyntaxNode;
}

function expectationsIn(
  tree: SyntaxTree,
  expected: SyntaxNode | undefined,
  call: SyntaxNode,
): readonly Expectation[] {
  if (expected === undefined || !isName(expected)) {
    return entriesIn(tree, expected);
  }
  const variable = textOf(tree, expected);
  const around = enclosingDefinition(tree, call)?.id;
  const names = dottedNamesStartingWith(tree, new Set([variable]), (name) => name === variable)
    .map(({ node }) => node)
    .filter((node) => node.startIndex < call.startIndex && enclosingDefinition(tree, node)?.id === around);
  const begin = names.findLastIndex((node) => isAssignedOnTheWayTo(call, node));
  return names.slice(Math.max(begin, 0)).flatMap((node) => assignedTo(tree, node));
}

/** Whether what the variable was before does not reach the call: this assignment stands in a block around it. */
function isAssignedOnTheWayTo(call: SyntaxNode, name: SyntaxNode): boolean {
  const block = name.parent?.parent?.parent;
  return isAssigned(name) && block?.type === "block" && call.endIndex <= block.endIndex;
}

/** `expected = {'status': …}` and `expected['status'] = …`. */
function assignedTo(tree: SyntaxTree, name: SyntaxNode): readonly Expectation[] {
  const { parent } = name;
  if (isAssigned(name)) {
    return entriesIn(tree, parent?.childForFieldName("right") ?? undefined);
  }
  const isItem = parent?.type === "subscript" && parent.startIndex === name.startIndex && isAssigned(parent);
  const value = isItem ? parent.parent?.childForFieldName("right") : undefined;
  const key = isItem ? parent.childForFieldName("subscript") : undefined;
  return entry(tree, key ?? undefined, value ?? undefined);
}

function entriesIn(tree: SyntaxTree, dictionary: SyntaxNode | undefined): readonly Expectation[] {
  return dictionary?.type !== "dictionary"
    ? []
    : namedChildrenOf(dictionary).flatMap((pair) =>
        entry(tree, pair.childForFieldName("key") ?? undefined, pair.childForFieldName("value") ?? undefined),
      );
}

function entry(
  tree: SyntaxTree,
  key: SyntaxNode | undefined,
  value: SyntaxNode | undefined,
): readonly Expectation[] {
  const column = key && constantTextOf(expressionValue(tree, key));
  return column === undefined || value === undefined ? [] : [{ column, value }];
}

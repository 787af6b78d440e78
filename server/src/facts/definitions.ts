import { derived } from "../base/memo.ts";
import { valuesByKey } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { assignmentIn, definitionIn, isFunction, namedChildrenOf } from "../syntax/python-nodes.ts";
import type { SearchedText } from "../syntax/words.ts";
import { matchesIn } from "../syntax/words.ts";
import type { Definition, RangedText } from "./model.ts";
import { expressionValue, type Value } from "./value.ts";

/** A definition with its name. */
export interface NamedDefinition {
  readonly name: string;
  readonly definition: Definition;
  /** What a variable is given. */
  readonly value: Value | undefined;
}

/** The functions, classes and variables that a module defines itself. */
export function definitionsIn(tree: SyntaxTree): readonly NamedDefinition[] {
  return statementsOf(tree).flatMap((statement) => {
    const name = definedName(statement);
    return name === undefined
      ? []
      : {
          name: textOf(tree, name.node),
          definition: {
            nameRange: rangeOf(name.node),
            parameters: name.function === undefined ? undefined : parameterSources(tree, name.function),
          },
          value: name.value === undefined ? undefined : expressionValue(tree, name.value),
        };
  });
}

/** The statements of the module itself that begin in what is searched. */
function statementsOf({ root, searched }: SyntaxTree): readonly SyntaxNode[] {
  const statements = statementsOfModule(root);
  return searched === undefined
    ? statements
    : searched.flatMap(({ start, end }) =>
        statements.slice(firstFrom(statements, start), firstFrom(statements, end)),
      );
}

/** The statements of the module itself; asked once for all sections of a file. */
export const statementsOfModule = derived(namedChildrenOf);

/** Where the first of these nodes stands that begins at an offset or behind. */
function firstFrom(nodes: readonly SyntaxNode[], offset: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const isBefore = (nodes[middle]?.startIndex ?? offset) < offset;
    [low, high] = isBefore ? [middle + 1, high] : [low, middle];
  }
  return low;
}

interface DefinedName {
  readonly node: SyntaxNode;
  readonly function?: SyntaxNode | undefined;
  readonly value?: SyntaxNode | undefined;
}

function definedName(statement: SyntaxNode): DefinedName | undefined {
  const { name: variable, value } = assignmentIn(statement) ?? {};
  if (variable !== undefined) {
    return { node: variable, value: value ?? undefined };
  }
  const definition = definitionIn(statement);
  const name = definition?.childForFieldName("name") ?? null;
  return definition === undefined || name === null
    ? undefined
    : { node: name, function: isFunction(definition) ? definition : undefined };
}

function parameterSources(tree: SyntaxTree, definition: SyntaxNode): readonly string[] {
  const list = definition.childForFieldName("parameters");
  return list === null ? [] : namedChildrenOf(list).map((parameter) => textOf(tree, parameter));
}

/** What a module's own assignments give its variables; the last one counts. */
export function constantsAmong(definitions: readonly NamedDefinition[]): ReadonlyMap<string, Value> {
  return new Map(
    definitions.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Begins with its own word, and looks back from there: so it is found some times as fast. */
const FUNCTION = /def(?<=^[ \t]*(?:async[ \t]+)?def)[ \t]+(\w+)/gm;

/**
 * The names of functions where they are defined, found in the text alone: looking each up in the tree would double the
 * cost of a file. A `def` in a docstring counts, too; this only serves to say where a documented function is, or that
 * it is gone.
 */
export function functionNamesIn(text: SearchedText): readonly RangedText[] {
  return [...matchesIn(text, FUNCTION)].map(({ end, match: [, name = ""] }) => ({
    text: name,
    range: { start: end - name.length, end },
  }));
}

/** Where the functions of each name are defined. */
export function rangesByName(names: readonly RangedText[]): ReadonlyMap<string, readonly TextRange[]> {
  return valuesByKey(names.map(({ text, range }) => [text, range]));
}

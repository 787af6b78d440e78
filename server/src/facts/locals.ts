import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { textOf } from "../syntax/engine.ts";
import {
  conditionOf,
  enclosingDefinition,
  enclosingDefinitions,
  isAssigned,
  isFunction,
  namedChildrenOf,
  parametersOf,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { dottedNamesStartingWith } from "../syntax/words.ts";
import type { LocalValue } from "./model.ts";
import { expressionValue, namesIn, type Value } from "./value.ts";

/** By function, then by variable: all that is assigned to it. */
type Locals = ReadonlyMap<string, ReadonlyMap<string, readonly LocalValue[]>>;

/** How many steps from variable to variable are followed. */
const MOST_STEPS = 4;

/** What the functions around the given places assign to the variables that the values there are made of. */
export function localsOf(
  tree: SyntaxTree,
  places: readonly { readonly node: SyntaxNode; readonly values: readonly Value[] }[],
): Locals {
  const locals = new Map<string, Map<string, LocalValue[]>>();
  let wanted = places.flatMap(({ node, values }) => {
    const variables = variablesIn(values);
    return enclosingDefinitions(tree, node)
      .filter(isFunction)
      .flatMap((definition) => variables.map((variable) => ({ definition, variable })));
  });
  for (let step = 0; step < MOST_STEPS && 0 < wanted.length; step += 1) {
    wanted = addValues(tree, wanted, locals);
  }
  return locals;
}

/** A variable of a function. */
interface Wanted {
  readonly definition: SyntaxNode;
  readonly variable: string;
}

/** The first words of the names; `self` is no variable that anybody assigns. */
function variablesIn(values: readonly Value[]): readonly string[] {
  const words = values.flatMap(namesIn).map((name) => name.split(".", 1)[0] ?? name);
  return [...new Set(words)].filter((word) => word !== "self" && word !== "cls");
}

/** Adds what is assigned to the wanted variables; what that is made of is wanted next. */
function addValues(
  tree: SyntaxTree,
  wanted: readonly Wanted[],
  locals: Map<string, Map<string, LocalValue[]>>,
): Wanted[] {
  const fresh = new Map<string, Wanted>();
  for (const each of wanted) {
    if (locals.get(qualifiedNameOf(tree, each.definition))?.has(each.variable) !== true) {
      fresh.set(keyOf(each.definition, each.variable), each);
    }
  }
  const found = [...parameterValues(tree, fresh), ...assignedValues(tree, fresh)];
  for (const { definition, variable, value, condition } of found) {
    const name = qualifiedNameOf(tree, definition);
    const known = locals.get(name) ?? new Map<string, LocalValue[]>();
    known.set(variable, [...(known.get(variable) ?? []), { value, condition }]);
    locals.set(name, known);
  }
  return found.flatMap(({ definition, value, condition }) =>
    variablesIn(condition === undefined ? [value] : [value, condition]).map((variable) => ({
      definition,
      variable,
    })),
  );
}

type Found = Wanted & LocalValue;

/** A parameter is what the call gives: unknown here, and no variable of the module of the same name. */
function parameterValues(tree: SyntaxTree, fresh: ReadonlyMap<string, Wanted>): readonly Found[] {
  return [...fresh.values()].flatMap(({ definition, variable }) =>
    parametersOf(definition).some(({ name }) => textOf(tree, name) === variable)
      ? { definition, variable, value: { kind: "opaque" as const, source: variable }, condition: undefined }
      : [],
  );
}

function assignedValues(tree: SyntaxTree, fresh: ReadonlyMap<string, Wanted>): readonly Found[] {
  const words = new Set([...fresh.values()].map(({ variable }) => variable));
  return dottedNamesStartingWith(tree, words, (name) => words.has(name)).flatMap(({ node, dottedName }) => {
    const definition = isAssigned(node) ? enclosingDefinition(tree, node) : undefined;
    if (definition === undefined || !fresh.has(keyOf(definition, dottedName))) {
      return [];
    }
    const value: Value = assignedValue(tree, node) ?? { kind: "opaque", source: dottedName };
    const test = conditionOf(node);
    const condition = test === undefined ? undefined : expressionValue(tree, test);
    return { definition, variable: dottedName, value, condition };
  });
}

/** What `node = value` assigns, and one of the items that `for node in (first, second)` goes over. */
function assignedValue(tree: SyntaxTree, node: SyntaxNode): Value | undefined {
  const right = node.parent?.childForFieldName("right") ?? undefined;
  if (right === undefined || node.parent?.type === "assignment") {
    return right && expressionValue(tree, right);
  }
  const items = ["tuple", "list"].includes(right.type) ? namedChildrenOf(right) : [];
  return node.parent?.type !== "for_statement" || items.length === 0 || items.some(isSplat)
    ? undefined
    : { kind: "choice", options: items.map((item) => expressionValue(tree, item)) };
}

function isSplat({ type }: SyntaxNode): boolean {
  return type === "list_splat";
}

function keyOf(definition: SyntaxNode, variable: string): string {
  return `${definition.id} ${variable}`;
}

import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
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
import type { FileFacts, LocalValue } from "./model.ts";
import { expressionValue, namesIn, type Value } from "./value.ts";

/** What one function assigns to variables, by their names. */
export interface FunctionLocals {
  readonly functionName: string;
  readonly range: TextRange;
  readonly values: ReadonlyMap<string, readonly LocalValue[]>;
}

/** How many steps from variable to variable are followed. */
const MOST_STEPS = 4;

/** What the functions around the given places assign to the variables that the values there are made of. */
export function localsOf(
  tree: SyntaxTree,
  places: readonly { readonly node: SyntaxNode; readonly values: readonly Value[] }[],
): readonly FunctionLocals[] {
  const locals = new Map<number, Assigned>();
  let wanted = places.flatMap(({ node, values }) => {
    const variables = variablesIn(values);
    return enclosingDefinitions(tree, node)
      .filter(isFunction)
      .flatMap((definition) => variables.map((variable) => ({ definition, variable })));
  });
  for (let step = 0; step < MOST_STEPS && 0 < wanted.length; step += 1) {
    wanted = addValues(tree, wanted, locals);
  }
  return [...locals.values()].map(({ definition, values }) => ({
    functionName: qualifiedNameOf(tree, definition),
    range: rangeOf(definition),
    values,
  }));
}

/** By function, then by variable. Functions of one name, as a property and its setter, are told together. */
export function localsByFunction(functions: readonly FunctionLocals[]): FileFacts["locals"] {
  const all = new Map<string, Map<string, readonly LocalValue[]>>();
  for (const { functionName, values } of functions) {
    const known = all.get(functionName) ?? new Map<string, readonly LocalValue[]>();
    for (const [variable, more] of values) {
      known.set(variable, [...(known.get(variable) ?? []), ...more]);
    }
    all.set(functionName, known);
  }
  return all;
}

/** The same while it is gathered. */
interface Assigned {
  readonly definition: SyntaxNode;
  readonly values: Map<string, LocalValue[]>;
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
function addValues(tree: SyntaxTree, wanted: readonly Wanted[], locals: Map<number, Assigned>): Wanted[] {
  const fresh = new Map<string, Wanted>();
  for (const each of wanted) {
    if (locals.get(each.definition.id)?.values.has(each.variable) !== true) {
      fresh.set(keyOf(each.definition, each.variable), each);
    }
  }
  const found = [...parameterValues(tree, fresh), ...assignedValues(tree, fresh)];
  for (const { definition, variable, value, condition } of found) {
    const known = locals.get(definition.id) ?? { definition, values: new Map<string, LocalValue[]>() };
    known.values.set(variable, [...(known.values.get(variable) ?? []), { value, condition }]);
    locals.set(definition.id, known);
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
    parametersOf(tree, definition).some(({ name }) => textOf(tree, name) === variable)
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

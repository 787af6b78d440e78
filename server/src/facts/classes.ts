import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  assignmentIn,
  enclosingDefinitions,
  isClass,
  isDottedName,
  isFunction,
  namedChildrenOf,
  parametersOf,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { statementsStartingWith } from "../syntax/words.ts";
import type { AssignedValue, ClassFacts } from "./model.ts";
import { expressionValue, withoutNames } from "./value.ts";

/** The classes of a file, with what their bodies and methods assign to attributes. */
export function classesOf(tree: SyntaxTree): readonly ClassFacts[] {
  const instance = instanceAttributesOf(tree);
  return statementsStartingWith(tree, /\bclass\b/g, new Set(["class_definition"])).map((definition) => {
    const name = qualifiedNameOf(tree, definition);
    return {
      name,
      range: rangeOf(definition),
      bases: basesOf(tree, definition),
      classAttributes: classAttributesOf(tree, definition),
      instanceAttributes: instance.get(name) ?? new Map(),
    };
  });
}

/** The base classes as written; `undefined` for one that is computed. */
function basesOf(tree: SyntaxTree, definition: SyntaxNode): ClassFacts["bases"] {
  const list = definition.childForFieldName("superclasses");
  return list === null
    ? []
    : namedChildrenOf(list)
        .filter((base) => base.type !== "keyword_argument")
        .map((base) => (isDottedName(base) ? textOf(tree, base).replace(/\s+/g, "") : undefined));
}

function classAttributesOf(tree: SyntaxTree, definition: SyntaxNode): ReadonlyMap<string, AssignedValue> {
  const attributes = new Map<string, AssignedValue>();
  const body = definition.childForFieldName("body");
  const functionName = qualifiedNameOf(tree, definition);
  for (const statement of body === null ? [] : namedChildrenOf(body)) {
    const { name, value = null } = assignmentIn(statement) ?? {};
    if (name !== undefined && value !== null) {
      attributes.set(textOf(tree, name), {
        value: expressionValue(tree, value),
        functionName,
        range: rangeOf(name),
      });
    }
  }
  return attributes;
}

const SELF_ASSIGNMENT = /\bself\.(\w+)[ \t]*(?::[^=\n]*)?=(?!=)/g;

/** By class, then by attribute: all that the methods assign to `self`. */
function instanceAttributesOf(
  tree: SyntaxTree,
): ReadonlyMap<string, ReadonlyMap<string, readonly AssignedValue[]>> {
  const byClass = new Map<string, Map<string, AssignedValue[]>>();
  for (const match of tree.text.matchAll(SELF_ASSIGNMENT)) {
    const name = match[1] ?? "";
    const end = match.index + "self.".length + name.length;
    const target = tree.root.descendantForIndex(match.index, end);
    const right = target?.parent?.type === "assignment" ? target.parent.childForFieldName("right") : null;
    if (target?.type !== "attribute" || target.startIndex !== match.index || right === null) {
      continue;
    }
    const around = enclosingDefinitions(tree, target);
    const owner = around.find(isClass);
    const method = around.find(isFunction);
    if (owner !== undefined && method !== undefined) {
      const attributes = entry(
        byClass,
        qualifiedNameOf(tree, owner),
        () => new Map<string, AssignedValue[]>(),
      );
      entry(attributes, name, (): AssignedValue[] => []).push({
        value: withoutNames(expressionValue(tree, right), parameterNamesOf(tree, method)),
        functionName: qualifiedNameOf(tree, method),
        range: rangeOf(target),
      });
    }
  }
  return byClass;
}

/** All but the first: that is the object itself. */
const parameterNamesOf = perNode(
  (tree, method): ReadonlySet<string> =>
    new Set(
      parametersOf(method)
        .slice(1)
        .map((parameter) => textOf(tree, parameter.name)),
    ),
);

function entry<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

import { groupBy } from "../base/order.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  assignmentIn,
  definitionIn,
  enclosingDefinitions,
  isClass,
  isDottedName,
  isFunction,
  isStubBlock,
  namedChildrenOf,
  parametersOf,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { statementsStartingWith } from "../syntax/words.ts";
import type { AssignedValue, ClassFacts, MethodFacts } from "./model.ts";
import { expressionValue, withoutNames } from "./value.ts";

/** What `self.name` is given somewhere in a method. */
export interface SelfAssignment {
  readonly node: SyntaxNode;
  /** The class whose method it is. */
  readonly owner: string;
  readonly name: string;
  readonly assigned: AssignedValue;
}

/** The classes of a file, with what their bodies and methods assign to attributes. */
export function classesOf(
  tree: SyntaxTree,
  selfAssignments: readonly SelfAssignment[],
): readonly ClassFacts[] {
  const byOwner = groupBy(selfAssignments, ({ owner }) => owner);
  return statementsStartingWith(tree, /\bclass\b/g, new Set(["class_definition"])).map((definition) => {
    const name = qualifiedNameOf(tree, definition);
    const byAttribute = groupBy(byOwner.get(name) ?? [], (assignment) => assignment.name);
    return {
      name,
      range: rangeOf(definition),
      bases: basesOf(tree, definition),
      classAttributes: classAttributesOf(tree, definition),
      instanceAttributes: new Map(
        [...byAttribute].map(([attribute, group]) => [attribute, group.map(({ assigned }) => assigned)]),
      ),
      methods: methodsOf(tree, definition),
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

function methodsOf(tree: SyntaxTree, definition: SyntaxNode): ReadonlyMap<string, MethodFacts> {
  const body = definition.childForFieldName("body");
  const methods = (body === null ? [] : namedChildrenOf(body)).flatMap((statement) => {
    const method = definitionIn(statement);
    const name = method?.childForFieldName("name");
    const block = method?.childForFieldName("body");
    return method === undefined || !isFunction(method) || !name || !block
      ? []
      : [
          [
            textOf(tree, name),
            {
              nameRange: rangeOf(name),
              calls: methodsCalledIn(textOf(tree, block)),
              isStub: isStubBlock(tree, block),
            },
          ] as const,
        ];
  });
  return new Map(methods);
}

// Begins with the parenthesis and looks back from there, which is many times as fast as beginning with a word.
const METHOD_CALL = /\((?<=\.(\w+)\()/g;

/** Found in the text alone: a word in a string does no harm where it is only asked what is not called. */
function methodsCalledIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(METHOD_CALL)].map(([, name = ""]) => name));
}

const SELF_ASSIGNMENT = /\bself\.(\w+)[ \t]*(?::[^=\n]*)?=(?!=)/g;

/** All that the methods of a file assign to `self`, in the order of the text. */
export function selfAssignmentsIn(tree: SyntaxTree): readonly SelfAssignment[] {
  return [...tree.text.matchAll(SELF_ASSIGNMENT)].flatMap((match): readonly SelfAssignment[] => {
    const name = match[1] ?? "";
    const end = match.index + "self.".length + name.length;
    const node = tree.root.descendantForIndex(match.index, end);
    const right = node?.parent?.type === "assignment" ? node.parent.childForFieldName("right") : null;
    if (node?.type !== "attribute" || node.startIndex !== match.index || right === null) {
      return [];
    }
    const around = enclosingDefinitions(tree, node);
    const owner = around.find(isClass);
    const method = around.find(isFunction);
    return owner === undefined || method === undefined
      ? []
      : [
          {
            node,
            owner: qualifiedNameOf(tree, owner),
            name,
            assigned: {
              value: withoutNames(expressionValue(tree, right), parameterNamesOf(tree, method)),
              functionName: qualifiedNameOf(tree, method),
              range: rangeOf(node),
            },
          },
        ];
  });
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

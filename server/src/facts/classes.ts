import { groupBy } from "../base/order.ts";
import { contains } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf, uncutTextOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  assignmentIn,
  classWithStatement,
  decoratedDefinition,
  enclosingDefinitions,
  isClass,
  isDottedName,
  isFunction,
  isStubBlock,
  namedChildrenOf,
  parametersOf,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { functionDefinitionsIn, matchesIn, statementsStartingWith } from "../syntax/words.ts";
import type { AssignedValue, ClassFacts, MethodFacts } from "./model.ts";
import { expressionValue, withoutNames } from "./value.ts";

/** What `self.name` is given somewhere in a method. */
export interface SelfAssignment {
  /** The class whose method it is. */
  readonly owner: string;
  readonly name: string;
  readonly assigned: AssignedValue;
}

/** A function that stands in the body of a class itself. */
export interface Method {
  readonly owner: string;
  readonly name: string;
  readonly facts: MethodFacts;
}

/** What a class itself says, without what is in its methods. */
export type ClassHead = Omit<ClassFacts, "instanceAttributes" | "methods">;

/** The classes that begin in what is searched of a text. */
export function classHeadsIn(tree: SyntaxTree): readonly ClassHead[] {
  return statementsStartingWith(tree, /\bclass\b/g, new Set(["class_definition"])).map((definition) => ({
    name: qualifiedNameOf(tree, definition),
    range: rangeOf(definition),
    bases: basesOf(tree, definition),
    classAttributes: classAttributesOf(tree, definition),
  }));
}

/** The classes of a file with their methods, and what these assign to attributes. */
export function classesOf(
  heads: readonly ClassHead[],
  methods: readonly Method[],
  selfAssignments: readonly SelfAssignment[],
): readonly ClassFacts[] {
  const assignedBy = groupBy(selfAssignments, ({ owner }) => owner);
  const methodsOf = groupBy(methods, ({ owner }) => owner);
  return heads.map((head) => {
    const byAttribute = groupBy(assignedBy.get(head.name) ?? [], ({ name }) => name);
    return {
      ...head,
      instanceAttributes: new Map(
        [...byAttribute].map(([attribute, group]) => [attribute, group.map(({ assigned }) => assigned)]),
      ),
      methods: new Map(
        (methodsOf.get(head.name) ?? [])
          // Another class may have the same name: one of two branches defines it.
          .filter(({ facts }) => contains(head.range, facts.nameRange))
          .map(({ name, facts }) => [name, facts]),
      ),
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

/** The functions that stand in the bodies of classes themselves: not those in an `if` there. */
export function methodsIn(tree: SyntaxTree): readonly Method[] {
  return functionDefinitionsIn(tree).flatMap((method) => {
    const owner = classWithStatement(decoratedDefinition(method));
    const name = method.childForFieldName("name");
    const block = method.childForFieldName("body");
    return owner === undefined || name === null || block === null
      ? []
      : {
          owner: qualifiedNameOf(tree, owner),
          name: textOf(tree, name),
          facts: {
            nameRange: rangeOf(name),
            calls: methodsCalledIn(uncutTextOf(tree, block)),
            isStub: isStubBlock(tree, block),
          },
        };
  });
}

// Begins with the parenthesis and looks back from there, which is many times as fast as beginning with a word.
const METHOD_CALL = /\((?<=\.(\w+)\()/g;

/** Found in the text alone: a word in a string does no harm where it is only asked what is not called. */
function methodsCalledIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(METHOD_CALL)].map(([, name = ""]) => name));
}

/** `self.name = …`, `self.name: str = …`. */
export const SELF_ASSIGNMENT = /\bself\.(\w+)[ \t]*(?::[^=\n]*)?=(?!=)/g;

/** A place where `self.name` is given something. */
export interface FoundSelfAssignment {
  readonly node: SyntaxNode;
  readonly assignment: SelfAssignment;
}

/** All that methods assign to `self`, in the order of the text. */
export function selfAssignmentsIn(tree: SyntaxTree): readonly FoundSelfAssignment[] {
  return [...matchesIn(tree, SELF_ASSIGNMENT)].flatMap(({ start, match }): readonly FoundSelfAssignment[] => {
    const name = match[1] ?? "";
    const node = tree.root.descendantForIndex(start, start + "self.".length + name.length);
    const assignment = node?.parent ?? undefined;
    const right = assignment?.type === "assignment" ? assignment.childForFieldName("right") : null;
    if (node?.type !== "attribute" || node.startIndex !== start || right === null) {
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
            assignment: {
              owner: qualifiedNameOf(tree, owner),
              name,
              assigned: {
                value: withoutNames(expressionValue(tree, right), parameterNamesOf(tree, method)),
                functionName: qualifiedNameOf(tree, method),
                range: rangeOf(node),
              },
            },
          },
        ];
  });
}

/** All but the first: that is the object itself. */
const parameterNamesOf = perNode(
  (tree, method): ReadonlySet<string> =>
    new Set(
      parametersOf(tree, method)
        .slice(1)
        .map((parameter) => textOf(tree, parameter.name)),
    ),
);

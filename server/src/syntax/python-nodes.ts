import { derived } from "../base/memo.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { textOf, uncutTextOf } from "./engine.ts";
import { perNode } from "./per-node.ts";

/** Questions about a Python tree in Python's own words; the grammar's node names appear nowhere else. */

/** A parameter of a function, in the order in which they are written. */
export interface ParameterNode {
  readonly name: SyntaxNode;
  /** `sequence` and `mapping` gather what is left: `*args`, `**kwargs`. */
  readonly kind: "plain" | "sequence" | "mapping";
  /** The default value. */
  readonly value: SyntaxNode | undefined;
}

/** An argument of a call: by position, by keyword, or unpacked from a sequence or mapping. */
export type ArgumentNode =
  | { readonly kind: "positional"; readonly node: SyntaxNode; readonly value: SyntaxNode }
  | {
      readonly kind: "keyword";
      readonly node: SyntaxNode;
      readonly name: SyntaxNode;
      readonly value: SyntaxNode;
    }
  | { readonly kind: "splat"; readonly node: SyntaxNode };

export function namedChildrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren.filter((child) => child !== null && child.type !== "comment") as SyntaxNode[];
}

export function isFunction(node: SyntaxNode): boolean {
  return node.type === "function_definition";
}

export function isClass(node: SyntaxNode): boolean {
  return node.type === "class_definition";
}

/** The body of a class, a function or another statement; that of the module is the root. */
export function isBlock(node: SyntaxNode): boolean {
  return node.type === "block";
}

/** A statement that is nothing but an expression: a call, or a text. */
export function isExpressionStatement(node: SyntaxNode): boolean {
  return node.type === "expression_statement";
}

export function isComment(node: SyntaxNode): boolean {
  return node.type === "comment";
}

/** A `yield` or its word; in a string or comment the word is neither. */
export function isYield(node: SyntaxNode): boolean {
  return node.type === "yield";
}

export function isNone(node: SyntaxNode): boolean {
  return node.type === "none";
}

export function isComparison(node: SyntaxNode): boolean {
  return node.type === "comparison_operator";
}

export function isName(node: SyntaxNode): boolean {
  return node.type === "identifier";
}

/** The function or class that a statement defines, below its decorators if it has any. */
export function definitionIn(statement: SyntaxNode): SyntaxNode | undefined {
  const definition =
    statement.type === "decorated_definition" ? statement.childForFieldName("definition") : statement;
  return definition !== null && (isFunction(definition) || isClass(definition)) ? definition : undefined;
}

export function definesFunction(statement: SyntaxNode): boolean {
  const definition = definitionIn(statement);
  return definition !== undefined && isFunction(definition);
}

/** A definition with its decorators, if it has any. */
export function decoratedDefinition(definition: SyntaxNode): SyntaxNode {
  const { parent } = definition;
  return parent?.type === "decorated_definition" ? parent : definition;
}

/** The class in whose body a statement stands itself. */
export function classWithStatement({ parent }: SyntaxNode): SyntaxNode | undefined {
  const owner = parent?.type === "block" ? parent.parent : null;
  return owner !== null && isClass(owner) ? owner : undefined;
}

/** The variable that a statement assigns to, and the value; `null` where it is only declared, as by `x: int`. */
export function assignmentIn(
  statement: SyntaxNode,
): { readonly name: SyntaxNode; readonly value: SyntaxNode | null } | undefined {
  const assignment = isExpressionStatement(statement) ? namedChildrenOf(statement)[0] : undefined;
  const left = assignment?.type === "assignment" ? assignment.childForFieldName("left") : null;
  return left !== null && isName(left)
    ? { name: left, value: assignment?.childForFieldName("right") ?? null }
    : undefined;
}

/** A name or a chain of attributes of a name: `coordination.COORDINATOR.get_lock`. */
export function isDottedName(node: SyntaxNode): boolean {
  let current: SyntaxNode | null = node;
  while (current?.type === "attribute") {
    current = current.childForFieldName("object");
  }
  return current !== null && isName(current);
}

/**
 * The innermost function or class in whose body a node stands, or `undefined` at module level. Decorators, default
 * values and base classes belong to what is around the definition, as Python evaluates them there.
 */
export function enclosingDefinition(tree: SyntaxTree, node: SyntaxNode): SyntaxNode | undefined {
  const known = definitionsAround(tree);
  const passed: number[] = [];
  let found: SyntaxNode | undefined;
  for (let current: SyntaxNode | null = node; current !== null; ) {
    if (known.has(current.id)) {
      found = known.get(current.id);
      break;
    }
    passed.push(current.id);
    const { parent }: SyntaxNode = current;
    if (parent !== null && (isFunction(parent) || isClass(parent)) && isInBody(parent, current)) {
      found = parent;
      break;
    }
    current = parent;
  }
  for (const id of passed) {
    known.set(id, found);
  }
  return found;
}

/** The way up to a node's parent is as long as the tree is deep, so that no step of it is made twice. */
const definitionsAround = derived((_tree: SyntaxTree) => new Map<number, SyntaxNode | undefined>());

function isInBody(definition: SyntaxNode, child: SyntaxNode): boolean {
  const body = definition.childForFieldName("body");
  return body === null || body.startIndex <= child.startIndex;
}

/** The innermost function or lambda in which a node runs. */
export function enclosingFunction(node: SyntaxNode): SyntaxNode | undefined {
  let current = node.parent;
  while (current !== null && !isFunction(current) && current.type !== "lambda") {
    current = current.parent;
  }
  return current ?? undefined;
}

/** The functions and classes around a node, innermost first. */
export function enclosingDefinitions(tree: SyntaxTree, node: SyntaxNode): readonly SyntaxNode[] {
  const definitions: SyntaxNode[] = [];
  for (
    let current = enclosingDefinition(tree, node);
    current !== undefined;
    current = enclosingDefinition(tree, current)
  ) {
    definitions.push(current);
  }
  return definitions;
}

/** A definition's name with those of the classes and functions around it: `Driver.attach.locked`. */
export const qualifiedNameOf: (tree: SyntaxTree, definition: SyntaxNode) => string = perNode(
  (tree, definition) => {
    const around = enclosingDefinition(tree, definition);
    const name = definitionName(tree, definition);
    return around === undefined ? name : `${qualifiedNameOf(tree, around)}.${name}`;
  },
);

/** The name of a function or class; empty while it is not yet typed. */
export function definitionName(tree: SyntaxTree, definition: SyntaxNode): string {
  const name = definition.childForFieldName("name");
  return name === null ? "" : textOf(tree, name);
}

/** The function or class below a decorator, if the text is whole enough to tell. */
export function decoratedBy(decorator: SyntaxNode): SyntaxNode | undefined {
  const { parent } = decorator;
  const definition =
    parent?.type === "decorated_definition" ? parent.childForFieldName("definition") : undefined;
  return definition ?? undefined;
}

/** The decorators of a definition, topmost first. */
export const decoratorsOf = perNode((_tree, definition): readonly SyntaxNode[] => {
  const { parent } = definition;
  return parent?.type === "decorated_definition"
    ? namedChildrenOf(parent).filter((child) => child.type === "decorator")
    : [];
});

export const parametersOf = perNode((_tree, definition): readonly ParameterNode[] => {
  const list = definition.childForFieldName("parameters");
  return list === null ? [] : namedChildrenOf(list).flatMap((node) => parameterOf(node) ?? []);
});

function parameterOf(node: SyntaxNode): ParameterNode | undefined {
  switch (node.type) {
    case "identifier":
      return { name: node, kind: "plain", value: undefined };
    case "list_splat_pattern":
      return splatParameter(node, "sequence");
    case "dictionary_splat_pattern":
      return splatParameter(node, "mapping");
    case "typed_parameter": {
      const inner = namedChildrenOf(node)[0];
      return inner === undefined ? undefined : parameterOf(inner);
    }
    case "default_parameter":
    case "typed_default_parameter": {
      const name = node.childForFieldName("name");
      const value = node.childForFieldName("value") ?? undefined;
      return name === null ? undefined : { name, kind: "plain", value };
    }
    default:
      return undefined;
  }
}

function splatParameter(node: SyntaxNode, kind: "sequence" | "mapping"): ParameterNode | undefined {
  const name = namedChildrenOf(node)[0];
  return name === undefined ? undefined : { name, kind, value: undefined };
}

export function argumentsOf(call: SyntaxNode): readonly ArgumentNode[] {
  const list = call.childForFieldName("arguments");
  if (list === null || list.type !== "argument_list") {
    return [];
  }
  return namedChildrenOf(list).map(argumentOf);
}

function argumentOf(node: SyntaxNode): ArgumentNode {
  if (node.type === "keyword_argument") {
    const name = node.childForFieldName("name");
    const value = node.childForFieldName("value");
    if (name !== null && value !== null) {
      return { kind: "keyword", node, name, value };
    }
  }
  if (node.type === "list_splat" || node.type === "dictionary_splat") {
    return { kind: "splat", node };
  }
  return { kind: "positional", node, value: node };
}

/** The call of which `callee` is what is called, if it is one. */
export function callOf(callee: SyntaxNode): SyntaxNode | undefined {
  const { parent } = callee;
  if (parent?.type !== "call") {
    return undefined;
  }
  const called = parent.childForFieldName("function");
  return called?.startIndex === callee.startIndex && called.endIndex === callee.endIndex ? parent : undefined;
}

/** For `lock` in `lock.acquire()`: the call, if `node` is the object of a method of that name that is called. */
export function methodCallOn(tree: SyntaxTree, node: SyntaxNode, method: string): SyntaxNode | undefined {
  const { parent } = node;
  if (parent?.type !== "attribute" || parent.childForFieldName("object")?.endIndex !== node.endIndex) {
    return undefined;
  }
  const attribute = parent.childForFieldName("attribute");
  return attribute !== null && textOf(tree, attribute) === method ? callOf(parent) : undefined;
}

/** The `with` statement that enters the value of `node`, if it stands there: `with node:`, `with node as lock, other:`. */
export function withStatementEntering(node: SyntaxNode): SyntaxNode | undefined {
  let current = node.parent;
  while (
    current !== null &&
    (current.type === "as_pattern" || current.type === "parenthesized_expression" || current.type === "tuple")
  ) {
    current = current.parent;
  }
  if (current?.type !== "with_item") {
    return undefined;
  }
  const statement = current.parent?.type === "with_clause" ? current.parent.parent : null;
  return statement?.type === "with_statement" ? statement : undefined;
}

/** Whether a name is given a value here: `node = …`, `for node in …`, `… as node`. */
export function isAssigned(node: SyntaxNode): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "assignment":
    case "augmented_assignment":
    case "for_statement":
    case "named_expression":
      return (
        (parent.childForFieldName("left") ?? parent.childForFieldName("name"))?.startIndex === node.startIndex
      );
    case "as_pattern_target":
      return true;
    default:
      return false;
  }
}

/** A node with all the parentheses around it: the outer pair of `((node))`. */
export function withParentheses(node: SyntaxNode): SyntaxNode {
  let outer = node;
  while (outer.parent?.type === "parenthesized_expression") {
    outer = outer.parent;
  }
  return outer;
}

/** The object and the method of `object.method(…)`, if that is what a call calls. */
export function methodCalled(
  tree: SyntaxTree,
  call: SyntaxNode,
): { readonly object: SyntaxNode; readonly method: string } | undefined {
  const callee = calleeOf(call);
  const name = callee?.type === "attribute" ? callee.childForFieldName("attribute") : undefined;
  const object = name && callee?.childForFieldName("object");
  return name && object ? { object, method: textOf(tree, name) } : undefined;
}

/** What is called, if the node is a call. */
export function calleeOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === "call" ? (node.childForFieldName("function") ?? undefined) : undefined;
}

/** The expressions that a `with` statement enters, without the names that it gives them. */
export function enteredBy(statement: SyntaxNode): readonly SyntaxNode[] {
  const clause = namedChildrenOf(statement).find(({ type }) => type === "with_clause");
  return clause === undefined ? [] : namedChildrenOf(clause).flatMap(enteredIn);
}

function enteredIn(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case "with_item":
    case "parenthesized_expression":
    case "tuple":
      return namedChildrenOf(node).flatMap(enteredIn);
    case "as_pattern":
      return namedChildrenOf(node).slice(0, 1).flatMap(enteredIn);
    default:
      return [node];
  }
}

/** The `return` that gives back the node's value, if one does; conditional in `return node if c else other`. */
export function returnOf(
  node: SyntaxNode,
): { readonly statement: SyntaxNode; readonly isConditional: boolean } | undefined {
  const outer = withParentheses(node);
  const isConditional = outer.parent?.type === "conditional_expression";
  const { parent } = isConditional && outer.parent !== null ? withParentheses(outer.parent) : outer;
  return parent?.type === "return_statement" ? { statement: parent, isConditional } : undefined;
}

/** The condition under which a statement runs, as the `if` or `elif` says whose block it stands in. */
export function conditionOf(node: SyntaxNode): SyntaxNode | undefined {
  let child = node;
  for (let { parent } = node; parent !== null && !isFunction(parent); parent = parent.parent) {
    if (parent.type === "if_statement" || parent.type === "elif_clause") {
      const isBlock = parent.childForFieldName("consequence")?.startIndex === child.startIndex;
      return isBlock ? (parent.childForFieldName("condition") ?? undefined) : undefined;
    }
    if (parent.type === "else_clause") {
      return undefined;
    }
    child = parent;
  }
  return undefined;
}

const BRANCHES: ReadonlySet<string> = new Set([
  "if_statement",
  "elif_clause",
  "else_clause",
  "except_clause",
  "except_group_clause",
  "while_statement",
  "case_clause",
  "conditional_expression",
]);

/** Whether a node stands in a part of its function that not every call comes to. */
export function isInBranch(node: SyntaxNode): boolean {
  for (let { parent } = node; parent !== null && !isFunction(parent); parent = parent.parent) {
    if (BRANCHES.has(parent.type)) {
      return true;
    }
  }
  return false;
}
/** The statement that an expression is all of: `lock.acquire()` on a line of its own, whose value nobody asks for. */
export function statementOf(expression: SyntaxNode): SyntaxNode | undefined {
  return expression.parent !== null && isExpressionStatement(expression.parent)
    ? expression.parent
    : undefined;
}

/** The statements behind one in the same block, in their order. */
export function statementsBehind(statement: SyntaxNode): readonly SyntaxNode[] {
  const siblings = statement.parent === null ? [] : namedChildrenOf(statement.parent);
  return siblings.filter(({ startIndex }) => statement.endIndex <= startIndex);
}

/** The statements of the `finally` of a `try`; none of any other statement. */
export function finallyOf(statement: SyntaxNode): readonly SyntaxNode[] {
  const clause =
    statement.type === "try_statement"
      ? namedChildrenOf(statement).find(({ type }) => type === "finally_clause")
      : undefined;
  return clause === undefined ? [] : namedChildrenOf(clause).flatMap(namedChildrenOf);
}

/** The `try` statement in whose guarded block a statement stands itself, not in an `if` or a `with` inside. */
export function tryAround(statement: SyntaxNode): SyntaxNode | undefined {
  const block = statement.parent;
  const around = block?.parent;
  return around?.type === "try_statement" &&
    around.childForFieldName("body")?.startIndex === block?.startIndex
    ? around
    : undefined;
}

/** Whether what is raised at a node may not leave a statement around it: an `except` or a `with` may swallow it. */
export function mayBeCaught(node: SyntaxNode, within: SyntaxNode): boolean {
  let child = node;
  while (child.id !== within.id && child.parent !== null) {
    const { parent } = child;
    const isGuarded =
      parent.type === "try_statement" && parent.childForFieldName("body")?.startIndex === child.startIndex;
    if (isGuarded || parent.type === "with_statement") {
      return true;
    }
    child = parent;
  }
  return false;
}

/** Whether a block does nothing: `pass`, `...` or a text. */
export function isEmptyBlock(block: SyntaxNode): boolean {
  return namedChildrenOf(block).every(isEmptyStatement);
}

function isEmptyStatement(statement: SyntaxNode): boolean {
  const [expression] = isExpressionStatement(statement) ? statement.namedChildren : [];
  return (
    statement.type === "pass_statement" || expression?.type === "ellipsis" || expression?.type === "string"
  );
}

/** Whether a block does nothing, or only says so: `pass`, `raise NotImplementedError()`, `return {'discard': False}`. One that was cut out does more. */
export function isStubBlock(tree: SyntaxTree, block: SyntaxNode): boolean {
  return (
    MAY_BE_STUB.test(textOf(tree, block)) &&
    uncutTextOf(tree, block).length === block.endIndex - block.startIndex &&
    namedChildrenOf(block).every(
      (statement) =>
        isEmptyStatement(statement) || statement.type === "raise_statement" || returnsLiteral(statement),
    )
  );
}

/** How such a block begins; the statements of the others are not looked at. */
const MAY_BE_STUB = /^\s*(?:pass\b|\.\.\.|raise\b|return\b|\w{0,2}["']|#)/;

/** What is written out is no work, though a value in it may be asked for; a call alone is. */
function returnsLiteral(statement: SyntaxNode): boolean {
  const [value] = statement.type === "return_statement" ? namedChildrenOf(statement) : [];
  return (
    statement.type === "return_statement" &&
    (value === undefined || /^(?:none|true|false|integer|string|dictionary|list|tuple)$/.test(value.type))
  );
}

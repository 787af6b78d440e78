import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { enclosingDefinition, qualifiedNameOf } from "../../syntax/python-nodes.ts";

/** The dotted name of the function or class a node stands in; empty at module level. */
export function functionNameAround(tree: SyntaxTree, node: SyntaxNode): string {
  const definition = enclosingDefinition(tree, node);
  return definition === undefined ? "" : qualifiedNameOf(tree, definition);
}

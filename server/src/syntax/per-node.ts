import { derived } from "../base/memo.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";

/** A question about a node that is answered once, and then remembered for as long as the tree lives. */
export function perNode<Answer>(
  answer: (tree: SyntaxTree, node: SyntaxNode) => Answer,
): (tree: SyntaxTree, node: SyntaxNode) => Answer {
  const answersOf = derived((_tree: SyntaxTree) => new Map<number, { readonly answer: Answer }>());
  return (tree, node) => {
    const answers = answersOf(tree);
    let known = answers.get(node.id);
    if (known === undefined) {
      known = { answer: answer(tree, node) };
      answers.set(node.id, known);
    }
    return known.answer;
  };
}

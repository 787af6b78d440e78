import { literally } from "../../base/pattern.ts";
import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { textOf } from "../../syntax/engine.ts";
import { enclosingFunction, isAssigned, isName, withStatementEntering } from "../../syntax/python-nodes.ts";

/** What may be done with a lock without giving it away. */
const METHODS: ReadonlySet<string> = new Set([
  "acquire",
  "release",
  "locked",
  "wait",
  "wait_for",
  "notify",
  "notify_all",
]);

/** What is done with a lock: `given` its value, `taken` by a `with` or a method, or handed `on` to others. */
export type WayUsed = "given" | "taken" | "on";

/**
 * What is done in a function, or in the whole file, with variables or attributes of that name. Passed, returned, put
 * elsewhere, or used by a function inside, a lock is handed on: others may have it, too.
 */
export function waysUsed(tree: SyntaxTree, word: string, within: SyntaxNode): ReadonlySet<WayUsed> {
  const text = tree.text.slice(within.startIndex, within.endIndex);
  const mentions = text.matchAll(new RegExp(`(?<!\\w)${literally(word)}(?!\\w)`, "g"));
  return new Set(
    [...mentions].flatMap(({ index }) => {
      const start = within.startIndex + index;
      const node = tree.root.descendantForIndex(start, start + word.length);
      return node !== null && isName(node) ? wayUsed(tree, node, within) : [];
    }),
  );
}

function wayUsed(tree: SyntaxTree, word: SyntaxNode, within: SyntaxNode): WayUsed {
  const { parent } = word;
  const isAttribute = parent?.type === "attribute" && parent.endIndex === word.endIndex;
  const node = isAttribute ? parent : word;
  if (within.id !== tree.root.id && enclosingFunction(node)?.id !== within.id) {
    return "on";
  }
  const method = node.parent?.type === "attribute" ? node.parent.childForFieldName("attribute") : null;
  if (withStatementEntering(node) !== undefined || (method !== null && METHODS.has(textOf(tree, method)))) {
    return "taken";
  }
  return isAssigned(node) ? "given" : "on";
}

import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf } from "../../syntax/engine.ts";
import { callOf } from "../../syntax/python-nodes.ts";
import { matchesIn } from "../../syntax/words.ts";
import type { StatusGuard } from "../model.ts";
import { functionNameAround } from "./function-name.ts";
import { requirementsOf } from "./status-requirements.ts";

/**
 * `volume.conditional_update(values, expected)`: changes a resource only if it still is in an expected state. A pattern
 * that begins with its own word, and looks back from there, is found many times as fast.
 */
const CONDITIONAL_UPDATE = /conditional_update(?<=\.\s*conditional_update)(?=\s*\()/g;

/** Whether a text may have such a guard, by its words alone. */
export function mayGuardStatus(text: string): boolean {
  return text.search(CONDITIONAL_UPDATE) !== -1;
}

/** The guards of a file in the order of the text. Other words of that name, as in strings, are none. */
export function statusGuardsOf(tree: SyntaxTree): readonly StatusGuard[] {
  return [...matchesIn(tree, CONDITIONAL_UPDATE)].flatMap(({ start, end }) => {
    const word = tree.root.descendantForIndex(start, end);
    const call = word === null ? undefined : callOfMethod(word);
    return call === undefined
      ? []
      : {
          range: rangeOf(call),
          functionName: functionNameAround(tree, call),
          requirements: requirementsOf(tree, call),
        };
  });
}

function callOfMethod(word: SyntaxNode): SyntaxNode | undefined {
  const attribute = word.type === "identifier" ? word.parent : null;
  return attribute?.type === "attribute" ? callOf(attribute) : undefined;
}

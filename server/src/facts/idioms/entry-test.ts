import { literally } from "../../base/pattern.ts";
import type { TextRange } from "../../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../../syntax/engine.ts";
import { rangeOf, textOf } from "../../syntax/engine.ts";
import { conditionOf, namedChildrenOf, withStatementEntering } from "../../syntax/python-nodes.ts";
import { withoutStrings } from "../../syntax/without-strings.ts";
import type { EntryTest } from "../model.ts";

/** What is tested before a lock is entered and changed under it: `if self._client is None:` above `with lock:`. */

/** The tests of attributes that the block of each of these changes without a test of its own. */
export function entryTestsIn(
  tree: SyntaxTree,
  entered: readonly { readonly node: SyntaxNode; readonly bodyRange: TextRange | undefined }[],
): readonly EntryTest[] {
  return entered.flatMap(({ node, bodyRange }) => {
    const statement = bodyRange === undefined ? undefined : withStatementEntering(node);
    if (bodyRange === undefined || statement === undefined) {
      return [];
    }
    const block = withoutStrings(tree.text.slice(bodyRange.start, bodyRange.end));
    return [conditionOf(statement), conditionOfWayOut(statement)].flatMap((condition) =>
      condition === undefined
        ? []
        : attributesIn(textOf(tree, condition))
            .filter((state) => isChangedIn(block, state) && !isTestedIn(block, state))
            .map((state) => ({ state, range: rangeOf(condition), block: bodyRange })),
    );
  });
}

/** The condition under which the function is left directly before a statement: `if self._client: return`. */
function conditionOfWayOut(statement: SyntaxNode): SyntaxNode | undefined {
  const siblings = statement.parent === null ? [] : namedChildrenOf(statement.parent);
  const before = siblings.findLast(({ endIndex }) => endIndex <= statement.startIndex);
  const block = before?.type === "if_statement" ? before.childForFieldName("consequence") : null;
  const last = block === null ? undefined : namedChildrenOf(block).at(-1);
  return last?.type === "return_statement" && before?.childForFieldName("alternative") === null
    ? (before.childForFieldName("condition") ?? undefined)
    : undefined;
}

/** What the object at hand keeps, and what is not called: `self._client`. */
function attributesIn(condition: string): readonly string[] {
  return [...new Set(withoutStrings(condition).match(/\b(?:self|cls)(?:\.\w+)+\b(?!\s*\()/g) ?? [])];
}

function isChangedIn(block: string, state: string): boolean {
  const name = literally(state);
  return (
    new RegExp(`^\\s*${name}\\s*(?:\\[[^\\]\\n]*\\]\\s*)?(?:[-+*/|&]?=)(?!=)`, "m").test(block) ||
    new RegExp(
      `\\b${name}\\.(?:add|append|clear|discard|extend|insert|pop|remove|setdefault|update)\\(`,
    ).test(block) ||
    new RegExp(`\\bdel\\s+${name}\\b`).test(block)
  );
}

function isTestedIn(block: string, state: string): boolean {
  return new RegExp(`\\b(?:if|elif|while|assert|not|and|or)\\b[^\\n]*\\b${literally(state)}\\b`).test(block);
}

import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { rangeOf } from "./engine.ts";
import { definitionIn, isFunction } from "./python-nodes.ts";

/** A statement, and what it is one of the statements of. */
export interface PlacedStatement extends TextRange {
  readonly statement: SyntaxNode;
  /** The module, a block, or what the parser made of a broken text. */
  readonly around: SyntaxNode;
}

/**
 * The functions that stand in no other one, with their decorators, and whatever else is wanted outside of them, in the
 * order of the text. To go down from the root costs less than to look for words and then to go up, as a node hands out
 * all its children at once.
 */
export function outermostFunctions(
  { root }: SyntaxTree,
  isWanted: (statement: SyntaxNode) => boolean = () => false,
): readonly PlacedStatement[] {
  const found: PlacedStatement[] = [];
  const isBroken = root.hasError;
  const search = (around: SyntaxNode): void => {
    for (const child of around.namedChildren) {
      if (child === null) {
        continue;
      }
      const definition = definitionIn(child);
      if (definition === undefined ? isWanted(child) : isFunction(definition)) {
        found.push({ ...rangeOf(child), statement: child, around });
      } else if (
        definition !== undefined ||
        HOLDS_STATEMENTS.has(child.type) ||
        (isBroken && child.hasError)
      ) {
        search(child);
      }
    }
  };
  search(root);
  return found;
}

/** What may hold functions in a whole text, beside what defines one. */
const HOLDS_STATEMENTS: ReadonlySet<string> = new Set([
  "block",
  "if_statement",
  "elif_clause",
  "else_clause",
  "for_statement",
  "while_statement",
  "try_statement",
  "except_clause",
  "except_group_clause",
  "finally_clause",
  "with_statement",
  "match_statement",
  "case_clause",
]);

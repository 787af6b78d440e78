import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { isDottedName } from "./python-nodes.ts";

/**
 * The dotted names in a text that begin with one of the given words. The words are searched in the text, which costs
 * next to nothing, and only the places found are looked up in the tree: a walk over the whole tree would cost more
 * than parsing it. Words in strings and comments, and parts of longer names, are not names and are left out.
 */
export function dottedNamesStartingWith(
  tree: SyntaxTree,
  words: ReadonlySet<string>,
  mayInterest: (dottedName: string) => boolean,
): readonly { readonly node: SyntaxNode; readonly dottedName: string }[] {
  const names = [...words].filter((word) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(word));
  if (names.length === 0) {
    return [];
  }
  const pattern = new RegExp(`(?<![\\w.])(?:${names.join("|")})(?!\\w)(?:\\s*\\.\\s*\\w+)*`, "g");
  const found: { node: SyntaxNode; dottedName: string }[] = [];
  for (const match of tree.text.matchAll(pattern)) {
    const dottedName = match[0].replace(/\s+/g, "");
    if (mayInterest(dottedName)) {
      const node = dottedNameAt(tree, match.index, match.index + match[0].length);
      if (node !== undefined) {
        found.push({ node, dottedName });
      }
    }
  }
  return found;
}

function dottedNameAt(tree: SyntaxTree, start: number, end: number): SyntaxNode | undefined {
  const node = tree.root.descendantForIndex(start, end);
  return node !== null && node.startIndex === start && node.endIndex === end && isDottedName(node)
    ? node
    : undefined;
}

/** The nodes of the given type that begin with a keyword of the language, in the order of the text. */
export function statementsStartingWith(
  tree: SyntaxTree,
  keyword: RegExp,
  types: ReadonlySet<string>,
): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const match of tree.text.matchAll(keyword)) {
    const node = tree.root.descendantForIndex(match.index, match.index + 1)?.parent ?? undefined;
    if (node !== undefined && node.startIndex === match.index && types.has(node.type)) {
      found.push(node);
    }
  }
  return found;
}

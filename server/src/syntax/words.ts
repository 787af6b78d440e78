import { derived } from "../base/memo.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "./engine.ts";
import { callOf, isDottedName } from "./python-nodes.ts";

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
  for (const { start, end, match } of matchesIn(tree, pattern)) {
    const dottedName = match[0].replace(/\s+/g, "");
    if (mayInterest(dottedName)) {
      const node = dottedNameAt(tree, start, end);
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

/** A text, and where in it words are looked for, if not in all of it. */
export type SearchedText = Pick<SyntaxTree, "text" | "searched">;

/** Where a pattern matches in what is searched of a text. */
export function* matchesIn(
  { text, searched = [{ start: 0, end: text.length }] }: SearchedText,
  pattern: RegExp,
): Generator<TextRange & { readonly match: RegExpExecArray }> {
  const from = new RegExp(pattern);
  for (const part of searched) {
    from.lastIndex = part.start; // What is in front is not searched, but may be looked back at.
    for (const match of text.slice(0, part.end).matchAll(from)) {
      yield { start: match.index, end: match.index + match[0].length, match };
    }
  }
}

/** The nodes of the given type that begin with a keyword of the language, in the order of the text. */
export function statementsStartingWith(
  tree: SyntaxTree,
  keyword: RegExp,
  types: ReadonlySet<string>,
  within?: TextRange,
): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const { start } of matchesIn(within === undefined ? tree : { ...tree, searched: [within] }, keyword)) {
    const node = tree.root.descendantForIndex(start, start + 1)?.parent ?? undefined;
    if (node !== undefined && node.startIndex === start && types.has(node.type)) {
      found.push(node);
    }
  }
  return found;
}

/** All decorators, in the order of the text. */
export function decoratorsIn(tree: SyntaxTree): readonly SyntaxNode[] {
  return statementsStartingWith(tree, /@(?<=^[ \t]*@)/gm, new Set(["decorator"]));
}

/** All functions, at whatever depth, in the order of the text. */
export const functionDefinitionsIn = derived((tree: SyntaxTree): readonly SyntaxNode[] =>
  statementsStartingWith(tree, /\b(?:async[ \t]+)?def\b/g, new Set(["function_definition"])),
);

/** All `with` statements, in the order of the text. */
export function withStatementsIn(tree: SyntaxTree): readonly SyntaxNode[] {
  return statementsStartingWith(tree, /\b(?:async[ \t]+)?with\b/g, new Set(["with_statement"]));
}

/** The calls of a method of that name, whatever the object: `lock.acquire()`. */
export function methodCallsIn(tree: SyntaxTree, method: string): readonly SyntaxNode[] {
  return attributesNamedIn(tree, method).flatMap((attribute) => callOf(attribute) ?? []);
}

/** The attributes of that name, whatever the object: `lock.release`, called or not. */
export function attributesNamedIn(tree: SyntaxTree, name: string): readonly SyntaxNode[] {
  return [...matchesIn(tree, new RegExp(`\\.\\s*${name}\\b`, "g"))].flatMap(({ end }) => {
    const attribute = tree.root.descendantForIndex(end - name.length, end)?.parent ?? undefined;
    return attribute?.type === "attribute" && attribute.endIndex === end ? attribute : [];
  });
}

import { rememberedByName } from "../base/memo.ts";
import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  enclosingDefinition,
  enclosingDefinitions,
  isAssigned,
  isFunction,
  parametersOf,
} from "../syntax/python-nodes.ts";
import { dottedNamesStartingWith } from "../syntax/words.ts";
import type { ImportedName } from "./model.ts";

/** What names stand for at a place, by the imports of the file and by the functions around, which may hide them. */

/** A dotted name in the text, with the name by its module: `u.synchronized` is `cinder.utils.synchronized`. */
export interface QualifiedUse {
  readonly node: SyntaxNode;
  readonly qualifiedName: string;
}

/**
 * The uses of imported names that are wanted, in the order of the text: under `from cinder import utils as u` the name
 * `u.synchronized` is `cinder.utils.synchronized`.
 */
export function usesOfImports(
  tree: SyntaxTree,
  imports: readonly ImportedName[],
  isWanted: (qualifiedName: string) => boolean,
): readonly QualifiedUse[] {
  const candidates = candidatesFor(tree, imports, isWanted);
  const seenFrom = importsSeenFrom(tree, imports, new Set(candidates.map(({ head }) => head)));
  return candidates.flatMap(({ node, head, tail }) => {
    const imported = seenFrom(node, head);
    const qualifiedName = imported === undefined ? undefined : imported.qualifiedName + tail;
    return qualifiedName === undefined || !isWanted(qualifiedName) ? [] : { node, qualifiedName };
  });
}

/** A dotted name by its first word and the rest with its dot: `utils` and `.synchronized`. */
interface Candidate {
  readonly node: SyntaxNode;
  readonly head: string;
  readonly tail: string;
}

/** Told in words alone, before the tree is asked: which names may be wanted, if the right import is seen there? */
function candidatesFor(
  tree: SyntaxTree,
  imports: readonly ImportedName[],
  isWanted: (qualifiedName: string) => boolean,
): readonly Candidate[] {
  const qualifiedNames = new Map<string, Set<string>>();
  for (const { local, qualifiedName } of imports) {
    qualifiedNames.set(local, (qualifiedNames.get(local) ?? new Set()).add(qualifiedName));
  }
  const mayBeWanted = rememberedByName((dottedName) => {
    const { head, tail } = split(dottedName);
    return [...(qualifiedNames.get(head) ?? [])].some((qualifiedName) => isWanted(qualifiedName + tail));
  });
  return dottedNamesStartingWith(tree, new Set(qualifiedNames.keys()), mayBeWanted).map(
    ({ node, dottedName }) => ({ node, ...split(dottedName) }),
  );
}

function split(dottedName: string): { readonly head: string; readonly tail: string } {
  const head = dottedName.split(".", 1)[0] ?? "";
  return { head, tail: dottedName.slice(head.length) };
}

/**
 * The import that says what a name is at a place: that of the innermost scope, and of two in one scope the last. A
 * parameter or variable of a function hides what is imported around it. The names asked for are among `heads`.
 */
function importsSeenFrom(
  tree: SyntaxTree,
  imports: readonly ImportedName[],
  heads: ReadonlySet<string>,
): (node: SyntaxNode, head: string) => ImportedName | undefined {
  const byScope = new Map(imports.map((imported) => [key(imported.within, imported.local), imported]));
  const assigned = assignedNames(tree, heads);
  return (node, head) => {
    for (const [depth, definition] of enclosingDefinitions(tree, node).entries()) {
      // What a class's body imports or assigns is seen in the body alone, not in the methods.
      if (depth === 0 || isFunction(definition)) {
        const imported = byScope.get(key(rangeOf(definition), head));
        if (imported !== undefined) {
          return imported;
        }
      }
      if (
        isFunction(definition) &&
        (parameterNames(tree, definition).has(head) || assigned.has(key(rangeOf(definition), head)))
      ) {
        return undefined;
      }
    }
    return byScope.get(key(rangeOf(tree.root), head));
  };
}

const parameterNames = perNode(
  (tree, definition): ReadonlySet<string> =>
    new Set(parametersOf(tree, definition).map(({ name }) => textOf(tree, name))),
);

/** Which of the names are given a value in which function or class. */
function assignedNames(tree: SyntaxTree, names: ReadonlySet<string>): ReadonlySet<string> {
  const places = dottedNamesStartingWith(tree, names, (dottedName) => names.has(dottedName));
  return new Set(
    places.flatMap(({ node, dottedName }) => {
      const definition = isAssigned(node) ? enclosingDefinition(tree, node) : undefined;
      return definition === undefined ? [] : key(rangeOf(definition), dottedName);
    }),
  );
}

/** A name in a scope, which is told by its range. */
function key({ start, end }: TextRange, name: string): string {
  return `${start} ${end} ${name}`;
}

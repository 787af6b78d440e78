import type { FileOrigin, FileOutline } from "./model.ts";

/**
 * What is known of a file without parsing it: its classes and their bases, by words alone. It only serves to find the
 * files that are worth parsing, so that a class in a docstring does no harm.
 */
export function outlineOf({ path, module }: FileOrigin, text: string): FileOutline {
  return { path, module, baseNames: baseNamesIn(text), usedNames: usedNamesIn(text) };
}

// Every file is searched for these. A pattern that begins with its own word, and looks back from there, is found some
// times as fast as one that begins with what may stand in front.
const CLASS_WITH_BASES = /class(?<=^[ \t]*class)[ \t]+\w+[ \t]*\(([^)]*)\)/gm;
const RENAMING = /as(?<=\b(\w+)[ \t]+as)[ \t]+(\w+)/g;
const DECORATOR = /@(?<=^[ \t]*@)([\w. \t]+)/gm;
const ENTERED = /with(?<=\bwith)[ \t(]+([^\n:]+)/g;
const HELD_BY_HAND = /(?:acquire|release|__exit__)\b(?<=\b(\w+)\s*\.\s*\w+)/g;

/** The last words of the bases of all classes, found in the text alone. */
export function baseNamesIn(text: string): ReadonlySet<string> {
  const bases = new Set(
    [...text.matchAll(CLASS_WITH_BASES)].flatMap((match) =>
      [...(match[1] ?? "").matchAll(/(\w+)[ \t\r\n]*(?:,|$)/g)].map((base) => base[1] ?? ""),
    ),
  );
  return withOwnNames(text, bases);
}

/** The words of names that are applied as decorators, entered, acquired or released. */
export function usedNamesIn(text: string): ReadonlySet<string> {
  const words = [DECORATOR, ENTERED, HELD_BY_HAND].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => match[1]?.match(/\w+/g) ?? []),
  );
  return withOwnNames(text, new Set(words));
}

/** Adds the own names of what is renamed: in `from base import BaseDriver as Base` it is known elsewhere by that. */
function withOwnNames(text: string, words: ReadonlySet<string>): ReadonlySet<string> {
  if (words.size === 0) {
    return words;
  }
  const own = [...text.matchAll(RENAMING)].flatMap(([, name = "", alias = ""]) =>
    words.has(alias) ? name : [],
  );
  return new Set([...words, ...own]);
}

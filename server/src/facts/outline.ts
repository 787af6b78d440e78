import { matchesIn, type SearchedText } from "../syntax/words.ts";
import type { FileOrigin, FileOutline } from "./model.ts";
import { isTestModule } from "./test-module.ts";

/**
 * What is known of a file without parsing it: its classes and their bases, by words alone. It only serves to find the
 * files that are worth parsing, so that a class in a docstring does no harm. A test is none: it says nothing of the locks of
 * others.
 */
export function outlineOf({ path, module }: FileOrigin, text: string): FileOutline {
  if (isTestModule(module)) {
    return { path, module, baseNames: new Set(), usedNames: new Set() };
  }
  const renamings = renamingsIn({ text });
  return {
    path,
    module,
    baseNames: baseNamesIn(text, renamings),
    usedNames: withOwnNames(usedWordsIn({ text }), renamings),
  };
}

// Every file is searched for these. A pattern that begins with its own word, and looks back from there, is found some
// times as fast as one that begins with what may stand in front.
const CLASS_WITH_BASES = /class(?<=^[ \t]*class)[ \t]+\w+[ \t]*\(([^)]*)\)/gm;
const RENAMING = /as(?<=\b(\w+)[ \t]+as)[ \t]+(\w+)/g;
const DECORATOR = /@(?<=^[ \t]*@)([\w. \t]+)/gm;
const ENTERED = /with(?<=\bwith)[ \t(]+([^\n:]+)/g;
const HELD_BY_HAND = /(?:acquire|release|__exit__)\b(?<=\b(\w+)\s*\.\s*\w+)/g;

/** The last words of the bases of all classes, found in the text alone. */
export function baseNamesIn(text: string, renamings: readonly Renaming[]): ReadonlySet<string> {
  const bases = [...text.matchAll(CLASS_WITH_BASES)].flatMap((match) =>
    [...(match[1] ?? "").matchAll(/(\w+)[ \t\r\n]*(?:,|$)/g)].map((base) => base[1] ?? ""),
  );
  return withOwnNames(bases, renamings);
}

/** The words of names that are applied as decorators, entered, acquired or released. */
export function usedWordsIn(text: SearchedText): readonly string[] {
  return [DECORATOR, ENTERED, HELD_BY_HAND].flatMap((pattern) =>
    [...matchesIn(text, pattern)].flatMap(({ match }) => match[1]?.match(/\w+/g) ?? []),
  );
}

/** In `from base import BaseDriver as Base` it is known elsewhere by its own name. */
export interface Renaming {
  readonly name: string;
  readonly alias: string;
}

/** What is imported or kept under another name, as far as words tell. */
export function renamingsIn(text: SearchedText): readonly Renaming[] {
  return [...matchesIn(text, RENAMING)].map(({ match: [, name = "", alias = ""] }) => ({ name, alias }));
}

/** The words and the own names of what they rename, in the order of their letters. */
export function withOwnNames(words: readonly string[], renamings: readonly Renaming[]): ReadonlySet<string> {
  const known = new Set(words);
  const own = renamings.flatMap(({ name, alias }) => (known.has(alias) ? name : []));
  return new Set([...known, ...own].sort());
}

import { usedNamesIn } from "./idioms/named-use.ts";
import type { FileOrigin, FileOutline } from "./model.ts";

/**
 * What is known of a file without parsing it: its classes and their bases, by words alone. It only serves to find the
 * files that are worth parsing, so that a class in a docstring does no harm.
 */
export function outlineOf({ path, module }: FileOrigin, text: string): FileOutline {
  return { path, module, baseNames: baseNamesIn(text), usedNames: usedNamesIn(text) };
}

/** The last words of the bases of all classes, found in the text alone. */
export function baseNamesIn(text: string): ReadonlySet<string> {
  const bases = [...text.matchAll(/^[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)/gm)].flatMap((match) =>
    [...(match[1] ?? "").matchAll(/(\w+)[ \t\r\n]*(?:,|$)/g)].map((base) => base[1] ?? ""),
  );
  // `from base import BaseDriver as Base`: the class is known elsewhere by its own name.
  const renamed = [...text.matchAll(/\b(\w+)[ \t]+as[ \t]+(\w+)/g)].flatMap(([, name = "", alias = ""]) =>
    bases.includes(alias) ? name : [],
  );
  return new Set([...bases, ...renamed]);
}

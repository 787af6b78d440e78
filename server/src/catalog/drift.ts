// What an entry says that surely is not so, and what its fields would be if they were written from the code.
import { groupBy } from "../base/order.ts";
import type { TextRange } from "../base/text-range.ts";
import { templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import type { NamedFunction } from "./field-words.ts";
import { documentedScope, fileWords, nameWords, scopeWords, whereWords } from "./field-words.ts";
import type { DocumentedLock } from "./join.ts";
import { filesNamed, MODULE_LEVEL, mayHaveName, namesOf, sitesByIdentity, writtenName } from "./join.ts";
import type { CatalogEntry, DocumentedFunction, FieldKind, Spanned } from "./model.ts";
import { nameOfFile } from "./source.ts";

/** Something of an entry that is not as documented. */
export type Drift = {
  /** What of the document is not so. */
  readonly range: TextRange;
  /** The fields as the code has them; empty where the code does not tell. */
  readonly rewrites: readonly FieldRewrite[];
} & (
  | { readonly kind: "missing-file"; readonly documented: string }
  | { readonly kind: "missing-function"; readonly documented: string }
  | { readonly kind: "other-function"; readonly documented: string; readonly actual: string }
  | { readonly kind: "scope"; readonly documented: string; readonly actual: string }
  | { readonly kind: "name"; readonly documented: string; readonly actual: readonly string[] }
);

/** A field's whole value in the words of the documents, without the final stop. */
export interface FieldRewrite {
  readonly field: FieldKind;
  readonly words: string;
}

/** The drift as clauses for people. */
export function driftWords(drift: Drift): readonly string[] {
  switch (drift.kind) {
    case "missing-file":
      return [`${drift.documented} does not exist`];
    case "missing-function":
      return [`${drift.documented} does not exist`];
    case "other-function":
      return [`the lock is taken in ${drift.actual}, not in ${drift.documented}`];
    case "scope":
      return [`the scope is ${drift.actual}, not ${drift.documented}`];
    case "name":
      return drift.actual.map((name) => `the name is ${name}, not ${drift.documented}`);
  }
}

/** Where the lock of something that is gone is taken now, as a clause for people. */
export function placeWords({ kind, rewrites }: Drift): readonly string[] {
  const field = kind === "missing-file" ? "file" : "where";
  const isGone = kind === "missing-file" || kind === "missing-function";
  return rewrites
    .filter((rewrite) => isGone && rewrite.field === field)
    .map(({ words }) => `the lock is taken in ${words.replaceAll("`", "")}`);
}

/** The file is gone; if the very lock is taken in one other file, it has moved there. */
export function placeDrifts(index: ProjectIndex, lock: DocumentedLock, file: Spanned): readonly Drift[] {
  const moved = [...groupBy(sitesByIdentity(index, lock), (named) => named.file).entries()];
  const [only, ...others] = moved;
  const rewrites =
    only === undefined || 0 < others.length
      ? []
      : [
          { field: "file" as const, words: fileWords(nameOfFile(only[0])) },
          ...whereRewrite(lock.entry, [], only[1]),
        ];
  return [{ kind: "missing-file", range: file.range, documented: file.text, rewrites }];
}

/**
 * Functions that are gone; and where no documented one takes a lock but others of the file take the very lock, these.
 * @param sites the locks that the documented functions take
 */
export function otherPlaceDrifts(
  index: ProjectIndex,
  lock: DocumentedLock,
  gone: readonly DocumentedFunction[],
  sites: readonly NamedSite[],
): readonly Drift[] {
  const { entry, source } = lock;
  const files = filesNamed(index, source, entry.file?.text ?? "");
  const elsewhere = sitesByIdentity(index, lock).filter(
    (named) => files.includes(named.file) && !sites.includes(named),
  );
  if (0 < gone.length) {
    const remaining = entry.where.filter((where) => !gone.includes(where));
    const rewrites = whereRewrite(entry, remaining, elsewhere);
    return gone.map(({ text, range }) => ({ kind: "missing-function", range, documented: text, rewrites }));
  }
  const first = entry.where[0];
  const last = entry.where.at(-1);
  if (first === undefined || last === undefined || 0 < sites.length || elsewhere.length === 0) {
    return [];
  }
  return [
    {
      kind: "other-function",
      range: { start: first.range.start, end: last.range.end },
      documented: entry.where.map(({ text }) => text).join(" and "),
      actual: functionsOf(elsewhere)
        .map(({ text }) => text)
        .join(" and "),
      rewrites: whereRewrite(entry, [], elsewhere),
    },
  ];
}

/** The documented functions that are kept, then those that the code adds. */
function whereRewrite(
  entry: CatalogEntry,
  kept: readonly DocumentedFunction[],
  added: readonly NamedSite[],
): readonly FieldRewrite[] {
  const functions = [...kept, ...functionsOf(added)];
  const words = whereWords(functions);
  return functions.length === 0 || words === whereWords(entry.where) ? [] : [{ field: "where", words }];
}

/** The functions that take the locks, each once, as a document would name them. */
export function functionsOf(sites: readonly NamedSite[]): readonly NamedFunction[] {
  const functions = sites.map(outermostFunction);
  return [...new Map(functions.map((each) => [each.text, each])).values()];
}

/** Of functions in functions the outermost: inner ones are a matter of form. */
function outermostFunction({ file, site }: NamedSite): NamedFunction {
  if (site.functionName === "") {
    return { text: MODULE_LEVEL, kind: undefined };
  }
  const names = site.functionName.split(".");
  const at = names.findIndex((name) => file.functions.has(name));
  return { text: names[at] ?? names.at(-1) ?? "", kind: 0 < at ? "method" : "function" };
}

export function otherScopeDrifts(entry: CatalogEntry, sites: readonly NamedSite[]): readonly Drift[] {
  const { scope, scopeText } = entry;
  if (scope === undefined || scopeText === undefined) {
    return [];
  }
  const actual = new Set(sites.flatMap(({ site }) => documentedScope(site.scope) ?? []));
  return [...actual]
    .filter((other) => other !== scope)
    .map((other) => ({
      kind: "scope",
      range: scopeText.range,
      documented: scope,
      actual: other,
      rewrites: actual.size === 1 ? [{ field: "scope", words: scopeWords(other) }] : [],
    }));
}

export function otherNameDrifts(
  index: ProjectIndex,
  entry: CatalogEntry,
  sites: readonly NamedSite[],
): readonly Drift[] {
  const first = entry.names[0];
  const last = entry.names.at(-1);
  if (first === undefined || last === undefined) {
    return [];
  }
  const impossible = sites.filter((named) => !mayHaveName(index, named, entry));
  const actual = [...new Set(impossible.flatMap((named) => namesOf(index, named)))];
  const words = nameWords([...new Set(sites.flatMap((named) => documentableNames(index, named)))]);
  return actual.length === 0
    ? []
    : [
        {
          kind: "name",
          range: { start: first.range.start, end: last.range.end },
          documented: entry.names.map(({ text }) => text).join(" or "),
          actual,
          rewrites: words === "" ? [] : [{ field: "name", words }],
        },
      ];
}

/** A name that differs from class to class is documented as it is written; any other as it is at run time. */
export function documentableNames(index: ProjectIndex, named: NamedSite): readonly string[] {
  const [only, ...others] = renderedNames(index, named);
  const written = writtenName(named);
  if (only !== undefined && (others.length === 0 || written === undefined)) {
    return [only, ...others].map(({ parts }) => templateText(parts));
  }
  return written === undefined ? [] : [written];
}

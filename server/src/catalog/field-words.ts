// The values of an entry's fields in the words of the documents: what the parser reads back as the same values.
import type { Scope } from "../facts/model.ts";
import type { DocumentedScope, FunctionKind } from "./model.ts";

const SCOPES: Readonly<Record<DocumentedScope, string>> = {
  process: "Process",
  node: "Node",
  global: "Global",
  status: "Status based",
};

/** A function with what the documents would call it; `undefined` to call it nothing. */
export interface NamedFunction {
  readonly text: string;
  readonly kind: FunctionKind | undefined;
}

export function scopeWords(scope: DocumentedScope): string {
  return SCOPES[scope];
}

/** The scope of a lock as documents tell it; a scope that is decided at run time has no word. */
export function documentedScope(scope: Scope): DocumentedScope | undefined {
  return scope === "unknown" ? undefined : scope;
}

/** `{id}-map` or `{id}`; a name without fields has quotes of its own: `'lioadm'`. */
export function nameWords(names: readonly string[]): string {
  return names.map((name) => quoted(isTemplate(name) ? name : `'${name}'`)).join(" or ");
}

/** What is quoted itself would lose its quotes as if they were the document's. */
function isTemplate(name: string): boolean {
  return /[{}]/.test(name) && !/^['"‘“].*['"’”]$/s.test(name);
}

/** `a` and `b` methods; neighbors of one kind share its word. */
export function whereWords(functions: readonly NamedFunction[]): string {
  const groups: { kind: FunctionKind | undefined; names: string[] }[] = [];
  for (const { text, kind } of functions) {
    const last = groups.at(-1);
    if (last !== undefined && last.kind === kind) last.names.push(text);
    else groups.push({ kind, names: [text] });
  }
  return groups.map(({ kind, names }) => `${listed(names)}${kindWords(kind, names.length)}`).join(" and ");
}

export function fileWords(path: string): string {
  return quoted(path);
}

function kindWords(kind: FunctionKind | undefined, count: number): string {
  if (kind === undefined) return "";
  return count === 1 ? ` ${kind}` : ` ${kind}s`;
}

/** `a`, `b` and `c`. */
function listed(names: readonly string[]): string {
  const quotedNames = names.map(quoted);
  const last = quotedNames.pop() ?? "";
  return quotedNames.length === 0 ? last : `${quotedNames.join(", ")} and ${last}`;
}

function quoted(words: string): string {
  return `\`${words}\``;
}

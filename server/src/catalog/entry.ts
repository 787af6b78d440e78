// What the fields of an entry mean: the one place that reads scopes, names, functions and paths out of human words.
import type { TextRange } from "../base/text-range.ts";
import type {
  CatalogEntry,
  CatalogField,
  DocumentedFunction,
  DocumentedScope,
  FieldKind,
  FunctionKind,
  Spanned,
} from "./model.ts";
import { leadingSpans, readQuoted } from "./quoted.ts";
import { sliceOf, spanned, withoutBlanks } from "./spanned.ts";

const SCOPES: ReadonlyMap<string, DocumentedScope> = new Map([
  ["process", "process"],
  ["node", "node"],
  ["global", "global"],
  ["status", "status"],
  ["status based", "status"],
]);

const FUNCTION_KINDS: ReadonlyMap<string, FunctionKind> = new Map([
  ["method", "method"],
  ["methods", "method"],
  ["function", "function"],
  ["functions", "function"],
  ["decorator", "decorator"],
  ["decorators", "decorator"],
]);

export function readEntry(
  text: string,
  titleLine: TextRange | undefined,
  fields: readonly CatalogField[],
): CatalogEntry {
  const start = fields.at(0)?.range.start ?? 0;
  const title = readTitle(text, titleLine ?? { start, end: start });
  const value = (kind: FieldKind) => fields.find((field) => field.kind === kind)?.value;
  const scopeText = value("scope");
  return {
    range: { start: title.range.start, end: fields.at(-1)?.range.end ?? start },
    title,
    scope: scopeText && readScope(scopeText.text),
    scopeText,
    criticalSection: value("critical-section"),
    names: readNames(text, value("name")),
    statusRequirements: value("status-requirements"),
    where: readFunctions(text, value("where")),
    file: readFile(text, value("file")),
    fields,
  };
}

/** The path that a value begins with or consists of. */
export function readFile(text: string, value: Spanned | undefined): Spanned | undefined {
  return readNames(text, value).at(0);
}

/** Without the colons at its end: "HGST driver:" is "HGST driver". */
function readTitle(text: string, line: TextRange): Spanned {
  let { start, end } = withoutBlanks(text, line);
  while (end > start && (text.charAt(end - 1) === ":" || text.charAt(end - 1).trim() === "")) end -= 1;
  return spanned(text, { start, end });
}

/** "Node", "Status based"; remarks behind a comma or in parentheses change nothing. */
function readScope(words: string): DocumentedScope | undefined {
  const [scope = ""] = words.split(/[,;(]/, 1);
  return SCOPES.get(
    scope
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, " ")
      .trim(),
  );
}

function readNames(text: string, value: Spanned | undefined): readonly Spanned[] {
  return value === undefined ? [] : leadingSpans(readQuoted(text, value.range)).filter(isSaid);
}

/**
 * The functions that the document calls methods, functions or decorators; others that it quotes beside them take no lock:
 * "Inside `create_volume` method as context manager for calling `_fun_flow`." Where it calls none so, what it quotes first.
 */
function readFunctions(text: string, value: Spanned | undefined): readonly DocumentedFunction[] {
  if (value === undefined) return [];
  const quoted = readQuoted(text, value.range);
  const called = quoted.groups.flatMap((group) => {
    const kind = FUNCTION_KINDS.get(group.wordBehind);
    return kind === undefined ? [] : group.spans.map((span) => functionNamed(text, span, kind));
  });
  const isProse = quoted.isBare && quoted.groups.length > 2;
  const leading = leadingSpans(quoted).map((span) => functionNamed(text, span, undefined));
  return (called.length > 0 && !isProse ? called : leading).filter(isSaid);
}

/** `delete_volume()` names the function `delete_volume`. */
function functionNamed(text: string, { range }: Spanned, kind: FunctionKind | undefined): DocumentedFunction {
  const call = sliceOf(text, range).indexOf("(");
  const name = call < 0 ? range : { start: range.start, end: range.start + call };
  return { ...spanned(text, name), kind };
}

function isSaid(span: Spanned): boolean {
  return span.text !== "";
}

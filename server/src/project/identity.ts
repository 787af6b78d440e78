import { SERVICES } from "../facts/lock-apis.ts";
import type { DecoratedFunction, LockName, LockSite, NamePart } from "../facts/model.ts";

/**
 * Which sites take the same lock. A lock is identified by who keeps it, whom it excludes and its name; two names are
 * the same when their templates are, and a template speaks for more than its own file only if it says enough.
 */

/** What a site tells of the names that it is given. */
export interface NamingSite {
  readonly use: LockSite["use"];
  readonly target?: DecoratedFunction | undefined;
}

/**
 * A name as it is at run time, with what the site tells of it put in: `f_name` is the decorated function's name, and
 * where fields are replaced, `{{` is a brace (SEMANTICS §4).
 */
export function knownParts(site: NamingSite, name: LockName): readonly NamePart[] | undefined {
  if (name.kind === "unknown") {
    return undefined;
  }
  const functionName = nameGivenAsField(site);
  return name.parts.map((part): NamePart => {
    if (part.kind === "text") {
      return site.use.api.expandsFields ? { ...part, text: part.text.replace(/\{\{|\}\}/g, halved) } : part;
    }
    return part.origin === "template" && part.source === "f_name" && functionName !== undefined
      ? { kind: "text", text: functionName, range: part.range }
      : part;
  });
}

function halved(doubled: string): string {
  return doubled.slice(1);
}

/** A decorator below may have another name than the function, so that only a bare function's name is known. */
export function nameGivenAsField({ target }: NamingSite): string | undefined {
  return target?.below === "other decorators" ? undefined : target?.name;
}

/** The prefix in front of the name in files and keys: the service's own, or what `lockutils` is given. */
export function prefixOf(site: LockSite): string | undefined {
  if (site.use.service !== undefined) {
    return SERVICES[site.use.service].prefix;
  }
  const prefix = site.options.find((option) => option.parameter === "lock_file_prefix");
  if (prefix === undefined || prefix.value.kind === "none") {
    return "";
  }
  if (prefix.value.kind !== "text") {
    return undefined;
  }
  // One dash is added only where the prefix does not end in one: 'cinder' and 'cinder-' are the same (SEMANTICS §2).
  return prefix.value.value === "" || prefix.value.value.endsWith("-")
    ? prefix.value.value
    : `${prefix.value.value}-`;
}

/** Whether a lock is told where to keep its file, or who keeps it. */
export function hasOwnFolder(site: LockSite): boolean {
  return site.options.some(
    (option) => option.parameter === "lock_path" || option.parameter === "coordinator",
  );
}

/** Whether a lockutils lock is a fair one, kept in a table of its own; `undefined` where it cannot be told. */
export function isFair(site: LockSite): boolean | undefined {
  const fair = site.options.find((option) => option.parameter === "fair");
  if (fair === undefined) {
    return false;
  }
  return fair.value.kind === "boolean" ? fair.value.value : undefined;
}

/** Equal for two names of the same lock. */
export function identityOf(path: string, site: LockSite, parts: readonly Part[]): string {
  return JSON.stringify([
    site.use.api.mechanism,
    prefixOf(site) ?? path,
    site.scope,
    isFair(site) ?? path,
    exactText(parts),
    saysEnough(parts) ? "" : path,
  ]);
}

/** A piece of a name, as it is written or as it is at run time. */
type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly source: string };

export function templateText(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === "text" ? part.text : `{${part.source}}`)).join("");
}

/** Tells a field from the same braces as plain text, which an API without templates takes as they are. */
export function exactText(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === "text" ? part.text : `\u0001${part.source}\u0001`)).join("");
}

/** All names of one shape have the same fixed text, and fields at the same places. */
export function shapeOf(parts: readonly Part[]): string {
  return exactText(parts.map((part) => (part.kind === "text" ? part : { ...part, source: "" })));
}

/** The fields, as they are written. */
export function fieldSources(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === "field" ? [part.source] : []));
}

/** `{name}` or `{self.lock}` alone may be any lock: outside the file nothing says that they are the same. */
export function saysEnough(parts: readonly Part[]): boolean {
  return parts.some((part) => (part.kind === "text" ? /\w/.test(part.text) : namesResource(part.source)));
}

/** `{volume.id}` and `{snapshot[id]}` say what they stand for; a plain name and what hangs on `self` do not. */
function namesResource(source: string): boolean {
  return /[.[]/.test(source) && !/^(?:self|cls)\b/.test(source);
}

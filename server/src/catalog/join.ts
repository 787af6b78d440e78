// Which locks of the code an entry speaks of: by the place that it names, and by what makes a lock the same.
import { equal } from "../base/equal.ts";
import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import { literally } from "../base/pattern.ts";
import type { FileFacts, LockSite, StatusGuard } from "../facts/model.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import { saysEnough, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder, originsOf } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import type { Rendering } from "../project/resolve/values.ts";
import type { CatalogEntry } from "./model.ts";
import type { CatalogSource } from "./source.ts";
import { namesPath, speaksOf } from "./source.ts";

/** A documented lock and the document that tells of it. */
export interface DocumentedLock {
  readonly entry: CatalogEntry;
  readonly source: CatalogSource;
}

/** The files that a document names so; with the bundled list, several checkouts may have one. */
export function filesNamed(index: ProjectIndex, source: CatalogSource, file: string): readonly FileFacts[] {
  return filesInOrder(index).filter(({ path }) => namesPath(source, path, file));
}

/** Whether there is such a file at all, with locks or without. */
export function isThere(index: ProjectIndex, source: CatalogSource, file: string): boolean {
  return originsOf(index).some(({ path }) => namesPath(source, path, file));
}

const sitesByFile = derived((index: ProjectIndex) => groupBy(namedSites(index), ({ file }) => file));

/**
 * The locks that are taken where an entry says that its own is: in a function, or by way of a wrapper wherever that is
 * applied. Of several locks only those that may have the documented name, and of these only those of the documented
 * scope, if there are any.
 */
export function sitesAtPlace(index: ProjectIndex, { entry, source }: DocumentedLock): readonly NamedSite[] {
  const files = filesNamed(index, source, entry.file?.text ?? "");
  const inFiles = files.flatMap((file) => sitesByFile(index).get(file) ?? []);
  const found = new Set(
    entry.where.flatMap(({ text }) => {
      const applied = files.flatMap((file) => applicationsNamed(index, file, text));
      const taken =
        0 < applied.length ? applied : inFiles.filter(({ site }) => isIn(site.functionName, text));
      const fitting = narrowed(taken, (named) => mayHaveName(index, named, entry));
      return narrowed(fitting, ({ site }) => site.scope === entry.scope);
    }),
  );
  return namedSites(index).filter((named) => found.has(named));
}

/** The locks that are taken by way of a file's wrapper, in whichever file. */
function applicationsNamed(
  index: ProjectIndex,
  { module }: FileFacts,
  wrapper: string,
): readonly NamedSite[] {
  return indirectSites(index).filter(
    (named) => isTakenBy(named, wrapper) && named.site.via?.qualifiedName.startsWith(`${module}.`) === true,
  );
}

/** Whether it is taken by way of a wrapper, or what else is called so. */
export function isTakenBy({ site: { via } }: NamedSite, wrapper: string): boolean {
  return via?.qualifiedName.endsWith(`.${wrapper}`) === true;
}

const indirectSites = derived((index: ProjectIndex) =>
  namedSites(index).filter(({ site }) => site.via !== undefined),
);

/** Those that fit, or all where none does. */
function narrowed<Item>(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const fitting = items.filter(fits);
  return fitting.length === 0 ? items : fitting;
}

/** Whether it is the inside of a wrapper: what its name and scope are is told where that is applied. */
export function isInsideOfWrapper({ file, site }: NamedSite): boolean {
  return file.wrappers.some((wrapper) => isTakenIn(wrapper, site.range));
}

/** A guard on a status, and the file it stands in. */
export interface GuardPlace {
  readonly file: FileFacts;
  readonly guard: StatusGuard;
}

/** The guards on a status in the functions that an entry names. What they require is not compared. */
export function guardsAtPlace(index: ProjectIndex, { entry, source }: DocumentedLock): readonly GuardPlace[] {
  return filesNamed(index, source, entry.file?.text ?? "").flatMap((file) =>
    file.guards
      .filter((guard) => entry.where.some(({ text }) => isIn(guard.functionName, text)))
      .map((guard) => ({ file, guard })),
  );
}

/** The documented locks that are taken at a site. */
export function entriesFor(
  index: ProjectIndex,
  sources: readonly CatalogSource[],
  named: NamedSite,
): readonly DocumentedLock[] {
  return sources.flatMap((source) =>
    source.catalog.entries
      .filter(
        ({ file }) =>
          file !== undefined &&
          (named.site.via !== undefined || namesPath(source, named.file.path, file.text)),
      )
      .map((entry) => ({ entry, source }))
      .filter((lock) => sitesAtPlace(index, lock).some(({ name }) => name === named.name)),
  );
}

/**
 * The locks that are surely the documented one although they are taken elsewhere: the scope and the name are the same,
 * and the name says enough, or a function is named as in the document.
 */
export function sitesByIdentity(
  index: ProjectIndex,
  { entry, source }: DocumentedLock,
): readonly NamedSite[] {
  return namedSites(index).filter(
    (named) =>
      speaksOf(source, named.file.path) &&
      named.site.scope === entry.scope &&
      entry.names.some(({ text }) => isNamed(index, named, text)) &&
      (isAbout(entry, named.site) || renderedNames(index, named).some(({ parts }) => saysEnough(parts))),
  );
}

function isAbout(entry: CatalogEntry, site: LockSite): boolean {
  return entry.where.some((where) => isIn(site.functionName, where.text));
}

/** Outside of all functions, as Python's tracebacks call it. */
export const MODULE_LEVEL = "<module>";

/** Whether a function is the documented one or stands inside of it: `Driver.attach.locked` is in `attach`. */
export function isIn(functionName: string, documented: string): boolean {
  return `.${functionName === "" ? MODULE_LEVEL : functionName}.`.includes(`.${documented}.`);
}

/** The names at run time, as far as they are known. */
export function namesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => templateText(parts));
}

/** The name as it is written, if it is written as one. */
export function writtenName({ name }: NamedSite): string | undefined {
  return name.kind === "template" ? templateText(name.parts) : undefined;
}

/** Whether the documented name is the code's, as people write it: `{management_address}` for `{self._management_address}`. */
export function isNamed(index: ProjectIndex, named: NamedSite, documented: string): boolean {
  return [writtenName(named) ?? [], nameBelowDecorators(named) ?? [], ...namesOf(index, named)]
    .flat()
    .some((name) => isSaidAs(pieces(name), pieces(documented)));
}

/**
 * The name with `{f_name}` as the function's own, although the lock sees what further decorators below make of it: they
 * may call that otherwise, but who documents the lock says that they do not.
 */
function nameBelowDecorators(named: NamedSite): string | undefined {
  const { site } = named;
  const target = site.form === "decorator" && site.use.api.expandsFields ? site.target : undefined;
  return target && writtenName(named)?.replace("{f_name}", () => target.name);
}

/** Text and fields by turns, the fields in their braces. */
function pieces(template: string): readonly string[] {
  return template.split(/(\{[^{}]*\})/);
}

/**
 * Whether the documented name is that of a wrapper's lock: the fixed text is the code's, and so many fields. Documents
 * call by a word of their own what differs from application to application: `{resource_id}` for `{source[id]}`.
 */
export function isNamedByWrapper(index: ProjectIndex, named: NamedSite, documented: string): boolean {
  const withoutWords = (name: string) => pieces(name).map((piece, at) => (at % 2 === 1 ? "{}" : piece));
  return (
    named.site.via !== undefined &&
    namesOf(index, named).some((name) => equal(withoutWords(name), withoutWords(documented)))
  );
}

function isSaidAs(name: readonly string[], documented: readonly string[]): boolean {
  return (
    name.length === documented.length &&
    name.every((piece, at) => {
      const other = documented[at] ?? "";
      const isField = at % 2 === 1;
      return piece === other || (isField && `_${fieldWords(piece)}`.endsWith(`_${fieldWords(other)}`));
    })
  );
}

/** `{self._host}`, `{snapshot-id}` and `{volume['id']}` are `self_host`, `snapshot_id` and `volume_id`. */
function fieldWords(field: string): string {
  return field.replace(/[\W_]+/g, "_").replace(/^_|_$/g, "");
}

/** Whether nothing contradicts that the lock has one of the documented names. */
export function mayHaveName(index: ProjectIndex, named: NamedSite, { names }: CatalogEntry): boolean {
  const rendered = renderedNames(index, named);
  return (
    rendered.length === 0 ||
    names.some(
      ({ text }) => isNamed(index, named, text) || rendered.some(({ parts }) => patternOf(parts).test(text)),
    )
  );
}

/** Matches the names that the fields of the code's name can make of it. */
function patternOf(parts: Rendering): RegExp {
  const pattern = parts.map((part) => (part.kind === "field" ? ".*" : literally(part.text))).join("");
  return new RegExp(`^${pattern}$`, "s");
}

// Which locks of the code an entry speaks of: by the place that it names, and by what makes a lock the same.
import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { FileFacts, FileOrigin, LockSite, StatusGuard } from "../facts/model.ts";
import { saysEnough, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
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

/** Every file that is known, with locks or without. */
export function originsOf(index: ProjectIndex): readonly FileOrigin[] {
  return [...index.files.values(), ...index.lockless.values()];
}

const sitesByFile = derived((index: ProjectIndex) => groupBy(namedSites(index), ({ file }) => file));

/**
 * The locks that are taken where an entry says that its own is. Of several locks that a function takes, only those that
 * may have the documented name, if there are any.
 */
export function sitesAtPlace(index: ProjectIndex, { entry, source }: DocumentedLock): readonly NamedSite[] {
  const inFile = filesNamed(index, source, entry.file?.text ?? "").flatMap(
    (file) => sitesByFile(index).get(file) ?? [],
  );
  const found = new Set(
    entry.where.flatMap(({ text }) => {
      const inFunction = inFile.filter(({ site }) => isIn(site.functionName, text));
      const fitting = inFunction.filter((named) => mayHaveName(index, named, entry));
      return fitting.length === 0 ? inFunction : fitting;
    }),
  );
  return inFile.filter((named) => found.has(named));
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
      .filter(({ file }) => file !== undefined && namesPath(source, named.file.path, file.text))
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

/** Whether a function is the documented one or stands inside of it: `Driver.attach.locked` is in `attach`. */
export function isIn(functionName: string, documented: string): boolean {
  return `.${functionName}.`.includes(`.${documented}.`);
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
  return [writtenName(named) ?? [], ...namesOf(index, named)]
    .flat()
    .some((name) => isSaidAs(pieces(name), pieces(documented)));
}

/** Text and fields by turns, the fields in their braces. */
function pieces(template: string): readonly string[] {
  return template.split(/(\{[^{}]*\})/);
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
  const pattern = parts.map((part) => (part.kind === "field" ? ".*" : escaped(part.text))).join("");
  return new RegExp(`^${pattern}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

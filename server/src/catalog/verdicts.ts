import type { LineIndex } from "../base/line-index.ts";
import { literally } from "../base/pattern.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, FilePath, LockSite, Scope } from "../facts/model.ts";
import { templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { sitesOf } from "../project/sites.ts";
import type { Catalog, CatalogEntry, OtherFile } from "./model.ts";

/** Holds the documented locks against the code: where each one is, and whether the two agree. */

/** A catalog and where it was read. */
export interface CatalogSource {
  readonly catalog: Catalog;
  /** Its document and where that one's lines begin; `undefined` for the bundled one. */
  readonly document: { readonly path: FilePath; readonly lines: LineIndex } | undefined;
}

/**
 * `agrees`: file, functions, scope and name are as documented. `differs`: one of them surely is not.
 * `unresolved`: nothing contradicts the document, but the code does not tell enough, as the name is computed elsewhere.
 */
export type EntryStatus = "agrees" | "differs" | "missing-file" | "missing-function" | "unresolved";

export interface EntryVerdict {
  readonly entry: CatalogEntry;
  readonly status: EntryStatus;
  /** What is not as documented, or not known to be, each a clause for people. */
  readonly differences: readonly string[];
  /** The sites that the entry speaks of. */
  readonly sites: readonly NamedSite[];
  /** The documented functions in which no lock is seen, where they are defined. */
  readonly functions: readonly {
    readonly file: FileFacts;
    readonly range: TextRange;
    readonly name: string;
  }[];
}

export interface OtherFileVerdict {
  readonly file: OtherFile;
  readonly status: "locks" | "no-locks" | "missing-file";
}

export function entryVerdict(index: ProjectIndex, entry: CatalogEntry): EntryVerdict {
  const file = entry.file?.text;
  if (file === undefined) {
    return withoutPlace(entry, "unresolved", "the entry names no file");
  }
  if (!hasPath(index, file)) {
    return withoutPlace(entry, "missing-file", `${file} does not exist`);
  }
  const sites = namedSites(index).filter(
    (named) => hasSuffix(named.file.path, file) && isAbout(entry, named.site),
  );
  const lockless = entry.where.filter(
    ({ text }) => !sites.some((named) => isIn(named.site.functionName, text)),
  );
  const functions = lockless.flatMap(({ text }) => functionsNamed(index, file, text));
  const gone = lockless.filter(({ text }) => isGone(index, file, text));
  if (0 < gone.length) {
    const differences = gone.map(({ text }) => `${text} does not exist`);
    return { entry, status: "missing-function", differences, sites, functions };
  }
  const wrong = surelyWrong(index, entry, sites);
  if (0 < wrong.length) {
    return { entry, status: "differs", differences: wrong, sites, functions };
  }
  const differences = [
    ...lockless.map(({ text }) => `no lock is seen in ${text}`),
    ...notSurelyRight(index, entry, sites),
  ];
  return { entry, status: differences.length === 0 ? "agrees" : "unresolved", differences, sites, functions };
}

function withoutPlace(entry: CatalogEntry, status: EntryStatus, difference: string): EntryVerdict {
  return { entry, status, differences: [difference], sites: [], functions: [] };
}

export function otherFileVerdict(index: ProjectIndex, file: OtherFile): OtherFileVerdict {
  if (!hasPath(index, file.file)) {
    return { file, status: "missing-file" };
  }
  const hasLocks = filesInOrder(index).some(
    (facts) => hasSuffix(facts.path, file.file) && 0 < sitesOf(index, facts).length,
  );
  return { file, status: hasLocks ? "locks" : "no-locks" };
}

/** The entries that speak of a site. */
export function entriesFor(
  index: ProjectIndex,
  source: CatalogSource,
  { site, file }: NamedSite,
): readonly CatalogEntry[] {
  return source.catalog.entries.filter(
    (entry) =>
      entry.file !== undefined &&
      hasSuffix(file.path, entry.file.text) &&
      hasPath(index, entry.file.text) &&
      isAbout(entry, site),
  );
}

function isAbout(entry: CatalogEntry, site: LockSite): boolean {
  return entry.where.some((where) => isIn(site.functionName, where.text));
}

function hasPath(index: ProjectIndex, file: string): boolean {
  return [...index.files.keys(), ...index.lockless.keys()].some((path) => hasSuffix(path, file));
}

/** Documents name files from the root of the checkout, wherever that lies. */
function hasSuffix(path: string, file: string): boolean {
  return path === file || path.endsWith(`/${file}`);
}

/** Whether a function is the documented one or stands inside of it: `Driver.attach.locked` is in `attach`. */
function isIn(functionName: string, documented: string): boolean {
  return `.${functionName}.`.includes(`.${documented}.`);
}

/** In a file without a lock's words functions are not looked for, so that none of them is known to be gone. */
function isGone(index: ProjectIndex, file: string, documented: string): boolean {
  const isRead = filesInOrder(index).some((candidate) => hasSuffix(candidate.path, file));
  return isRead && functionsNamed(index, file, documented).length === 0;
}

function functionsNamed(index: ProjectIndex, file: string, documented: string): EntryVerdict["functions"] {
  const name = documented.slice(documented.lastIndexOf(".") + 1);
  return filesInOrder(index)
    .filter((candidate) => hasSuffix(candidate.path, file))
    .flatMap((candidate) =>
      (candidate.functions.get(name) ?? []).map((range) => ({ file: candidate, range, name: documented })),
    );
}

const SCOPES: Readonly<Record<string, Scope>> = { process: "process", node: "node", global: "global" };

function surelyWrong(
  index: ProjectIndex,
  entry: CatalogEntry,
  sites: readonly NamedSite[],
): readonly string[] {
  const scope = entry.scope === undefined ? undefined : SCOPES[entry.scope];
  const otherScopes = new Set(
    sites.map(({ site }) => site.scope).filter((actual) => actual !== "unknown" && actual !== scope),
  );
  const wrong =
    scope === undefined ? [] : [...otherScopes].map((actual) => `the scope is ${actual}, not ${scope}`);
  const impossible = sites.filter(
    (named) => 0 < entry.names.length && !entry.names.some(({ text }) => mayBe(index, named, text)),
  );
  const actual = new Set(impossible.flatMap((named) => namesOf(index, named)));
  return [...wrong, ...[...actual].map((name) => `the name is ${name}`)];
}

function notSurelyRight(
  index: ProjectIndex,
  entry: CatalogEntry,
  sites: readonly NamedSite[],
): readonly string[] {
  const unclear = sites.filter((named) => !entry.names.some(({ text }) => isNamed(index, named, text)));
  const names = new Set(unclear.flatMap((named) => namesOf(index, named)));
  const scopes = sites.some(({ site }) => site.scope === "unknown")
    ? ["the scope is decided at run time"]
    : [];
  return [...[...names].map((name) => `the name is computed: ${name}`), ...scopes];
}

/** The names at run time, as far as they are known. */
function namesOf(index: ProjectIndex, named: NamedSite): readonly string[] {
  return renderedNames(index, named).map(({ parts }) => templateText(parts));
}

/** Whether the documented name is the code's, as people write it: `{management_address}` for `{self.management_address}`. */
function isNamed(index: ProjectIndex, named: NamedSite, documented: string): boolean {
  const written = named.name.kind === "template" ? [templateText(named.name.parts)] : [];
  return [...written, ...namesOf(index, named)].some((name) => simplified(name) === simplified(documented));
}

function simplified(template: string): string {
  return template.replace(/\{(?:self\.)?_*/g, "{");
}

/** Whether the fields of the code's name can have values that give the documented name. */
function mayBe(index: ProjectIndex, named: NamedSite, documented: string): boolean {
  return renderedNames(index, named).some(({ parts }) => {
    const pattern = parts.map((part) => (part.kind === "field" ? ".*" : literally(part.text))).join("");
    return new RegExp(`^${pattern}$`, "s").test(documented);
  });
}

// Holds the documented locks against the code: where each one is, and whether the two agree.
import { lastWord } from "../base/dotted-name.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, Scope } from "../facts/model.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { sitesOf } from "../project/sites.ts";
import type { Drift } from "./drift.ts";
import {
  driftWords,
  otherNameDrifts,
  otherPlaceDrifts,
  otherScopeDrifts,
  placeDrifts,
  placeWords,
} from "./drift.ts";
import type { DocumentedLock, GuardPlace } from "./join.ts";
import {
  filesNamed,
  guardsAtPlace,
  isIn,
  isInsideOfWrapper,
  isNamed,
  isNamedByWrapper,
  isTakenBy,
  isThere,
  MODULE_LEVEL,
  namesOf,
  sitesAtPlace,
} from "./join.ts";
import type { DocumentedFunction, OtherFile } from "./model.ts";
import type { CatalogSource } from "./source.ts";

/**
 * `agrees`: file, functions, scope and name are as documented. `differs`: one of them surely is not.
 * `unresolved`: nothing contradicts the document, but the code does not tell enough, as the name is computed elsewhere.
 */
export type EntryStatus = "agrees" | "differs" | "missing-file" | "missing-function" | "unresolved";

export interface EntryVerdict extends DocumentedLock {
  readonly status: EntryStatus;
  /** What surely is not as documented. */
  readonly drifts: readonly Drift[];
  /** What is not as documented, or not known to be, each a clause for people. */
  readonly differences: readonly string[];
  /** The sites that the entry speaks of. */
  readonly sites: readonly NamedSite[];
  /** For an entry of a guard on a status: the guards in the documented functions. */
  readonly guards: readonly GuardPlace[];
  /** The documented functions in which no lock is seen, where they are defined. */
  readonly functions: readonly FunctionPlace[];
}

export interface FunctionPlace {
  readonly file: FileFacts;
  readonly range: TextRange;
  /** As documented. */
  readonly name: string;
}

export interface OtherFileVerdict {
  readonly file: OtherFile;
  readonly source: CatalogSource;
  readonly status: "locks" | "no-locks" | "missing-file";
}

export function entryVerdict(index: ProjectIndex, lock: DocumentedLock): EntryVerdict {
  const { entry, source } = lock;
  const file = entry.file;
  if (file === undefined) {
    return withoutPlace(lock, "unresolved", [], ["the entry names no file"]);
  }
  if (!isThere(index, source, file.text)) {
    const drifts = placeDrifts(index, lock, file);
    return withoutPlace(lock, "missing-file", drifts, differencesOf(drifts));
  }
  const sites = entry.scope === "status" ? [] : sitesAtPlace(index, lock);
  const guards = entry.scope === "status" ? guardsAtPlace(index, lock) : [];
  const lockless = entry.where.filter(
    ({ text }) =>
      !sites.some((named) => isIn(named.site.functionName, text) || isTakenBy(named, text)) &&
      !guards.some(({ guard }) => isIn(guard.functionName, text)),
  );
  const functions = lockless.flatMap((where) => functionsNamed(index, source, file.text, where));
  const gone = lockless.filter((where) => isGone(index, source, file.text, where));
  const telling = tellingSites(sites);
  const drifts =
    entry.scope === "status"
      ? otherPlaceDrifts(index, lock, gone, [])
      : [
          ...otherPlaceDrifts(index, lock, gone, sites),
          ...otherScopeDrifts(entry, telling),
          ...otherNameDrifts(index, entry, telling),
        ];
  const status = statusOf(drifts);
  const unclear = status === undefined ? notSurelyRight(index, lock, telling, guards, lockless) : [];
  return {
    ...lock,
    status: status ?? (unclear.length === 0 ? "agrees" : "unresolved"),
    drifts,
    differences: [...differencesOf(drifts), ...unclear],
    sites,
    guards,
    functions,
  };
}

/** What is not known inside of a wrapper is known where that is applied. */
function tellingSites(sites: readonly NamedSite[]): readonly NamedSite[] {
  const outside = sites.filter((named) => !isInsideOfWrapper(named));
  return outside.length === 0 ? sites : outside;
}

/** A lock of the code, and what its entry says of it that is not so. */
export interface SiteDrift {
  readonly named: NamedSite;
  readonly drift: Drift;
}

/** What an entry says of the name and scope of each single lock that is not so. */
export function siteDrifts(index: ProjectIndex, lock: DocumentedLock): readonly SiteDrift[] {
  const { entry, sites } = entryVerdict(index, lock);
  return tellingSites(sites).flatMap((named) =>
    [...otherScopeDrifts(entry, [named]), ...otherNameDrifts(index, entry, [named])].map((drift) => ({
      named,
      drift,
    })),
  );
}

/** What several drifts say of the place now is said once, behind all that is gone. */
function differencesOf(drifts: readonly Drift[]): readonly string[] {
  return [...drifts.flatMap(driftWords), ...new Set(drifts.flatMap(placeWords))];
}

function withoutPlace(
  lock: DocumentedLock,
  status: EntryStatus,
  drifts: readonly Drift[],
  differences: readonly string[],
): EntryVerdict {
  return { ...lock, status, drifts, differences, sites: [], guards: [], functions: [] };
}

function statusOf(drifts: readonly Drift[]): EntryStatus | undefined {
  if (drifts.length === 0) {
    return undefined;
  }
  return drifts.some(({ kind }) => kind === "missing-function") ? "missing-function" : "differs";
}

export function otherFileVerdict(
  index: ProjectIndex,
  source: CatalogSource,
  file: OtherFile,
): OtherFileVerdict {
  if (!isThere(index, source, file.file)) {
    return { file, source, status: "missing-file" };
  }
  const hasLocks = filesNamed(index, source, file.file).some((facts) => 0 < sitesOf(index, facts).length);
  return { file, source, status: hasLocks ? "locks" : "no-locks" };
}

/** In a file without a lock's words functions are not looked for, so that none of them is known to be gone. */
function isGone(
  index: ProjectIndex,
  source: CatalogSource,
  file: string,
  documented: DocumentedFunction,
): boolean {
  return (
    documented.text !== MODULE_LEVEL &&
    0 < filesNamed(index, source, file).length &&
    functionsNamed(index, source, file, documented).length === 0
  );
}

/** Where the functions of a documented name are defined in a file. */
export function functionsNamed(
  index: ProjectIndex,
  source: CatalogSource,
  file: string,
  { text }: DocumentedFunction,
): readonly FunctionPlace[] {
  const name = lastWord(text);
  return filesNamed(index, source, file).flatMap((candidate) =>
    (candidate.functions.get(name) ?? []).map((range) => ({ file: candidate, range, name: text })),
  );
}

function notSurelyRight(
  index: ProjectIndex,
  { entry }: DocumentedLock,
  sites: readonly NamedSite[],
  guards: readonly GuardPlace[],
  lockless: readonly DocumentedFunction[],
): readonly string[] {
  if (entry.scope === "status") {
    return entry.where
      .filter(({ text }) => !guards.some(({ guard }) => isIn(guard.functionName, text)))
      .map(({ text }) => `no guard on a status is seen in ${text}`);
  }
  const isByWrapper = (named: NamedSite) => entry.where.some(({ text }) => isTakenBy(named, text));
  const unclear = sites.filter(
    (named) =>
      !entry.names.some(
        ({ text }) =>
          isNamed(index, named, text) || (isByWrapper(named) && isNamedByWrapper(index, named, text)),
      ),
  );
  const names = new Set(unclear.flatMap((named) => namesOf(index, named)));
  return [
    ...lockless.map(({ text }) => `no lock is seen in ${text}`),
    ...[...names].map((name) => `the name is computed: ${name}`),
    ...(sites.some(({ site }) => isOpen(site.scope)) ? ["the scope is decided at run time"] : []),
  ];
}

function isOpen(scope: Scope): boolean {
  return scope === "unknown";
}

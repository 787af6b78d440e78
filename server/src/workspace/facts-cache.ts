import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FactsDetail } from "../facts/extract.ts";
import type { FilePath } from "../facts/model.ts";
import type { Asked } from "../facts/section.ts";
import type { FileChange } from "../project/project-index.ts";
import { moduleOfChange } from "../project/project-index.ts";
import { cacheFolder, liesIn, surroundings } from "./cache-folder.ts";
import { reasonOf } from "./discover.ts";
import { CACHE_LIMITS, type CacheLimits, evictPacks, markUsed, PACK } from "./evict-packs.ts";
import type { FileSystem } from "./file-system.ts";
import { type FileVersion, hashOf } from "./file-version.ts";
import { bytesOf, replaceFile, sealed, unsealed } from "./pack-file.ts";
import type { FactsReader, ReadFile, ReadResult } from "./read-file.ts";
import type { FileReading } from "./read-files.ts";

/**
 * What reading a project's files gave, kept on the disk from one run to the next. It is never a reason to fail and
 * never a source of other answers: what is not certainly the same is read anew.
 */

/** Where caches lie, and whose facts they hold. */
export interface CachePlace {
  readonly folder: string;
  /** What the facts of a text depend on beside the text: the program. Another version finds nothing of this one. */
  readonly version: string;
  readonly limits: CacheLimits;
}

/** A hash over all that makes facts, put in by the build. */
declare const CINDER_LOCKS_FINGERPRINT: string;

/**
 * The place that the user's system and environment name, or `undefined` where there is to be none.
 * @param wantedEngine who asks for another parser wants to see what that one reads
 */
export function usualCachePlace(wantedEngine: string | undefined): CachePlace | undefined {
  const folder = cacheFolder(surroundings());
  const version = `${CINDER_LOCKS_FINGERPRINT} ${wantedEngine ?? ""}`;
  return folder === undefined ? undefined : { folder, version, limits: CACHE_LIMITS };
}

/** What reading a file gave, and the version of the file. */
interface CacheEntry {
  readonly version: FileVersion;
  readonly change: FileChange;
  readonly note: string | undefined;
}

/** What was read of a file, by how much of it was wanted. */
type FileEntries = { readonly [detail in FactsDetail]?: CacheEntry };

/** Which files a project of just some contents wants in full, by what identifies these; the last one was told last. */
type WantedFiles = ReadonlyMap<string, readonly FilePath[]>;

/** What lies in a pack. */
interface Pack {
  readonly entries: ReadonlyMap<FilePath, FileEntries>;
  readonly wanted: WantedFiles;
}

/** With and without the tests, and each of them once before. */
const MOST_WANTED = 4;

/** What is known of the files below some folders, for as long as they are being read. */
export class FactsCache {
  readonly #place: CachePlace | undefined;
  readonly #file: string;
  readonly #label: string;
  readonly #entries: Map<FilePath, FileEntries>;
  #wanted: WantedFiles;
  readonly #isUsed = new Set<FilePath>();
  #isChanged = false;

  /**
   * Opens the cache of the folders. It is empty where there is none yet, where it is of another version or damaged, or
   * where it would lie among the user's own files. What was asked for its locks alone lies apart: it says less.
   */
  static open(place: CachePlace | undefined, folders: readonly FilePath[], asked: Asked = "all"): FactsCache {
    const isAmongTheirs = folders.some((folder) => place !== undefined && liesIn(place.folder, folder));
    return new FactsCache(isAmongTheirs ? undefined : place, JSON.stringify({ folders, asked }));
  }

  private constructor(place: CachePlace | undefined, project: string) {
    this.#place = place;
    this.#file = join(place?.folder ?? "", `${nameFor(project)}${PACK}`);
    this.#label = JSON.stringify([place?.version, project]);
    const pack = place === undefined ? undefined : readPack(this.#file, this.#label);
    this.#entries = new Map(pack?.entries);
    this.#wanted = pack?.wanted ?? new Map();
  }

  /** Whether nothing is known yet. */
  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** What reading the file would give, if it was read before and is as it was then. */
  find({ files, modules }: FactsReader, path: FilePath, detail: FactsDetail): ReadFile | undefined {
    const entry = this.#entries.get(path)?.[detail];
    if (entry === undefined || moduleOfChange(entry.change) !== modules.moduleOf(path)) {
      return undefined;
    }
    const version = currentVersion(files, path, entry.version);
    if (version === undefined) {
      return undefined;
    }
    const result: ReadFile = { kind: "read", ...entry, version };
    this.#isUsed.add(path);
    if (version !== entry.version && version.isAtRest) {
      this.remember(path, detail, result); // The next time, a look at its time will do.
    }
    return result;
  }

  remember(path: FilePath, detail: FactsDetail, { version, change, note }: ReadFile): void {
    this.#entries.set(path, { ...this.#entries.get(path), [detail]: { version, change, note } });
    this.#isUsed.add(path);
    this.#isChanged = true;
  }

  /**
   * What is said in full by the files that a project wants, if it was just these files with just these contents before.
   * Which ones it wants follows from what they say; it need not be found out again.
   */
  findWanted(reader: FactsReader, readings: readonly FileReading[]): readonly FileChange[] | undefined {
    const wanted = this.#wanted.get(identityOf(readings));
    if (wanted === undefined) {
      return undefined;
    }
    const details = wanted.flatMap((path) => {
      const result = this.find(reader, path, "whole");
      return result === undefined ? [] : { path, result };
    });
    const isAsBefore = details.length === wanted.length && areOf(readings, details);
    return isAsBefore ? details.map(({ result }) => result.change) : undefined;
  }

  /** Remembers which files a project wanted in full. */
  rememberWanted(readings: readonly FileReading[], details: readonly FileReading[]): void {
    if (areOf(readings, details)) {
      const others = [...this.#wanted].slice(1 - MOST_WANTED);
      this.#wanted = new Map([...others, [identityOf(readings), details.map(({ path }) => path)]]);
      this.#isChanged = true;
    }
  }

  /** Keeps what was read, if it is news. @returns why it cannot be kept, for the log */
  save(): string | undefined {
    if (this.#place === undefined || (!this.#isChanged && this.#isUsed.size === 0)) {
      return undefined;
    }
    try {
      this.#write(this.#place);
      return undefined;
    } catch (error) {
      return `what was read cannot be kept in ${this.#place.folder}: ${reasonOf(error)}`;
    }
  }

  #write({ folder, limits }: CachePlace): void {
    if (!this.#isChanged) {
      markUsed(this.#file, Date.now());
      return;
    }
    // Another command may look at more of the project's files: they stay as long as they exist.
    const kept = [...this.#entries].filter(([path]) => this.#isUsed.has(path) || existsSync(path));
    const pack: Pack = { entries: new Map(kept), wanted: this.#wanted };
    replaceFile(this.#file, sealed(this.#label, pack));
    this.#isChanged = false;
    evictPacks(folder, limits, Date.now());
  }
}

/** A file name for what is read of a project; its folders are no secret, but may be too long or hold anything. */
function nameFor(project: string): string {
  return createHash("sha256").update(project).digest("hex").slice(0, 32);
}

function readPack(file: string, label: string): Pack | undefined {
  const bytes = bytesOf(file);
  // The seal vouches for what is in it.
  return bytes === undefined ? undefined : (unsealed(label, bytes) as Pack | undefined);
}

/** The same only for the same files, each with the same content and module name: for the same program, the same project. */
function identityOf(readings: readonly FileReading[]): string {
  const contents = readings.flatMap(({ path, result }) =>
    result.kind === "read" ? [[path, moduleOfChange(result.change), result.version.hash]] : [],
  );
  return createHash("sha256").update(JSON.stringify(contents)).digest("base64");
}

/** Whether files that were read in full had the contents then that the project has: one may change in between. */
function areOf(readings: readonly FileReading[], details: readonly FileReading[]): boolean {
  const hashes = new Map(readings.map(({ path, result }) => [path, hashIn(result)]));
  return details.every(({ path, result }) => result.kind === "read" && hashIn(result) === hashes.get(path));
}

function hashIn(result: ReadResult): string | undefined {
  return result.kind === "read" ? result.version.hash : undefined;
}

/** The version that the file has now, if its content is that of the known one; the known one itself if nothing moved. */
function currentVersion(files: FileSystem, path: FilePath, known: FileVersion): FileVersion | undefined {
  try {
    const now = files.stampOf(path);
    if (known.isAtRest && now.stamp === known.stamp) {
      return known;
    }
    return hashOf(files.read(path)) === known.hash ? { ...now, hash: known.hash } : undefined;
  } catch {
    return undefined; // Who reads it will say why it cannot be read.
  }
}

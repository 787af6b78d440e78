import { type FactsDetail, mayTakeLocks, mayTell } from "../facts/extract.ts";
import type { FilePath } from "../facts/model.ts";
import { outlineOf } from "../facts/outline.ts";
import type { Asked } from "../facts/section.ts";
import { skimmedTextReader } from "../facts/skimmed-text.ts";
import type { FactsOfText } from "../facts/typed-text.ts";
import type { FileChange } from "../project/project-index.ts";
import type { ParserEngine } from "../syntax/engine.ts";
import { decode } from "./decode.ts";
import { reasonOf } from "./discover.ts";
import type { FactsCache } from "./facts-cache.ts";
import { ModuleNames } from "./file-paths.ts";
import { DISK, type FileSystem } from "./file-system.ts";
import { type FileVersion, hashOf } from "./file-version.ts";

/** What reading a file gave: its share of the project, or why it could not be read. */
export type ReadResult = ReadFile | { readonly kind: "unreadable"; readonly reason: string };

export interface ReadFile {
  readonly kind: "read";
  readonly change: FileChange;
  /** What people should know of how it was decoded. */
  readonly note: string | undefined;
  /** What was read. */
  readonly version: FileVersion;
}

/** What turns files into facts. */
export interface FactsReader<Engine extends ParserEngine = ParserEngine> {
  readonly engine: Engine;
  readonly factsOf: FactsOfText;
  readonly asked: Asked;
  readonly files: FileSystem;
  readonly modules: ModuleNames;
}

export function factsReader<Engine extends ParserEngine>(
  engine: Engine,
  files: FileSystem = DISK,
): FactsReader<Engine> {
  return {
    engine,
    factsOf: skimmedTextReader(engine, "all"),
    asked: "all",
    files,
    modules: new ModuleNames(files),
  };
}

/** The same reader for who asks for more, or for less. */
export function askingFor<Engine extends ParserEngine>(
  asked: Asked,
  reader: FactsReader<Engine>,
): FactsReader<Engine> {
  return reader.asked === asked
    ? reader
    : { ...reader, factsOf: skimmedTextReader(reader.engine, asked), asked };
}

/**
 * Reads a file as it is saved: what it says of locks, or also all else, though no word of a lock be in it. Never
 * throws: what the system refuses is a result.
 */
export function readPythonFile(
  reader: FactsReader,
  path: FilePath,
  detail: FactsDetail = "locks",
): ReadResult {
  try {
    // Before the bytes, so that it can only be that of an older state.
    const stamp = reader.files.stampOf(path);
    const bytes = reader.files.read(path);
    const { text, note } = decode(bytes);
    const change = detail === "whole" ? wantedChange(reader, path, text) : changeOfText(reader, path, text);
    return { kind: "read", change, note, version: { ...stamp, hash: hashOf(bytes) } };
  } catch (error) {
    return { kind: "unreadable", reason: reasonOf(error) };
  }
}

/** The same, through a cache: it is asked first and told what was read. */
export function readThrough(
  cache: FactsCache,
  reader: FactsReader,
  path: FilePath,
  detail: FactsDetail,
): ReadResult {
  const known = cache.find(reader, path, detail);
  if (known !== undefined) {
    return known;
  }
  const result = readPythonFile(reader, path, detail);
  if (result.kind === "read") {
    cache.remember(path, detail, result);
  }
  return result;
}

/** What a file is that is wanted in full; one that cannot be read is gone. */
export function wantedFile(reader: FactsReader, path: FilePath, cache?: FactsCache): FileChange {
  const result =
    cache === undefined ? readPythonFile(reader, path, "whole") : readThrough(cache, reader, path, "whole");
  return result.kind === "read" ? result.change : { kind: "removed", path };
}

/** What a text, of a file or of an editor's buffer, adds to the project. */
export function changeOfText(
  reader: FactsReader,
  path: FilePath,
  text: string,
  detail: FactsDetail = "locks",
): FileChange {
  return (reader.asked === "locks" ? mayTakeLocks : mayTell)(text)
    ? factsOfText(reader, path, text, detail)
    : { kind: "lockless", outline: outlineOf({ path, module: reader.modules.moduleOf(path) }, text) };
}

/** The same for a text that is wanted although no word of a lock is in it. */
export function wantedChange(reader: FactsReader, path: FilePath, text: string): FileChange {
  return factsOfText(reader, path, text, "whole");
}

function factsOfText(
  { factsOf, modules }: FactsReader,
  path: FilePath,
  text: string,
  detail: FactsDetail,
): FileChange {
  const origin = { path, module: modules.moduleOf(path) };
  return { kind: "facts", facts: factsOf(origin, withLineFeeds(text), detail) };
}

/** Python takes a carriage return alone for a line end, the parser does not. All offsets stay as they are. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}

/** A file's text, or `undefined` where it cannot be read. */
export function readText({ files }: FactsReader, path: string): string | undefined {
  try {
    return decode(files.read(path)).text;
  } catch {
    return undefined; // Gone since somebody told of it.
  }
}

import { extractFacts, type FactsDetail, mayTakeLocks } from "../facts/extract.ts";
import type { FilePath } from "../facts/model.ts";
import { outlineOf } from "../facts/outline.ts";
import type { FileChange } from "../project/project-index.ts";
import type { ParserEngine } from "../syntax/engine.ts";
import { decode } from "./decode.ts";
import { reasonOf } from "./discover.ts";
import { ModuleNames } from "./file-paths.ts";
import { DISK, type FileSystem } from "./file-system.ts";

/** What reading a file gave: its share of the project, or why it could not be read. */
export type ReadResult =
  | { readonly kind: "read"; readonly change: FileChange; readonly note: string | undefined }
  | { readonly kind: "unreadable"; readonly reason: string };

/** What turns files into facts. */
export interface FactsReader {
  readonly engine: ParserEngine;
  readonly files: FileSystem;
  readonly modules: ModuleNames;
}

export function factsReader(engine: ParserEngine, files: FileSystem = DISK): FactsReader {
  return { engine, files, modules: new ModuleNames(files) };
}

/** Reads a file as it is saved. Never throws: what the system refuses is a result. */
export function readPythonFile(reader: FactsReader, path: FilePath): ReadResult {
  try {
    const { text, note } = decode(reader.files.read(path));
    return { kind: "read", change: changeOfText(reader, path, text), note };
  } catch (error) {
    return { kind: "unreadable", reason: reasonOf(error) };
  }
}

/** What a text, of a file or of an editor's buffer, adds to the project. */
export function changeOfText(
  reader: FactsReader,
  path: FilePath,
  text: string,
  detail: FactsDetail = "locks",
): FileChange {
  return mayTakeLocks(text)
    ? factsOfText(reader, path, text, detail)
    : { kind: "lockless", outline: outlineOf({ path, module: reader.modules.moduleOf(path) }, text) };
}

/** The same for a file that is wanted although no word of a lock is in it; without a text it is gone. */
export function wantedChange(reader: FactsReader, path: FilePath, text: string | undefined): FileChange {
  return text === undefined ? { kind: "removed", path } : factsOfText(reader, path, text, "whole");
}

function factsOfText(
  { engine, modules }: FactsReader,
  path: FilePath,
  text: string,
  detail: FactsDetail,
): FileChange {
  const origin = { path, module: modules.moduleOf(path) };
  return {
    kind: "facts",
    facts: engine.withTree(withLineFeeds(text), (tree) => extractFacts(origin, tree, detail)),
  };
}

/** Python takes a carriage return alone for a line end, the parser does not. All offsets stay as they are. */
function withLineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, "\n");
}

/** A file's text, or `undefined` where it cannot be read. */
export function readText({ files }: FactsReader, path: string): string | undefined {
  try {
    return decode(files.read(path)).text;
  } catch {
    return undefined; // Gone since somebody told of it.
  }
}

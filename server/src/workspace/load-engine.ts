import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type NativeParser from "tree-sitter";
import { Edit, Language, Parser, type Point, type Range, type Tree } from "web-tree-sitter";
import { never } from "../base/never.ts";
import { replacementBetween } from "../base/replacement.ts";
import type { TextRange } from "../base/text-range.ts";
import type { ParserEngine, ResumingEngine, SyntaxNode } from "../syntax/engine.ts";
import { parseablePart } from "../syntax/limits.ts";

/**
 * The only file that knows of tree-sitter. WebAssembly is the engine of daily use: it runs wherever Node runs, costs
 * no more than the native one (`npm run bench`), and a fault in it is an exception, not the end of the process,
 * though the engine may be of no use afterwards (`syntax/limits.ts` keeps the known one away). The native module is a
 * second opinion, for tests and for who asks for it, where it can be built and loaded.
 */

/** The engine in use, and what the log should say of the choice. */
export interface LoadedEngine {
  readonly engine: ParserEngine;
  readonly note: string;
}

/**
 * Loads the wanted engine; where the native one cannot be loaded or does not pass its self-check, the other serves.
 * @param folder where `web-tree-sitter.wasm` and `tree-sitter-python.wasm` lie
 * @param wanted `native`, or anything else for WebAssembly
 * @throws if not even WebAssembly can be loaded: the installation is broken
 */
export async function loadEngine(folder: string, wanted: string | undefined): Promise<LoadedEngine> {
  if (wanted !== "native") {
    return { engine: await loadWasmEngine(folder), note: "parser: WebAssembly" };
  }
  try {
    return { engine: checked(loadNativeEngine()), note: "parser: native, as asked for" };
  } catch (error) {
    const engine = await loadWasmEngine(folder);
    return { engine, note: `parser: WebAssembly, because the native one cannot be used (${String(error)})` };
  }
}

async function loadWasmEngine(folder: string): Promise<ParserEngine> {
  const wasmBinary = readFileSync(join(folder, "web-tree-sitter.wasm"));
  // What goes wrong is thrown, too; printed it would be said three times.
  await Parser.init({ wasmBinary, printErr: () => undefined });
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(folder, "tree-sitter-python.wasm"))));
  return wasmEngine(parser);
}

function wasmEngine(parser: Parser): ParserEngine {
  return {
    kind: "wasm",
    withTree(text, use, parts) {
      const tree = parsed(parser, { text: parseablePart(text), parts });
      try {
        return use({ text, root: tree.rootNode });
      } finally {
        tree.delete();
      }
    },
    resuming: () => resumingEngine(parser),
  };
}

/** A text, and what of it is parsed; all if that is not said. */
interface Source {
  readonly text: string;
  readonly parts: readonly TextRange[] | undefined;
}

function parsed(parser: Parser, { text, parts }: Source, from?: Tree): Tree {
  const input = from === undefined ? text : (index: number) => text.slice(index, index + PIECE);
  return parser.parse(input, from, includedRanges(text, parts)) ?? never("the parser has no language");
}

/**
 * How much a parser is handed that goes on from another tree, in code units: it reads a little here and there, and would
 * take ten times as much whenever it comes to another place.
 */
const PIECE = 512;

/** To parse a driver of eight thousand lines takes longer than all else that comes of a keystroke. */
function resumingEngine(parser: Parser): ResumingEngine {
  let last: { readonly text: string; readonly tree: Tree } | undefined;
  return {
    ...wasmEngine(parser),
    forget() {
      last?.tree.delete();
      last = undefined;
    },
    withTree(text, use, parts) {
      const part = parseablePart(text);
      const before = last;
      last = undefined; // Once it is edited, the tree is of no text: an exception must not leave it here.
      try {
        before?.tree.edit(editBetween(before.text, part));
        last = { text: part, tree: parsed(parser, { text: part, parts }, before?.tree) };
      } finally {
        before?.tree.delete();
      }
      return use({ text, root: last.tree.rootNode });
    },
  };
}

function editBetween(before: string, after: string): Edit {
  const { start, oldEnd, newEnd } = replacementBetween(before, after);
  const pointBefore = pointsIn(before);
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointBefore(start),
    oldEndPosition: pointBefore(oldEnd),
    newEndPosition: pointsIn(after)(newEnd),
  });
}

/** What a parser of tree-sitter is told of the parts that it is to parse. */
function includedRanges(
  text: string,
  parts: readonly TextRange[] | undefined,
): { readonly includedRanges: Range[] } | undefined {
  const pointAt = pointsIn(text);
  return (
    parts && {
      includedRanges: parts.map(({ start, end }) => ({
        startIndex: start,
        startPosition: pointAt(start),
        endIndex: end,
        endPosition: pointAt(end),
      })),
    }
  );
}

/** Finds points, asked for in the order of the text, as tree-sitter counts: only a line feed ends a line. */
function pointsIn(text: string): (offset: number) => Point {
  let row = 0;
  let lineStart = 0;
  let lineEnd = text.indexOf("\n");
  return (offset) => {
    while (lineEnd !== -1 && lineEnd < offset) {
      row += 1;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf("\n", lineStart);
    }
    return { row, column: offset - lineStart };
  };
}

/** @throws if the module was not built for this machine */
function loadNativeEngine(): ParserEngine {
  const require = createRequire(__filename);
  const Native = require("tree-sitter") as typeof NativeParser;
  const parser = new Native();
  parser.setLanguage(require("tree-sitter-python") as NativeParser.Language);
  const engine: ParserEngine = {
    kind: "native",
    // The native nodes declare more than we ask for; what we ask for they answer alike (test/facts/engines.test.ts).
    withTree: (text, use, parts) => {
      const part = parseablePart(text);
      const { rootNode } = parser.parse(part, undefined, includedRanges(part, parts));
      return use({ text, root: rootNode as unknown as SyntaxNode });
    },
    // A second opinion owes nothing to the one before.
    resuming: () => ({ ...engine, forget: () => undefined }),
  };
  return engine;
}

/** @throws if the engine loads but does not parse as it should */
function checked(engine: ParserEngine): ParserEngine {
  const kind = engine.withTree("@lock('é')\ndef f(): pass\n", ({ root }) => root.namedChildren[0]?.type);
  if (kind !== "decorated_definition") {
    throw new Error("it does not pass its self-check");
  }
  return engine;
}

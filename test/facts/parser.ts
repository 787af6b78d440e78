// The parser of daily use, and the other one where it can be loaded.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";

export async function wasmEngine(): Promise<ParserEngine> {
  return (await load(undefined)).engine;
}

/** The native engine, or in words why there is none. */
export async function nativeEngine(): Promise<ParserEngine | string> {
  const { engine, note } = await load("native");
  return engine.kind === "native" ? engine : note;
}

function load(wanted: string | undefined): ReturnType<typeof loadEngine> {
  const folder = resolve("dist");
  assert.ok(existsSync(folder), "dist/ is not built");
  return loadEngine(folder, wanted);
}

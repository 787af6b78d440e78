// The two parsers check each other: they give the same facts, byte for byte.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, type TestContext, test } from "node:test";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import type { Project } from "../cinder/trees.ts";
import { findTree } from "../cinder/trees.ts";
import { bytesOf, factsOf } from "./facts-of.ts";
import { nativeEngine, wasmEngine } from "./parser.ts";
import type { NamedText } from "./texts.ts";
import { ODDITIES, pythonFilesBelow, SAMPLES } from "./texts.ts";

const { CI } = process.env;
const isCi = CI !== undefined && CI !== "";

let wasm: ParserEngine;
let native: ParserEngine | string;
before(async () => {
  wasm = await wasmEngine();
  native = await nativeEngine();
});

describe("native and WebAssembly find the same", () => {
  test("in the sample and the spellings", (t) => compare(t, SAMPLES));

  test("in odd texts", (t) =>
    compare(
      t,
      ODDITIES.filter(({ text }) => text.length < 500_000),
    ));

  for (const project of ["cinder", "manila"] as const) {
    test(`in real ${project}`, (t) => {
      const files = filesOf(t, project);
      if (files !== undefined) compare(t, files);
    });
  }
});

function filesOf(t: TestContext, project: Project): readonly NamedText[] | undefined {
  const tree = findTree(project);
  if (tree.kind === "missing") {
    missing(t, tree.reason);
    return undefined;
  }
  t.diagnostic(`${project} ${tree.version}`);
  return pythonFilesBelow(tree.root);
}

function compare(t: TestContext, texts: readonly NamedText[]): void {
  if (typeof native === "string") {
    missing(t, `the native parser is missing; ${native}`, hasCompiler());
    return;
  }
  let siteCount = 0;
  for (const { name, text } of texts) {
    const facts = factsOf(wasm, text);
    siteCount += facts.sites.length;
    assert.ok(bytesOf(factsOf(native, text)) === bytesOf(facts), `${name}: the facts differ`);
  }
  t.diagnostic(`${texts.length} texts, ${siteCount} sites`);
}

/** What is missing is skipped, but never on a machine whose only purpose is to test, if it can be had there. */
function missing(t: TestContext, reason: string, canBeHad = true): void {
  if (isCi && canBeHad) assert.fail(reason);
  t.skip(reason);
}

/** The native parser is built where it is installed, as the one that is shipped runs on few systems. */
function hasCompiler(): boolean {
  return ["c++", "g++", "clang++"].some((name) => spawnSync(name, ["--version"]).status === 0);
}

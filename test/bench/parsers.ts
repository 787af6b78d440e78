// The two parsers in one process: which is worth shipping?
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { extractFacts, mayTell } from "../../server/src/facts/extract.ts";
import type { FilePath } from "../../server/src/facts/model.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";
import { discover } from "../../server/src/workspace/discover.ts";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import type { Bench } from "./bench.ts";
import type { Contestant } from "./measure.ts";
import { measure } from "./measure.ts";
import { say, sayTable, timeCells } from "./report.ts";

export async function compareParsers({ tree, rounds }: Bench): Promise<void> {
  const texts = discover(tree.root, { skipTests: false }).pythonFiles.map((path) =>
    readFileSync(path, "utf8"),
  );
  const wasm = (await loadEngine(resolve("dist"), undefined)).engine;
  const { engine: native, note } = await loadEngine(resolve("dist"), "native");
  const engines = [wasm, ...(native.kind === "native" ? [native] : [])];
  if (native.kind !== "native") {
    say("", `The native parser is missing; ${note}`);
  }
  const sayEngines = (title: string, some: readonly string[], work: Work): void => {
    const times = measure(
      engines.map(
        (engine): Contestant => ({
          name: engine.kind,
          run: () => {
            for (const text of some) work(engine, text);
          },
        }),
      ),
      rounds,
    );
    const yardstick = times.find(({ name }) => name === "native");
    const rows = times.map((each) => timeCells(each, yardstick));
    sayTable(`${title}, in one process`, ["", "median", "min–max", "of native"], rows);
  };
  sayEngines(`Parsing ${texts.length} files`, texts, parseOnly);
  const withLocks = texts.filter(mayTell);
  sayEngines(`Parsing and facts, ${withLocks.length} files that may take locks`, withLocks, parseForFacts);
}

type Work = (engine: ParserEngine, text: string) => void;

function parseOnly(engine: ParserEngine, text: string): void {
  engine.withTree(text, () => undefined);
}

function parseForFacts(engine: ParserEngine, text: string): void {
  engine.withTree(text, (tree) =>
    extractFacts({ path: "/cinder/a.py" as FilePath, module: "cinder.a" }, tree),
  );
}

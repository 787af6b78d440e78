// The facts of a text, as the server gathers them, but whether or not it seems to take a lock.
import { extractFacts } from "../../server/src/facts/extract.ts";
import type { FileFacts, FilePath } from "../../server/src/facts/model.ts";
import type { ParserEngine } from "../../server/src/syntax/engine.ts";

export const ORIGIN = { path: "/cinder/volume/driver.py" as FilePath, module: "cinder.volume.driver" };

export function factsOf(engine: ParserEngine, text: string): FileFacts {
  return engine.withTree(text, (tree) => extractFacts(ORIGIN, tree));
}

/** Facts as one text, to be compared byte for byte; maps and sets are told as lists. */
export function bytesOf(facts: FileFacts): string {
  return JSON.stringify(
    facts,
    (_key, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value),
    1,
  );
}

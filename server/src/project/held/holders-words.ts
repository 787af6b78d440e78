import { derived } from "../../base/memo.ts";
import type { BodyCall } from "../../facts/model.ts";
import type { FunctionInProject } from "./functions.ts";
import { isNestedIn } from "./functions.ts";
import type { Nesting } from "./nestings.ts";

/** What variables are called on the way from the function that holds a lock to the one that takes another. */

/** Variables by their names, in the words of the holder; one of which nothing is known is left out. */
type HoldersWords = ReadonlyMap<string, string>;

/** What the taker's parameters are in the holder's words. */
export const holdersWords = derived(({ holder, chain, taker }: Nesting): HoldersWords => {
  const own: HoldersWords = new Map(holder.body.parameters.map((name) => [name, name]));
  return chain.reduce(
    (words, { caller, call }, step) =>
      handedOn(
        words,
        caller,
        call,
        chain[step + 1]?.caller ?? taker,
        (source) =>
          // The holder's own variables are its words.
          inHoldersWords(words, source) ?? (step === 0 ? source : undefined),
      ),
    own,
  );
});

/** The words in the called function; a nested one has the caller's own, too. */
function handedOn(
  words: HoldersWords,
  caller: FunctionInProject,
  call: BodyCall,
  called: FunctionInProject,
  wordsOf: (source: string) => string | undefined,
): HoldersWords {
  const isMethod = /^(?:self|cls|super\(\))\./.test(call.callee) || call.callee.split(".").length === 3;
  const parameters = isMethod ? called.body.parameters.slice(1) : called.body.parameters;
  const handed = new Map(isNestedIn(called, caller) ? words : []);
  for (const name of called.body.parameters) {
    handed.delete(name);
  }
  for (const [position, argument] of call.passed.entries()) {
    const [, keyword, source = ""] = /^(?:(\w+)=)?(.*)$/s.exec(argument) ?? [];
    const name = keyword ?? parameters[position];
    const value = source === "" ? undefined : wordsOf(source);
    if (name !== undefined && value !== undefined) {
      handed.set(name, value);
    }
  }
  return handed;
}

/** `volume.id` of a function on the way. */
function inHoldersWords(words: HoldersWords, source: string): string | undefined {
  const [, root = "", rest = ""] = /^(\w+)(.*)$/s.exec(source) ?? [];
  const known = words.get(root);
  return known === undefined ? undefined : known + rest;
}

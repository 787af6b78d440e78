import type { TextRange } from "../base/text-range.ts";
import type { UncutText } from "./engine.ts";

/** What stands in the place of a body that was cut out: a statement that does nothing. */
const STATEMENT = "''";

/** A text without some of its bodies. */
export interface CutText {
  readonly text: string;
  readonly uncut: UncutText;
}

/** @param bodies in the order of the text */
export function cutText(text: string, bodies: readonly TextRange[]): CutText {
  const pieces: string[] = [];
  /** Behind each statement: where that is in the text that is left, and what was cut out until there. */
  const cuts: { readonly behind: number; readonly removed: number }[] = [];
  let [passed, removed] = [0, 0];
  for (const { start, end } of bodies) {
    pieces.push(text.slice(passed, start), STATEMENT);
    passed = end;
    removed += end - start - STATEMENT.length;
    cuts.push({ behind: end - removed, removed });
  }
  const offsetBefore = (offset: number): number => {
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cuts[middle]?.behind ?? 0) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return offset + (cuts[low - 1]?.removed ?? 0);
  };
  return {
    text: pieces.join("") + text.slice(passed),
    uncut: { text, from: bodies[0]?.start ?? text.length, offsetBefore },
  };
}

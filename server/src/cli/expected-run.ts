import { setFlagsFromString } from "node:v8";
import { SERVER_FLAGS } from "../protocol/extensions.ts";

/**
 * How much of a function runs, in bytes of its code, before V8 optimizes it: eight times as much as usual. A command is
 * over in a second or two: most of what would be optimized in it, for every thread anew, is not run often enough to pay.
 */
const INTERRUPT_BUDGET = 1_000_000;

/** Tells V8 that the program ends soon. What runs long, as on a tree of many thousand files, is optimized all the same. */
export function expectShortRun(): void {
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
}

/** Tells V8 that somebody types while the program runs. */
export function expectTyping(): void {
  SERVER_FLAGS.forEach(setFlagsFromString);
}

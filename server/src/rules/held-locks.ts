import { placeOfCall } from "../project/held/functions.ts";
import type { Nesting } from "../project/held/nestings.ts";
import type { RelatedPlace } from "./rule.ts";

/** What the rules about held locks have in common: how a nesting is shown. */

/** Every step: where the first lock is taken, each further call, and where the second one is taken. */
export function stepsOf({ holder, held, taker, taken, chain }: Nesting): readonly RelatedPlace[] {
  return [
    { path: holder.file.path, range: held.range, message: "held from here on" },
    ...chain.slice(1).map(({ caller, call }) => ({
      path: caller.file.path,
      range: placeOfCall(caller, call),
      message: `called by \`${caller.body.name}\``,
    })),
    { path: taker.file.path, range: taken.range, message: "taken here" },
  ];
}

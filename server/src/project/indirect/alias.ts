import { argumentsFor } from "../../facts/passed-arguments.ts";
import type { LockMeaning } from "../resolve/lock-names.ts";
import { boundArgument, type IndirectSite, isTakenBy, siteOf, type UseInProject } from "./indirect-site.ts";

/** `synchronized = lockutils.synchronized_with_prefix('acme-')`, then `@synchronized('pool')`. */
export function aliasSites(
  { use }: UseInProject,
  { use: api, bound, variable }: LockMeaning & { readonly kind: "alias" },
): readonly IndirectSite[] {
  if (use.passed === undefined || !isTakenBy(use, api)) {
    return [];
  }
  const read = argumentsFor(api.api, [
    ...bound.map((argument) => boundArgument(argument, use)),
    ...use.passed,
  ]);
  const via = { qualifiedName: variable?.owner ?? api.qualifiedName, isConditional: false };
  return [{ site: siteOf(use, api, read, via), names: new Map(), definition: variable?.definition }];
}

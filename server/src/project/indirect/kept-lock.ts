import { argumentsFor } from "../../facts/passed-arguments.ts";
import { insideOf, namesByClass, renderingsOf } from "../name-evaluation.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import type { LockMeaning } from "../resolve/lock-names.ts";
import type { Rendering } from "../resolve/values.ts";
import {
  boundArgument,
  type IndirectSite,
  isTakenBy,
  nameMadeElsewhere,
  siteOf,
  surroundingsOf,
  type UseInProject,
} from "./indirect-site.ts";

/** `locked = utils.synchronized('pool')`, then `@locked`; `lock = COORDINATOR.get_lock(name)`, then `with lock:`. */
export function keptLockSites(
  used: UseInProject,
  { use: api, passed, variable }: LockMeaning & { readonly kind: "kept" },
): readonly IndirectSite[] {
  const { index, use, owner } = used;
  if (use.passed !== undefined || !isTakenBy(use, api)) {
    return [];
  }
  const read = argumentsFor(
    api.api,
    passed.map((argument) => boundArgument(argument, use)),
  );
  const site = { use: api, target: use.target };
  const inside = insideOf(surroundingsOf(used, owner), use);
  const names = read.names.map((name) => {
    const renderings = (self: ClassInProject | undefined): readonly Rendering[] =>
      renderingsOf({ site, outside: { ...variable.where, self }, inside }, name);
    return [
      nameMadeElsewhere(use, api, renderings(undefined)),
      namesByClass(index, owner, renderings),
    ] as const;
  });
  const via = { qualifiedName: variable.owner ?? use.name, isConditional: false };
  return [
    {
      site: siteOf(use, api, { ...read, names: names.map(([name]) => name) }, via),
      names: new Map(names),
      definition: variable.definition,
    },
  ];
}

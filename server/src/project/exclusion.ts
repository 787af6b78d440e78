import type { LockApi } from "../facts/lock-apis.ts";
import type { LockSite, Scope } from "../facts/model.ts";
import { isFair, prefixOf } from "./identity.ts";

/** Which kinds of lock exclude each other when they have the same name: the table of SEMANTICS §3, as a function. */

/** All that decides, beside its name, what a lock excludes. */
export interface LockKind {
  readonly mechanism: LockApi["mechanism"];
  readonly scope: Scope;
  readonly prefix: string | undefined;
  readonly isFair: boolean | undefined;
  /** A lock file or semaphore taken directly; `external_lock` has no part within the process. */
  readonly isBare: boolean;
}

export function kindOf(site: LockSite): LockKind {
  return {
    mechanism: site.use.api.mechanism,
    scope: site.scope,
    // A process lock's key is the bare name: its prefix names nothing (SEMANTICS §0.3).
    prefix: site.scope === "process" ? undefined : prefixOf(site),
    isFair: site.use.api.id === "lockutils.internal_fair_lock" ? true : isFair(site),
    isBare: site.use.api.id === "lockutils.external_lock",
  };
}

/** Where two locks of one name exclude each other, if not everywhere that both reach. */
export type Exclusion = "nowhere" | "in one process" | "between processes";

/** `undefined` where the two are of one kind, so that nothing is mixed. */
export function exclusionOf(one: LockSite, other: LockSite): Exclusion | undefined {
  const [first, second] = [kindOf(one), kindOf(other)];
  if (JSON.stringify(first) === JSON.stringify(second)) {
    return undefined;
  }
  if (first.mechanism !== second.mechanism) {
    return "nowhere";
  }
  const bothOnNode = first.scope === "node" && second.scope === "node" && first.prefix === second.prefix;
  if (first.isFair !== second.isFair || first.isBare || second.isBare) {
    return bothOnNode ? "between processes" : "nowhere";
  }
  return "in one process";
}

/** Says what kind a lock is, behind "is": `a node lock`, `a fair process lock`, `a node lock prefixed 'aoe-'`. */
export function describeKind(site: LockSite): string {
  const kind = kindOf(site);
  if (kind.scope === "unknown") {
    return "a lock whose scope is decided at run time";
  }
  const fair = kind.isFair === true ? "fair " : "";
  const prefix =
    kind.scope === "node" && site.use.service === undefined ? ` prefixed '${kind.prefix ?? "?"}'` : "";
  return `a ${fair}${kind.scope} lock${prefix}`;
}

/** Says where two locks of one name exclude each other, as a clause. */
export function describeExclusion(exclusion: Exclusion): string {
  switch (exclusion) {
    case "nowhere":
      return "they never exclude each other";
    case "in one process":
      return "they exclude each other only within one process";
    case "between processes":
      return "they exclude each other only between processes";
  }
}

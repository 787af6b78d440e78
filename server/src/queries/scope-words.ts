import type { LockSite } from "../facts/model.ts";
import { isFair } from "../project/identity.ts";
import type { Text } from "./markup.ts";
import { code } from "./markup.ts";

/** Whom a lock keeps out, in words, with what the default configuration really gives (SEMANTICS §7). */
export function exclusionWords(site: LockSite): Text {
  switch (site.scope) {
    case "process":
      return [
        "Excludes the other threads of this process only; each backend of a node has a process of its own.",
      ];
    case "node":
      return [
        "Excludes all processes of this node that have the same ",
        code("lock_path"),
        "; not other nodes.",
      ];
    case "global":
      return [
        "Excludes every node that shares ",
        code("[coordination] backend_url"),
        " (etcd3, redis). With its default, files below ",
        code("$state_path"),
        ", this node only.",
      ];
    case "unknown":
      return ["Whether it excludes the process or the whole node is decided at run time."];
  }
}

/** What happens when the holder takes the lock again (SEMANTICS §3). */
export function reentrancyWords(site: LockSite): Text {
  const isReentrant = isFair(site) === true || site.use.api.id === "lockutils.internal_fair_lock";
  if (site.use.api.id === "lockutils.external_lock") {
    return ["Taken again by its holder, it is lost when the inner one is left."];
  }
  return isReentrant
    ? ["Fair, and re-entrant within a thread."]
    : ["Not re-entrant: taken again while held, it hangs."];
}

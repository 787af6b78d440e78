import type { LockSite } from "../facts/model.ts";
import type { Deployment } from "../project/deployment.ts";
import { isFair } from "../project/identity.ts";
import type { Text } from "./markup.ts";
import { code, strong } from "./markup.ts";

/** Whom a lock keeps out, in words, with what that means in the user's deployment (SEMANTICS §7). */
export function exclusionWords(site: LockSite, deployment: Deployment): Text {
  const words = site.use.api.mechanism === "object" ? objectWords(site) : namedWords(site);
  return [...words, ...deploymentWords(site, deployment)];
}

/** Who runs beside the lock's holder in a deployment; nothing in the one that all other words have in mind. */
function deploymentWords({ scope, use }: LockSite, deployment: Deployment): Text {
  switch (deployment) {
    case "active-passive":
      return [];
    case "several-backends":
      return scope === "process" ? [" The other backends ", strong("run beside it"), "."] : [];
    case "active-active":
      return scope === "global" && use.api.mechanism !== "object"
        ? [" Active-active needs such a backend."]
        : [" In an active-active deployment the other nodes ", strong("run beside it"), "."];
  }
}

/** What the default configuration really gives. */
function namedWords(site: LockSite): Text {
  switch (site.scope) {
    case "process":
      return ["Excludes only within ", strong("one process"), "; each backend on a node runs in its own."];
    case "node":
      return isBareFileLock(site)
        ? [
            "Excludes the processes on ",
            strong("one node"),
            " that share a ",
            code("lock_path"),
            ", neither threads of one process nor other nodes.",
          ]
        : [
            "Excludes within one process and, for all that share a ",
            code("lock_path"),
            ", on ",
            strong("one node"),
            "; not other nodes.",
          ];
    case "global":
      return [
        "Excludes in the ",
        strong("whole cluster"),
        " for all that share a ",
        code("[coordination] backend_url"),
        " such as etcd3 or redis; with the default, files below ",
        code("$state_path"),
        ", only on ",
        strong("one node"),
        ".",
      ];
    case "unknown":
      return ["Whether it excludes within the process or on the whole node is decided at run time."];
  }
}

/** A lock without a name is shared by those who have the object. */
function objectWords({ scope }: LockSite): Text {
  switch (scope) {
    case "process":
      return ["Excludes those who have the same object, within ", strong("one process"), "."];
    case "node":
      return ["Excludes the processes that inherited the same object, on ", strong("one node"), "."];
    case "global":
    case "unknown":
      return ["Excludes those who have the same object; whether in one process is decided at run time."];
  }
}

/** What happens when the holder takes the lock again (SEMANTICS §0.1, §3). */
export function reentrancyWords(site: LockSite): Text {
  switch (site.use.api.reentry) {
    case "gives up":
      return ["If its holder takes it again, leaving the inner one gives it up."];
    case "passes":
      return [isFairApi(site) ? "Fair, and re-entrant within a thread." : "Re-entrant within a thread."];
    case "counts":
      return ["Lets in as many as it was made for; who takes it again counts again."];
    case "hangs":
      return namedReentrancyWords(site);
  }
}

function isFairApi(site: LockSite): boolean {
  return site.use.api.id === "lockutils.internal_fair_lock";
}

function namedReentrancyWords(site: LockSite): Text {
  switch (isFair(site)) {
    case true:
      return site.scope === "process"
        ? ["Fair, and re-entrant within a thread."]
        : ["Fair, and re-entrant within a thread, but leaving the inner one gives up the lock file."];
    case false:
      return mayNotWait(site)
        ? ["Not re-entrant."]
        : ["Not re-entrant: if its holder takes it again, it hangs."];
    case undefined:
      return ["Whether it is fair, and thus re-entrant, is decided at run time."];
  }
}

/** A file lock without a lock in the process around it. */
function isBareFileLock(site: LockSite): boolean {
  return site.use.api.id === "lockutils.external_lock";
}

/** Other than with `blocking=True`, what happens depends on the versions of the libraries. */
function mayNotWait({ options }: LockSite): boolean {
  return options.some(
    ({ parameter, source, value }) =>
      source.startsWith("**") || (parameter === "blocking" && !(value.kind === "boolean" && value.value)),
  );
}

import type { LockSite } from "../facts/model.ts";
import { hasOwnFolder, prefixOf, templateText } from "../project/identity.ts";
import type { RenderedName } from "../project/name-evaluation.ts";
import type { Rendering } from "../project/resolve/values.ts";
import { code, type Text } from "./markup.ts";

/** What a lock is called outside the code: in log lines and on disk (SEMANTICS §2). */

/** Stands for the name where there are several. */
const EACH_NAME: Rendering = [{ kind: "text", text: "…" }];

/** A line for the logs, for the lock's file and for the other backends, as far as there is something to say. */
export function storageItems(site: LockSite, names: readonly RenderedName[]): readonly Text[] {
  const [only, ...more] = names;
  const parts = only === undefined || 0 < more.length ? EACH_NAME : only.parts;
  const inLogs = nameInLogs(site, parts);
  const isNewInLogs = inLogs !== undefined && inLogs !== templateText(EACH_NAME);
  const onDisk = lockFile(site, parts);
  const keys = backendKeys(site).flatMap(({ backend, key }, position) => [
    position === 0 ? `${backend} ` : `, ${backend} `,
    code(key),
  ]);
  return [
    ...(isNewInLogs ? [["in debug logs: ", code(inLogs)]] : []),
    ...(onDisk === undefined
      ? []
      : [["lock file: ", code(onDisk), site.scope === "global" ? " (default backend)" : ""]]),
    ...(keys.length === 0 ? [] : [["other backends: ", ...keys]]),
  ];
}

/**
 * The name as the log's lines "Acquiring lock" show it, at level DEBUG; with files for its backend coordination writes
 * the folder before it. `undefined` where nothing is logged, or the service's own version decides.
 */
function nameInLogs(site: LockSite, parts: Rendering): string | undefined {
  if (site.use.api.mechanism === "lockutils") {
    return site.use.api.gives === "decorator" || site.use.api.id === "lockutils.lock"
      ? templateText(parts)
      : undefined;
  }
  return site.use.service === "cinder" && site.use.api.gives === "decorator"
    ? `cinder-${templateText(parts)}`
    : undefined;
}

/** The lock's file with the default configuration; `undefined` for a lock that has none. */
function lockFile(site: LockSite, parts: Rendering): string | undefined {
  const prefix = prefixOf(site);
  if (prefix === undefined || hasOwnFolder(site) || site.use.api.mechanism === "object") {
    return undefined;
  }
  switch (site.scope) {
    case "global":
      return `$state_path/${prefix}${templateText(parts)}`;
    case "node":
      return `$lock_path/${prefix}${templateText(parts).replaceAll("/", "_")}`;
    case "process":
    case "unknown":
      return undefined;
  }
}

/** The keys in the storage of tooz's other drivers, `…` for the lock's name (tooz 9; SEMANTICS §2). */
function backendKeys(site: LockSite): readonly { readonly backend: string; readonly key: string }[] {
  const prefix = prefixOf(site);
  if (site.use.api.mechanism !== "coordination" || prefix === undefined || hasOwnFolder(site)) {
    return [];
  }
  return [
    { backend: "redis", key: `_tooz_${prefix}…_lock` },
    { backend: "etcd3", key: `/tooz/locks${prefix}…` },
    { backend: "memcached", key: `__TOOZ_LOCK_${prefix}…` },
    { backend: "zookeeper", key: `/tooz/locks/${prefix}…` },
  ];
}

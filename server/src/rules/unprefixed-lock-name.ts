import type { FileFacts, LockSite } from "../facts/model.ts";
import { prefixOf } from "../project/identity.ts";
import { addOption } from "./argument-edits.ts";
import type { Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const unprefixedLockName = defineRule({
  id: "unprefixed-lock-name",
  severity: "warning",
  summary: "A node lock of `lockutils` without a prefix.",
  // SEMANTICS §2, §9.
  why:
    "A lock file without a prefix is the file of every service on the node that locks this name in the same directory: " +
    "they wait for each other without a reason, or for ever. `utils.synchronized` puts the service's name before it.",
  bad: `from oslo_concurrency import lockutils


@lockutils.synchronized('acme-pool', external=True)
def create():
    pass
`,
  good: `from oslo_concurrency import lockutils


@lockutils.synchronized('acme-pool', 'cinder-', external=True)
def create():
    pass
`,
  check: ({ file }) =>
    file.sites
      .filter((site) => isUnprefixed(site))
      .map((site) =>
        finding(
          site.range,
          "The lock file has no prefix: other services on the node may lock the same",
          addPrefix(file, site),
        ),
      ),
});

/** A directory of its own keeps the others out as well. */
function isUnprefixed(site: LockSite): boolean {
  return (
    site.use.service === undefined &&
    site.scope === "node" &&
    prefixOf(site) === "" &&
    !site.options.some(({ parameter, by }) => parameter === "lock_path" || by === "unpacking")
  );
}

function addPrefix(file: FileFacts, site: LockSite): readonly Fix[] {
  const service = file.module.split(".", 1)[0] ?? "";
  return site.options.some(({ parameter }) => parameter === "lock_file_prefix")
    ? []
    : [
        {
          title: `Prefix the file with \`${service}-\` (it is then no longer the file of those without)`,
          isPreferred: false,
          edits: [addOption(site, `lock_file_prefix='${service}-'`)],
        },
      ];
}

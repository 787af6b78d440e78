import { describeKind } from "../project/exclusion.ts";
import { classAround, isActiveActive } from "./drivers.ts";
import { defineRule, finding } from "./rule.ts";

export const localLockInActiveActiveDriver = defineRule({
  id: "local-lock-in-active-active-driver",
  severity: "information",
  summary: "A lock of one node in a driver that runs on several nodes at the same time.",
  // SEMANTICS §7.
  why:
    "`SUPPORTS_ACTIVE_ACTIVE = True` promises that several volume services may work on one backend at the same time. " +
    "A process or node lock keeps out nobody on the other nodes; only `coordination` does. It is right where what it " +
    "protects is the node's own, such as a local file or a tool's session.",
  bad: `from cinder import utils


class Driver:
    SUPPORTS_ACTIVE_ACTIVE = True

    @utils.synchronized('acme-pool', external=True)
    def create_volume(self, volume):
        volume.create()
`,
  good: `from cinder import coordination


class Driver:
    SUPPORTS_ACTIVE_ACTIVE = True

    @coordination.synchronized('acme-pool')
    def create_volume(self, volume):
        volume.create()
`,
  check: ({ file, index, deployment }) =>
    file.sites.flatMap((site) => {
      const driver =
        site.scope === "process" || site.scope === "node" ? classAround(index, file, site) : undefined;
      return driver === undefined || !isActiveActive(index, driver)
        ? []
        : [
            {
              ...finding(
                site.range,
                `\`${driver.facts.name}\` runs on several nodes, but this is ${describeKind(site)}`,
              ),
              // Elsewhere the driver only might run so.
              ...(deployment === "active-active" ? { severity: "warning" as const } : {}),
            },
          ];
    }),
});

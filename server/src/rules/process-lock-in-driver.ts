import { groupBy } from "../base/order.ts";
import { templateOf } from "../facts/lock-name.ts";
import type { FileFacts, LockSite } from "../facts/model.ts";
import type { Deployment } from "../project/deployment.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { classAround, declaresDriver, isActiveActive } from "./drivers.ts";
import { defineRule } from "./rule.ts";

export const processLockInDriver = defineRule({
  id: "process-lock-in-driver",
  severity: "hint",
  summary: "A process lock in a driver, which several processes of the node may run.",
  // SEMANTICS §7.
  why:
    "Each backend of a node has a process of its own. A process lock keeps out the other threads of its process, but not " +
    "another backend that uses the same array, nor the backup service. It is right where what it protects lives in " +
    "the process's memory.",
  bad: `from cinder import utils
from cinder.volume import driver


class Driver(driver.VolumeDriver):
    @utils.synchronized('acme-pool')
    def create_volume(self, volume):
        volume.create()
`,
  good: `from cinder import utils
from cinder.volume import driver


class Driver(driver.VolumeDriver):
    @utils.synchronized('acme-pool', external=True)
    def create_volume(self, volume):
        volume.create()
`,
  check: ({ file, index, deployment }) =>
    declaresDriver(file)
      ? [...groupBy(processLocks(index, file), nameOf).values()].flatMap(([first, ...others]) =>
          first === undefined
            ? []
            : [
                {
                  range: first.range,
                  ...(deployment === "active-passive" ? {} : { severity: "information" as const }),
                  message: `\`${nameOf(first)}\` excludes one process only: other ${OTHERS[deployment]} do not see it`,
                  related: others.map(({ range }) => ({ path: file.path, range, message: "the same lock" })),
                  fixes: [],
                },
              ],
        )
      : [],
});

/** Who may use the same array outside of the process. */
const OTHERS: Readonly<Record<Deployment, string>> = {
  "active-passive": "backends",
  "several-backends": "backends",
  "active-active": "backends and nodes",
};

/** Of a driver for several nodes another rule says more. */
function processLocks(index: ProjectIndex, file: FileFacts): readonly LockSite[] {
  return file.sites.filter((site) => {
    const driver = site.scope === "process" ? classAround(index, file, site) : undefined;
    return site.scope === "process" && (driver === undefined || !isActiveActive(index, driver));
  });
}

function nameOf({ names: [name] }: LockSite): string {
  return name === undefined ? "?" : (templateOf(name) ?? name.source);
}

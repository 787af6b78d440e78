import { lastWord } from "../base/dotted-name.ts";
import type { LockSite } from "../facts/model.ts";
import { surelyCalled } from "../project/held/calls.ts";
import { type FunctionInProject, functionsOf, placeOfCall } from "../project/held/functions.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { isConditional, isTakenInBranch } from "../project/sites.ts";
import { isDriver } from "./drivers.ts";
import type { Finding } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const coordinatorNotStarted = defineRule({
  id: "coordinator-not-started",
  severity: "information",
  summary: "A global lock where the coordinator is not started.",
  // SEMANTICS §7.
  why:
    "Only cinder-volume, cinder-backup and cinder-api start the coordinator; in cinder-scheduler and cinder-manage a " +
    "global lock raises LockCreationFailed. The volume service makes its driver before it starts it, so that a driver's " +
    "`__init__` cannot take a global lock either; its `do_setup` can. Told of Cinder only: Manila's scheduler starts one.",
  bad: `from cinder import coordination
from cinder.volume import driver


class AcmeDriver(driver.VolumeDriver):
    def __init__(self):
        self._login()

    @coordination.synchronized('acme-login')
    def _login(self):
        pass
`,
  good: `from cinder import coordination
from cinder.volume import driver


class AcmeDriver(driver.VolumeDriver):
    def do_setup(self, context):
        self._login()

    @coordination.synchronized('acme-login')
    def _login(self):
        pass
`,
  check: ({ file, index }) =>
    functionsOf(index, file).flatMap((each) => {
      const place = placeWithoutCoordinator(each);
      return place === undefined ? [] : findingsIn(index, each, place);
    }),
});

/** Where a function runs, if the coordinator is not started there. */
function placeWithoutCoordinator({ file, body }: FunctionInProject): string | undefined {
  if (file.module === "cinder.cmd.manage") {
    return "cinder-manage never starts the coordinator";
  }
  // What other services call the scheduler by runs in these.
  if (file.module.startsWith("cinder.scheduler.") && file.module !== "cinder.scheduler.rpcapi") {
    return "cinder-scheduler never starts the coordinator";
  }
  const isMade = file.classes?.some(
    ({ name, bases }) =>
      body.name === `${name}.__init__` && bases.some((base) => base !== undefined && /Driver$/.test(base)),
  );
  return isMade === true && file.module.startsWith("cinder.") && isDriver(file)
    ? "a driver is made before the coordinator starts"
    : undefined;
}

function findingsIn(index: ProjectIndex, from: FunctionInProject, place: string): readonly Finding[] {
  const own = globalLocksOf(from).map((site) => finding(site.range, `A global lock fails here: ${place}`));
  const behind = from.body.calls.flatMap((call) => {
    const taker = surelyCalled(index, from, call);
    const [site] = taker === undefined ? [] : globalLocksOf(taker);
    return taker === undefined || site === undefined || placeWithoutCoordinator(taker) !== undefined
      ? []
      : {
          range: placeOfCall(from, call),
          message: `\`${shortName(taker)}\` takes a global lock: ${place}`,
          related: [{ path: taker.file.path, range: site.range, message: "taken here" }],
          fixes: [],
        };
  });
  return [...own, ...behind];
}

/** The locks that a function surely takes of the service's own coordinator, whatever its callers pass. */
function globalLocksOf({ takes }: FunctionInProject): readonly LockSite[] {
  return takes
    .map(({ site }) => site)
    .filter(
      (site) =>
        site.use.api.mechanism === "coordination" &&
        site.use.service === "cinder" &&
        !isConditional(site) &&
        !site.options.some(({ parameter }) => parameter === "coordinator") &&
        !isTakenInBranch(site),
    );
}

function shortName({ body }: FunctionInProject): string {
  return lastWord(body.name);
}

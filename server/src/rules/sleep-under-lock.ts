import { contains, type TextRange } from "../base/text-range.ts";
import type { FileFacts, LockSite } from "../facts/model.ts";
import { type FunctionInProject, functionsOf, placeOfCall } from "../project/held/functions.ts";
import { type Sleep, sleepBehind } from "../project/held/sleeps.ts";
import { templateText } from "../project/identity.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const sleepUnderLock = defineRule({
  id: "sleep-under-lock",
  severity: "hint",
  summary: "Sleeping while a lock is held.",
  why:
    "All who want the lock wait for the sleep, too. What is waited for seldom needs the lock: poll outside of it, and " +
    "take it for the change alone.",
  bad: `import time

from cinder import utils


@utils.synchronized('acme-map', external=True)
def attach(volume):
    while not volume.is_attached:
        time.sleep(1)
`,
  good: `import time

from cinder import utils


@utils.synchronized('acme-map', external=True)
def _map(volume):
    pass


def attach(volume):
    _map(volume)
    while not volume.is_attached:
        time.sleep(1)
`,
  check: ({ file, index }) =>
    functionsOf(index, file)
      .filter(({ takes }) => 0 < takes.length)
      .flatMap((holder) =>
        holder.body.calls.flatMap((call) => {
          const around = holder.takes.find(({ held }) => contains(held, placeOfCall(holder, call)));
          const sleep = around === undefined ? undefined : sleepBehind(index, holder, call);
          return around === undefined || sleep === undefined
            ? []
            : findingOn(index, holder, around.site, placeOfCall(holder, call), sleep);
        }),
      ),
});

function findingOn(
  index: ProjectIndex,
  holder: FunctionInProject,
  site: LockSite,
  range: TextRange,
  { sleeper, call }: Sleep,
): Finding {
  const { path } = holder.file;
  const isOwn = sleeper === holder;
  const sleep = isOwn ? "the sleep" : `the sleep in \`${sleeper.body.name}\``;
  return {
    range,
    message: `${nameOf(index, holder.file, site)} is held meanwhile: who wants it waits for ${sleep}, too`,
    related: [
      { path, range: site.range, message: "held from here on" },
      ...(isOwn
        ? []
        : [{ path: sleeper.file.path, range: placeOfCall(sleeper, call), message: "sleeps here" }]),
    ],
    fixes: [],
  };
}

function nameOf(index: ProjectIndex, file: FileFacts, site: LockSite): string {
  const names = site.names.flatMap((name) => renderedNames(index, { file, site, name }));
  return names[0] === undefined ? "The lock" : `\`${templateText(names[0].parts)}\``;
}

import { contains } from "../base/text-range.ts";
import type { FileFacts } from "../facts/model.ts";
import { functionsOf } from "../project/held/functions.ts";
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
    functionsOf(index, file).flatMap(({ body, takes }) =>
      body.calls
        .filter(({ callee }) => SLEEPS.has(qualified(file, callee)))
        .flatMap(({ range }): readonly Finding[] => {
          const around = takes.find(({ held }) => contains(held, range));
          return around === undefined
            ? []
            : [
                {
                  range,
                  message: `${nameOf(index, file, around.site)} is held meanwhile: who wants it waits for the sleep, too`,
                  related: [{ path: file.path, range: around.site.range, message: "held from here on" }],
                  fixes: [],
                },
              ];
        }),
    ),
});

const SLEEPS: ReadonlySet<string> = new Set([
  "time.sleep",
  "eventlet.sleep",
  "eventlet.greenthread.sleep",
  "greenthread.sleep",
]);

function qualified({ imports }: FileFacts, callee: string): string {
  const [head = "", ...rest] = callee.split(".");
  const imported = imports.find(({ local }) => local === head);
  return [imported?.qualifiedName ?? head, ...rest].join(".");
}

function nameOf(
  index: ProjectIndex,
  file: FileFacts,
  site: Parameters<typeof renderedNames>[1]["site"],
): string {
  const names = site.names.flatMap((name) => renderedNames(index, { file, site, name }));
  return names[0] === undefined ? "The lock" : `\`${templateText(names[0].parts)}\``;
}

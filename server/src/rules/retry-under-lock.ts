import { decoratorsBelow } from "./decorators.ts";
import { decoratorSites } from "./name-fields.ts";
import { defineRule } from "./rule.ts";

export const retryUnderLock = defineRule({
  id: "retry-under-lock",
  severity: "hint",
  summary: "A lock that is held for all the tries of a retry, and for the waits between them.",
  why:
    "The lock stands above the retry, so that it is taken once: while the tries fail and wait, all others wait, too, " +
    "even those whom the failure does not concern. Below the retry it is taken for each try. It is right where the " +
    "tries must not be interrupted.",
  bad: `from cinder import coordination
from cinder import utils


@coordination.synchronized('acme-pool')
@utils.retry(ValueError)
def refresh(pool):
    pool.refresh()
`,
  good: `from cinder import coordination
from cinder import utils


@utils.retry(ValueError)
@coordination.synchronized('acme-pool')
def refresh(pool):
    pool.refresh()
`,
  check: ({ file }) =>
    decoratorSites(file).flatMap((site) => {
      const retry = decoratorsBelow(file, site).find(({ name }) => /^(?:\w+\.)*retry(?:_\w+)?$/.test(name));
      return retry === undefined
        ? []
        : [
            {
              range: site.range,
              message: `The lock is held for all the tries of \`@${retry.name}\``,
              related: [
                { path: file.path, range: retry.decorator.range, message: "tries again under the lock" },
              ],
              fixes: [],
            },
          ];
    }),
});

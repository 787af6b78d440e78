import { groupBy } from "../base/order.ts";
import { sitesOf } from "../project/sites.ts";
import { acquiredLocks } from "./hand-held.ts";
import { defineRule, finding } from "./rule.ts";

export const emptyCriticalSection = defineRule({
  id: "empty-critical-section",
  severity: "hint",
  summary: "A lock that is taken and released with nothing done in between.",
  why:
    "It protects nothing: it only waits until the others are done, and they may begin again at once. What it was to " +
    "protect stands outside, or is gone. Where waiting is the purpose, a comment in the block says so.",
  bad: `from cinder import coordination


def refresh(pool):
    with coordination.COORDINATOR.get_lock('acme-pool'):
        pass
    pool.refresh()
`,
  good: `from cinder import coordination


def refresh(pool):
    with coordination.COORDINATOR.get_lock('acme-pool'):
        pool.refresh()
`,
  check: ({ file, index }) => {
    const emptyBlocks = new Set(file.emptyBlocks.map(({ start }) => start));
    const entered = sitesOf(index, file).filter(
      (site) => site.form === "with" && emptyBlocks.has(site.bodyRange.start),
    );
    const acquired = acquiredLocks(index, file).filter(({ acquisition }) => acquisition.section?.isEmpty);
    // A wrapper may take several locks at one place.
    return [
      ...groupBy([...entered, ...acquired.map(({ site }) => site)], ({ range }) => range.start),
    ].flatMap(([, [site]]) =>
      site === undefined ? [] : [finding(site.range, "Nothing is done under this lock")],
    );
  },
});

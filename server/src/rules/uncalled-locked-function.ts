import { decoratorsAbove } from "./decorators.ts";
import { decoratorSites } from "./name-fields.ts";
import { defineRule, finding } from "./rule.ts";

export const uncalledLockedFunction = defineRule({
  id: "uncalled-locked-function",
  severity: "warning",
  summary: "A locked function inside another one that nothing calls.",
  why:
    "A function is defined inside another one so that a lock with the outer one's values holds while it runs. Where the " +
    "outer one neither calls it nor hands it on, its body never runs, and no lock is taken.",
  bad: `from cinder import coordination


def delete(volume):
    @coordination.synchronized('acme-{name}')
    def locked(name):
        volume.delete()
`,
  good: `from cinder import coordination


def delete(volume):
    @coordination.synchronized('acme-{name}')
    def locked(name):
        volume.delete()

    locked(volume.name)
`,
  check: ({ file }) =>
    decoratorSites(file).flatMap((site) => {
      const { target } = site;
      // A decorator above may keep the function for later.
      const isOthers = decoratorsAbove(file, site).some(
        ({ decorator }) =>
          !decoratorSites(file).some((lock) => lock.decoratorRange.start === decorator.range.start),
      );
      const isTopmost = !decoratorSites(file).some(
        (lock) => lock.target?.range.start === target?.range.start && lock.range.start < site.range.start,
      );
      return target?.isMentioned !== false || isOthers || !isTopmost || target.below === "other decorators"
        ? []
        : [finding(target.nameRange, `\`${target.name}\` is never called: its body and its lock do nothing`)];
    }),
});

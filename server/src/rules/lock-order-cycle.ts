import { type LockCycle, type LockEdge, lockCycles } from "../project/held/lock-graph.ts";
import { placeOfNesting } from "../project/held/nestings.ts";
import { templateText } from "../project/identity.ts";
import { stepsOf } from "./held-locks.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const lockOrderCycle = defineRule({
  id: "lock-order-cycle",
  severity: "warning",
  summary: "Two locks that are taken in opposite orders.",
  // SEMANTICS §4, stacking.
  why:
    "One request holds the first lock and waits for the second, another one holds the second and waits for the first: " +
    "neither goes on. Locks that are held together must be taken in one order everywhere, or by one " +
    "`coordination.synchronized` with several names, which sorts them.",
  bad: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-pool')
    def shrink(self):
        self.remap()

    @coordination.synchronized('acme-map')
    def remap(self):
        pass

    @coordination.synchronized('acme-map')
    def unmap(self):
        self.count()

    @coordination.synchronized('acme-pool')
    def count(self):
        pass
`,
  good: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-pool')
    def shrink(self):
        self.remap()

    @coordination.synchronized('acme-map')
    def remap(self):
        pass

    @coordination.synchronized('acme-pool', 'acme-map')
    def unmap(self):
        pass
`,
  check: ({ file, index }) =>
    lockCycles(index, file).flatMap((cycle) =>
      cycle.flatMap((edge, position) =>
        edge.nesting.holder.file === file
          ? findingOf(edge, [...cycle.slice(position + 1), ...cycle.slice(0, position)])
          : [],
      ),
    ),
});

function findingOf({ held, taken, nesting }: LockEdge, others: LockCycle): Finding {
  return {
    range: placeOfNesting(nesting),
    message:
      `\`${templateText(taken.parts)}\` is taken under \`${templateText(held.parts)}\`, ` +
      "and elsewhere the other way round: a deadlock",
    related: [nesting, ...others.map((edge) => edge.nesting)].flatMap(stepsOf),
    fixes: [],
  };
}

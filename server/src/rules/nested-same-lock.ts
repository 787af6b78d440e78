import { lastWord } from "../base/dotted-name.ts";
import { type Nesting, nestingsIn, placeOfNesting } from "../project/held/nestings.ts";
import { type NameTakenAgain, takenAgain } from "../project/held/same-name.ts";
import { templateText } from "../project/identity.ts";
import { stepsOf } from "./held-locks.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const nestedSameLock = defineRule({
  id: "nested-same-lock",
  severity: "warning",
  summary: "A lock that is taken again while it is held.",
  // SEMANTICS §0.2, §3.
  why:
    "No lock of lockutils or of the coordinator is re-entrant, unless it is a fair one: who takes a lock that it holds " +
    "waits for itself, for ever. The service goes on, so that it looks like a request that is stuck. It also hangs where " +
    "a call, `super()` or an error path takes the lock again, in whatever file.",
  bad: `from cinder import utils


class AcmeDriver:
    @utils.synchronized('acme-map', external=True)
    def attach(self, volume):
        self.detach(volume)

    @utils.synchronized('acme-map', external=True)
    def detach(self, volume):
        pass
`,
  good: `from cinder import utils


class AcmeDriver:
    @utils.synchronized('acme-map', external=True)
    def attach(self, volume):
        self._detach(volume)

    @utils.synchronized('acme-map', external=True)
    def detach(self, volume):
        self._detach(volume)

    def _detach(self, volume):
        pass
`,
  check: ({ file, index }) =>
    nestingsIn(index, file).flatMap((nesting) => {
      const again = takenAgain(index, nesting);
      return again === undefined ? [] : findingOf(nesting, again);
    }),
});

function findingOf(nesting: Nesting, { parts, isProved }: NameTakenAgain): Finding {
  const isSure = isProved && nesting.isCertain && !nesting.isUnderCondition;
  const name = templateText(parts);
  const taker = nesting.chain.length === 0 ? "" : ` by \`${shortName(nesting)}\``;
  return {
    range: placeOfNesting(nesting),
    severity: isSure ? "warning" : "information",
    message: isSure
      ? `\`${name}\` is held here and taken again${taker}: it waits for itself, for ever`
      : `\`${name}\` is held here and may be taken again${taker}: ${doubt(nesting, isProved)}`,
    related: stepsOf(nesting),
    fixes: [],
  };
}

function doubt({ isCertain }: Nesting, isProved: boolean): string {
  if (!isProved) {
    return "the arguments are not proven equal";
  }
  return isCertain ? "only under a condition" : "not every object has this method";
}

function shortName({ taker }: Nesting): string {
  return lastWord(taker.body.name);
}

import { lastWord } from "../base/dotted-name.ts";
import { contains } from "../base/text-range.ts";
import type { FileFacts, Release } from "../facts/model.ts";
import { ownerOf } from "../project/resolve/classes.ts";
import { type LockMeaning, meaningsOf } from "../project/resolve/lock-names.ts";
import { sitesOf } from "../project/sites.ts";
import { acquiresIn, isAcquired } from "./hand-held.ts";
import type { Finding, RuleContext } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const releaseWithoutAcquire = defineRule({
  id: "release-without-acquire",
  severity: "information",
  summary: "A `release()` of a lock that nobody acquires, or that a `with` releases by itself.",
  why:
    "Releasing a lock that is not held is an error at run time. In the block of a `with` the first release lets the " +
    "others in too early, and the one at the end of the block fails, or takes the lock away from who has it by then. " +
    "Semaphores, which may be released by anybody, are left out.",
  bad: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    with _LOCK:
        pool.refresh()
        _LOCK.release()
`,
  good: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    with _LOCK:
        pool.refresh()
`,
  check: (context) =>
    context.file.releases.flatMap((release) =>
      release.isCalled && release.name !== undefined ? findingFor(context, release, release.name) : [],
    ),
});

function findingFor(context: RuleContext, release: Release, name: string): readonly Finding[] {
  const word = lastWord(name);
  if (acquiresIn(context.file, release.functionName, word) || !isOneHolderLock(context, release, name)) {
    return [];
  }
  const holder = withAround(context, release, name);
  if (holder !== undefined) {
    return [
      {
        range: release.range,
        message: `\`${name}\` is released here, and once more at the end of the \`with\``,
        related: [{ path: context.file.path, range: holder.range, message: "takes and releases it" }],
        fixes: [],
      },
    ];
  }
  return release.isHandedOn || isAcquired(context.index, word)
    ? []
    : [finding(release.range, `\`${name}\` is released here, but nothing acquires it`)];
}

/** Whether the name surely stands for an object that is a lock, and that only who holds it may release. */
function isOneHolderLock({ index, file }: RuleContext, { functionName }: Release, name: string): boolean {
  const self = ownerOf(file, functionName);
  const meanings = meaningsOf({ index, file, functionName, self, bindings: undefined }, name) ?? [];
  return 0 < meanings.length && meanings.every(isHeldByOne);
}

function isHeldByOne(meaning: LockMeaning): boolean {
  return meaning.kind === "object" && meaning.use.api.reentry !== "counts";
}

function withAround(
  { file, index }: RuleContext,
  { range, functionName }: Release,
  name: string,
): FileFacts["namedUses"][number] | undefined {
  const taken = new Set(sitesOf(index, file).map((site) => site.range.start));
  return file.namedUses.find(
    (use) =>
      use.bodyRange !== undefined &&
      contains(use.bodyRange, range) &&
      use.functionName === functionName &&
      use.name === name &&
      taken.has(use.range.start),
  );
}

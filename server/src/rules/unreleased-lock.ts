import { lastWord } from "../base/dotted-name.ts";
import { wholeLines } from "../base/line-index.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, HeldSection } from "../facts/model.ts";
import { type AcquiredLock, acquiredLocks, acquiresIn, releasesIn, releasesNamed } from "./hand-held.ts";
import type { Finding, Fix, RuleContext } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";

export const unreleasedLock = defineRule({
  id: "unreleased-lock",
  severity: "warning",
  summary: "A lock that is acquired, and not released on every way out of the function.",
  // SEMANTICS §3, §8.
  why:
    "Who leaves the function there keeps the lock, and all others wait for ever, this thread too when it comes again: " +
    "none of these locks ends with the function that took it. A `with` releases it whichever way its block is left. " +
    "Only what is certain is reported: a `return` or `raise` before the one `release()`, or no `release()` at all.",
  bad: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    _LOCK.acquire()
    if pool.is_fresh:
        return
    pool.refresh()
    _LOCK.release()
`,
  good: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    with _LOCK:
        if pool.is_fresh:
            return
        pool.refresh()
`,
  check: (context) => acquiredLocks(context.index, context.file).flatMap((held) => findingFor(context, held)),
});

function findingFor(context: RuleContext, held: AcquiredLock): readonly Finding[] {
  const { range, name, functionName, section } = held.acquisition;
  const { length } = releasesIn(context.file, functionName);
  if (length === 0 && isReleasedByNobody(context, held)) {
    return [finding(range, `\`${name}\` is acquired here and never released`)];
  }
  return length === 1 &&
    section !== undefined &&
    0 < section.exits.length &&
    !isReleasedForOthers(context, held)
    ? [leftHeld(context.file, held, section)]
    : [];
}

/** A semaphore's count may be given back by whoever finishes the work, or by none where it is a limit for good. */
function isReleasedByNobody({ index }: RuleContext, { site, acquisition }: AcquiredLock): boolean {
  return (
    site.use.api.reentry !== "counts" &&
    !acquisition.isHandedOn &&
    releasesNamed(index, lastWord(acquisition.name)).length === 0
  );
}

/** Whether a function releases the lock that does not acquire it: it may end what another one began. */
function isReleasedForOthers({ index }: RuleContext, { acquisition }: AcquiredLock): boolean {
  const word = lastWord(acquisition.name);
  return releasesNamed(index, word).some(
    ({ file, release }) => !acquiresIn(file, release.functionName, word),
  );
}

function leftHeld(file: FileFacts, { acquisition }: AcquiredLock, section: HeldSection): Finding {
  const { range, name } = acquisition;
  return {
    range,
    message: `\`${name}\` is not released on every way out of the function`,
    related: section.exits.map((exit) => ({
      path: file.path,
      range: exit,
      message: "leaves with the lock held",
    })),
    fixes: section.lineStarts === undefined ? [] : [useWith(file, range, name, section, section.lineStarts)],
  };
}

function useWith(
  file: FileFacts,
  acquire: TextRange,
  name: string,
  { release }: HeldSection,
  lineStarts: readonly TextRange[],
): Fix {
  return {
    title: `Hold the lock by \`with ${name}:\``,
    isPreferred: true,
    edits: [
      { range: acquire, newText: `with ${name}:` },
      ...lineStarts.map((range) => ({ range, newText: "    " })),
      { range: wholeLines(file.lines, release), newText: "" },
    ],
  };
}

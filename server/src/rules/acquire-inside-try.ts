import { acquiredLocks } from "./hand-held.ts";
import { defineRule } from "./rule.ts";

export const acquireInsideTry = defineRule({
  id: "acquire-inside-try",
  severity: "hint",
  summary: "A lock that is acquired inside the `try` whose `finally` releases it.",
  // SEMANTICS §4: LockCreationFailed and LockAcquireFailed; for objects Python's own `threading`.
  why:
    "When what stands before it in the `try` fails, or acquiring itself does, the `finally` releases a lock that was " +
    "not taken. For most locks that is an error of its own, which hides the first one; a semaphore then lets in one " +
    "more than it should. Acquire before the `try`, or use `with`.",
  bad: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    try:
        _LOCK.acquire()
        pool.refresh()
    finally:
        _LOCK.release()
`,
  good: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    _LOCK.acquire()
    try:
        pool.refresh()
    finally:
        _LOCK.release()
`,
  check: ({ file, index }) =>
    acquiredLocks(index, file).flatMap(({ acquisition: { name, range, guard } }) =>
      guard === undefined
        ? []
        : [
            {
              range,
              message: `If this fails, the \`finally\` releases \`${name}\` without having it`,
              related: [
                { path: file.path, range: guard.release, message: "releases the lock, taken or not" },
              ],
              fixes: [],
            },
          ],
    ),
});

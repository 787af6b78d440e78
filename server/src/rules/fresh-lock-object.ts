import type { MadeLock } from "../facts/model.ts";
import { defineRule, finding } from "./rule.ts";

export const freshLockObject = defineRule({
  id: "fresh-lock-object",
  severity: "warning",
  summary: "A lock that is made where it is taken, so that it excludes nobody.",
  why:
    "An object that is a lock excludes those who have the same object. Made in the function that takes it, and handed to " +
    "nobody, there is another one for each call: all get in at once. Keep it in the module, the class or the object " +
    "that the callers share.",
  bad: `import threading


def refresh(pool):
    lock = threading.Lock()
    with lock:
        pool.refresh()
`,
  good: `import threading

_LOCK = threading.Lock()


def refresh(pool):
    with _LOCK:
        pool.refresh()
`,
  check: ({ file }) =>
    file.madeLocks
      .filter((made) => made.takenBy !== "others" && isItsOwnLock(made))
      .map(({ range, use }) =>
        finding(range, `Each call makes its own \`${use.api.id}\`: it excludes nobody`),
      ),
});

/** A lock of a file's path is the same for all who name it, and a condition may be given another's lock. */
function isItsOwnLock({ use, isGivenArguments }: MadeLock): boolean {
  return (
    use.api.id !== "fasteners.InterProcessLock" && !(use.api.id === "threading.Condition" && isGivenArguments)
  );
}

import { lockObjectNamed } from "../facts/lock-apis.ts";
import { defineRule, finding } from "./rule.ts";

export const eventletPrimitive = defineRule({
  id: "eventlet-primitive",
  severity: "information",
  summary: "A lock of eventlet's own, which native threads cannot wait for.",
  // SEMANTICS §8.
  why:
    "A native thread that waits for it, such as one of eventlet's `tpool`, never wakes, and without eventlet's hub " +
    "nobody can wait for it: OpenStack is leaving eventlet. The classes of `threading` are green where eventlet patches " +
    "them, as it does when the services start, and real where it does not.",
  bad: `from eventlet import semaphore

_SESSIONS = semaphore.Semaphore(3)


def connect(host):
    with _SESSIONS:
        host.connect()
`,
  good: `import threading

_SESSIONS = threading.Semaphore(3)


def connect(host):
    with _SESSIONS:
        host.connect()
`,
  check: ({ file }) =>
    file.madeLocks
      // What a service makes its locks by may choose by the way in which the service runs.
      .filter(({ functionName }) => lockObjectNamed(`${file.module}.${functionName}`) === undefined)
      .filter(({ use }) => use.api.id.startsWith("eventlet."))
      .map(({ range, use }) =>
        finding(range, `\`${use.api.id}\` works among green threads only; \`threading\` has the same`),
      ),
});

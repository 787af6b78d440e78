import { defineRule, finding } from "./rule.ts";

export const lostFileLock = defineRule({
  id: "lost-file-lock",
  severity: "warning",
  summary: "A file lock that another thread of the process takes away.",
  // SEMANTICS §0.5, §3.
  why:
    "A file lock belongs to the process, and any close of its file in the process drops it. `external_lock` has no " +
    "part that keeps out the other threads: two of them hold the lock at the same time, and the first to leave drops " +
    "it for both. `lock(…, external=True)` keeps both out.",
  bad: `from oslo_concurrency import lockutils


def create(volume):
    with lockutils.external_lock('acme-pool', 'cinder-'):
        volume.create()
`,
  good: `from oslo_concurrency import lockutils


def create(volume):
    with lockutils.lock('acme-pool', 'cinder-', external=True):
        volume.create()
`,
  check: ({ file }) =>
    file.sites
      .filter((site) => site.use.api.id === "lockutils.external_lock")
      .map((site) =>
        finding(
          site.range,
          "Threads of one process hold this lock together: the first to leave drops it for all",
        ),
      ),
});

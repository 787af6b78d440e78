import { defineRule, finding } from "./rule.ts";

export const uncalledLockDecorator = defineRule({
  id: "uncalled-lock-decorator",
  severity: "error",
  summary: "A lock decorator without parentheses.",
  // SEMANTICS §4, §5.
  why:
    "`@coordination.synchronized` without parentheses takes the function for the lock's name and puts a decorator in " +
    "its place. A call then either fails or returns another function without an error; the body never runs, and no " +
    "lock is taken. Call the decorator with the lock's name.",
  bad: `from cinder import coordination


@coordination.synchronized
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    file.uncalled.map(({ range, use }) =>
      finding(range, `\`${use.api.id}\` is not called: no lock is taken and the body may never run`),
    ),
});

import { defineRule, finding } from "./rule.ts";

export const uncalledLockDecorator = defineRule({
  id: "uncalled-lock-decorator",
  severity: "error",
  summary: "A lock decorator without parentheses.",
  why:
    "`@coordination.synchronized` without a call takes the function for the lock's name. No lock is taken, and where " +
    "the result is called the body may never run: it returns another function, without an error (SEMANTICS §4, §5). " +
    "Call it with the lock's name.",
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

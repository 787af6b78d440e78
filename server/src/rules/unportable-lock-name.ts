import type { LockName } from "../facts/model.ts";
import { defineRule, finding } from "./rule.ts";

export const unportableLockName = defineRule({
  id: "unportable-lock-name",
  severity: "information",
  summary: "A global lock's name that one of the coordination backends refuses or splits.",
  // SEMANTICS §2.
  why:
    "Which backend keeps the lock is the operator's choice. For the file backend a `/` makes a directory, which fails " +
    "where another lock has the directory's name; memcached refuses blanks, and none takes a NUL. Letters, digits, " +
    "`-`, `_` and `.` are right everywhere.",
  bad: `from cinder import coordination


@coordination.synchronized('acme/{volume.id}')
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file }) =>
    file.sites
      .filter((site) => site.use.api.mechanism === "coordination")
      .flatMap((site) =>
        site.names.flatMap((name) => {
          const trouble = troubleIn(name);
          return trouble === undefined ? [] : [finding(name.range, trouble)];
        }),
      ),
});

function troubleIn(name: LockName): string | undefined {
  const text =
    name.kind === "unknown" ? "" : name.parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
  if (text.includes("\u0000")) {
    return "A NUL in the name: every backend refuses it";
  }
  if (text.includes("/")) {
    return "A `/` in the name: the file backend makes a directory of what is before it";
  }
  return /\s/.test(text) ? "A blank in the name: memcached refuses it" : undefined;
}

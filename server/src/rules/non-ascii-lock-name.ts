import type { NamePart } from "../facts/model.ts";
import { defineRule, finding } from "./rule.ts";

export const nonAsciiLockName = defineRule({
  id: "non-ascii-lock-name",
  severity: "error",
  summary: "A character in the name of a global lock that is not ASCII.",
  // SEMANTICS §2.
  why:
    "The coordinator encodes the name to ASCII before it takes the lock, whatever the backend: every call fails with " +
    "UnicodeEncodeError before the body runs. Locks of `utils` and `lockutils` take any character.",
  bad: `from cinder import coordination


@coordination.synchronized('größe-{volume.id}')
def extend(volume):
    volume.extend()
`,
  good: `from cinder import coordination


@coordination.synchronized('groesse-{volume.id}')
def extend(volume):
    volume.extend()
`,
  check: ({ file }) =>
    file.sites
      .filter((site) => site.use.api.mechanism === "coordination")
      .flatMap((site) =>
        site.names.flatMap((name) =>
          name.kind === "unknown"
            ? []
            : name.parts
                .flatMap((part) => foreignIn(part) ?? [])
                .map((character) =>
                  finding(name.range, `\`${character}\` is not ASCII: UnicodeEncodeError at every call`),
                )
                .slice(0, 1),
        ),
      ),
});

function foreignIn(part: NamePart): string | undefined {
  return part.kind === "text" ? /\P{ASCII}/u.exec(part.text)?.[0] : undefined;
}

import { fieldsOf } from "../facts/lock-name.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { sourceOf } from "../project/resolve/values.ts";
import { defineRule, finding } from "./rule.ts";

export const doubleFormattedName = defineRule({
  id: "double-formatted-name",
  severity: "information",
  summary: "A lock's name made of run-time values, which is then formatted once more.",
  // SEMANTICS §4, the table of templates.
  why:
    "`coordination.synchronized` formats its name at every call, also one that `%`, `+` or an f-string has made of " +
    "other values already. A brace in such a value is then taken for a field: the call fails, or the name is another " +
    "one. A field of the template takes any value as it is.",
  bad: `from cinder import coordination


def delete(volume, host):
    @coordination.synchronized('acme-%s' % host)
    def locked():
        volume.delete()

    locked()
`,
  good: `from cinder import coordination


def delete(volume, host):
    @coordination.synchronized('acme-{host}')
    def locked(host):
        volume.delete()

    locked(host)
`,
  check: ({ file, index }) =>
    file.sites
      .filter((site) => site.use.api.expandsFields)
      .flatMap((site) =>
        site.names.flatMap((name) => {
          const value = valueMadeBefore(index, { file, site, name });
          return value === undefined
            ? []
            : [
                finding(
                  name.range,
                  `\`${value}\` is put in before the name is formatted: a brace in it fails`,
                ),
              ];
        }),
      ),
});

/** What is put in and differs from call to call, as written; constants are put in for good. */
function valueMadeBefore(index: ProjectIndex, named: NamedSite): string | undefined {
  const made = new Map(
    fieldsOf(named.name)
      .filter(({ origin, value }) => origin === "expression" && !isId(sourceOf(value)))
      .map(({ value, source }) => [sourceOf(value), source]),
  );
  return made.size === 0
    ? undefined
    : renderedNames(index, named)
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.kind === "field" ? (made.get(part.source) ?? []) : []))[0];
}

/** An id has no braces. */
function isId(source: string): boolean {
  return /(?:^|[._[])u?u?id\]?$/.test(source);
}

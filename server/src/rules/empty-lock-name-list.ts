import type { LockName, LockSite } from "../facts/model.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";
import { takesSeveralNames } from "./signatures.ts";

export const emptyLockNameList = defineRule({
  id: "empty-lock-name-list",
  severity: "error",
  summary: "No name of a lock where one is needed, or a name that is no text.",
  // SEMANTICS §4.
  why:
    "`coordination.synchronized()` takes no lock at all and runs the body as if it had. A list or bytes in the place of " +
    "a name have no `format`, so that every call fails with AttributeError before the body runs.",
  bad: `from cinder import coordination


@coordination.synchronized()
def delete(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete(volume):
    volume.delete()
`,
  check: ({ file, index }) =>
    file.sites
      .filter((site) => site.use.api.id === "coordination.synchronized")
      .flatMap((site) => {
        const takesSeveral = takesSeveralNames(index, file.path, site);
        return isWithoutName(site)
          ? [noName(site, takesSeveral)]
          : site.names.filter(isNoText).map((name) => notText(name, takesSeveral));
      }),
});

/** What is at the place of a name but cannot be one is told by `misplaced-lock-option`. */
function isWithoutName(site: LockSite): boolean {
  return (
    site.names.length === 0 &&
    site.options.every(({ by, parameter }) => by === "keyword" && parameter !== "name")
  );
}

function noName(site: LockSite, takesSeveral: boolean): Finding {
  return finding(
    site.range,
    takesSeveral
      ? "`coordination.synchronized` without a name takes no lock: the body runs unprotected"
      : "`coordination.synchronized` needs a name: TypeError at decoration",
  );
}

/** A list, set or mapping as it is written, or bytes; not what is taken out of one, as in `['a', 'b'][0]`. */
function isNoText(name: LockName): boolean {
  return name.kind === "unknown" && /^(?:\[[^[\]]*\]|\{[^{}]*\}|[bB][rR]?(['"])[^'"]*\1)$/.test(name.source);
}

function notText(name: LockName, takesSeveral: boolean): Finding {
  const isList = name.source.startsWith("[") && name.source.length > 2;
  return finding(
    name.range,
    "This name is no text: AttributeError at every call",
    isList && takesSeveral ? [unpack(name)] : [],
  );
}

function unpack({ range }: LockName): Fix {
  return {
    title: "Take each of the list as a name",
    isPreferred: true,
    edits: [{ range: { start: range.start, end: range.start }, newText: "*" }],
  };
}

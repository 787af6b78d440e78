import type { LockOption, LockSite } from "../facts/model.ts";
import { removeOption } from "./argument-edits.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";
import { takesSeveralNames } from "./signatures.ts";

export const misplacedLockOption = defineRule({
  id: "misplaced-lock-option",
  severity: "error",
  summary: "An argument that the lock API does not take, or not at this place.",
  why:
    "`coordination.synchronized` takes any number of names, so that a flag by position is one more name and fails at " +
    "the call; it has no `external`. `utils.synchronized` takes all but the name by keyword and fails at import. In " +
    "`lockutils.synchronized('x', True)` the `True` is the prefix, and the lock silently stays within the process " +
    "(SEMANTICS §4, §5).",
  bad: `from oslo_concurrency import lockutils


@lockutils.synchronized('acme-setup', True)
def set_up():
    pass
`,
  good: `from oslo_concurrency import lockutils


@lockutils.synchronized('acme-setup', 'acme-', True)
def set_up():
    pass
`,
  check: (context) =>
    context.file.sites.flatMap((site) => {
      switch (site.use.api.id) {
        case "coordination.synchronized":
          return takesSeveralNames(context.index, context.file.path, site)
            ? inCoordination(site)
            : unknownKeywords(site);
        case "utils.synchronized":
          return site.options.filter((option) => option.by === "position").map(inUtils);
        case "lockutils.synchronized":
        case "lockutils.lock":
          return inLockutils(site);
        default:
          return [];
      }
    }),
});

function inCoordination(site: LockSite): readonly Finding[] {
  const constants = site.options.filter((option) => option.by === "position").map(flagAsName);
  const coordinators = site.names
    .slice(1)
    .filter((name) => name.kind === "unknown" && /(?:^|\.)(?:LOCK_)?COORDINATOR$/.test(name.source))
    .map((name) =>
      finding(
        name.range,
        `\`${name.source}\` by position is taken for a second lock name: every call fails`,
        [insertKeyword("coordinator", name.range.start)],
      ),
    );
  return [...constants, ...coordinators, ...unknownKeywords(site)];
}

/** A flag among the names was `blocking` before Cinder 23.0.0; a number was its time-out. */
function flagAsName(option: LockOption): Finding {
  const fixes = option.value.kind === "none" ? [] : [insertKeyword("blocking", option.range.start)];
  return finding(
    option.range,
    `\`${option.source}\` by position is taken for a lock name: every call fails`,
    fixes,
  );
}

const COORDINATION_KEYWORDS: ReadonlySet<string> = new Set(["blocking", "coordinator", "name", "*"]);

function unknownKeywords(site: LockSite): readonly Finding[] {
  return site.options
    .filter((option) => option.by === "keyword" && !COORDINATION_KEYWORDS.has(option.parameter ?? ""))
    .map((option) =>
      finding(
        option.range,
        `\`coordination.synchronized\` has no \`${option.parameter}\`: TypeError at import`,
        [remove(site, option)],
      ),
    );
}

function inUtils(option: LockOption): Finding {
  const message = `\`utils.synchronized\` takes only the name by position: TypeError at import`;
  switch (option.value.kind) {
    case "boolean":
      return finding(option.range, message, [insertKeyword("external", option.range.start)]);
    case "text":
      return finding(option.range, message, [insertKeyword("lock_file_prefix", option.range.start)]);
    default:
      return finding(option.range, message);
  }
}

function inLockutils(site: LockSite): readonly Finding[] {
  return site.options
    .filter((option) => option.parameter === "lock_file_prefix" && option.value.kind === "boolean")
    .map((option) =>
      finding(
        option.range,
        `\`${option.source}\` is the file prefix here, so that the lock stays within the process`,
        option.by === "position" && !site.options.some((other) => other.parameter === "external")
          ? [externalByKeyword(option)]
          : [],
      ),
    );
}

function externalByKeyword(option: LockOption): Fix {
  return {
    title: "Write `external=` (the lock then excludes the whole node)",
    isPreferred: false,
    edits: [{ range: { start: option.range.start, end: option.range.start }, newText: "external=" }],
  };
}

function insertKeyword(keyword: string, at: number): Fix {
  return {
    title: `Write \`${keyword}=\``,
    isPreferred: true,
    edits: [{ range: { start: at, end: at }, newText: `${keyword}=` }],
  };
}

function remove(site: LockSite, option: LockOption): Fix {
  return {
    title: `Remove \`${option.parameter}\` (the lock stays global)`,
    isPreferred: false,
    edits: [removeOption(site, option)],
  };
}

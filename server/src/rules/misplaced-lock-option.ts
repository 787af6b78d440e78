import type { FileFacts, FilePath, LockOption, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { removeOption } from "./argument-edits.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule, finding } from "./rule.ts";
import { ownParameters, takesKeyword, takesSeveralNames } from "./signatures.ts";

export const misplacedLockOption = defineRule({
  id: "misplaced-lock-option",
  severity: "error",
  summary: "An argument that the lock API does not take, or not at this place.",
  // SEMANTICS §4, §5.
  why:
    "`coordination.synchronized` takes any number of names, so that a flag by position is one more name, and every " +
    "call fails; it has no `external`. `utils.synchronized` takes everything but the name by keyword only. In " +
    "`lockutils.synchronized('x', True)` the `True` is the prefix of the lock file, and the lock silently stays " +
    "within the process.",
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
  check: ({ file, index }) =>
    file.sites.flatMap((site) => {
      switch (site.use.api.id) {
        case "coordination.synchronized":
          return [
            ...(takesSeveralNames(index, file.path, site) ? flagsAmongNames(site) : []),
            ...site.options
              .filter((option) => isUnknownKeyword(index, file.path, site, option))
              .map((option) => unknownKeyword(site, option)),
          ];
        case "utils.synchronized":
          return ownParameters(index, file.path, site) === undefined
            ? site.options.filter((option) => option.by === "position").map((option) => inUtils(site, option))
            : [];
        case "lockutils.synchronized":
        case "lockutils.lock":
          return inLockutils(file, site);
        default:
          return [];
      }
    }),
});

function flagsAmongNames(site: LockSite): readonly Finding[] {
  const constants = site.options
    .filter((option) => option.by === "position")
    .map((option) => flagAsName(site, option));
  const coordinators = site.names
    .slice(1)
    .filter((name) => name.kind === "unknown" && /(?:^|\.)(?:LOCK_)?COORDINATOR$/.test(name.source))
    .map((name) =>
      finding(
        name.range,
        `\`${name.source}\` by position is taken for a second lock name: every call fails`,
        byKeyword(site, "coordinator", name.range.start, true),
      ),
    );
  return [...constants, ...coordinators];
}

/**
 * A flag among the names was `blocking` before Cinder 23.0.0; a number was its time-out. By keyword anything but `True`
 * lets the body run without the lock (SEMANTICS §0.1), so that it is not for an editor to write unasked.
 */
function flagAsName(site: LockSite, option: LockOption): Finding {
  const waitsForEver = option.value.kind === "boolean" && option.value.value;
  const fixes =
    option.value.kind === "none" ? [] : byKeyword(site, "blocking", option.range.start, waitsForEver);
  return finding(
    option.range,
    `\`${option.source}\` by position is taken for a lock name: every call fails`,
    fixes,
  );
}

const COORDINATION_KEYWORDS: ReadonlySet<string> = new Set(["blocking", "coordinator"]);

function isUnknownKeyword(index: ProjectIndex, path: FilePath, site: LockSite, option: LockOption): boolean {
  return (
    option.by === "keyword" &&
    option.parameter !== undefined &&
    option.parameter !== "name" &&
    !takesKeyword(index, path, site, option.parameter, COORDINATION_KEYWORDS)
  );
}

function unknownKeyword(site: LockSite, option: LockOption): Finding {
  return finding(
    option.range,
    `\`coordination.synchronized\` has no \`${option.parameter}\`: TypeError at decoration`,
    [remove(site, option)],
  );
}

function inUtils(site: LockSite, option: LockOption): Finding {
  const message = `\`utils.synchronized\` takes only the name by position: TypeError at decoration`;
  switch (option.value.kind) {
    case "boolean":
      return finding(option.range, message, byKeyword(site, "external", option.range.start, true));
    case "text":
      return finding(option.range, message, byKeyword(site, "lock_file_prefix", option.range.start, true));
    default:
      return finding(option.range, message);
  }
}

function inLockutils({ module }: FileFacts, site: LockSite): readonly Finding[] {
  return site.options
    .filter(
      ({ parameter, value }) => parameter === "lock_file_prefix" && value.kind === "boolean" && value.value,
    )
    .flatMap((option) => flagAsPrefix(module, site, option));
}

/** Without `external` the prefix is ignored, with it a prefix that is no text fails. */
function flagAsPrefix(module: string, site: LockSite, option: LockOption): readonly Finding[] {
  const isPrefix = `\`${option.source}\` is the file prefix here`;
  if (site.scope === "node") {
    return [finding(option.range, `${isPrefix}: AttributeError at every call`)];
  }
  const canMove = option.by === "position" && !site.options.some(({ parameter }) => parameter === "external");
  return site.scope === "process"
    ? [
        finding(
          option.range,
          `${isPrefix}, so that the lock stays within the process`,
          canMove ? [externalByKeyword(module, option)] : [],
        ),
      ]
    : [];
}

/** Without a prefix the file would be that of other services, too. */
function externalByKeyword(module: string, option: LockOption): Fix {
  const prefix = `${module.split(".", 1)[0]}-`;
  return {
    title: `Write \`'${prefix}', external=\` (the lock then excludes the whole node)`,
    isPreferred: false,
    edits: [
      { range: { start: option.range.start, end: option.range.start }, newText: `'${prefix}', external=` },
    ],
  };
}

/** No argument by position may stand behind one by keyword, and none may be given twice. */
function byKeyword(site: LockSite, keyword: string, at: number, isPreferred: boolean): readonly Fix[] {
  const isLastByPosition =
    site.names.every(({ range }) => range.start <= at) &&
    site.options.every(({ by, range }) => by !== "position" || range.start <= at);
  return !isLastByPosition || site.options.some(({ parameter }) => parameter === keyword)
    ? []
    : [
        {
          title: `Write \`${keyword}=\``,
          isPreferred,
          edits: [{ range: { start: at, end: at }, newText: `${keyword}=` }],
        },
      ];
}

function remove(site: LockSite, option: LockOption): Fix {
  return {
    title: `Remove \`${option.parameter}\` (the lock stays global)`,
    isPreferred: false,
    edits: [removeOption(site, option)],
  };
}

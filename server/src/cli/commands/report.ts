import { positionAt } from "../../base/line-index.ts";
import { groupBy } from "../../base/order.ts";
import { templateOf } from "../../facts/lock-name.ts";
import type { Scope } from "../../facts/model.ts";
import type { DriverLocks } from "../../project/active-active.ts";
import { templateText } from "../../project/identity.ts";
import type { LoadedProject } from "../load-project.ts";

/** `report active-active`: which locks of the drivers do not keep out another node, as Markdown for a review. */
export function activeActiveReport(project: LoadedProject): string {
  const asked = project.analysis.driverLocks().filter(({ driver }) => project.isAskedFor(driver.file.path));
  const local = asked.filter(({ sites }) => sites.some(isLocal));
  const promising = asked.filter(({ flag }) => flag === "True");
  return [
    "# Drivers and active-active",
    "",
    "Where volume services of several nodes work on one backend, a process or node lock keeps out nobody on the other nodes;",
    "a global lock does with a `[coordination] backend_url` such as etcd3 or redis, not with the default, files of the node.",
    "A local lock is right where what it protects is the node's own.",
    "",
    ...local.flatMap((each) => driverSection(project, each)),
    `${local.length} of ${asked.length} drivers take process or node locks; \`${FLAG} = True\` is said by ${promising.length}.`,
    "",
  ].join("\n");
}

const FLAG = "SUPPORTS_ACTIVE_ACTIVE";

type DriverSite = DriverLocks["sites"][number];

function isLocal({ site }: DriverSite): boolean {
  return site.scope !== "global";
}

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  process: "process",
  node: "node",
  global: "global",
  unknown: "process or node, at run time",
};

function driverSection(project: LoadedProject, { driver, flag, sites }: DriverLocks): readonly string[] {
  const locks = groupBy(
    sites.filter(isLocal),
    (each) => `${nameOf(project, each)} | ${SCOPE_WORDS[each.site.scope]}`,
  );
  const globalCount = sites.filter((each) => !isLocal(each)).length;
  return [
    `## \`${driver.qualifiedName}\``,
    "",
    `\`${FLAG} = ${flag}\``,
    "",
    "| lock | scope | taken at |",
    "| --- | --- | --- |",
    ...[...locks].map(
      ([lock, group]) => `| ${lock} | ${group.map((each) => placeOf(project, each)).join(", ")} |`,
    ),
    "",
    ...(globalCount === 0
      ? []
      : [
          `Beside these ${globalCount} ${globalCount === 1 ? "site takes" : "sites take"} a global lock.`,
          "",
        ]),
  ];
}

/** A cell of the table: a bar would end it. */
function nameOf({ analysis }: LoadedProject, { file, site }: DriverSite): string {
  const names = site.names.map((name) => {
    const rendered = analysis.renderedNames({ file, site, name }).map(({ parts }) => templateText(parts));
    return (
      templateOf(name) ?? (rendered.length === 0 ? name.source.replace(/\s+/g, " ") : rendered.join("` or `"))
    );
  });
  return names.length === 0
    ? "(no name)"
    : names.map((name) => `\`${name.replaceAll("|", "\\|")}\``).join(" + ");
}

function placeOf({ relative }: LoadedProject, { file, site }: DriverSite): string {
  return `${relative(file.path)}:${positionAt(file.lines, site.range.start).line + 1}`;
}

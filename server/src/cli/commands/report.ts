import { positionAt } from "../../base/line-index.ts";
import { groupBy } from "../../base/order.ts";
import { templateOf } from "../../facts/lock-name.ts";
import type { Scope } from "../../facts/model.ts";
import type { DriverLocks } from "../../project/active-active.ts";
import { templateText } from "../../project/identity.ts";
import { counted } from "../../queries/markup.ts";
import type { LoadedProject } from "../load-project.ts";

/**
 * `report active-active`: which locks of the drivers do not keep out another node, as Markdown for a review. First come the
 * drivers that say they may run on several nodes.
 */
export function activeActiveReport(project: LoadedProject, drivers: readonly DriverLocks[]): string {
  const local = drivers.filter(({ sites }) => sites.some(isLocal));
  const promised = drivers.filter(isPromised).length;
  const overview =
    `${local.length} of ${counted(drivers.length, "driver")} ${local.length === 1 ? "takes" : "take"} process or node locks; ` +
    `\`${FLAG} = True\` is said by ${promised}` +
    (promised === 0 ? "." : `, ${local.filter(isPromised).length} of them among these.`);
  const sections = [...local.filter(isPromised), ...local.filter((driver) => !isPromised(driver))];
  return reportOf([overview, "", ...PREAMBLE], project, sections);
}

/** The same of single drivers, also of those whose locks all keep out another node. */
export function activeActiveReportOf(project: LoadedProject, drivers: readonly DriverLocks[]): string {
  return reportOf(PREAMBLE, project, drivers);
}

const PREAMBLE = [
  "Where volume services of several nodes work on one backend, a process or node lock keeps out nobody on the other nodes;",
  "a global lock does with a `[coordination] backend_url` such as etcd3 or redis, not with the default, files of the node.",
  "A local lock is right where what it protects is the node's own.",
  "",
  "A driver's locks are those of its class and of the classes that it inherits from, and those in its package.",
];

function reportOf(
  introduction: readonly string[],
  project: LoadedProject,
  drivers: readonly DriverLocks[],
): string {
  const sections = drivers.flatMap((each) => driverSection(project, each));
  return ["# Drivers and active-active", "", ...introduction, "", ...sections].join("\n");
}

/**
 * The drivers in the files that are asked for.
 * @param name of a class, `RBDDriver` or with modules before it, or of a module; `undefined` for all
 */
export function driversAskedFor(
  { analysis, isAskedFor }: LoadedProject,
  name: string | undefined,
): readonly DriverLocks[] {
  return analysis
    .driverLocks()
    .filter(({ driver }) => isAskedFor(driver.file.path))
    .filter(({ driver }) => name === undefined || `.${driver.qualifiedName}.`.includes(`.${name}.`));
}

const FLAG = "SUPPORTS_ACTIVE_ACTIVE";

function isPromised({ flag }: DriverLocks): boolean {
  return flag === "True";
}

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
  const local = sites.filter(isLocal);
  const locks = groupBy(local, (each) => `${nameOf(project, each)} | ${SCOPE_WORDS[each.site.scope]}`);
  const globalCount = sites.length - local.length;
  const globalWords = `${counted(globalCount, "site")} ${globalCount === 1 ? "takes" : "take"} a global lock.`;
  return [
    `## \`${driver.qualifiedName}\``,
    "",
    `\`${FLAG} = ${flag}\``,
    "",
    ...(local.length === 0
      ? ["It takes no process or node lock."]
      : [
          "| lock | scope | taken at |",
          "| --- | --- | --- |",
          ...[...locks].map(([lock, group]) => `| ${lock} | ${placesOf(project, group)} |`),
        ]),
    "",
    ...(globalCount === 0 ? [] : [`${local.length === 0 ? "" : "Beside these "}${globalWords}`, ""]),
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

/** `cinder/volume/drivers/acme.py:6, 12`: the file once, then its lines, counted from 1. */
function placesOf({ relative }: LoadedProject, sites: readonly DriverSite[]): string {
  const files = [...groupBy(sites, ({ file }) => file)];
  return files
    .map(([{ path, lines }, group]) => {
      const numbers = group.map(({ site }) => positionAt(lines, site.range.start).line + 1);
      return `${relative(path)}:${[...new Set(numbers)].join(", ")}`;
    })
    .join("; ");
}

import { positionAt } from "../../base/line-index.ts";
import { compareText, groupBy } from "../../base/order.ts";
import { templateOf } from "../../facts/lock-name.ts";
import type { FileFacts, LockSite, Scope, StatusGuard } from "../../facts/model.ts";
import { templateText } from "../../project/identity.ts";
import type { NamedSite } from "../../project/named-sites.ts";
import type { LoadedProject } from "../load-project.ts";
import { jsonRange } from "../reporters/json-range.ts";
import type { Paint } from "../terminal.ts";

/** `list`: every lock site; with `--all` the guards on a status, too. */

interface ListedSite {
  readonly file: FileFacts;
  readonly site: LockSite;
}

function sitesOf(project: LoadedProject): readonly ListedSite[] {
  return filesAskedFor(project).flatMap((file) =>
    project.analysis.sites(file).map((site) => ({ file, site })),
  );
}

interface ListedGuard {
  readonly file: FileFacts;
  readonly guard: StatusGuard;
}

function guardsOf(project: LoadedProject): readonly ListedGuard[] {
  return filesAskedFor(project).flatMap((file) => file.guards.map((guard) => ({ file, guard })));
}

function filesAskedFor({ analysis, isAskedFor }: LoadedProject): readonly FileFacts[] {
  return analysis.files().filter((file) => isAskedFor(file.path));
}

export function listAsJson(project: LoadedProject, withGuards: boolean): string {
  const sites = [
    ...sitesOf(project).map((listed) => ({
      ...listed,
      range: listed.site.range,
      json: siteJson(project, listed),
    })),
    ...(withGuards ? guardsOf(project) : []).map((listed) => ({
      ...listed,
      range: listed.guard.range,
      json: guardJson(project, listed),
    })),
  ]
    .sort((one, other) => compareText(one.file.path, other.file.path) || one.range.start - other.range.start)
    .map(({ json }) => json);
  return `${JSON.stringify({ version: 1, sites }, null, 2)}\n`;
}

function siteJson(project: LoadedProject, { file, site }: ListedSite) {
  return {
    path: project.relative(file.path),
    range: jsonRange(file.lines, site.range),
    function: site.functionName,
    form: site.form,
    api: site.use.api.id,
    scope: site.scope,
    names: site.names.map((name) => ({
      template: templateOf(name) ?? null,
      rendered: project.analysis
        .renderedNames({ file, site, name })
        .map(({ parts, classes }) => ({ name: templateText(parts), classes })),
    })),
    via: site.via?.qualifiedName ?? null,
    conditional: site.via?.isConditional ?? false,
  };
}

/** In the shape of a site, so that who reads the list needs no other; it has no name, as it is no lock. */
function guardJson(project: LoadedProject, { file, guard }: ListedGuard) {
  return {
    path: project.relative(file.path),
    range: jsonRange(file.lines, guard.range),
    function: guard.functionName,
    form: "guard",
    api: "conditional_update",
    scope: "status",
    names: [],
    via: null,
    conditional: false,
    requires: guard.requirements.map(({ column, sources }) => ({ column, values: sources })),
  };
}

const SCOPE_ORDER: readonly Scope[] = ["global", "node", "process", "unknown"];

export function listAsText(project: LoadedProject, withGuards: boolean, paint: Paint): string {
  const sites = sitesOf(project);
  const guards = withGuards ? guardsOf(project) : [];
  const sections = [
    ...SCOPE_ORDER.map((scope) => scopeSection(project, scope, sites, paint)),
    guardSection(project, guards, paint),
  ].filter((text) => text !== "");
  const files = new Set([...sites, ...guards].map(({ file }) => file.path)).size;
  const counted = `${sites.length} lock sites${withGuards ? ` and ${guards.length} guards on a status` : ""}`;
  return [...sections, `${counted} in ${files} files\n`].join("\n");
}

function guardSection(project: LoadedProject, guards: readonly ListedGuard[], paint: Paint): string {
  const lines = guards.flatMap(({ file, guard }) => [
    `  ${placeOf(project, file, guard.range.start)}  ${guard.functionName || "(module)"}  ${paint("dim", "conditional_update")}`,
    ...guard.requirements.map(({ column, sources }) => `    ${column}: ${sources.join(" or ")}`),
  ]);
  return guards.length === 0 ? "" : `${paint("bold", "status")} (${guards.length})\n${lines.join("\n")}\n`;
}

function scopeSection(
  project: LoadedProject,
  scope: Scope,
  sites: readonly ListedSite[],
  paint: Paint,
): string {
  const ofScope = sites.filter(({ site }) => site.scope === scope);
  if (ofScope.length === 0) {
    return "";
  }
  const groups = [...groupBy(ofScope, (listed) => nameLine(project, listed))].sort(([one], [other]) =>
    compareText(one, other),
  );
  const lines = groups.flatMap(([name, group]) => [
    `  ${paint("cyan", name)}`,
    ...group.map((listed) => siteLine(project, listed, paint)),
  ]);
  return `${paint("bold", scope)} (${ofScope.length})\n${lines.join("\n")}\n`;
}

function nameLine(project: LoadedProject, { file, site }: ListedSite): string {
  return site.names.map((name) => shownName(project, { file, site, name })).join(" + ") || "(no name)";
}

/** A template as written; where a name is made elsewhere, what it is there. */
function shownName({ analysis }: LoadedProject, named: NamedSite): string {
  const names = analysis.renderedNames(named).map(({ parts }) => templateText(parts));
  const unknown = `unknown: ${named.name.source.replace(/\s+/g, " ")}`;
  return templateOf(named.name) ?? (names.length === 0 ? unknown : names.join(" or "));
}

function siteLine(project: LoadedProject, { file, site }: ListedSite, paint: Paint): string {
  const place = placeOf(project, file, site.range.start);
  const how = `${site.form === "decorator" ? "@" : `${site.form} `}${site.use.api.id}`;
  return `    ${place}  ${site.functionName === "" ? "(module)" : site.functionName}  ${paint("dim", how)}`;
}

/** `cinder/utils.py:3`, counted from 1. */
function placeOf({ relative }: LoadedProject, { path, lines }: FileFacts, offset: number): string {
  return `${relative(path)}:${positionAt(lines, offset).line + 1}`;
}

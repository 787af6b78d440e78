import { positionAt } from "../../base/line-index.ts";
import { compareText, groupBy } from "../../base/order.ts";
import { templateOf } from "../../facts/lock-name.ts";
import type { FileFacts, LockSite, Scope } from "../../facts/model.ts";
import { templateText } from "../../project/identity.ts";
import type { NamedSite } from "../../project/named-sites.ts";
import type { LoadedProject } from "../load-project.ts";
import { jsonRange } from "../reporters/json-range.ts";
import type { Paint } from "../terminal.ts";

/** `list`: every lock site. */

interface ListedSite {
  readonly file: FileFacts;
  readonly site: LockSite;
}

function sitesOf({ analysis, isAskedFor }: LoadedProject): readonly ListedSite[] {
  return analysis
    .files()
    .filter((file) => isAskedFor(file.path))
    .flatMap((file) => analysis.sites(file).map((site) => ({ file, site })));
}

export function listAsJson(project: LoadedProject): string {
  const sites = sitesOf(project).map(({ file, site }) => ({
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
  }));
  return `${JSON.stringify({ version: 1, sites }, null, 2)}\n`;
}

const SCOPE_ORDER: readonly Scope[] = ["global", "node", "process", "unknown"];

export function listAsText(project: LoadedProject, paint: Paint): string {
  const sites = sitesOf(project);
  const sections = SCOPE_ORDER.map((scope) => scopeSection(project, scope, sites, paint)).filter(
    (text) => text !== "",
  );
  const files = new Set(sites.map(({ file }) => file.path)).size;
  const summary = `${sites.length} lock sites in ${files} files\n`;
  return [...sections, summary].join("\n");
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
  const { line } = positionAt(file.lines, site.range.start);
  const place = `${project.relative(file.path)}:${line + 1}`;
  const how = `${site.form === "decorator" ? "@" : `${site.form} `}${site.use.api.id}`;
  return `    ${place}  ${site.functionName === "" ? "(module)" : site.functionName}  ${paint("dim", how)}`;
}

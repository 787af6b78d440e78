import { positionAt } from "../../base/line-index.ts";
import type { TextRange } from "../../base/text-range.ts";
import type { CatalogSource } from "../../catalog/source.ts";
import { isDriversDocument } from "../../catalog/source.ts";
import type { EntryStatus } from "../../catalog/verdicts.ts";
import type { FileFacts } from "../../facts/model.ts";
import type { NamedSite } from "../../project/named-sites.ts";
import type { LoadedProject } from "../load-project.ts";
import { jsonRange } from "../reporters/json-range.ts";
import type { Paint, Style } from "../terminal.ts";

/** `catalog`: each documented lock, where it is in the code, and whether the two agree. */

export function catalogAsJson(project: LoadedProject): string {
  const { entries, otherFiles } = project.analysis.catalog();
  const value = {
    version: 1,
    entries: entries.map(({ entry, source, status, differences, sites, guards, functions }) => ({
      title: entry.title.text,
      scope: entry.scope ?? "unknown",
      name: entry.names.map(({ text }) => text).join(" or "),
      where: entry.where.map(({ text }) => text),
      file: entry.file?.text ?? null,
      status,
      differences,
      sites: [
        ...onceEach(sites).map(({ file, site }) => ({ file, range: site.range })),
        ...guards.map(({ file, guard }) => ({ file, range: guard.range })),
      ].map(({ file, range }) => ({
        path: project.relative(file.path),
        range: jsonRange(file.lines, range),
      })),
      functions: functions.map(({ file, range }) => ({
        path: project.relative(file.path),
        range: jsonRange(file.lines, range),
      })),
      source: source.document === undefined ? "bundled" : project.relative(source.document.path),
    })),
    otherFiles: otherFiles.map(({ file, status }) => ({ file: file.file, status })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const STATUS_STYLES: Readonly<Record<EntryStatus, Style>> = {
  agrees: "green",
  differs: "red",
  "missing-file": "yellow",
  "missing-function": "yellow",
  unresolved: "cyan",
};

export function catalogAsText(project: LoadedProject, paint: Paint): string {
  const { sources, entries, otherFiles } = project.analysis.catalog();
  const origins = sources.map(({ document }) =>
    document === undefined ? "the bundled list" : project.relative(document.path),
  );
  const lines = entries.flatMap(({ entry, status, differences, sites, guards, functions }) => [
    `${paint("bold", entry.title.text)}  ${entry.scope ?? "?"}  ${entry.names.map(({ text }) => text).join(" or ")}`,
    `  ${paint(STATUS_STYLES[status], status)}${differences.length === 0 ? "" : `: ${differences.join("; ")}`}`,
    ...onceEach(sites).map(
      ({ file, site }) => `    ${placeOf(project, file, site.range)}  ${site.functionName}`,
    ),
    ...guards.map(({ file, guard }) => `    ${placeOf(project, file, guard.range)}  ${guard.functionName}`),
    ...functions.map(
      ({ file, range, name }) => `    ${placeOf(project, file, range)}  ${name} (no lock seen)`,
    ),
  ]);
  const others = otherFiles.map(({ file, status }) => `  ${file.file}: ${status}`);
  const sections = [
    `Documented locks, from ${origins.join(" and ")}`,
    ...(lines.length === 0 ? [] : [lines.join("\n")]),
    ...(others.length === 0 ? [] : [`Other files\n${others.join("\n")}`]),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** A document as the code has it; `undefined` where no document is named so. */
export function catalogAsRst({ analysis }: LoadedProject, named: string | undefined): string | undefined {
  const source = sourceNamed(analysis.catalog().sources, named);
  return source && analysis.writtenDocument(source);
}

function sourceNamed(
  sources: readonly CatalogSource[],
  named: string | undefined,
): CatalogSource | undefined {
  return named === undefined
    ? sources.find(isDriversDocument)
    : sources.find(({ document }) => document !== undefined && `/${document.path}`.endsWith(`/${named}`));
}

/** Whether a document says something that surely is not so. What it leaves out is no drift. */
export function hasDrifted({ analysis }: LoadedProject): boolean {
  const { entries, otherFiles } = analysis.catalog();
  return (
    entries.some(({ drifts }) => 0 < drifts.length) || otherFiles.some(({ status }) => status !== "locks")
  );
}

/** A site that takes several names speaks for itself once. */
function onceEach(sites: readonly NamedSite[]): readonly NamedSite[] {
  return [...new Map(sites.map((named) => [named.site, named])).values()];
}

function placeOf(project: LoadedProject, file: FileFacts, range: TextRange): string {
  return `${project.relative(file.path)}:${positionAt(file.lines, range.start).line + 1}`;
}

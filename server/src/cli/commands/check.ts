import { positionAt } from "../../base/line-index.ts";
import type { Severity } from "../../rules/rule.ts";
import type { FailLevel } from "../arguments.ts";
import type { LoadedProject } from "../load-project.ts";
import type { FileFinding } from "../reporters/found.ts";
import { jsonRange } from "../reporters/json-range.ts";
import type { Paint, Style } from "../terminal.ts";

/** `check`: what is wrong. */

export function findingsOf({ analysis, isAskedFor }: LoadedProject): readonly FileFinding[] {
  return [...analysis.files(), ...analysis.documents()]
    .filter((file) => isAskedFor(file.path))
    .flatMap((file) => analysis.findings(file.path).map((finding) => ({ file, finding })));
}

/** The severities from the loudest on; `--fail-on` names the quietest that counts. */
const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

export function isAnyAtLeast(findings: readonly FileFinding[], level: FailLevel): boolean {
  return (
    level !== "never" &&
    findings.some(({ finding }) => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(level))
  );
}

export function checkAsJson(project: LoadedProject, found: readonly FileFinding[]): string {
  const findings = found.map(({ file, finding }) => ({
    path: project.relative(file.path),
    range: jsonRange(file.lines, finding.range),
    rule: finding.ruleId,
    severity: finding.severity,
    message: finding.message,
    related: finding.related.map((related) => ({
      path: project.relative(related.path),
      range: jsonRange(project.analysis.linesOf(related.path), related.range),
      message: related.message,
    })),
  }));
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`;
}

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  error: "red",
  warning: "yellow",
  information: "cyan",
  hint: "dim",
};

export function checkAsText(project: LoadedProject, found: readonly FileFinding[], paint: Paint): string {
  const lines = found.flatMap(({ file, finding }) => [
    `${placeOf(project, file, finding.range.start)}: ${paint(SEVERITY_STYLES[finding.severity], finding.severity)}: ${finding.message} ${paint("dim", `[${finding.ruleId}]`)}`,
    ...finding.related.map((related) => {
      const lines = project.analysis.linesOf(related.path);
      const line = lines === undefined ? 1 : positionAt(lines, related.range.start).line + 1;
      return paint("dim", `    ${project.relative(related.path)}:${line}: ${related.message}`);
    }),
  ]);
  return `${[...lines, summaryOf(found)].join("\n")}\n`;
}

function placeOf(project: LoadedProject, file: FileFinding["file"], offset: number): string {
  const { line, character } = positionAt(file.lines, offset);
  return `${project.relative(file.path)}:${line + 1}:${character + 1}`;
}

function summaryOf(found: readonly FileFinding[]): string {
  if (found.length === 0) {
    return "no findings";
  }
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: found.filter(({ finding }) => finding.severity === severity).length,
  })).filter(({ count }) => 0 < count);
  return counts.map(({ severity, count }) => `${count} ${severity}${count === 1 ? "" : "s"}`).join(", ");
}

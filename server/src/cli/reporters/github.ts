import { positionAt } from "../../base/line-index.ts";
import type { Severity } from "../../rules/rule.ts";
import type { LoadedProject } from "../load-project.ts";
import type { FileFinding } from "./found.ts";

/** Workflow commands of GitHub Actions, by which findings appear beside the changed lines: one line each. */
export function checkAsGitHub(project: LoadedProject, found: readonly FileFinding[]): string {
  return found.map((each) => `${command(project, each)}\n`).join("");
}

const COMMANDS: Readonly<Record<Severity, "error" | "warning" | "notice">> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

function command(project: LoadedProject, { file, finding }: FileFinding): string {
  const [start, end] = [
    positionAt(file.lines, finding.range.start),
    positionAt(file.lines, finding.range.end),
  ];
  const properties = {
    file: project.relative(file.path),
    line: start.line + 1,
    col: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    title: finding.ruleId,
  };
  const related = finding.related.map(({ path, range, message }) => {
    const lines = project.analysis.linesOf(path);
    const line = lines === undefined ? 1 : positionAt(lines, range.start).line + 1;
    return `${project.relative(path)}:${line}: ${message}`;
  });
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${COMMANDS[finding.severity]} ${list.join(",")}::${escapedMessage([finding.message, ...related].join("\n"))}`;
}

/** What would end the command or begin another one, as `@actions/core` writes it. */
function escapedMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

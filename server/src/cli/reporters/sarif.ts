import { pathToFileURL } from "node:url";
import type { LineIndex } from "../../base/line-index.ts";
import { positionAt } from "../../base/line-index.ts";
import type { TextRange } from "../../base/text-range.ts";
import type { FilePath } from "../../facts/model.ts";
import { RULES } from "../../rules/registry.ts";
import type { Fix, Rule, Severity } from "../../rules/rule.ts";
import type { LoadedProject } from "../load-project.ts";
import type { FileFinding } from "./found.ts";

/** SARIF 2.1.0 (OASIS): the form in which code hosts and build servers take findings. */
export function checkAsSarif(project: LoadedProject, found: readonly FileFinding[], version: string): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "cinder-locks", version, rules: RULES.map(reportingDescriptor) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: !project.isIncomplete }],
        results: found.map((each) => result(project, each)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

function reportingDescriptor(rule: Rule): object {
  const { id, severity, summary, why, bad, good } = rule;
  const language = rule.subject === "catalog" ? "rst" : "python";
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nBad:\n\n${bad}\nGood:\n\n${good}`,
      markdown: `${why}\n\n**Bad**\n\n${fenced(language, bad)}\n**Good**\n\n${fenced(language, good)}`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

function result(project: LoadedProject, { file, finding }: FileFinding): object {
  return {
    ruleId: finding.ruleId,
    ruleIndex: RULES.findIndex(({ id }) => id === finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physicalLocation(project, file.path, finding.range) }],
    relatedLocations: finding.related.map(({ path, range, message }, place) => ({
      id: place + 1,
      message: { text: message },
      physicalLocation: physicalLocation(project, path, range),
    })),
    fixes: finding.fixes.map((fix) => proposedFix(project, file, fix)),
  };
}

function physicalLocation(project: LoadedProject, path: FilePath, range: TextRange): object {
  return {
    artifactLocation: artifactLocation(project, path),
    region: regionOf(project.analysis.linesOf(path), range),
  };
}

/** Relative to what was asked for, or absolute where the place lies outside of it. */
function artifactLocation(project: LoadedProject, path: FilePath): object {
  const relative = project.relative(path);
  return relative === path
    ? { uri: pathToFileURL(path).href }
    : { uri: relative.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

/** Lines and columns count from 1; the end is exclusive. */
function regionOf(lines: LineIndex | undefined, { start, end }: TextRange): object | undefined {
  if (lines === undefined) {
    return undefined;
  }
  const [first, last] = [positionAt(lines, start), positionAt(lines, end)];
  return {
    startLine: first.line + 1,
    startColumn: first.character + 1,
    endLine: last.line + 1,
    endColumn: last.character + 1,
  };
}

function proposedFix(project: LoadedProject, file: FileFinding["file"], { title, edits }: Fix): object {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifactLocation(project, file.path),
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: regionOf(file.lines, range),
          insertedContent: { text: newText },
        })),
      },
    ],
  };
}

import type { Diagnostic } from "vscode-languageserver";
import { DiagnosticSeverity } from "vscode-languageserver";
import type { Analysis } from "../../analysis.ts";
import type { LineIndex } from "../../base/line-index.ts";
import type { Severity } from "../../rules/rule.ts";
import type { ReportedFinding } from "../../rules/run.ts";
import { toLspLocation } from "./places.ts";
import { toLspRange } from "./positions.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What names us beside a finding in the editor. */
const DIAGNOSTIC_SOURCE = "cinder-locks";

/** @param rulePages where the pages of rules are, a URI with `{rule}` in it */
export function toLspDiagnostic(
  analysis: Analysis,
  lines: LineIndex,
  finding: ReportedFinding,
  rulePages: string | undefined,
): Diagnostic {
  return {
    range: toLspRange(lines, finding.range),
    severity: SEVERITIES[finding.severity],
    code: finding.ruleId,
    ...(rulePages === undefined
      ? {}
      : { codeDescription: { href: rulePages.replace("{rule}", finding.ruleId) } }),
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    relatedInformation: finding.related.flatMap(({ path, range, message }) => {
      const location = toLspLocation(analysis, { path, range });
      return location === undefined ? [] : { location, message };
    }),
  };
}

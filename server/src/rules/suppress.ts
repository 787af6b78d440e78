import { positionAt } from "../base/line-index.ts";
import type { FileFacts, RangedText, Suppression } from "../facts/model.ts";
import { RULES, type RuleId } from "./registry.ts";
import type { Finding, Rule, SuppressionUse, SuppressionVerdict } from "./rule.ts";

/**
 * Takes out the findings that a comment on their line, or alone on the line above, silences; a comment without a reason
 * silences nothing. `isOff` tells a rule that was not asked, so that it may have had something to silence.
 */
export function silence<Found extends Finding & { readonly ruleId: RuleId }>(
  file: FileFacts,
  found: readonly Found[],
  isOff: (rule: Rule<RuleId>) => boolean,
): { readonly left: readonly Found[]; readonly suppressions: readonly SuppressionUse[] } {
  if (file.suppressions.length === 0) {
    return { left: found, suppressions: [] };
  }
  const meant = (finding: Found, suppression: Suppression, id: string): boolean =>
    finding.ruleId === id && positionAt(file.lines, finding.range.start).line === suppression.coveredLine;
  const verdictOf = (suppression: Suppression, { text }: RangedText): SuppressionVerdict => {
    const rule = RULES.find(({ id }) => id === text);
    if (rule === undefined) {
      return "unknown rule";
    }
    return isOff(rule) || found.some((finding) => meant(finding, suppression, text)) ? "used" : "unused";
  };
  const reasoned = file.suppressions.filter(({ reason }) => reason !== "");
  return {
    left: found.filter(
      (finding) =>
        !reasoned.some((suppression) =>
          suppression.ids.some(({ text }) => meant(finding, suppression, text)),
        ),
    ),
    suppressions: file.suppressions.map((suppression) => ({
      suppression,
      ids: suppression.ids.map((id) => ({ id, verdict: verdictOf(suppression, id) })),
    })),
  };
}

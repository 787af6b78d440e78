import { RULES, type RuleId } from "./registry.ts";
import type { Finding, RuleContext, RuleLevel, Severity } from "./rule.ts";

/** A finding with the rule that made it and how loud it is. */
export interface ReportedFinding extends Finding {
  readonly ruleId: RuleId;
  readonly severity: Severity;
}

/** The user's wish for single rules; the others are as loud as they are by default. */
export type RuleLevels = Readonly<Partial<Record<RuleId, RuleLevel>>>;

/** What all rules find in a file, in the order of the text. */
export function runRules(context: RuleContext, levels: RuleLevels): readonly ReportedFinding[] {
  return RULES.flatMap((rule) => {
    const level = levels[rule.id] ?? rule.severity;
    return level === "off"
      ? []
      : rule.check(context).map((found) => ({ ...found, ruleId: rule.id, severity: level }));
  }).sort((one, other) => one.range.start - other.range.start || one.range.end - other.range.end);
}

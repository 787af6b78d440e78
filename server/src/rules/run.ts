import { RULES, type RuleId } from "./registry.ts";
import type { CatalogContext, Finding, Rule, RuleContext, RuleLevel, Severity } from "./rule.ts";

/** A finding with the rule that made it and how loud it is. */
export interface ReportedFinding extends Finding {
  readonly ruleId: RuleId;
  readonly severity: Severity;
}

/** The user's wish for single rules; the others are as loud as they are by default. */
export type RuleLevels = Readonly<Partial<Record<RuleId, RuleLevel>>>;

/** What all rules find in a file, in the order of the text. */
export function runRules(context: RuleContext, levels: RuleLevels): readonly ReportedFinding[] {
  return reported(levels, (rule) => (rule.subject === "python" ? rule.check(context) : []));
}

/** What all rules find in a document that lists locks, in the order of the text. */
export function runCatalogRules(context: CatalogContext, levels: RuleLevels): readonly ReportedFinding[] {
  return reported(levels, (rule) => (rule.subject === "catalog" ? rule.check(context) : []));
}

function reported(levels: RuleLevels, check: (rule: Rule) => readonly Finding[]): readonly ReportedFinding[] {
  return RULES.flatMap((rule) => {
    const level = levels[rule.id] ?? rule.severity;
    return level === "off"
      ? []
      : check(rule).map((found) => ({ ...found, ruleId: rule.id, severity: level }));
  }).sort((one, other) => one.range.start - other.range.start || one.range.end - other.range.end);
}

import type { FileFacts } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { RULES, type RuleId } from "./registry.ts";
import type { Finding, Rule, RuleContext, RuleLevel, Severity } from "./rule.ts";
import { silence } from "./suppress.ts";
import { unusedSuppression } from "./unused-suppression.ts";

/** A finding with the rule that made it and how loud it is. */
export interface ReportedFinding extends Finding {
  readonly ruleId: RuleId;
  readonly severity: Severity;
}

/** The user's wish for single rules; the others are as loud as they are by default. */
export type RuleLevels = Readonly<Partial<Record<RuleId, RuleLevel>>>;

/** What all rules find in a file and no comment silences, in the order of the text. */
export function runRules(
  file: FileFacts,
  index: ProjectIndex,
  levels: RuleLevels,
): readonly ReportedFinding[] {
  const found = RULES.flatMap((rule) => findingsOf(rule, { file, index, suppressions: [] }, levels));
  const isOff = (id: RuleId): boolean => levels[id] === "off";
  const { left, suppressions } = silence(file, found, isOff);
  return [...left, ...findingsOf(unusedSuppression, { file, index, suppressions }, levels)].sort(
    (one, other) => one.range.start - other.range.start || one.range.end - other.range.end,
  );
}

function findingsOf(
  rule: Rule<RuleId>,
  context: RuleContext,
  levels: RuleLevels,
): readonly ReportedFinding[] {
  const level = levels[rule.id];
  return level === "off"
    ? []
    : rule
        .check(context)
        .map((found) => ({ ...found, ruleId: rule.id, severity: level ?? found.severity ?? rule.severity }));
}

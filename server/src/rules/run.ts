import type { CatalogSource } from "../catalog/source.ts";
import type { FileFacts } from "../facts/model.ts";
import type { Deployment } from "../project/deployment.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { RULES, type RuleId } from "./registry.ts";
import type { CatalogContext, Finding, Rule, RuleContext, RuleLevel, Severity } from "./rule.ts";
import { defaultLevel } from "./rule.ts";
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
  sources: readonly CatalogSource[],
  { levels, deployment }: { readonly levels: RuleLevels; readonly deployment: Deployment },
): readonly ReportedFinding[] {
  const context: RuleContext = { file, index, sources, deployment, suppressions: [] };
  const found = RULES.flatMap((rule) =>
    rule.subject === "python" ? findingsOf(rule, levels, () => rule.check(context)) : [],
  );
  const { left, suppressions } = silence(file, found, (rule) => levelOf(rule, levels) === "off");
  const ofComments = findingsOf(unusedSuppression, levels, () =>
    unusedSuppression.check({ ...context, suppressions }),
  );
  return [...left, ...ofComments].sort(byPlace);
}

/** What all rules find in a document that lists locks, in the order of the text. */
export function runCatalogRules(context: CatalogContext, levels: RuleLevels): readonly ReportedFinding[] {
  return RULES.flatMap((rule) =>
    rule.subject === "catalog" ? findingsOf(rule, levels, () => rule.check(context)) : [],
  ).sort(byPlace);
}

/** What a rule finds, as loud as the user wants it; one that is off is not asked. */
function findingsOf(
  rule: Rule<RuleId>,
  levels: RuleLevels,
  check: () => readonly Finding[],
): readonly ReportedFinding[] {
  const level = levelOf(rule, levels);
  return level === "off"
    ? []
    : check().map((found) => ({
        ...found,
        ruleId: rule.id,
        severity: levels[rule.id] === undefined ? (found.severity ?? level) : level,
      }));
}

function levelOf(rule: Rule<RuleId>, levels: RuleLevels): RuleLevel {
  return levels[rule.id] ?? defaultLevel(rule);
}

function byPlace(one: ReportedFinding, other: ReportedFinding): number {
  return one.range.start - other.range.start || one.range.end - other.range.end;
}

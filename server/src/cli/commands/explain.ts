import { closestTo } from "../../base/closest.ts";
import { RULES } from "../../rules/registry.ts";
import { defaultLevel, type Rule } from "../../rules/rule.ts";
import type { Paint } from "../terminal.ts";

/** `explain`: why a rule exists, with a bad and a good example and how to silence it. */

export function unknownRule(id: string): string {
  const similar = closestTo(
    id,
    RULES.map((rule) => rule.id),
  );
  const hint =
    similar === undefined
      ? `there is ${RULES.map((rule) => rule.id).join(", ")}`
      : `did you mean ${similar}?`;
  return `no rule '${id}'; ${hint}`;
}

export function explainAsText(rule: Rule, paint: Paint): string {
  return [
    `${paint("bold", rule.id)} (${defaultLevel(rule)})`,
    "",
    rule.summary,
    "",
    rule.why,
    "",
    ...(rule.subject === "catalog" ? [paint("bold", "The code"), indented(rule.code)] : []),
    ...(rule.subject === "python" && rule.document !== undefined
      ? [paint("bold", "The document"), indented(rule.document)]
      : []),
    paint("bold", "Bad"),
    indented(rule.bad),
    paint("bold", "Good"),
    indented(rule.good),
    paint("bold", "To silence it"),
    ...(rule.subject === "python"
      ? [`  # cinder-locks: ignore[${rule.id}] reason    at the end of the line, or alone on the line above`]
      : []),
    `  "cinderLocks.rules": { "${rule.id}": "off" }    in the editor's settings, for the whole workspace`,
    "",
  ].join("\n");
}

export function explainAsJson(rule: Rule): string {
  const { id, summary, why, bad, good } = rule;
  const severity = defaultLevel(rule);
  const code = rule.subject === "catalog" ? { code: rule.code } : { document: rule.document };
  return `${JSON.stringify({ version: 1, rule: { id, severity, summary, why, ...code, bad, good } }, null, 2)}\n`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

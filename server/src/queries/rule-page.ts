import { defaultLevel, type Rule } from "../rules/rule.ts";
import { SECTION } from "../settings/schema.ts";

/** A rule's page in Markdown, without its heading: what it finds and why, a bad and a good example, how to silence it. */
export function rulePage(rule: Rule): string {
  const isPython = rule.subject === "python";
  const language = isPython ? "python" : "rst";
  const setting = `\`"${SECTION}.rules": { "${rule.id}": "off" }\` in the editor's settings`;
  return [
    `${rule.summary} Default: ${defaultLevel(rule)}.`,
    rule.why,
    ...beside(rule),
    "Bad:",
    fenced(language, rule.bad),
    "Good:",
    fenced(language, rule.good),
    isPython
      ? `To silence it: \`# cinder-locks: ignore[${rule.id}] reason\` at the end of the line, or alone on the line above; or ${setting}, for the whole workspace.`
      : `To silence it: ${setting}, for the whole workspace.`,
  ].join("\n\n");
}

/** What the examples stand beside. */
function beside(rule: Rule): readonly string[] {
  if (rule.subject === "catalog") {
    return ["The code:", fenced("python", rule.code)];
  }
  return rule.document === undefined ? [] : ["The list of locks:", fenced("rst", rule.document)];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { rulePage } from "../../server/src/queries/rule-page.ts";
import { RULES } from "../../server/src/rules/registry.ts";
import { defaultLevel } from "../../server/src/rules/rule.ts";
import { SECTION, SETTINGS } from "../../server/src/settings/schema.ts";

/**
 * What is written twice for people or for VS Code is generated from where it is written once. `UPDATE=1 npm test`
 * writes it anew; otherwise a stale text fails.
 */

test("the manifest declares the settings", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const properties = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, declaration]) => [`${SECTION}.${name}`, declaration]),
  );
  manifest.contributes.configuration.properties = properties;
  keepUpToDate("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
});

test("the README lists the rules", () => {
  const rows = RULES.map(
    (rule) => `| [\`${rule.id}\`](docs/rules.md#${rule.id}) | ${defaultLevel(rule)} | ${rule.summary} |`,
  );
  keepSectionUpToDate("rules", ["| rule | default | what is wrong |", "| --- | --- | --- |", ...rows]);
});

test("the page of rules tells of each", () => {
  const introduction =
    "What each rule finds, why it matters, and how to silence it. Written from the rules themselves.";
  // The heading is the rule's id, so that a link to `#id` leads to it.
  const sections = RULES.flatMap((rule) => [`## ${rule.id}`, rulePage(rule)]);
  keepUpToDate("docs/rules.md", `${["# Rules", introduction, ...sections].join("\n\n")}\n`);
});

test("the README lists the settings", () => {
  const rows = Object.entries(SETTINGS).map(
    ([name, { type, default: value, markdownDescription }]) =>
      `| \`${SECTION}.${name}\` | ${type} | \`${JSON.stringify(value)}\` | ${markdownDescription} |`,
  );
  keepSectionUpToDate("settings", ["| setting | type | default | |", "| --- | --- | --- | --- |", ...rows]);
});

/** Compares, or writes, what stands between `<!-- name -->` and `<!-- /name -->`. */
function keepSectionUpToDate(name: string, lines: readonly string[]): void {
  const readme = readFileSync("README.md", "utf8");
  const [before, rest] = readme.split(`<!-- ${name} -->\n`);
  const after = rest?.split(`<!-- /${name} -->`)[1];
  assert.ok(before !== undefined && after !== undefined, `README.md has no section <!-- ${name} -->`);
  keepUpToDate("README.md", `${before}<!-- ${name} -->\n${lines.join("\n")}\n<!-- /${name} -->${after}`);
}

function keepUpToDate(path: string, wanted: string): void {
  if (process.env["UPDATE"] === "1") {
    writeFileSync(path, wanted);
  }
  assert.equal(readFileSync(path, "utf8"), wanted, `${path} is stale; UPDATE=1 npm test writes it anew`);
}

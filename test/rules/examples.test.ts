// The words of each rule are shown on hover, by `explain` and in the README: here they are held against the rule.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { DRIVERS_DOCUMENT } from "../../server/src/catalog/source.ts";
import { RULES } from "../../server/src/rules/registry.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import type { ReportedFinding } from "../../server/src/rules/run.ts";
import { loadEngine } from "../../server/src/workspace/load-engine.ts";
import { findingsIn } from "../fixture/check-findings.ts";
import { workspaceOf } from "../fixture/workspace.ts";

const LONGEST_MESSAGE = 90;
const loading = loadEngine("dist", undefined);

for (const rule of RULES) {
  describe(rule.id, () => {
    test("bad yields this rule alone", async () => {
      const found = await findingsOf(rule, rule.bad);
      assert.notDeepEqual(found, []);
      assert.deepEqual(
        found.filter(({ ruleId }) => ruleId !== rule.id),
        [],
      );
    });

    test("good yields nothing", async () => {
      assert.deepEqual(await findingsOf(rule, rule.good), []);
    });

    test("its messages are short, name things in code spans and end without a stop", async () => {
      const found = await findingsOf(rule, rule.bad);
      const messages = found.flatMap(({ message, related }) => [
        message,
        ...related.map((place) => place.message),
      ]);
      for (const message of messages) {
        assert.ok(message.length <= LONGEST_MESSAGE, `${message.length} characters: ${message}`);
        assert.doesNotMatch(message, /[.!]$|TODO|\n/);
        assert.equal((message.split("`").length - 1) % 2, 0, message);
      }
    });

    test("its words are sentences", () => {
      for (const words of [rule.summary, rule.why]) {
        assert.match(words, /^[`A-Z].*\.$/);
        assert.doesNotMatch(words, /TODO|SEMANTICS| {2}/);
      }
    });

    test("it has a spec", () => {
      assert.ok(existsSync(`test/rules/${rule.id}.md`));
    });
  });
}

test("every spec is of a rule", () => {
  const specs = readdirSync("test/rules").filter((name) => name.endsWith(".md"));
  const ids: readonly string[] = RULES.map(({ id }: Rule) => id);
  assert.deepEqual(
    specs.filter((name) => !ids.includes(name.replace(/\.md$/, ""))),
    [],
  );
});

async function findingsOf(rule: Rule, example: string): Promise<readonly ReportedFinding[]> {
  const { engine } = await loading;
  const python = (text: string) => ({ kind: "python", argument: "", text, line: 1 });
  const settings = {
    kind: "settings",
    argument: "",
    text: JSON.stringify({ rules: rule.isOptIn === true ? { [rule.id]: rule.severity } : {} }),
    line: 1,
  };
  const rst = (text: string) => ({ kind: "rst", argument: `file=${DRIVERS_DOCUMENT}`, text, line: 1 });
  const blocks =
    rule.subject === "catalog"
      ? [python(rule.code), rst(example)]
      : [python(example), ...(rule.document === undefined ? [] : [rst(rule.document)])];
  const workspace = workspaceOf(engine, { title: "example", blocks: [settings, ...blocks] });
  // Of code and document only one is the rule's subject; what the other should be is another rule's business.
  const isSubject = (path: string) => path.endsWith(".rst") === (rule.subject === "catalog");
  return findingsIn({
    ...workspace,
    files: new Map([...workspace.files].filter(([path]) => isSubject(path))),
  });
}

// Asks Python itself: one process gets all questions at once, as JSON.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { TestContext } from "node:test";

/**
 * The answers of a Python function `answer(question)` to the questions, in their order. Without Python the test is
 * skipped and `undefined` returned, but never on a machine whose only purpose is to test.
 */
export function askPython<Answer>(
  t: TestContext,
  program: string,
  questions: readonly unknown[],
): readonly Answer[] | undefined {
  const result = spawnSync("python3", ["-W", "ignore", "-c", `${program}\n${LOOP}`], {
    input: JSON.stringify(questions),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (result.error !== undefined) {
    const { CI } = process.env;
    if (CI !== undefined && CI !== "") assert.fail(`python3 cannot run: ${result.error.message}`);
    t.skip(`python3 cannot run: ${result.error.message}`);
    return undefined;
  }
  assert.equal(result.status, 0, result.stderr);
  const answers = JSON.parse(result.stdout) as readonly Answer[];
  assert.equal(answers.length, questions.length);
  return answers;
}

const LOOP = `
import json, sys
json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
`;

// What becomes of a request that fails or is cancelled?
import assert from "node:assert/strict";
import { test } from "node:test";
import { CancellationToken, LSPErrorCodes } from "vscode-languageserver";
import { guarded } from "../../server/src/lsp/guard.ts";

interface Log {
  readonly lines: string[];
  error(line: string): void;
}

function log(): Log {
  const lines: string[] = [];
  return { lines, error: (line) => void lines.push(line) };
}

test("an answer is handed on", () => {
  const { lines, error } = log();
  const handler = guarded({ error }, "hover", null, (question: string) => `${question}!`);
  assert.equal(handler("so", CancellationToken.None), "so!");
  assert.deepEqual(lines, []);
});

test("an error is logged with its place, and answered as nothing", () => {
  const { lines, error } = log();
  const handler = guarded<string, readonly string[]>({ error }, "references", [], () => {
    throw new Error("out of luck");
  });
  assert.deepEqual(handler("so", CancellationToken.None), []);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /^references: Error: out of luck\n {4}at .*guard\.test/);
});

test("so is what is thrown but no error", () => {
  const { lines, error } = log();
  const handler = guarded<string, string | null>({ error }, "hover", null, () => {
    // biome-ignore lint/style/useThrowOnlyError: a library may.
    throw "out of luck";
  });
  assert.equal(handler("so", CancellationToken.None), null);
  assert.deepEqual(lines, ["hover: out of luck"]);
});

test("a cancelled request is not begun, and answers RequestCancelled", () => {
  const { lines, error } = log();
  const handler = guarded({ error }, "hover", null, () => assert.fail("begun"));
  assert.throws(() => handler("so", CancellationToken.Cancelled), { code: LSPErrorCodes.RequestCancelled });
  assert.deepEqual(lines, []);
});

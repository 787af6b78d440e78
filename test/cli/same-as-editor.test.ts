// Is a finding of the command line the finding of the editor?
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { connectReady, uriOf } from "../lsp/client.ts";
import { run } from "./process.ts";

const SEVERITIES = ["", "error", "warning", "information", "hint"];

test("the sample: all findings are the same, and in the same order", { timeout: 60_000 }, async (t) => {
  const folder = resolve("test/sample");
  const client = await connectReady(t, [folder]);
  const inEditor = (await client.pullWorkspace()).flatMap((report) => {
    assert.ok(report.kind === "full");
    const path = report.uri.slice(uriOf(folder).length + 1);
    return report.items.map(({ range, code, severity, message, relatedInformation }) => ({
      path,
      range,
      rule: code,
      severity: SEVERITIES[severity ?? 0],
      message,
      related: (relatedInformation ?? []).map(({ location, message: words }) => ({
        path: location.uri.slice(uriOf(folder).length + 1),
        range: location.range,
        message: words,
      })),
    }));
  });
  const { stdout } = run(["check", folder, "--format", "json"]);
  assert.deepEqual(JSON.parse(stdout), { version: 1, findings: inEditor });
  assert.ok(8 <= inEditor.length);
});

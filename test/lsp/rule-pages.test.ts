// Findings link to the pages of their rules, where the client has told how it shows them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Diagnostic } from "vscode-languageserver";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { CHECKOUT } from "./checkout.ts";
import { connectReady, uriOf } from "./client.ts";

const LIMIT = { timeout: 30_000 };

describe("a finding", LIMIT, () => {
  for (const [title, rulePages, href] of [
    [
      "links to its rule's page at the client's place",
      "https://locks.example/rules#{rule}",
      "https://locks.example/rules#unknown-name-field",
    ],
    ["links to nothing where the client names no place", undefined, undefined],
    ["links to nothing at a place for no rule in particular", "https://locks.example/rules", undefined],
    ["links to nothing where the place is nonsense", 5, undefined],
  ] as const) {
    test(title, async (t) => {
      const folder = scratchFolder(t, CHECKOUT);
      const client = await connectReady(t, [folder], { initializationOptions: { rulePages } });
      const findings: readonly Diagnostic[] = await client.findings(uriOf(folder, "cinder/volume/acme.py"));
      assert.deepEqual(
        findings.map(({ codeDescription }) => codeDescription?.href),
        [href],
      );
    });
  }
});

describe("the page of a rule", LIMIT, () => {
  test("tells what the rule finds, and why", async (t) => {
    const client = await connectReady(t, []);
    const page = await client.connection.sendRequest<string>("cinderLocks/rulePage", "unknown-name-field");
    assert.match(page, /^# unknown-name-field\n\n.+ Default: error\.\n/);
    assert.match(page, /\nBad:\n\n```python\n[\s\S]+\nGood:\n\n```python\n[\s\S]+\nTo silence it: /);
  });

  test("is none for what is no rule", async (t) => {
    const client = await connectReady(t, []);
    for (const nonsense of ["no-such-rule", "", 5, null]) {
      assert.equal(await client.connection.sendRequest("cinderLocks/rulePage", nonsense), null);
    }
  });
});

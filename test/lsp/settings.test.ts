// Do the settings reach the findings, from clients that are asked and from clients that tell?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT } from "./checkout.ts";
import { ABLE, type Client, connectReady, uriOf } from "./client.ts";
import { positionOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

const OFF = { rules: { "unknown-name-field": "off" } };

/** A client that is never asked for its settings. */
const TELLING = { ...ABLE, workspace: { ...ABLE.workspace, configuration: false } };

async function severities(client: Client): Promise<readonly unknown[]> {
  const reports = await client.pullWorkspace();
  return reports.flatMap((report) =>
    report.kind === "full" ? report.items.map(({ severity }) => severity) : [],
  );
}

async function tell(client: Client, settings: unknown): Promise<void> {
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
}

describe("a client that is asked", LIMIT, () => {
  test("for our section, from the beginning and after a change", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { settings: OFF });
    const asked = await client.next("workspace/configuration");
    assert.deepEqual(asked, { items: [{ section: "cinderLocks" }] });
    await client.next("workspace/diagnostic/refresh");
    assert.deepEqual(await severities(client), []);

    client.settings = { rules: { "unknown-name-field": "hint" } };
    await tell(client, null);
    await client.next("workspace/configuration");
    await client.next("workspace/diagnostic/refresh");
    await client.settled();
    assert.deepEqual(await severities(client), [4]);

    client.settings = null;
    await tell(client, undefined);
    await client.next("workspace/configuration");
    await client.settled();
    assert.deepEqual(await severities(client), [1]);
  });

  test("speaks for the deployment of the settings", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder], { settings: { deployment: "active-active" } });
    await client.next("workspace/configuration");
    await client.next("workspace/diagnostic/refresh");
    const position = positionOf(ACME, "acme-|");
    assert.match((await client.hover(acme, position)) ?? "", /Active-active needs such a backend/);
  });

  test("and wants to hear of changes", async (t) => {
    const client = await connectReady(t, []);
    const registrations = await client.registrations();
    const settings = registrations.find(({ method }) => method === "workspace/didChangeConfiguration");
    assert.deepEqual(settings?.registerOptions, { section: "cinderLocks" });
  });
});

describe("a client that tells", LIMIT, () => {
  test("with its options at the beginning, alone or below our section's name", async (t) => {
    for (const initializationOptions of [OFF, { cinderLocks: OFF }]) {
      const folder = scratchFolder(t, CHECKOUT);
      const client = await connectReady(t, [folder], { capabilities: TELLING, initializationOptions });
      assert.deepEqual(await severities(client), []);
    }
  });

  test("with its changes", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { capabilities: TELLING });
    assert.deepEqual(await severities(client), [1]);
    await tell(client, { cinderLocks: OFF });
    assert.deepEqual(await severities(client), []);
    await tell(client, { rules: { "unknown-name-field": "warning" } });
    assert.deepEqual(await severities(client), [2]);
    await tell(client, {});
    assert.deepEqual(await severities(client), [1]);
  });

  test("nonsense counts as nothing said, and is complained of in the log", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { capabilities: TELLING });
    for (const nonsense of [null, 5, "off", [], { rules: 5 }, { rules: [1] }, { cinderLocks: null }]) {
      await tell(client, nonsense);
      assert.deepEqual(await severities(client), [1], JSON.stringify(nonsense));
    }
    await tell(client, { rules: { "unknown-name-field": "loud", "no-such-rule": "off" } });
    for (const complaint of [
      "'loud' is no level for 'unknown-name-field'",
      "there is no rule 'no-such-rule'",
    ]) {
      await client.next<{ readonly message: string }>("window/logMessage", ({ message }) =>
        message.includes(complaint),
      );
    }
    assert.deepEqual(await severities(client), [1]);
  });

  test("includeTests reports the project's own tests, too", async (t) => {
    const tests = { "cinder/tests/__init__.py": "", "cinder/tests/test_acme.py": ACME };
    const folder = scratchFolder(t, { ...CHECKOUT, ...tests });
    const client = await connectReady(t, [folder], { capabilities: TELLING });
    assert.deepEqual(await severities(client), [1]);
    await tell(client, { includeTests: true });
    assert.deepEqual(
      (await client.pullWorkspace()).map(({ uri }) => uri),
      [uriOf(folder, "cinder/tests/test_acme.py"), uriOf(folder, "cinder/volume/acme.py")],
    );
  });
});

// How does a conversation begin and end, with clients that can much and with clients that can little?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { version } from "../../package.json";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT } from "./checkout.ts";
import { ABLE, Client, connect, connectReady, uriOf } from "./client.ts";
import { findingsIn } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

describe("initialize", LIMIT, () => {
  test("tells what the server can", async (t) => {
    const { initialized } = await connect(t, []);
    assert.deepEqual(initialized, {
      serverInfo: { name: "cinder-locks", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: 2 },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        completionProvider: { triggerCharacters: ["`", "/"] },
        workspaceSymbolProvider: true,
        diagnosticProvider: {
          identifier: "cinder-locks",
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
        codeActionProvider: { codeActionKinds: ["quickfix", "refactor"] },
        callHierarchyProvider: true,
        inlayHintProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    });
  });

  test("speaks of no folders to a client that has none", async (t) => {
    const { initialized } = await connect(t, [], { capabilities: {} });
    assert.equal(initialized.capabilities.workspace, undefined);
  });

  test("reads the only folder of an old client, and bothers it with nothing that it cannot", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [], { capabilities: {}, rootUri: uriOf(folder) });
    assert.equal((await client.pullWorkspace()).length, 1);
    for (const method of [
      "window/workDoneProgress/create",
      "workspace/configuration",
      "workspace/diagnostic/refresh",
      "client/registerCapability",
    ]) {
      assert.deepEqual(client.taken(method), [], method);
    }
  });

  test("lives with a client that reads settings but lets nothing be registered", async (t) => {
    const capabilities = { ...ABLE, workspace: { configuration: true, workspaceFolders: true } };
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { capabilities });
    await client.next("workspace/configuration");
    assert.equal((await client.pullWorkspace()).length, 1);
    assert.deepEqual(client.taken("client/registerCapability"), []);
  });

  test("says how far it is", async (t) => {
    const client = await connect(t, [scratchFolder(t, CHECKOUT)]);
    const beginning = await client.next("cinderLocks/status");
    assert.deepEqual(beginning, { state: "indexing", files: 0, sites: 0, parser: "wasm" });
    assert.deepEqual(await client.ready(), { state: "ready", files: 5, sites: 3, parser: "wasm" });
  });

  test("a folder that does not exist is said in the log, the others are read", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [`${folder}/gone`, folder]);
    await client.next<{ readonly message: string }>("window/logMessage", ({ message }) =>
      message.includes(`${folder}/gone: does not exist`),
    );
    assert.equal((await client.pullWorkspace()).length, 1);
  });
});

describe("the end", LIMIT, () => {
  test("exit without shutdown is exit code 1, as the protocol wants it", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)]);
    await client.connection.sendNotification("exit");
    assert.equal(await client.exited, 1);
  });

  test("exit while the index is built", async (t) => {
    const client = await connect(t, [scratchFolder(t, CHECKOUT)]);
    await client.stop();
  });

  test("a client that is just gone takes the server along", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)]);
    client.process.stdin.end();
    assert.equal(await client.exited, 1);
  });

  test("so does one that goes before it has said anything", async () => {
    const client = new Client([], {});
    client.process.stdin.end();
    assert.equal(await client.exited, 1);
    await client.stop();
  });

  test("and one that goes in the middle of a message, with answers under way", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    for (let count = 0; count < 50; count += 1) {
      void client.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] }).catch(() => {
        // Nobody waits for it.
      });
    }
    client.process.stdout.destroy();
    client.process.stdin.end("Content-Length: 1000\r\n\r\n{");
    assert.equal(await client.exited, 1);
  });

  test("a message that is none does not end the server", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    client.process.stdin.write("Content-Length: 9\r\n\r\n{not json");
    assert.deepEqual(findingsIn(ACME, await client.findings(uriOf(folder, "cinder/volume/acme.py"))), [
      "unknown-name-field: volum",
    ]);
  });
});

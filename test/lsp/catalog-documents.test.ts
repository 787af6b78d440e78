// Are the documents of locks, and they alone, answered in like code, as they are typed and as the settings name them?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentSymbol } from "vscode-languageserver/node";
import {
  CompletionRequest,
  DidChangeConfigurationNotification,
  DocumentSymbolRequest,
  FileChangeType,
} from "vscode-languageserver/node";
import { scratchFolder, writeFiles } from "../workspace/scratch-folder.ts";
import { CHECKOUT, DOCUMENT, DOCUMENT_PATH, REPLICA } from "./checkout.ts";
import { type Client, connectReady, uriOf } from "./client.ts";
import { findingsIn, positionOf, rangeOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };
const OTHER_PATH = "doc/source/locks.rst";
const DRIFTED = DOCUMENT.replace("Global", "Node");

describe("a document of locks", LIMIT, () => {
  test("is answered in as it is typed", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const document = uriOf(folder, DOCUMENT_PATH);
    const client = await connectReady(t, [folder]);
    await client.open(document, DRIFTED);

    assert.match(
      (await client.hover(document, positionOf(DRIFTED, "Acme| driver"))) ?? "",
      /the code differs/,
    );
    const [definition] = await client.definition(document, positionOf(DRIFTED, "ext|end"));
    assert.ok(definition !== undefined && "targetUri" in definition);
    assert.equal(definition.targetUri, uriOf(folder, "cinder/volume/acme.py"));
    assert.equal((await client.references(document, positionOf(DRIFTED, "acme-|"))).length, 4);
    assert.deepEqual(findingsIn(DRIFTED, await client.findings(document)), ["catalog-scope: Node"]);
    const [fix] = await client.fixes(document, rangeOf(DRIFTED, "Node"));
    assert.equal(fix?.title, "Change to `Global`");

    await client.change(document, DOCUMENT);
    assert.deepEqual(await client.findings(document), []);
  });

  test("is told of a lock by an action in the code, as it is typed so far", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const [document, replica] = [uriOf(folder, DOCUMENT_PATH), uriOf(folder, "cinder/volume/replica.py")];
    const client = await connectReady(t, [folder]);
    const typed = `${DOCUMENT}\nTyped driver:\n  - Lock scope: Global.\n`;
    await client.open(document, typed);
    const at = rangeOf(REPLICA, "acme-");
    const [action, ...others] = await client.fixes(replica, at, ["refactor"]);
    assert.deepEqual(others, []);
    assert.equal(action?.title, "Add to the catalog: `acme-{volume.id}` in `drivers_locking_examples.rst`");
    assert.equal(action.kind, "refactor");
    const [edit, ...more] = action.edit?.changes?.[document] ?? [];
    assert.deepEqual(more, []);
    assert.deepEqual(edit?.range.start, positionOf(typed, "Typed driver:\n  - Lock scope: Global.|"));
    assert.match(edit?.newText ?? "", /Where: `fail_over` method/);
    assert.deepEqual(await client.fixes(replica, at, ["quickfix"]), []);

    await client.change(document, `${typed}${edit?.newText}\n`);
    assert.deepEqual(await client.fixes(replica, at, ["refactor"]), []);
  });

  test("hints of its drift at the lock", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const [document, acme] = [uriOf(folder, DOCUMENT_PATH), uriOf(folder, "cinder/volume/acme.py")];
    const client = await connectReady(t, [folder]);
    const drifts = async () => (await client.findings(acme)).filter(({ code }) => code === "catalog-drift");
    assert.deepEqual(await drifts(), []);
    await client.open(document, DRIFTED);
    const [drift] = await drifts();
    const [entry] = drift?.relatedInformation ?? [];
    assert.deepEqual(entry?.location, { uri: document, range: rangeOf(DRIFTED, "Node") });
  });

  test("has an outline and completes what is typed; Python has neither", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const [document, acme] = [uriOf(folder, DOCUMENT_PATH), uriOf(folder, "cinder/volume/acme.py")];
    const client = await connectReady(t, [folder]);
    await client.open(document, DOCUMENT);

    const outline = await client.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: document },
    });
    assert.deepEqual(
      (outline as DocumentSymbol[]).map(({ name, children }) => [name, children?.length]),
      [["Acme driver", 5]],
    );
    assert.deepEqual(await labelsAt(client, document, "cinder/volume|"), [
      "cinder/volume/acme.py",
      "cinder/volume/replica.py",
    ]);
    const python = { textDocument: { uri: acme } };
    assert.equal(await client.connection.sendRequest(DocumentSymbolRequest.type, python), null);
    const inPython = { ...python, position: { line: 0, character: 3 } };
    assert.equal(await client.connection.sendRequest(CompletionRequest.type, inPython), null);
  });

  test("is told of with the whole workspace, also after its file has changed", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const document = uriOf(folder, DOCUMENT_PATH);
    const client = await connectReady(t, [folder]);
    const uris = async () => (await client.pullWorkspace()).map(({ uri }) => uri);
    assert.ok(!(await uris()).includes(document));
    writeFiles(folder, { [DOCUMENT_PATH]: DRIFTED });
    await client.watched([document, FileChangeType.Changed]);
    assert.ok((await uris()).includes(document));
  });

  test("may lie elsewhere, if the settings say so", async (t) => {
    const folder = scratchFolder(t, { ...CHECKOUT, [OTHER_PATH]: DRIFTED });
    const other = uriOf(folder, OTHER_PATH);
    const client = await connectReady(t, [folder]);
    assert.deepEqual(await client.findings(other), []);
    client.settings = { documents: [OTHER_PATH] };
    await tellOfSettings(client);
    assert.deepEqual(
      findingsIn(DRIFTED, await client.findings(other)).filter((words) => words.startsWith("catalog-scope")),
      ["catalog-scope: Node"],
    );
    client.settings = {};
    await tellOfSettings(client);
    assert.deepEqual(await client.findings(other), []);
  });
});

async function tellOfSettings(client: Client): Promise<void> {
  for (const refresh of client.taken("workspace/diagnostic/refresh")) {
    await client.next("workspace/diagnostic/refresh", (params) => params === refresh);
  }
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await client.next("workspace/diagnostic/refresh");
}

async function labelsAt(client: Client, uri: string, words: string): Promise<readonly string[]> {
  const params = { textDocument: { uri }, position: positionOf(DOCUMENT, words) };
  const answer = (await client.connection.sendRequest(CompletionRequest.type, params)) ?? [];
  return (Array.isArray(answer) ? answer : answer.items).map(({ label }) => label);
}

// Does the server follow the workspace: files that come and go, folders that are added and removed?
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { FileChangeType } from "vscode-languageserver";
import { scratchFolder, writeFiles } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT, DOCUMENT, DOCUMENT_PATH, FINE, REPLICA } from "./checkout.ts";
import { ABLE, type Client, connectReady, uriOf } from "./client.ts";
import { findingsIn, positionOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

async function foundIn(client: Client, folder: string): Promise<readonly string[]> {
  return (await client.pullWorkspace()).map(({ uri }) => uri.slice(uriOf(folder).length + 1));
}

async function changeFolders(client: Client, added: readonly string[], removed: readonly string[]) {
  const named = (folder: string) => ({ uri: uriOf(folder), name: folder });
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: added.map(named), removed: removed.map(named) },
  });
}

describe("watched files", LIMIT, () => {
  test("are asked for by the server, where the client lets it", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)]);
    const registrations = await client.registrations();
    const files = registrations.find(({ method }) => method === "workspace/didChangeWatchedFiles");
    assert.deepEqual(files?.registerOptions, {
      watchers: [
        { globPattern: "**/*.py" },
        { globPattern: "**/*.rst" },
        // Of a folder that is deleted only the folder is told.
        { globPattern: "**", kind: 4 },
      ],
    });
  });

  test("created, changed, deleted", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const later = uriOf(folder, "cinder/later.py");
    const client = await connectReady(t, [folder]);
    writeFiles(folder, { "cinder/later.py": ACME });
    await client.watched([later, FileChangeType.Created]);
    assert.deepEqual(await foundIn(client, folder), ["cinder/later.py", "cinder/volume/acme.py"]);
    writeFiles(folder, { "cinder/later.py": FINE });
    await client.watched([later, FileChangeType.Changed]);
    assert.deepEqual(await foundIn(client, folder), ["cinder/volume/acme.py"]);
    assert.equal((await client.symbols("cinder")).length, 0);
    rmSync(join(folder, "cinder/later.py"));
    await client.watched([later, FileChangeType.Deleted]);
    assert.equal((await client.symbols("acme")).length, 3);
  });

  test("a file that is gone before it is read", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    await client.watched(
      [uriOf(folder, "cinder/brief.py"), FileChangeType.Created],
      [uriOf(folder, DOCUMENT_PATH), FileChangeType.Changed],
    );
    assert.deepEqual(await foundIn(client, folder), ["cinder/volume/acme.py"]);
  });

  test("a folder that is deleted takes its files along", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    rmSync(join(folder, "cinder/volume"), { recursive: true });
    rmSync(join(folder, "doc"), { recursive: true });
    await client.watched(
      [uriOf(folder, "cinder/volume"), FileChangeType.Deleted],
      [uriOf(folder, "doc"), FileChangeType.Deleted],
    );
    assert.deepEqual(await foundIn(client, folder), []);
    assert.deepEqual(await client.symbols(""), []);
  });

  test("what is not read when a folder is indexed is not read when it changes", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    const unwanted = {
      "env/lib/acme.py": ACME,
      "env/pyvenv.cfg": "",
      ".tox/acme.py": ACME,
      "node_modules/gyp/acme.py": ACME,
      "cinder/.#acme.py": ACME,
    };
    writeFiles(folder, unwanted);
    await client.watched(
      ...Object.keys(unwanted).map((path) => [uriOf(folder, path), FileChangeType.Created] as const),
    );
    assert.deepEqual(await foundIn(client, folder), ["cinder/volume/acme.py"]);
    const inEnvironment = uriOf(folder, "env/lib/acme.py");
    await client.open(inEnvironment, ACME);
    assert.equal((await client.findings(inEnvironment)).length, 1);
    await client.close(inEnvironment);
    assert.deepEqual(await client.findings(inEnvironment), []);
  });

  test("the checkout's document comes and goes", async (t) => {
    const { [DOCUMENT_PATH]: _, ...withoutDocument } = CHECKOUT;
    const folder = scratchFolder(t, withoutDocument);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder]);
    const isDocumented = async () =>
      (await client.hover(acme, positionOf(ACME, "syn|chronized")))?.includes("changes the size");
    assert.equal(await isDocumented(), false);
    writeFiles(folder, { [DOCUMENT_PATH]: DOCUMENT });
    await client.watched([uriOf(folder, DOCUMENT_PATH), FileChangeType.Created]);
    assert.equal(await isDocumented(), true);
    rmSync(join(folder, DOCUMENT_PATH));
    await client.watched([uriOf(folder, DOCUMENT_PATH), FileChangeType.Deleted]);
    assert.equal(await isDocumented(), false);
  });

  test("a package that becomes one gives its files their names, whatever the order of the news", async (t) => {
    const { "cinder/__init__.py": _, "cinder/volume/__init__.py": __, ...unpacked } = CHECKOUT;
    const folder = scratchFolder(t, unpacked);
    const client = await connectReady(t, [folder]);
    assert.equal((await client.symbols("acme"))[0], "acme-{volume.id} in acme.AcmeDriver.extend");
    writeFiles(folder, { "cinder/__init__.py": "", "cinder/volume/__init__.py": "", "cinder/new.py": ACME });
    await client.watched(
      [uriOf(folder, "cinder/new.py"), FileChangeType.Created],
      [uriOf(folder, "cinder/__init__.py"), FileChangeType.Created],
      [uriOf(folder, "cinder/volume/__init__.py"), FileChangeType.Created],
    );
    assert.deepEqual(await client.symbols("acme-{volume"), [
      "acme-{volume.id} in cinder.new.AcmeDriver.extend",
      "acme-{volume.id} in cinder.volume.acme.AcmeDriver.extend",
      "acme-{volume.id} in cinder.volume.replica.ReplicaDriver.fail_over",
    ]);
  });
});

describe("several folders", LIMIT, () => {
  test("are one project", async (t) => {
    const [one, two] = [scratchFolder(t, CHECKOUT), scratchFolder(t, { "driver/replica.py": REPLICA })];
    const client = await connectReady(t, [one, two]);
    const places = await client.references(
      uriOf(two, "driver/replica.py"),
      positionOf(REPLICA, "acme-{volume|.id}"),
    );
    assert.deepEqual(places.filter(({ uri }) => uri.startsWith(uriOf(one))).length, 4);
  });

  test("one is added, one is removed with its findings and its document", async (t) => {
    const [one, two] = [scratchFolder(t, CHECKOUT), scratchFolder(t, { "driver/acme.py": ACME })];
    const client = await connectReady(t, [one]);
    await client.next("workspace/diagnostic/refresh");
    await changeFolders(client, [two], []);
    await client.ready();
    const both = await client.pullWorkspace();
    assert.deepEqual(
      both.map(({ uri }) => uri),
      [uriOf(one, "cinder/volume/acme.py"), uriOf(two, "driver/acme.py")].sort(),
    );

    await client.next("workspace/diagnostic/refresh");
    await changeFolders(client, [], [one]);
    await client.next("workspace/diagnostic/refresh");
    const rest = await client.pullWorkspace(
      both.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" })),
    );
    assert.deepEqual(
      rest.map((report) => [report.uri, report.kind === "full" ? report.items : report.kind]).sort(),
      [
        [uriOf(one, "cinder/volume/acme.py"), []],
        [uriOf(two, "driver/acme.py"), "unchanged"],
      ].sort(),
    );
    const places = await client.references(
      uriOf(two, "driver/acme.py"),
      positionOf(ACME, "acme-{volume|.id}"),
    );
    assert.deepEqual(
      places.map(({ uri }) => uri),
      [uriOf(two, "driver/acme.py")],
    );
  });

  test("one that is removed while it is read leaves nothing behind", async (t) => {
    const files = Object.fromEntries(
      Array.from({ length: 800 }, (_, number) => [`driver/acme_${number}.py`, ACME]),
    );
    const folder = scratchFolder(t, { ...files, ...CHECKOUT });
    const client = await connectReady(t, [folder], {
      onProgressCreated: (early) => void changeFolders(early, [], [folder]),
    });
    assert.deepEqual(await client.pullWorkspace(), []);
    assert.deepEqual(await client.symbols(""), []);
  });

  test("a folder inside of a folder: each file is there once, as long as one of them stays", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder, join(folder, "cinder")]);
    assert.equal((await client.pullWorkspace()).length, 1);
    await changeFolders(client, [], [folder]);
    assert.equal((await client.pullWorkspace()).length, 1);
    await changeFolders(client, [], [join(folder, "cinder")]);
    assert.deepEqual(await client.pullWorkspace(), []);
  });

  test("a folder is added to an empty window", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, []);
    await client.open(acme, ACME);
    await changeFolders(client, [folder], []);
    await client.ready();
    assert.deepEqual(findingsIn(ACME, await client.findings(acme)), ["unknown-name-field: volum"]);
    assert.equal((await client.symbols("acme")).length, 3);
  });

  test("the same is written differently: with a slash at its end, with escapes", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const written = `${uriOf(folder).replace("cinder-locks", "%63inder-locks")}/`;
    const client = await connectReady(t, [], { capabilities: ABLE, rootUri: written });
    assert.deepEqual(await foundIn(client, folder), ["cinder/volume/acme.py"]);
  });
});

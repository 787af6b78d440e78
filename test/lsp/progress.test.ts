// Is the work shown, and can it be stopped?
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { CancellationTokenSource, LSPErrorCodes } from "vscode-languageserver";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT } from "./checkout.ts";
import { ABLE, connect, connectReady, uriOf } from "./client.ts";
import { findingsIn, positionOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

interface Progress {
  readonly kind: "begin" | "report" | "end";
  readonly title?: string;
  readonly cancellable?: boolean;
  readonly percentage?: number;
  readonly message?: string;
}

/** So many files that they are not read in one go. */
function manyFiles(t: TestContext, count: number): string {
  const files = Array.from({ length: count }, (_, number) => [`driver/acme_${number}.py`, ACME]);
  return scratchFolder(t, { ...CHECKOUT, ...Object.fromEntries(files) });
}

describe("the progress bar", LIMIT, () => {
  test("begins, grows to 100 % and ends", async (t) => {
    const client = await connectReady(t, [manyFiles(t, 300)]);
    const [begin, ...rest] = client.taken<Progress>("$/progress");
    assert.deepEqual(begin, {
      kind: "begin",
      title: "Cinder Locks",
      percentage: 0,
      message: "reading files",
      cancellable: true,
    });
    assert.deepEqual(rest.at(-1), { kind: "end" });
    const reports = rest.slice(0, -1);
    assert.ok(reports.every(({ kind }) => kind === "report"));
    const percentages = reports.map(({ percentage }) => percentage ?? Number.NaN);
    assert.deepEqual(
      percentages,
      [...percentages].sort((one, other) => one - other),
    );
    assert.deepEqual(reports.at(-1), { kind: "report", percentage: 100, message: "305 of 305 files" });
  });

  test("is not shown where there is nothing to read", async (t) => {
    const client = await connectReady(t, []);
    assert.deepEqual(client.taken("window/workDoneProgress/create"), []);
  });

  test("cancelled, it leaves a partial index and a server that works", async (t) => {
    const folder = manyFiles(t, 2000);
    const client = await connect(t, [folder], {
      onProgressCreated: (early, token) =>
        void early.connection.sendNotification("window/workDoneProgress/cancel", { token }),
    });
    const { state, files } = await client.ready();
    assert.equal(state, "ready");
    assert.ok(files < 2005, `${files} files were read`);
    assert.deepEqual(client.taken<Progress>("$/progress").at(-1), { kind: "end" });
    await client.next<{ readonly message: string }>("window/logMessage", ({ message }) =>
      message.startsWith("indexing was cancelled"),
    );
    const late = uriOf(folder, "driver/acme_999.py");
    await client.open(late, ACME);
    assert.deepEqual(findingsIn(ACME, await client.findings(late)), ["unknown-name-field: volum"]);
    // Those in the files that were read, and in the one that is open.
    assert.ok((await client.references(late, positionOf(ACME, "volume|.id"))).length <= 2 * (files + 1));
  });

  test("a client that cannot show it after all gets its index nevertheless", async (t) => {
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { refusesProgress: true });
    assert.equal((await client.pullWorkspace()).length, 1);
    assert.deepEqual(client.taken("$/progress"), []);
  });

  test("is not shown to a client that knows none", async (t) => {
    const capabilities = { ...ABLE, window: {} };
    const client = await connectReady(t, [scratchFolder(t, CHECKOUT)], { capabilities });
    assert.deepEqual(client.taken("window/workDoneProgress/create"), []);
  });
});

describe("requests while the index is built", LIMIT, () => {
  test("are answered from what is known so far", async (t) => {
    const folder = manyFiles(t, 1000);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connect(t, [folder]);
    await client.open(acme, ACME);
    assert.deepEqual(findingsIn(ACME, await client.findings(acme)), ["unknown-name-field: volum"]);
    assert.equal((await client.ready()).files, 1005);
  });
});

describe("a cancelled request", LIMIT, () => {
  test("answers RequestCancelled", async (t) => {
    const uri = "untitled:Untitled-1";
    const client = await connectReady(t, []);
    // Keeps the server busy until request and cancellation have come.
    await client.open(uri, ACME + "def filler(): return {'key': [1, 2, 3]}\n".repeat(50_000));
    const position = positionOf(ACME, "syn|chronized");
    const first = client.hover(uri, position);
    // What comes while one request is answered is read when the next one has begun: only the third is surely stopped.
    const second = client.hover(uri, position);
    const source = new CancellationTokenSource();
    const third = client.hover(uri, position, source.token);
    source.cancel();
    await assert.rejects(third, { code: LSPErrorCodes.RequestCancelled });
    assert.match((await first) ?? "", /Global lock/);
    assert.equal(await second, await first);
  });
});

// Are findings pulled as the protocol wants it: for a document, for the whole workspace, and not twice?
import assert from "node:assert/strict";
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { FileChangeType } from "vscode-languageserver";
import { scratchFolder, writeFiles } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT, FINE } from "./checkout.ts";
import { ABLE, connectReady, uriOf } from "./client.ts";
import { findingsIn, positionOf, rangeOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

const MIXED = {
  "cinder/__init__.py": "",
  "cinder/one.py":
    "from cinder import utils\n\n\n@utils.synchronized('acme-pool', external=True)\ndef one():\n    pass\n",
  "cinder/two.py": "from cinder import utils\n\n\n@utils.synchronized('acme-pool')\ndef two():\n    pass\n",
};

describe("document diagnostics", LIMIT, () => {
  test("a finding has its range, severity, rule, source and message", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    const [finding, ...others] = await client.findings(uriOf(folder, "cinder/volume/acme.py"));
    assert.deepEqual(others, []);
    assert.match(String(finding?.message), /`volum`.+KeyError/);
    assert.deepEqual(
      { ...finding, message: "" },
      {
        range: { start: { line: 8, character: 38 }, end: { line: 8, character: 43 } },
        severity: 1,
        code: "unknown-name-field",
        source: "cinder-locks",
        message: "",
        relatedInformation: [],
      },
    );
  });

  test("full, then unchanged, after an edit full again, and as before after its undoing", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder]);
    await client.open(acme, ACME);

    const first = await client.pull(acme);
    assert.ok(first.kind === "full" && first.resultId !== undefined);
    assert.deepEqual(findingsIn(ACME, first.items), ["unknown-name-field: volum"]);
    assert.deepEqual(await client.pull(acme, first.resultId), {
      kind: "unchanged",
      resultId: first.resultId,
    });

    await client.change(acme, "volume", rangeOf(ACME, "volum.id".slice(0, 5)));
    await client.change(acme, ACME);
    const position = positionOf(ACME, "{volum|.id}");
    await client.change(acme, "e", { start: position, end: position });
    const second = await client.pull(acme, first.resultId);
    assert.ok(second.kind === "full" && second.resultId !== first.resultId);
    assert.deepEqual(second.items, []);

    await client.change(acme, ACME);
    assert.deepEqual(await client.pull(acme, second.resultId), first);
  });

  test("a finding tells the other places, in other files", async (t) => {
    const folder = scratchFolder(t, MIXED);
    const client = await connectReady(t, [folder]);
    const [finding, ...others] = await client.findings(uriOf(folder, "cinder/two.py"));
    assert.deepEqual(others, []);
    assert.equal(finding?.code, "mixed-scope");
    const [related, ...more] = finding?.relatedInformation ?? [];
    assert.deepEqual(more, []);
    assert.match(related?.message ?? "", /a node lock/);
    assert.deepEqual(related?.location, {
      uri: uriOf(folder, "cinder/one.py"),
      range: rangeOf(MIXED["cinder/one.py"], "utils.synchronized('acme-pool', external=True)"),
    });
  });

  test("an edit in one file changes the findings of another", async (t) => {
    const folder = scratchFolder(t, MIXED);
    const [one, two] = [uriOf(folder, "cinder/one.py"), uriOf(folder, "cinder/two.py")];
    const client = await connectReady(t, [folder]);
    await client.open(one, MIXED["cinder/one.py"]);
    const first = await client.pull(two);
    await client.change(one, "", rangeOf(MIXED["cinder/one.py"], ", external=True"));
    const second = await client.pull(two, first.resultId);
    assert.ok(second.kind === "full");
    assert.deepEqual(second.items, []);
  });
});

describe("workspace diagnostics", LIMIT, () => {
  test("cover files that are not open, and leave out those without findings", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    const reports = await client.pullWorkspace();
    const acme = uriOf(folder, "cinder/volume/acme.py");
    assert.deepEqual(
      reports.map(({ uri }) => uri),
      [acme],
    );
    assert.deepEqual(reports[0], { uri: acme, version: null, ...(await client.pull(acme)) });
  });

  test("say the version of a document that is open", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder]);
    await client.open(acme, ACME);
    await client.change(acme, ACME);
    assert.deepEqual(
      (await client.pullWorkspace()).map(({ version }) => version),
      [2],
    );
  });

  test("what is known is unchanged, what is mended or gone is taken back", async (t) => {
    const folder = scratchFolder(t, {
      ...CHECKOUT,
      "cinder/kept.py": ACME,
      "cinder/mended.py": ACME,
      "cinder/gone.py": ACME,
    });
    const client = await connectReady(t, [folder]);
    const before = await client.pullWorkspace();
    assert.equal(before.length, 4);

    writeFiles(folder, { "cinder/mended.py": FINE });
    unlinkSync(join(folder, "cinder/gone.py"));
    await client.watched(
      [uriOf(folder, "cinder/mended.py"), FileChangeType.Changed],
      [uriOf(folder, "cinder/gone.py"), FileChangeType.Deleted],
    );
    const known = before.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
    const after = await client.pullWorkspace(known);
    const words = new Map(
      after.map((report) => [
        report.uri,
        report.kind === "full" ? findingsIn(ACME, report.items) : "unchanged",
      ]),
    );
    assert.deepEqual(
      words,
      new Map<string, unknown>([
        [uriOf(folder, "cinder/gone.py"), []],
        [uriOf(folder, "cinder/kept.py"), "unchanged"],
        [uriOf(folder, "cinder/mended.py"), []],
        [uriOf(folder, "cinder/volume/acme.py"), "unchanged"],
      ]),
    );
  });

  test("speak of the URI as the client writes it", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    const odd = uriOf(folder, "cinder/volume/acme.py").replace("acme", "%61cme");
    const [report, ...others] = await client.pullWorkspace([{ uri: odd, value: "from another life" }]);
    assert.deepEqual(others, []);
    assert.equal(report?.uri, odd);
    assert.equal(report.kind, "full");
  });

  test("leave out the project's own tests", async (t) => {
    const tests = { "cinder/tests/__init__.py": "", "cinder/tests/test_acme.py": ACME };
    const folder = scratchFolder(t, { ...CHECKOUT, ...tests });
    const client = await connectReady(t, [folder]);
    assert.deepEqual(
      (await client.pullWorkspace()).map(({ uri }) => uri),
      [uriOf(folder, "cinder/volume/acme.py")],
    );
  });
});

describe("refresh", LIMIT, () => {
  test("is asked for when all is indexed, and when a file changed on the disk", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const client = await connectReady(t, [folder]);
    await client.next("workspace/diagnostic/refresh");
    await client.watched([uriOf(folder, "cinder/volume/acme.py"), FileChangeType.Changed]);
    await client.next("workspace/diagnostic/refresh");
  });

  test("is not asked of a client that does not know it", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const capabilities = { ...ABLE, workspace: { ...ABLE.workspace, diagnostics: {} } };
    const client = await connectReady(t, [folder], { capabilities });
    await client.watched([uriOf(folder, "cinder/volume/acme.py"), FileChangeType.Changed]);
    await client.settled();
    assert.deepEqual(client.taken("workspace/diagnostic/refresh"), []);
  });
});

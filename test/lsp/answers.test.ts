// What do the requests of an editor answer, in the protocol's own shapes?
import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { LocationLink } from "vscode-languageserver";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { ACME, CHECKOUT, FINE, REPLICA } from "./checkout.ts";
import { ABLE, type Client, connectReady, uriOf } from "./client.ts";
import { applied, placeBelow, positionOf, rangeOf, textIn } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

interface Conversation {
  readonly client: Client;
  readonly folder: string;
  readonly acme: string;
}

async function conversation(t: TestContext, capabilities = ABLE): Promise<Conversation> {
  const folder = scratchFolder(t, CHECKOUT);
  const client = await connectReady(t, [folder], { capabilities });
  return { client, folder, acme: uriOf(folder, "cinder/volume/acme.py") };
}

describe("hover", LIMIT, () => {
  test("tells of a decorator's lock, its sharing and its document", async (t) => {
    const { client, folder, acme } = await conversation(t);
    await client.open(acme, ACME);
    const words = await client.hover(acme, positionOf(ACME, "coordination.syn|chronized('acme-{volume"));
    const document = uriOf(folder, "doc/source/contributor/drivers_locking_examples.rst");
    for (const expected of [
      "**Global lock** `acme-{volume.id}` — `coordination.synchronized`",
      "taken at 2 sites in 2 files",
      `[replica.py:10](${uriOf(folder, "cinder/volume/replica.py")}#L10)`,
      `[Documented](${document}#L4)`,
      "Critical section: Everything that changes the size",
    ]) {
      assert.ok(words?.includes(expected), `${expected}\n\nin\n\n${words}`);
    }
  });

  test("answers for files that are not open, too", async (t) => {
    const { client, acme } = await conversation(t);
    assert.match((await client.hover(acme, positionOf(ACME, "syn|chronized"))) ?? "", /^\*\*Global lock/);
  });

  test("says nothing beside a lock", async (t) => {
    const { client, acme } = await conversation(t);
    await client.open(acme, ACME);
    assert.equal(await client.hover(acme, positionOf(ACME, "class Acme|Driver")), undefined);
    assert.equal(await client.hover(acme, { line: 9999, character: 9999 }), undefined);
  });

  test("says nothing of documents that nobody has told of", async (t) => {
    const { client, folder } = await conversation(t);
    for (const unknown of [
      uriOf(folder, "cinder/nowhere.py"),
      "untitled:Untitled-1",
      "git:/x.py?HEAD",
      "x",
      "",
    ]) {
      const start = { line: 0, character: 0 };
      assert.equal(await client.hover(unknown, start), undefined, unknown);
      assert.deepEqual(await client.definition(unknown, start), [], unknown);
      assert.deepEqual(await client.references(unknown, start), [], unknown);
      assert.deepEqual(await client.highlights(unknown, start), [], unknown);
      assert.deepEqual(await client.findings(unknown), [], unknown);
      assert.deepEqual(await client.fixes(unknown, { start, end: start }), [], unknown);
    }
  });
});

describe("definition", LIMIT, () => {
  test("leads from a field to the parameter, and says what it was asked about", async (t) => {
    const { client, folder, acme } = await conversation(t);
    const [link, ...others] = await client.definition(acme, positionOf(ACME, "acme-{vol|ume.id}"));
    assert.deepEqual(others, []);
    assert.ok(link !== undefined && LocationLink.is(link));
    assert.equal(placeBelow(folder, link), "cinder/volume/acme.py:6");
    assert.equal(textIn(ACME, link.targetSelectionRange), "volume");
    assert.ok(link.originSelectionRange);
    assert.equal(textIn(ACME, link.originSelectionRange), "{volume.id}");
  });

  test("leads from the decorator to its definition in the workspace", async (t) => {
    const { client, folder, acme } = await conversation(t);
    const links = await client.definition(acme, positionOf(ACME, "coordination.syn|chronized"));
    assert.deepEqual(
      links.map((link) => placeBelow(folder, link)),
      ["cinder/coordination.py:1"],
    );
  });

  test("gives plain places to who knows no links", async (t) => {
    const { client, folder, acme } = await conversation(t, { ...ABLE, textDocument: {} });
    const [place] = await client.definition(acme, positionOf(ACME, "coordination.syn|chronized"));
    assert.deepEqual(place, {
      uri: uriOf(folder, "cinder/coordination.py"),
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 16 } },
    });
  });

  test("knows nothing of a field that is no parameter", async (t) => {
    const { client, acme } = await conversation(t);
    assert.deepEqual(await client.definition(acme, positionOf(ACME, "acme-{vol|um.id}")), []);
  });
});

describe("references", LIMIT, () => {
  test("are all places of the lock: sites, removals, and the checkout's own document", async (t) => {
    const { client, folder, acme } = await conversation(t);
    const places = await client.references(acme, positionOf(ACME, "acme-{volume|.id}"));
    assert.deepEqual(
      places.map((place) => placeBelow(folder, place)),
      [
        "cinder/volume/acme.py:5",
        "cinder/volume/replica.py:5",
        "cinder/volume/replica.py:10",
        "doc/source/contributor/drivers_locking_examples.rst:4",
      ],
    );
    assert.equal(
      textIn(ACME, places[0]?.range ?? assert.fail()),
      "coordination.synchronized('acme-{volume.id}')",
    );
    assert.equal(
      textIn(REPLICA, places[2]?.range ?? assert.fail()),
      "coordination.synchronized_remove('acme-*')",
    );
  });

  test("count what is typed but not saved", async (t) => {
    const { client, folder, acme } = await conversation(t);
    await client.open(acme, ACME);
    const end = positionOf(ACME, "{volum|.id}");
    await client.change(acme, "e", { start: end, end });
    const places = await client.references(acme, positionOf(ACME, "acme-{volume|.id}"));
    assert.deepEqual(places.map((place) => placeBelow(folder, place)).slice(0, 2), [
      "cinder/volume/acme.py:5",
      "cinder/volume/acme.py:9",
    ]);
  });

  test("the document highlight is what of them stands in the file", async (t) => {
    const { client, folder } = await conversation(t);
    const replica = uriOf(folder, "cinder/volume/replica.py");
    const ranges = await client.highlights(replica, positionOf(REPLICA, "acme-{volume|.id}"));
    assert.deepEqual(
      ranges.map((range) => textIn(REPLICA, range)),
      ["coordination.synchronized('acme-{volume.id}')", "coordination.synchronized_remove('acme-*')"],
    );
  });
});

describe("workspace symbols", LIMIT, () => {
  test("are the locks whose name has the letters typed, by the functions that take them", async (t) => {
    const { client } = await conversation(t);
    assert.deepEqual(await client.symbols("acme"), [
      "acme-{volume.id} in cinder.volume.acme.AcmeDriver.extend",
      "acme-{volum.id} in cinder.volume.acme.AcmeDriver.shrink",
      "acme-{volume.id} in cinder.volume.replica.ReplicaDriver.fail_over",
    ]);
    assert.deepEqual(await client.symbols("AVE"), await client.symbols("acme-{volume.id}"));
    assert.deepEqual(await client.symbols("no such lock"), []);
  });
});

describe("code actions", LIMIT, () => {
  test("applied to the text they mend it", async (t) => {
    const { client, acme } = await conversation(t);
    await client.open(acme, ACME);
    const [fix, ...others] = await client.fixes(acme, rangeOf(ACME, "volum.id"), ["quickfix"]);
    assert.deepEqual(others, []);
    assert.ok(fix);
    assert.equal(fix.title, "Change to `volume`");
    assert.equal(fix.kind, "quickfix");
    assert.deepEqual(
      fix.diagnostics?.map(({ code }) => code),
      ["unknown-name-field"],
    );
    const mended = applied(ACME, fix);
    assert.equal(mended, FINE);
    await client.change(acme, mended);
    assert.deepEqual(await client.findings(acme), []);
    assert.deepEqual(await client.fixes(acme, rangeOf(FINE, "class AcmeDriver")), []);
  });

  for (const [only, count] of [
    [["quickfix"], 1],
    [[""], 2],
    [["quickfix.spelling"], 0],
    [["quick"], 0],
    [["source.fixAll"], 0],
    [["refactor", "source.fixAll"], 1],
    [["refactor", "quickfix"], 2],
  ] as const) {
    test(`who wants only ${only.map((kind) => `'${kind}'`).join(" or ")} gets ${count}`, async (t) => {
      const { client, acme } = await conversation(t);
      assert.equal((await client.fixes(acme, rangeOf(ACME, "volum.id"), [...only])).length, count);
    });
  }
});

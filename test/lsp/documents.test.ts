// Is every document understood as the editor shows it: the buffer before the disk, whatever its bytes, lines and name?
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FileChangeType } from "vscode-languageserver";
import { scratchFolder, writeFiles } from "../workspace/scratch-folder.ts";
import {
  ACME,
  CHECKOUT,
  DOCUMENT,
  DOCUMENT_PATH,
  FINE,
  NEW_COORDINATION,
  OLD_COORDINATION,
} from "./checkout.ts";
import { connectReady, uriOf } from "./client.ts";
import { findingsIn, placeBelow, positionOf, rangeOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

describe("buffer and disk", LIMIT, () => {
  test("the buffer counts while it is open, then the disk again", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder]);
    await client.open(acme, FINE);
    assert.deepEqual(await client.findings(acme), []);

    const onDisk = ACME.replaceAll("acme", "disk");
    writeFiles(folder, { "cinder/volume/acme.py": onDisk });
    await client.watched([acme, FileChangeType.Changed]);
    assert.deepEqual(await client.findings(acme), []);
    assert.deepEqual(await client.symbols("disk"), []);

    await client.close(acme);
    assert.deepEqual(findingsIn(onDisk, await client.findings(acme)), [
      "catalog-drift: coordination.synchronized('disk-{volume.id}')",
      "unknown-name-field: volum",
    ]);
    assert.equal((await client.symbols("disk")).length, 2);
  });

  test("a document that is opened while the index is built keeps its text", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const acme = uriOf(folder, "cinder/volume/acme.py");
    const client = await connectReady(t, [folder], {
      onProgressCreated: (early) => void early.open(acme, FINE),
    });
    assert.deepEqual(await client.findings(acme), []);
  });

  test("a file that is deleted while it is open is gone when it is closed", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const ghost = uriOf(folder, "cinder/ghost.py");
    const client = await connectReady(t, [folder]);
    await client.open(ghost, ACME);
    assert.equal((await client.findings(ghost)).length, 1);
    await client.close(ghost);
    assert.deepEqual(await client.findings(ghost), []);
  });

  test("the document of locks: typed text counts, then the file's again", async (t) => {
    const folder = scratchFolder(t, CHECKOUT);
    const [acme, document] = [uriOf(folder, "cinder/volume/acme.py"), uriOf(folder, DOCUMENT_PATH)];
    const client = await connectReady(t, [folder], {
      onProgressCreated: (early) => void early.open(document, DOCUMENT.replace("the size", "what is typed")),
    });
    const hovered = async () => (await client.hover(acme, positionOf(ACME, "syn|chronized"))) ?? "";
    assert.match(await hovered(), /changes what is typed/);
    await client.close(document);
    assert.match(await hovered(), /changes the size/);
  });
});

describe("documents outside of all folders", LIMIT, () => {
  const FLAG = `from cinder import coordination


@coordination.synchronized('acme-{volume.id}', False)
def extend(volume):
    pass
`;

  for (const [age, coordination, expected] of [
    ["old", OLD_COORDINATION, []],
    ["new", NEW_COORDINATION, ["misplaced-lock-option: False"]],
  ] as const) {
    test(`a single file is understood by its checkout, an ${age} one, of which nothing else is reported`, async (t) => {
      const folder = scratchFolder(t, {
        ...CHECKOUT,
        "cinder/coordination.py": coordination,
        "cinder/flag.py": FLAG,
      });
      const flag = uriOf(folder, "cinder/flag.py");
      const client = await connectReady(t, []);
      await client.open(flag, FLAG);
      assert.deepEqual(findingsIn(FLAG, await client.findings(flag)), expected);
      assert.deepEqual(
        (await client.pullWorkspace()).map(({ uri }) => uri),
        expected.length === 0 ? [] : [flag],
      );
      assert.deepEqual(
        (await client.definition(flag, positionOf(FLAG, "syn|chronized"))).map((to) =>
          placeBelow(folder, to),
        ),
        ["cinder/coordination.py:1"],
      );
      await client.close(flag);
      assert.deepEqual(await client.pullWorkspace(), []);
      assert.deepEqual(await client.symbols(""), []);
    });
  }

  test("a single file keeps its checkout's signatures when a folder leaves the workspace", async (t) => {
    const [single, other] = [
      scratchFolder(t, { ...CHECKOUT, "cinder/coordination.py": OLD_COORDINATION, "cinder/flag.py": FLAG }),
      scratchFolder(t, CHECKOUT),
    ];
    const flag = uriOf(single, "cinder/flag.py");
    const client = await connectReady(t, [other]);
    await client.open(flag, FLAG);
    assert.deepEqual(await client.findings(flag), []);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: uriOf(other), name: "other" }] },
    });
    assert.deepEqual(await client.findings(flag), []);
  });

  test("an open file of a folder that leaves the workspace goes on as a single file", async (t) => {
    const folder = scratchFolder(t, {
      ...CHECKOUT,
      "cinder/coordination.py": OLD_COORDINATION,
      "cinder/flag.py": FLAG,
    });
    const flag = uriOf(folder, "cinder/flag.py");
    const client = await connectReady(t, [folder]);
    await client.open(flag, FLAG);
    assert.deepEqual(await client.findings(flag), []);
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: [], removed: [{ uri: uriOf(folder), name: "folder" }] },
    });
    assert.deepEqual(await client.findings(flag), []);
  });

  test("an untitled document is checked", async (t) => {
    const client = await connectReady(t, []);
    await client.open("untitled:Untitled-1", ACME);
    assert.deepEqual(findingsIn(ACME, await client.findings("untitled:Untitled-1")), [
      "unknown-name-field: volum",
    ]);
    const places = await client.references("untitled:Untitled-1", positionOf(ACME, "volume|.id"));
    assert.deepEqual(
      places.map(({ uri }) => uri),
      ["untitled:Untitled-1"],
    );
    await client.close("untitled:Untitled-1");
    assert.deepEqual(await client.symbols(""), []);
  });
});

describe("texts", LIMIT, () => {
  test("characters count as UTF-16 code units", async (t) => {
    // Four of these characters are two code units each; the accent is one, though two bytes in UTF-8.
    const text =
      "from cinder import coordination\n\n\n" +
      "class A:\n    x = '𝔞é𝔟'; f = coordination.synchronized('𝔠-{snap[\"𝔡\"]}')(1)\n" +
      "    @coordination.synchronized('é𝔞𝔟-{volum.id}', '𝔠-{volume.id}')\n    def shrink(self, volume):\n        pass\n";
    const uri = "untitled:Untitled-1";
    const client = await connectReady(t, []);
    await client.open(uri, text);
    const line = text.split("\n")[5] ?? "";
    const [finding] = (await client.findings(uri)).filter(({ code }) => code === "unknown-name-field");
    assert.deepEqual(finding?.range, {
      start: { line: 5, character: line.indexOf("volum.id") },
      end: { line: 5, character: line.indexOf("volum.id") + "volum".length },
    });
    assert.match(
      (await client.hover(uri, { line: 5, character: line.length - 1 })) ?? "",
      /`𝔠-\{volume\.id\}`/,
    );
  });

  test("an edit behind such a character lands where it was typed", async (t) => {
    const text =
      "from cinder import coordination\n\n\n" +
      "@coordination.synchronized('{volume[𝔞𝔟]}-{volum.id}')\ndef shrink(volume):\n    pass\n";
    const client = await connectReady(t, []);
    await client.open("untitled:Untitled-1", text);
    const end = positionOf(text, "{volum|.id}");
    await client.change("untitled:Untitled-1", "e", { start: end, end });
    assert.deepEqual(await client.findings("untitled:Untitled-1"), []);
  });

  for (const [name, lineEnd] of [
    ["CR LF", "\r\n"],
    ["CR", "\r"],
  ] as const) {
    test(`lines that end with ${name}`, async (t) => {
      const text = ACME.replaceAll("\n", lineEnd);
      const folder = scratchFolder(t, { ...CHECKOUT, "cinder/volume/acme.py": text });
      const acme = uriOf(folder, "cinder/volume/acme.py");
      const client = await connectReady(t, [folder]);
      const expected = rangeOf(ACME, "volum.id").start;
      const onDisk = await client.findings(acme);
      assert.deepEqual(onDisk[0]?.range, { start: expected, end: { line: 8, character: 43 } });
      await client.open(acme, text);
      assert.deepEqual(await client.findings(acme), onDisk);
      const [fix] = await client.fixes(acme, onDisk[0].range);
      assert.deepEqual(Object.values(fix?.edit?.changes ?? {}).flat(), [
        { range: onDisk[0].range, newText: "volume" },
      ]);
    });
  }

  test("a byte order mark on the disk is no character of the text, as in editors", async (t) => {
    const text = "import cinder.coordination; cinder.coordination.synchronized('acme-{x}')\n";
    const folder = scratchFolder(t, { ...CHECKOUT, "cinder/mark.py": `\ufeff${text}` });
    const mark = uriOf(folder, "cinder/mark.py");
    const client = await connectReady(t, [folder]);
    const position = positionOf(text, "acme|");
    const onDisk = await client.highlights(mark, position);
    assert.deepEqual(onDisk, [rangeOf(text, "cinder.coordination.synchronized('acme-{x}')")]);
    await client.open(mark, text);
    assert.deepEqual(await client.highlights(mark, position), onDisk);
  });

  test("a byte order mark that an editor sends along is one", async (t) => {
    const text =
      "\ufefffrom cinder import coordination\n@coordination.synchronized('{x}')\ndef f(y):\n    pass\n";
    const client = await connectReady(t, []);
    await client.open("untitled:Untitled-1", text);
    assert.deepEqual(findingsIn(text, await client.findings("untitled:Untitled-1")), [
      "unknown-name-field: x",
    ]);
  });

  test("a syntax error in the middle loses nothing around it", async (t) => {
    const text = ACME.replace("        pass\n", "        volume = [1, (2,\n        if volume ==:\n\n");
    const client = await connectReady(t, []);
    await client.open("untitled:Untitled-1", text);
    assert.deepEqual(findingsIn(text, await client.findings("untitled:Untitled-1")), [
      "unknown-name-field: volum",
    ]);
    assert.equal((await client.symbols("acme")).length, 2);
  });

  test("a text of 5 MB is read, in the middle of it a lock", async (t) => {
    const filler = "def filler(self):\n    return {'key': [1, 2, 3]}\n\n\n".repeat(50_000);
    const text = `${filler}${ACME}\n\n${filler}`;
    assert.ok(5_000_000 < text.length);
    const folder = scratchFolder(t, { ...CHECKOUT, "cinder/huge.py": text });
    const huge = uriOf(folder, "cinder/huge.py");
    const client = await connectReady(t, [folder]);
    const onDisk = await client.findings(huge);
    assert.deepEqual(findingsIn(text, onDisk), ["unknown-name-field: volum"]);
    await client.open(huge, text);
    assert.deepEqual(await client.findings(huge), onDisk);
    const end = positionOf(text, "{volum|.id}");
    await client.change(huge, "e", { start: end, end });
    assert.deepEqual(await client.findings(huge), []);
  });
});

describe("malformed changes", LIMIT, () => {
  const uri = "untitled:Untitled-1";
  const version = 2;
  const start = { line: 0, character: 0 };
  const far = { line: 9999, character: 9999 };

  for (const [name, params] of [
    ["no changes at all", { textDocument: { uri, version } }],
    ["changes that are no list", { textDocument: { uri, version }, contentChanges: 5 }],
    [
      "a change without text",
      { textDocument: { uri, version }, contentChanges: [{ range: { start, end: start } }] },
    ],
    [
      "a range without an end",
      { textDocument: { uri, version }, contentChanges: [{ range: { start }, text: "" }] },
    ],
    [
      "a range far behind the end",
      { textDocument: { uri, version }, contentChanges: [{ range: { start: far, end: far }, text: "" }] },
    ],
    [
      "a document that is not open",
      { textDocument: { uri: "untitled:Other", version }, contentChanges: [{ text: "" }] },
    ],
    ["no version", { textDocument: { uri }, contentChanges: [{ text: "x" }] }],
    ["no document", { contentChanges: [{ text: "x" }] }],
    ["nothing", undefined],
  ] as const) {
    test(`${name}: the server lives, and the next whole text counts`, async (t) => {
      const client = await connectReady(t, []);
      await client.open(uri, ACME);
      await client.connection.sendNotification("textDocument/didChange", params);
      await client.change(uri, ACME);
      assert.deepEqual(findingsIn(ACME, await client.findings(uri)), ["unknown-name-field: volum"]);
    });
  }
});

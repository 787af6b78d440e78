// Do editors get the hierarchy of locks and the hints at calls, in the protocol's own shapes?
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DidChangeConfigurationNotification,
  type InlayHint,
  InlayHintRequest,
} from "vscode-languageserver";
import { scratchFolder } from "../workspace/scratch-folder.ts";
import { connectReady, uriOf } from "./client.ts";
import { positionOf, rangeOf } from "./texts.ts";

const LIMIT = { timeout: 30_000 };

const DRIVER = `from cinder import utils


class Driver:
    @utils.synchronized('acme-a', external=True)
    def attach(self):
        self.map()

    @utils.synchronized('acme-b', external=True)
    def map(self):
        pass
`;

test("from a lock to those held above and taken below", LIMIT, async (t) => {
  const folder = scratchFolder(t, { "cinder/acme.py": DRIVER });
  const client = await connectReady(t, [folder]);
  const uri = uriOf(folder, "cinder/acme.py");
  const items = await client.connection.sendRequest(CallHierarchyPrepareRequest.type, {
    textDocument: { uri },
    position: positionOf(DRIVER, "utils.syn|chronized('acme-a'"),
  });
  const [item] = items ?? [];
  assert.ok(item !== undefined);
  assert.equal(item.name, "acme-a");
  assert.equal(item.detail, "Driver.attach");
  const below = await client.connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item });
  assert.deepEqual(
    below?.map(({ to, fromRanges }) => [to.name, to.uri, fromRanges]),
    [["acme-b", uri, [rangeOf(DRIVER, "self.map")]]],
  );
  const [step] = below ?? [];
  assert.ok(step !== undefined);
  const above = await client.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, {
    item: step.to,
  });
  assert.deepEqual(
    above?.map(({ from, fromRanges }) => [from.name, fromRanges]),
    [["acme-a", [rangeOf(DRIVER, "self.map")]]],
  );
});

test("a call that takes a lock under another one is marked, as long as that is wanted", LIMIT, async (t) => {
  const folder = scratchFolder(t, { "cinder/acme.py": DRIVER });
  const client = await connectReady(t, [folder]);
  const uri = uriOf(folder, "cinder/acme.py");
  const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
  const hints = async (): Promise<readonly InlayHint[]> =>
    (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [];
  assert.deepEqual(
    (await hints()).map(({ label, position }) => [label, position]),
    [["⟨takes acme-b⟩", positionOf(DRIVER, "self.map|()")]],
  );
  client.settings = { inlayHints: false };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  while (0 < (await hints()).length) {
    // The server asks for the settings first; the test's own limit ends this.
  }
});

test("a finding shows every step of the way, through the files", LIMIT, async (t) => {
  const base = `from cinder import utils


class Base:
    def extend(self):
        self.refresh()

    @utils.synchronized('acme-pool', external=True)
    def refresh(self):
        pass
`;
  const acme = `from cinder import utils
from cinder import base


class Driver(base.Base):
    @utils.synchronized('acme-pool', external=True)
    def extend(self):
        super().extend()
`;
  const folder = scratchFolder(t, {
    "cinder/__init__.py": "",
    "cinder/base.py": base,
    "cinder/acme.py": acme,
  });
  const client = await connectReady(t, [folder]);
  const [baseUri, acmeUri] = [uriOf(folder, "cinder/base.py"), uriOf(folder, "cinder/acme.py")];
  const [finding, ...others] = await client.findings(acmeUri);
  assert.deepEqual(others, []);
  assert.equal(finding?.code, "nested-same-lock");
  assert.deepEqual(finding.range, rangeOf(acme, "super().extend"));
  const lock = "utils.synchronized('acme-pool', external=True)";
  assert.deepEqual(finding.relatedInformation, [
    { location: { uri: acmeUri, range: rangeOf(acme, lock) }, message: "held from here on" },
    {
      location: { uri: baseUri, range: rangeOf(base, "self.refresh") },
      message: "called by `Base.extend`",
    },
    { location: { uri: baseUri, range: rangeOf(base, lock) }, message: "taken here" },
  ]);
});

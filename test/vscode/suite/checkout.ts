/** A folder with a Cinder checkout: the extension wakes by itself and knows all of it. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  extension,
  fileUri,
  findings,
  hoverText,
  indexed,
  placeOf,
  ruleOf,
  serverProcesses,
} from "./editor.ts";

const ORCHARD = "cinder/volume/drivers/orchard.py";
const REPLICATION = "cinder/volume/drivers/orchard_replication.py";
const LAKESIDE = "cinder/volume/drivers/lakeside.py";
const MISTAKES = "cinder/volume/drivers/mistakes.py";

const RULES = [
  "misplaced-lock-option",
  "mixed-scope",
  "positional-name-field",
  "quoted-name-key",
  "stacked-lock-decorators",
  "uncalled-lock-decorator",
  "unexpanded-template",
  "unknown-name-field",
];

function open(path: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(fileUri(path));
}

suite("a Cinder checkout", () => {
  suiteSetup(indexed);

  test("runs one server", () => {
    assert.equal(extension().isActive, true);
    assert.equal(serverProcesses().length, 1);
  });

  test("shows the findings of a file that nobody opened", async () => {
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith(MISTAKES));
    assert.equal(isOpen, false);
    const found = await findings(fileUri(MISTAKES), (all) => all.length >= RULES.length);
    assert.deepEqual(
      RULES.filter((rule) => !found.map(ruleOf).includes(rule)),
      [],
    );
  });

  test("tells on hover what a global lock is", async () => {
    const text = await hoverText(await open(ORCHARD), "'orchard-{volume.id}'");
    assert.match(text, /orchard-\{volume\.id\}/);
    assert.match(text, /global/i);
    // Two sites in this file, two in the other.
    assert.match(text, /\b4\b/);
  });

  test("tells the scopes apart", async () => {
    const lakeside = await open(LAKESIDE);
    assert.match(await hoverText(lakeside, "'lakeside-cache'"), /process/i);
    assert.match(await hoverText(lakeside, "'lakeside-connect'"), /node/i);
    assert.match(await hoverText(lakeside, "'lakeside-login'"), /node/i);
  });

  test("says nothing where there is no lock", async () => {
    assert.equal(await hoverText(await open(ORCHARD), "graft"), "");
  });

  test("shows the catalog's words", async () => {
    const text = await hoverText(await open("cinder/volume/targets/lio.py"), "'lioadm'");
    assert.match(text, /command line tool/);
  });

  test("finds the other places of a lock in another file", async () => {
    const orchard = await open(ORCHARD);
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      orchard.uri,
      placeOf(orchard, "'orchard-{volume.id}'"),
    );
    const files = places.map(({ uri }) => vscode.workspace.asRelativePath(uri));
    assert.ok(files.includes(ORCHARD), files.join());
    assert.ok(files.includes(REPLICATION), files.join());
  });

  test("leads from a field to the parameter it stands for", async () => {
    const orchard = await open(ORCHARD);
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      orchard.uri,
      placeOf(orchard, "{volume.id}'"),
    );
    const lines = places.map((place) => orchard.lineAt(targetOf(place).start).text.trim());
    assert.deepEqual(lines, ["def extend_volume(self, volume, new_size):"]);
  });

  test("lists locks among the symbols of the workspace", async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      "vscode.executeWorkspaceSymbolProvider",
      "lioadm",
    );
    assert.ok(symbols.some(({ name }) => name.includes("lioadm")));
  });

  test("shows the locks that are taken under another one, and from there that one", async () => {
    const lakeside = await open(LAKESIDE);
    const [session] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      "vscode.prepareCallHierarchy",
      lakeside.uri,
      placeOf(lakeside, "'lakeside-session'"),
    );
    const taken = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      "vscode.provideOutgoingCalls",
      session,
    );
    assert.deepEqual(taken.map(({ to }) => to.name).sort(), ["lakeside-connect", "lakeside-login"]);
    const held = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      "vscode.provideIncomingCalls",
      taken[0]?.to,
    );
    assert.deepEqual(
      held.map(({ from }) => from.name),
      ["lakeside-session"],
    );
  });

  test("marks the calls that take a lock under another one, until that is switched off", async () => {
    const lakeside = await open(LAKESIDE);
    const hints = async () => {
      const all = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        lakeside.uri,
        new vscode.Range(0, 0, lakeside.lineCount, 0),
      );
      return all.map(({ label }) => label);
    };
    assert.deepEqual(await hints(), ["⟨takes lakeside-login⟩", "⟨takes lakeside-connect⟩"]);
    await withSetting("inlayHints", false, async () => assert.deepEqual(await hints(), []));
  });

  test("speaks for the deployment that is chosen", async () => {
    const lakeside = await open(LAKESIDE);
    const hover = () => hoverText(lakeside, "'lakeside-connect'");
    assert.doesNotMatch(await hover(), /active-active/i);
    await withSetting("deployment", "active-active", async () =>
      assert.match(await hover(), /active-active/i),
    );
  });

  test("mends a mistake, and its finding goes", async () => {
    const document = await open(MISTAKES);
    await vscode.window.showTextDocument(document);
    const all = await findings(document.uri, (found) =>
      found.some((finding) => ruleOf(finding) === "quoted-name-key"),
    );
    const finding = all.find((one) => ruleOf(one) === "quoted-name-key");
    assert.ok(finding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    // The editor's own extensions may offer something as well, but no edit.
    const { edit } = actions.find((action) => action.edit !== undefined) ?? {};
    assert.ok(edit, "a quick fix is offered");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(document.getText().includes('@coordination.synchronized("mistakes-{snapshot[id]}")'));
    await findings(document.uri, (found) => found.every((one) => ruleOf(one) !== "quoted-name-key"));
  });

  test("sees a mistake while it is typed", async () => {
    const document = await open(REPLICATION);
    const editor = await vscode.window.showTextDocument(document);
    const place = placeOf(document, "{volume.id}");
    await editor.edit((edit) => edit.insert(place.with({ character: place.character - 2 }), "x"));
    await findings(document.uri, (all) => all.some((finding) => ruleOf(finding) === "unknown-name-field"));
  });

  test("restarts its server and knows the workspace again", async () => {
    const [before] = serverProcesses();
    await vscode.commands.executeCommand("cinderLocks.restart");
    await indexed();
    assert.equal(serverProcesses().length, 1, before);
    assert.match(await hoverText(await open(LAKESIDE), "'lakeside-cache'"), /process/i);
  });
});

/** Asks while a setting of the workspace has another value. A rule that is switched off last tells when the server knows. */
async function withSetting(name: string, value: unknown, ask: () => Promise<void>): Promise<void> {
  const change = (key: string, to: unknown) =>
    vscode.workspace.getConfiguration("cinderLocks").update(key, to, vscode.ConfigurationTarget.Workspace);
  const isFound = (all: readonly vscode.Diagnostic[]) => all.some((one) => ruleOf(one) === "mixed-scope");
  await change(name, value);
  await change("rules", { "mixed-scope": "off" });
  await findings(fileUri(MISTAKES), (all) => !isFound(all));
  try {
    await ask();
  } finally {
    await change(name, undefined);
    await change("rules", undefined);
    await findings(fileUri(MISTAKES), isFound);
  }
}

function targetOf(place: vscode.Location | vscode.LocationLink): vscode.Range {
  return "targetUri" in place ? (place.targetSelectionRange ?? place.targetRange) : place.range;
}

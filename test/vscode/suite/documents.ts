/** The documents that list locks, alive in the editor: they know the code, and the code knows them. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, fileUri, findings, hoverText, indexed, placeOf, ruleOf } from "./editor.ts";

const DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";
const ORCHARD = "cinder/volume/drivers/orchard.py";
const LAKESIDE = "cinder/volume/drivers/lakeside.py";

function open(path: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(fileUri(path));
}

suite("a document of locks", () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    await indexed();
    document = await open(DOCUMENT);
  });

  test("shows on hover where an entry's lock is, and that the code agrees", async () => {
    const text = await hoverText(document, "volume's tree");
    assert.match(text, /Orchard driver.+agrees/);
    assert.match(text, /orchard\.py:\d+.+extend_volume.+global/);
  });

  test("leads from a file, a function and a name to the code", async () => {
    const targets = await Promise.all(
      ["drivers/orchard.py", "extend_volume", "orchard-{volume.id}"].map((words) => definition(words)),
    );
    assert.deepEqual(targets, [
      `${ORCHARD}`,
      `${ORCHARD}: def extend_volume(self, volume, new_size):`,
      `${ORCHARD}: @coordination.synchronized('orchard-{volume.id}')`,
    ]);
  });

  test("lists its entries as symbols", async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const names = symbols.map(({ name }) => name);
    assert.ok(names.includes("LIO target") && names.includes("Orchard driver"), names.join());
  });

  test("completes the functions that take locks in the entry's file", async () => {
    const items = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      placeOf(document, "extend_volume"),
    );
    const labels = items.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(
      labels.some((label) => label.includes("initialize_connection")),
      labels.join(),
    );
  });

  test("tells of a drift while it is typed, at the lock too, and mends it from the code", async () => {
    await replace(document, "Lock scope: Global", "Lock scope: Process");
    const [finding] = await findings(document.uri, (all) => all.length === 1);
    assert.ok(finding !== undefined);
    assert.equal(ruleOf(finding), "catalog-scope");
    assert.equal(document.getText(finding.range), "Process");
    await findings(fileUri(ORCHARD), (all) => all.some((one) => ruleOf(one) === "catalog-drift"));
    const fix = await actionAt(document, finding.range, vscode.CodeActionKind.QuickFix, /Global/);
    assert.ok(await vscode.workspace.applyEdit(fix));
    assert.ok(!document.getText().includes("Process"));
    await findings(document.uri, (all) => all.length === 0);
    await findings(fileUri(ORCHARD), (all) => all.length === 0);
  });

  test("gets the entry of a lock by an action at that lock, which then shows it", async () => {
    const lakeside = await open(LAKESIDE);
    const place = placeOf(lakeside, "'lakeside-cache'");
    const range = new vscode.Range(place, place);
    const add = await actionAt(
      lakeside,
      range,
      vscode.CodeActionKind.Refactor,
      /^Add to the catalog: `lakeside-cache`/,
    );
    const changed = eventually(
      vscode.workspace.onDidChangeTextDocument,
      () => document.getText().includes("lakeside-cache") || undefined,
    );
    assert.ok(await vscode.workspace.applyEdit(add));
    await changed;
    assert.ok(
      document.getText().endsWith(`  - File: \`${ORCHARD}\`.

lakeside:
  - Lock scope: Process.
  - Critical section: Calls of \`refresh_cache\`.
  - Lock name: \`'lakeside-cache'\`.
  - Where: \`refresh_cache\` method.
  - File: \`${LAKESIDE}\`.
`),
      document.getText(),
    );
    assert.match(await hoverText(lakeside, "'lakeside-cache'"), /Calls of `refresh_cache`/);
  });

  /** `path: line` of what the words stand for, without the line if that is the file's first. */
  async function definition(words: string): Promise<string> {
    const [place] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      placeOf(document, words),
    );
    assert.ok(place !== undefined, words);
    const [uri, range] =
      "targetUri" in place
        ? [place.targetUri, place.targetSelectionRange ?? place.targetRange]
        : [place.uri, place.range];
    const target = await vscode.workspace.openTextDocument(uri);
    const { line } = range.start;
    const text = line === 0 ? "" : `: ${target.lineAt(line).text.trim()}`;
    return `${vscode.workspace.asRelativePath(uri)}${text}`;
  }
});

async function replace(document: vscode.TextDocument, words: string, others: string): Promise<void> {
  const start = document.positionAt(document.getText().indexOf(words));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, start.translate(0, words.length)), others);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** The edit of the action with such a title. */
async function actionAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
  title: RegExp,
): Promise<vscode.WorkspaceEdit> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    kind.value,
    10,
  );
  const { edit } = actions.find((action) => title.test(action.title)) ?? {};
  assert.ok(edit, actions.map((action) => action.title).join());
  return edit;
}

/** A Python project without such locks: the extension sleeps until there is one. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activated, fileUri, hoverText, indexed, serverProcesses } from "./editor.ts";

suite("a project without Cinder's locks", () => {
  test("runs no server and shows nothing", async () => {
    const { status } = await activated();
    const document = await vscode.workspace.openTextDocument(fileUri("greeter/greet.py"));
    assert.equal(status().state, "asleep");
    assert.deepEqual(serverProcesses(), []);
    assert.equal(await hoverText(document, "_lock"), "");
    const commands = await vscode.commands.getCommands(true);
    assert.equal(commands.includes("cinderLocks.showLog"), false);
  });

  test("wakes when a lock API is typed", async () => {
    const document = await vscode.workspace.openTextDocument(fileUri("greeter/greet.py"));
    const edit = new vscode.WorkspaceEdit();
    const source = "from cinder import utils\n\n\n@utils.synchronized('greeting')\ndef shout():\n    pass\n";
    edit.insert(document.uri, document.lineAt(0).range.start, source);
    await vscode.workspace.applyEdit(edit);
    await indexed();
    assert.equal(serverProcesses().length, 1);
    assert.match(await hoverText(document, "'greeting'"), /process/i);
  });
});

/** An empty window, without any folder. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { activated, hoverText, indexed, serverProcesses } from "./editor.ts";

const SOURCE = `from cinder import coordination


class Driver:
    @coordination.synchronized('lonely-{volume.id}')
    def extend_volume(self, volume, new_size):
        pass
`;

suite("a window without a folder", () => {
  test("sleeps", async () => {
    const { status } = await activated();
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    assert.equal(status().state, "asleep");
    assert.deepEqual(serverProcesses(), []);
  });

  test("wakes for a single Cinder file", async () => {
    const { CINDER_LOCKS_SCRATCH: scratch = tmpdir() } = process.env;
    const path = join(scratch, "driver.py");
    writeFileSync(path, SOURCE);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    await indexed();
    const text = await hoverText(document, "'lonely-{volume.id}'");
    assert.match(text, /lonely-\{volume\.id\}/);
    assert.match(text, /global/i);
  });

  test("understands a text that was never saved", async () => {
    const content = SOURCE.replace("lonely", "unsaved");
    const document = await vscode.workspace.openTextDocument({ language: "python", content });
    assert.match(await hoverText(document, "'unsaved-{volume.id}'"), /unsaved-\{volume\.id\}/);
  });
});

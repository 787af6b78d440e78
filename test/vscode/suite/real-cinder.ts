/** A real Cinder tree: hundreds of drivers instead of a handful. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { fileUri, hoverText, indexed, placeOf } from "./editor.ts";

suite("a real Cinder tree", () => {
  suiteSetup(indexed);

  test("tells on hover what the lock of the LIO target is", async () => {
    const document = await vscode.workspace.openTextDocument(fileUri("cinder/volume/targets/lio.py"));
    const text = await hoverText(document, "'lioadm'");
    assert.match(text, /lioadm/);
    assert.match(text, /node/i);
    // The bundled catalog knows what it is good for.
    assert.match(text, /cinder-rtstool/);
  });

  test("finds the places of one lock in a driver", async () => {
    const document = await vscode.workspace.openTextDocument(fileUri("cinder/volume/drivers/nfs.py"));
    const places = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      placeOf(document, "'{self.driver_prefix}-{volume[id]}'"),
    );
    assert.ok(places.length >= 2, `${places.length} places`);
  });
});

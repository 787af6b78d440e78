/** Resting the mouse on a lock. */
import assert from "node:assert/strict";
import { sample } from "../paths.ts";
import { openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

suite("on the page, hover", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
  });

  suiteTeardown(() => workbench.close());

  test("over a decorator tells what it locks", async () => {
    await workbench.openFile("cinder/volume/drivers/orchard.py");
    await workbench.token("'orchard-{volume.id}')", "@coordination.synchronized").hover();
    const text = await hoverText(workbench);
    assert.match(text, /orchard-\{volume\.id\}/);
    assert.match(text, /global/i);
    await workbench.screenshot("hover-decorator");
  });

  test("over the name in a `with` tells the same of that lock", async () => {
    await workbench.openFile("cinder/volume/drivers/lakeside.py");
    await workbench.token("lockutils.lock(", "'lakeside-measure-'").hover();
    const text = await hoverText(workbench);
    assert.match(text, /lakeside-measure-/);
    assert.match(text, /node/i);
    await workbench.screenshot("hover-with");
  });

  test("over a lock of the catalog shows the catalog's words", async () => {
    await workbench.openFile("cinder/volume/targets/lio.py");
    await workbench.token("'lioadm'", "'lioadm'").hover();
    assert.match(await hoverText(workbench), /command line tool/);
    await workbench.screenshot("hover-catalog");
  });
});

async function hoverText({ editor }: WorkbenchPage): Promise<string> {
  const hover = editor.locator(".monaco-hover:visible", { hasText: /\w/ });
  await hover.waitFor();
  return (await hover.textContent()) ?? "";
}

/** Resting the mouse on a lock. */
import assert from "node:assert/strict";
import { sample } from "../paths.ts";
import { hoverText, openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

suite("on the page, hover", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
  });

  suiteTeardown(() => workbench.close());

  test("over a decorator tells what it locks", async () => {
    await workbench.openFile("cinder/volume/drivers/orchard.py");
    const decorator = workbench.token("'orchard-{volume.id}')", "@coordination.synchronized");
    const text = await hoverText(workbench, decorator);
    assert.match(text, /orchard-\{volume\.id\}/);
    assert.match(text, /global/i);
    await workbench.screenshot("hover-decorator");
  });

  test("over the name in a `with` tells the same of that lock", async () => {
    await workbench.openFile("cinder/volume/drivers/lakeside.py");
    const text = await hoverText(workbench, workbench.token("lockutils.lock(", "'lakeside-measure-'"));
    assert.match(text, /lakeside-measure-/);
    assert.match(text, /node/i);
    await workbench.screenshot("hover-with");
  });

  test("over a lock of the catalog shows the catalog's words", async () => {
    await workbench.openFile("cinder/volume/targets/lio.py");
    const text = await hoverText(workbench, workbench.token("'lioadm'", "'lioadm'"));
    assert.match(text, /command line tool/);
    await workbench.screenshot("hover-catalog");
  });
});

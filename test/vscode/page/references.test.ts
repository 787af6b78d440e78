/** Going from a lock to the other places that take it. */
import { sample } from "../paths.ts";
import { openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

suite("on the page, references", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
  });

  suiteTeardown(() => workbench.close());

  test("lead to the same lock in another file", async () => {
    const { page } = workbench;
    await workbench.openFile("cinder/volume/drivers/orchard.py");
    await workbench.token("'orchard-{volume.id}')", "@coordination.synchronized").click();
    await page.keyboard.press("Shift+F12");
    const places = page.locator(".reference-zone-widget .ref-tree");
    const otherFile = places.locator(".monaco-list-row", { hasText: "orchard_replication.py" });
    await otherFile.waitFor();
    await otherFile.click();
    await page.keyboard.press("ArrowRight");
    const place = places.locator(".monaco-list-row", { hasText: "orchard-{volume.id}" }).last();
    await workbench.screenshot("references");
    await place.dblclick();
    await workbench.tab.filter({ hasText: "orchard_replication.py" }).waitFor();
    await workbench.screenshot("references-other-file");
  });
});

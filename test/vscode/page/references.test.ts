/** Going from a lock to the other places that take it. */
import { sample } from "../paths.ts";
import { openWorkbench, until, type WorkbenchPage } from "./workbench-page.ts";

suite("on the page, references", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
  });

  suiteTeardown(() => workbench.close());

  test("lead to the same lock in another file", async () => {
    const { page } = workbench;
    await workbench.openFile("cinder/volume/drivers/orchard.py");
    const decorator = workbench.token("'orchard-{volume.id}')", "@coordination.synchronized");
    const places = page.locator(".reference-zone-widget .ref-tree");
    const otherFile = places.locator(".monaco-list-row", { hasText: "orchard_replication.py" });
    await until(otherFile, async () => {
      await decorator.click();
      await page.keyboard.press("Shift+F12");
    });
    const place = places.locator(".monaco-list-row", { hasText: "synchronized_remove(" });
    await until(place, async () => {
      await otherFile.click();
      await page.keyboard.press("ArrowRight");
    });
    await workbench.screenshot("references");
    await until(workbench.tab.filter({ hasText: "orchard_replication.py" }), () => place.dblclick());
    await workbench.screenshot("references-other-file");
  });
});

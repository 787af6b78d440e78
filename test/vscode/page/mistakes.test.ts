/** Seeing a mistake in the list, in the text, and mending it by keyboard. */
import { sample } from "../paths.ts";
import { openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

const MISTAKES = "cinder/volume/drivers/mistakes.py";

suite("on the page, a mistake", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
  });

  suiteTeardown(() => workbench.close());

  test("stands among the problems before its file is open", async () => {
    const { page } = workbench;
    await page.keyboard.press("Control+Shift+M");
    const problems = page.locator(".markers-panel");
    await problems.locator(".monaco-list-row", { hasText: "mistakes.py" }).first().waitFor();
    await problems.locator(".monaco-list-row", { hasText: "quoted-name-key" }).first().waitFor();
    await workbench.screenshot("problems");
    await page.keyboard.press("Control+J");
    await problems.waitFor({ state: "hidden" });
  });

  test("leads to its rule's page", async () => {
    const { page } = workbench;
    await page.keyboard.press("Control+Shift+M");
    const problems = page.locator(".markers-panel");
    await problems.locator("a.monaco-link", { hasText: "quoted-name-key" }).first().click();
    await workbench.tab.filter({ hasText: "quoted-name-key" }).waitFor();
    await page.frameLocator("iframe.webview").frameLocator("iframe").getByText("To silence it").waitFor();
    await workbench.screenshot("rule-page");
    await workbench.tab.locator(".tab-actions .action-label").click();
    await workbench.tab.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+J");
    await problems.waitFor({ state: "hidden" });
  });

  test("is underlined in the text", async () => {
    await workbench.openFile(MISTAKES);
    await workbench.editor.locator(".squiggly-error").first().waitFor();
    await workbench.screenshot("squiggles");
  });

  test("is mended by Ctrl+. and Enter", async () => {
    const { page } = workbench;
    await workbench.token("{snapshot['id']}", "@coordination.synchronized").click();
    await page.keyboard.press("End");
    // Back over `']}")` into the key.
    for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
    await workbench.screenshot("quick-fix");
    await page.keyboard.press("Enter");
    await workbench.line('"mistakes-{snapshot[id]}"').waitFor();
    await workbench.screenshot("quick-fix-applied");
  });
});

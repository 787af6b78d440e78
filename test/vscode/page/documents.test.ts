/** A document of locks in front of the eyes: what an entry stands for, what it gets wrong, and how that is mended. */
import assert from "node:assert/strict";
import { sample } from "../paths.ts";
import { hoverText, openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

const DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";

suite("on the page, a document of locks", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
    await workbench.openFile(DOCUMENT);
  });

  suiteTeardown(() => workbench.close());

  test("tells under the mouse where the lock is", async () => {
    const text = await hoverText(workbench, workbench.line("volume's tree").locator("span span").last());
    assert.match(text, /the code agrees/);
    await workbench.screenshot("document-hover");
  });

  test("is mended by Ctrl+. where it says what is not so", async () => {
    const { page, editor } = workbench;
    await workbench.line("`extend_volume` method").click();
    await page.keyboard.press("Home");
    // Over "- Where: `ext" into the name.
    for (let step = 0; step < 13; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("x");
    await editor.locator(".squiggly-warning").first().waitFor();
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
    await workbench.screenshot("document-quick-fix");
    await page.keyboard.press("Enter");
    await editor.locator(".squiggly-warning").first().waitFor({ state: "detached" });
    await workbench.line("`extend_volume`").waitFor();
    await workbench.screenshot("document-mended");
  });

  test("is completed with the functions that take locks", async () => {
    const { page } = workbench;
    await workbench.line("`extend_volume`").click();
    await page.keyboard.press("Home");
    // Over "- Where: `".
    for (let step = 0; step < 10; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget .monaco-list-row", { hasText: "create_cloned_volume" }).waitFor();
    await workbench.screenshot("document-completion");
    await page.keyboard.press("Escape");
  });
});

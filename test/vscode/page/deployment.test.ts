/** Choosing how Cinder is run, and what the editor then says of a lock. */
import assert from "node:assert/strict";
import { sample } from "../paths.ts";
import { hoverText, openWorkbench, type WorkbenchPage } from "./workbench-page.ts";

suite("on the page, the deployment", () => {
  let workbench: WorkbenchPage;

  suiteSetup(async () => {
    workbench = await openWorkbench(sample);
    await workbench.openFile("cinder/volume/drivers/lakeside.py");
  });

  suiteTeardown(() => workbench.close());

  test("is chosen by a command", async () => {
    const { page } = workbench;
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(">Cinder Locks: Choose Deployment");
    await page.locator(".quick-input-list .focused", { hasText: "Choose Deployment" }).waitFor();
    await page.keyboard.press("Enter");
    const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "active-active" });
    await choice.waitFor();
    await workbench.screenshot("deployment-choice");
    await choice.click();
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  });

  test("is shown beside the language", async () => {
    const { page } = workbench;
    await page.locator("#status\\.languageStatus").click();
    await page.locator(".hover-language-status", { hasText: "active-active" }).waitFor();
    await workbench.screenshot("deployment-status");
    await page.keyboard.press("Escape");
  });

  test("is what hover speaks for, beside the marks of locks under another one", async () => {
    await workbench.line("⟨takes lakeside-login⟩").waitFor();
    const text = await hoverText(workbench, workbench.token("'lakeside-session'", "'lakeside-session'"));
    assert.match(text, /active-active/i);
    await workbench.screenshot("hover-deployment");
  });
});

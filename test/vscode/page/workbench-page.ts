/** The workbench as a person uses it: a page with a mouse and a keyboard, and what stands on it. */
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { installWorkbench } from "../install-workbench.ts";
import { repository } from "../paths.ts";
import { createScratch } from "../scratch.ts";
import { startWorkbenchServer } from "../workbench-server.ts";

export interface WorkbenchPage {
  readonly page: Page;
  /** The active editor. */
  readonly editor: Locator;
  /** The tab of the active editor. */
  readonly tab: Locator;
  /** Opens a file of the workspace by its path and waits until it is the active one. */
  openFile(path: string): Promise<void>;
  /** A line of the active editor, by a text in it. */
  line(text: string): Locator;
  /** A piece of that line which has one color of its own. */
  token(lineText: string, text: string): Locator;
  /** A picture for people to look at. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const SCREENSHOTS = join(repository, "out", "screenshots");

/** A fresh window on a copy of the folder with the packaged extension in it, when findings have come. */
export async function openWorkbench(folder: string): Promise<WorkbenchPage> {
  const { CINDER_LOCKS_EXTENSIONS: extensions } = process.env;
  if (extensions === undefined) throw new Error("Started without a folder of extensions");
  const workbench = await installWorkbench();
  const scratch = createScratch();
  const { userData } = scratch.profile("page", "unused");
  const server = await startWorkbenchServer(workbench, { userData, extensions });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.address({ folder: scratch.copyOf(folder) }));
  await page.locator("#status\\.problems", { hasText: /[1-9]/ }).waitFor();
  mkdirSync(SCREENSHOTS, { recursive: true });

  const activeGroup = page.locator(".editor-group-container.active");
  const editor = activeGroup.locator(".editor-instance .monaco-editor").first();
  const tab = activeGroup.locator(".tab.active");
  const line = (text: string) => editor.locator(".view-line", { hasText: text }).first();
  return {
    page,
    editor,
    tab,
    line,
    token: (lineText, text) => line(lineText).getByText(text, { exact: true }).first(),
    openFile: async (path) => {
      const found = page.locator(".quick-input-list .focused", { hasText: basename(path) });
      await until(found, async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+P");
        // It goes away where something else takes the focus meanwhile.
        await page
          .locator(".quick-input-widget input")
          .fill(path, { timeout: PATIENCE })
          .catch(() => undefined);
      });
      await page.keyboard.press("Enter");
      await tab.filter({ hasText: basename(path) }).waitFor();
    },
    screenshot: async (name) => {
      // Otherwise what has just appeared is pale, being faded in.
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: "disabled" });
    },
    close: async () => {
      await browser.close();
      await server.dispose();
    },
  };
}

/** How long a person waits for an effect before trying anew, in milliseconds, and how often. */
const PATIENCE = 4000;
const TRIES = 8;

/** Does a thing until it has its effect: an editor that is still arranging itself swallows what comes too early. */
export async function until(effect: Locator, act: () => Promise<void>): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    await act();
    try {
      await effect.waitFor({ timeout: PATIENCE });
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/** Rests the mouse on a thing and reads what comes up; a mouse that does not move brings no other. */
export async function hoverText({ editor, page }: WorkbenchPage, thing: Locator): Promise<string> {
  const hover = editor.locator(".monaco-hover:visible", { hasText: /\w/ });
  await until(hover, async () => {
    await page.mouse.move(0, 0);
    await thing.hover();
  });
  return (await hover.textContent()) ?? "";
}

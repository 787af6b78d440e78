/** The Chromium that shows the browser build. */
import { type Browser, chromium } from "playwright-core";
import { ensureChromium } from "./system-programs.ts";

/** Quiet, without a window and without calls home; installed where there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await ensureChromium();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    // The programs end it themselves, together with the server.
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      ...(isRoot ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

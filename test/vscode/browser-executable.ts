#!/usr/bin/env node
/**
 * Stands in for the desktop's executable in `runTests()`: takes the same arguments, opens the browser build on
 * them and ends with the suite's exit code.
 */
import { EventEmitter, once } from "node:events";
import { format, parseArgs } from "node:util";
import { launchBrowser } from "./browser.ts";
import { installWorkbench } from "./install-workbench.ts";
import { MARGIN } from "./report.ts";
import { interruption, main, PlainError, say } from "./terminal.ts";
import { startWorkbenchServer } from "./workbench-server.ts";

/** Far beyond the longest suite: mocha's own limits end a test that hangs, this ends a page that never loads. */
const LIMIT = 10 * 60 * 1000;

/** Without it a built VS Code takes no suite from the address. */
const ACCEPT_SUITES = "--enable-smoke-test-driver";

main(async () => {
  const signal = AbortSignal.any([interruption(), AbortSignal.timeout(LIMIT)]);
  const { profile, opened } = readArguments(process.argv.slice(2));
  const workbench = await installWorkbench();
  const server = await startWorkbenchServer(workbench, profile, [ACCEPT_SUITES]);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const suiteEvents = new EventEmitter();
    // The workbench calls two functions of the page: one for each line of the suite, one at its end.
    const asides: string[] = [];
    await page.exposeFunction("codeAutomationLog", (_level: string, parts: readonly unknown[]) => {
      const line = format(...parts);
      if (line.startsWith(MARGIN)) say(line);
      else asides.push(line);
    });
    await page.exposeFunction("codeAutomationExit", (code: number) => suiteEvents.emit("exit", code));
    const exit = once(suiteEvents, "exit", { signal });
    await page.goto(server.address(opened));
    const [code] = await exit.catch((error: unknown) => {
      throw new PlainError([...asides.slice(-40), String(error)].join("\n"));
    });
    return code;
  } finally {
    await browser.close();
    await server.dispose();
  }
});

/** `runTests()` gives more than these; the rest is for the desktop. */
function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({ args, strict: false, allowPositionals: true });
  const value = (name: string) => {
    const given = values[name];
    if (typeof given !== "string") throw new PlainError(`--${name}=… is missing`);
    return given;
  };
  return {
    profile: { userData: value("user-data-dir"), extensions: value("extensions-dir") },
    opened: {
      folder: positionals[0],
      paths: {
        extensionDevelopmentPath: value("extensionDevelopmentPath"),
        extensionTestsPath: value("extensionTestsPath"),
      },
    },
  };
}

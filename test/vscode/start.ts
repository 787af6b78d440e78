/**
 * `npm start [-- PATH]`: opens VS Code with the extension on a folder or a file, the sample checkout if none is
 * given. The desktop's VS Code where there is one; else the browser build, to be opened in any browser.
 */
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { installWorkbench } from "./install-workbench.ts";
import { packageExtension } from "./package-extension.ts";
import { repository, sample, trialProfile } from "./paths.ts";
import { findProgram, run } from "./processes.ts";
import { prepare } from "./profile.ts";
import { interruption, main, PlainError, say } from "./terminal.ts";
import { profileArguments, startWorkbenchServer } from "./workbench-server.ts";

main(async () => {
  const path = readPath(process.argv.slice(2));
  const code = findProgram("code");
  const isOpen = code !== undefined && (await openOnDesktop(code, path));
  if (!isOpen) await serveInBrowser(path);
  return 0;
});

/** A relative path is meant from where `npm` was called, not from where it runs its scripts. */
function readPath([given, ...more]: readonly string[]): string {
  if (more.length > 0) throw new PlainError("Usage: npm start [-- PATH]", 2);
  const { INIT_CWD: calledFrom = process.cwd() } = process.env;
  const path = given === undefined ? sample : resolve(calledFrom, given);
  if (!existsSync(path)) throw new PlainError(`There is no ${path}`, 2);
  return path;
}

/** False when that VS Code refuses, as it does to root. */
async function openOnDesktop(code: string, path: string): Promise<boolean> {
  try {
    await run(code, [`--extensionDevelopmentPath=${repository}`, path]);
    say(`Opened ${path} in the VS Code of the desktop`);
    return true;
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    say(`${error.message}\nThe browser build is used instead.`);
    return false;
  }
}

/** Stays until it is interrupted. */
async function serveInBrowser(path: string): Promise<void> {
  const vsix = await packageExtension();
  const workbench = await installWorkbench();
  const profile = prepare(trialProfile);
  say("Installing the extension");
  const install = [workbench.server, `--install-extension=${vsix}`, "--force", ...profileArguments(profile)];
  await run(workbench.node, install);
  // Until here Ctrl+C just ends the program; from here there is something to end with it.
  const stopped = interruption();
  const server = await startWorkbenchServer(workbench, profile);
  const opened = statSync(path).isDirectory() ? { folder: path } : { paths: { openFile: path } };
  say(`Open ${server.address(opened)}`);
  say("Ctrl+C stops it");
  if (!stopped.aborted) await once(stopped, "abort");
  await server.dispose();
  say("Stopped");
}

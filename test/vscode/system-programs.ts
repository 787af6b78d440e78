/** The programs that the browser build needs from the system: a compiler to set it up, a Chromium to show it. */
import { existsSync } from "node:fs";
import { findProgram, run } from "./processes.ts";
import { PlainError, say } from "./terminal.ts";

const CHROMIUM_ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** What compiles the native modules of the server; on Debian from packages of the same names. */
const COMPILER = ["g++", "make", "python3"];

/** Installs what is missing of the compiler, where that is possible. */
export async function ensureCompiler(): Promise<void> {
  await installPackages(COMPILER.filter((name) => findProgram(name) === undefined));
}

/** The path of a Chromium, installed where there is none and that is possible. */
export async function ensureChromium(): Promise<string> {
  // Without fonts of its own the page is drawn in boxes.
  if (findChromium() === undefined)
    await installPackages(["chromium", "fonts-dejavu-core", "fonts-liberation"]);
  const chromium = findChromium();
  if (chromium === undefined)
    throw new PlainError("No Chromium found: install one, or name it in CHROMIUM_EXECUTABLE");
  return chromium;
}

function findChromium(): string | undefined {
  const { CHROMIUM_EXECUTABLE: named } = process.env;
  const onPath = findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  return named ?? onPath ?? (existsSync(CHROMIUM_ON_MAC) ? CHROMIUM_ON_MAC : undefined);
}

async function installPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  const list = packages.join(" ");
  if (findProgram("apt-get") === undefined || process.getuid?.() !== 0) {
    throw new PlainError(`The test VS Code needs ${list}; on Debian: apt-get install ${list}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  say(`workbench: installing ${list}`);
  await run("apt-get", ["update"], { env });
  await run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
}

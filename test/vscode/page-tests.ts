/** The tests that sit in front of the screen; a desktop's window cannot be driven, so they use the browser build. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runMocha } from "./mocha-run.ts";
import { compiled } from "./paths.ts";
import type { TestCount } from "./report.ts";
import type { Scratch } from "./scratch.ts";
import { say } from "./terminal.ts";
import { browserBuild } from "./visual-studio-code.ts";

/** Installs the package for them and runs every `page/*.test.ts`. */
export async function runPageTests(vsix: string, scratch: Scratch): Promise<TestCount> {
  const code = await browserBuild();
  say(`\nvscode: page (${code.description})`);
  const { extensions } = scratch.profile("page", "page-extensions");
  await code.installExtension(vsix, scratch.profile("page-install", "page-extensions"));
  Object.assign(process.env, { CINDER_LOCKS_EXTENSIONS: extensions });
  const files = readdirSync(join(compiled, "page")).filter((name) => name.endsWith(".test.js"));
  return runMocha(
    files.sort().map((name) => join(compiled, "page", name)),
    say,
  );
}

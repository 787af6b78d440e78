/**
 * Packages the extension, installs the package into a fresh profile of a real VS Code and runs two kinds of
 * tests on it: suites inside the extension host, and a page used as by a person.
 *   node run.js [NAME…]      only the suites of these names, or `page`
 */
import { packageExtension } from "./package-extension.ts";
import { runPageTests } from "./page-tests.ts";
import { noCount, sum, type TestCount } from "./report.ts";
import { createScratch } from "./scratch.ts";
import { runSuite, suiteNames } from "./suites.ts";
import { main, say } from "./terminal.ts";
import { findVisualStudioCode } from "./visual-studio-code.ts";

main(async () => {
  const wanted = process.argv.slice(2);
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
  const vsix = await packageExtension();
  const code = await findVisualStudioCode();
  const scratch = createScratch();
  await code.installExtension(vsix, scratch.profile("install", "extensions"));
  const counts: TestCount[] = [];
  for (const name of suiteNames.filter(isWanted)) counts.push(await runSuite(name, code, scratch));
  if (isWanted("page")) counts.push(await runPageTests(vsix, scratch));
  const { passed, failed, skipped } = counts.reduce(sum, noCount);
  if (skipped > 0) say(`vscode: ${skipped} skipped`);
  say(`vscode: ${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0 ? 0 : 1;
});

/** What VS Code calls inside its extension host: runs the suite that the environment names. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMocha } from "../mocha-run.ts";

/** VS Code hands the console of the extension host on, wherever that runs. */
function print(line: string): void {
  // biome-ignore lint/suspicious/noConsole: it is the only way out of the extension host
  console.log(line);
}

/** Called once; an error is the suite's failure. */
export async function run(): Promise<void> {
  const { CINDER_LOCKS_SUITE: name, CINDER_LOCKS_SCRATCH: scratch } = process.env;
  if (name === undefined || scratch === undefined) throw new Error("Started without a suite's name");
  const count = await runMocha([join(__dirname, `${name}.js`)], print);
  writeFileSync(join(scratch, `results-${name}.json`), JSON.stringify(count));
  if (count.failed > 0) throw new Error(`${count.failed} of the tests failed`);
}

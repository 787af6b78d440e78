import { spawnSync } from "node:child_process";

const MAKER = "mkfifo";

/** Makes a pipe with a name, from which reading never ends. Where the system has none, that is said. */
export function makePipe(path: string): boolean {
  const isMade = spawnSync(MAKER, [path]).status === 0;
  if (!isMade) {
    process.stdout.write(`named pipes: not tested, as this system has no ${MAKER}\n`);
  }
  return isMade;
}

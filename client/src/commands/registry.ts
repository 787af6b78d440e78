/** Every command of the extension by its id; the ids are those of the manifest. */
import { commands, Disposable } from "vscode";
import type { Session } from "../session.ts";
import { chooseDeployment } from "./choose-deployment.ts";
import { restart } from "./restart.ts";
import { showLog } from "./show-log.ts";

const handlers = {
  "cinderLocks.restart": restart,
  "cinderLocks.showLog": showLog,
  "cinderLocks.chooseDeployment": chooseDeployment,
} satisfies Readonly<Record<string, (session: Session) => unknown>>;

/** They act on a session, so there are none while the extension sleeps. */
export function registerCommands(session: Session): Disposable {
  return Disposable.from(
    ...Object.entries(handlers).map(([id, handle]) => commands.registerCommand(id, () => handle(session))),
  );
}

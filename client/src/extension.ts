/** The way in and out of the extension: sleeps until there are locks, then composes a session, at last ends it. */
import { type Event, EventEmitter, type ExtensionContext, type Uri } from "vscode";
import type { Session } from "./session.ts";
import type { ShownStatus } from "./status.ts";
import { type Watch, watchForLocks } from "./wake.ts";

/** Asleep: nothing with such locks has been seen, so no server runs and nothing is shown. */
export type ExtensionStatus = ShownStatus | { readonly state: "asleep" };

/** What other code in the editor, the tests above all, can ask the extension. */
export interface ExtensionApi {
  readonly status: () => ExtensionStatus;
  readonly onDidChangeStatus: Event<ExtensionStatus>;
}

class Extension {
  readonly #statusChange = new EventEmitter<ExtensionStatus>();
  #status: ExtensionStatus = { state: "asleep" };
  #watch: Watch | undefined;
  #session: Promise<Session> | undefined;

  async activate(context: ExtensionContext): Promise<ExtensionApi> {
    this.#watch = watchForLocks((found) => {
      this.#report({ state: "starting" });
      this.#session = wake(context, found, (status) => this.#report(status));
    });
    await this.#watch.firstLook;
    return { status: () => this.#status, onDidChangeStatus: this.#statusChange.event };
  }

  #report(status: ExtensionStatus): void {
    this.#status = status;
    this.#statusChange.fire(status);
  }

  async deactivate(): Promise<void> {
    this.#watch?.dispose();
    await (await this.#session)?.stop();
  }
}

/** The session's code, with the whole protocol library in it, is not even evaluated before it is needed. */
async function wake(context: ExtensionContext, found: Uri, report: (status: ShownStatus) => void) {
  const { Session } = await import("./session.ts");
  const session = new Session(context, found, report);
  await session.start();
  return session;
}

const extension = new Extension();
export const activate = (context: ExtensionContext) => extension.activate(context);
export const deactivate = () => extension.deactivate();

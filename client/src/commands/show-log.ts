import type { Session } from "../session.ts";

/** Show log: the output channel that client and server write to. */
export function showLog(session: Session): void {
  session.showLog();
}

import type { Session } from "../session.ts";

/** Restart language server: reads everything anew, for instance after a change outside of the editor's sight. */
export function restart(session: Session): Promise<void> {
  return session.restart();
}

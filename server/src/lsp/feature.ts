import type { ServerCapabilities } from "vscode-languageserver";
import type { Session } from "./session.ts";

/** One request of the protocol: what the server says that it can, and the handler that does it, side by side. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly register: (session: Session) => void;
}

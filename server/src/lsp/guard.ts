import type { CancellationToken } from "vscode-languageserver";
import { ConnectionError, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Where troubles are written down. */
export interface Log {
  error(line: string): void;
}

/**
 * Fences a request: a cancelled one is answered as the protocol wants it, a failing one is logged and answered as
 * "nothing known", so that it never ends the server nor bothers the user with an error he cannot mend.
 * @throws ResponseError `RequestCancelled`, which the connection sends to the client
 */
export function guarded<Params, Answer>(
  log: Log,
  request: string,
  nothing: Answer,
  answer: (params: Params) => Answer,
): (params: Params, token: CancellationToken) => Answer {
  return (params, token) => {
    if (token.isCancellationRequested) {
      throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    }
    try {
      return answer(params);
    } catch (error) {
      log.error(`${request}: ${inFull(error)}`);
      return nothing;
    }
  };
}

/**
 * Fences what fails while nobody waits for it: the protocol's library lets go of some promises, as those of its own
 * log lines, and a single one would end the process.
 */
export function guardBackground(log: Log): void {
  process.on("unhandledRejection", (reason) => {
    if (!isClientGone(reason)) {
      log.error(`in the background: ${inFull(reason)}`);
    }
  });
}

/** Then the end of its stream ends the process, too; until then there is nobody to tell. */
function isClientGone(reason: unknown): boolean {
  const code = reason instanceof Error && "code" in reason ? reason.code : undefined;
  return reason instanceof ConnectionError || code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}

function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

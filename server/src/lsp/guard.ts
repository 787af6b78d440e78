import type { CancellationToken } from "vscode-languageserver";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";

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
      log.error(`${request}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return nothing;
    }
  };
}

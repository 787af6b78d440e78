import type { InlayHint } from "vscode-languageserver";
import { positionAt } from "../../base/line-index.ts";
import type { LockHint } from "../../queries/inlay-hints.ts";
import { fromLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

/** How many names are shown in the line; all are in the tooltip. */
const MOST_NAMES = 2;

export const inlayHint: Feature = {
  capabilities: { inlayHintProvider: true },
  register: (session) => {
    session.connection.languages.inlayHint.on(
      guarded(session.connection.console, "inlay hint", null, ({ textDocument, range }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        return lines === undefined
          ? null
          : analysis.lockHints(path, fromLspRange(lines, range)).map(
              (hint): InlayHint => ({
                position: positionAt(lines, hint.offset),
                label: labelOf(hint),
                tooltip: `Another lock is held here; this ${verbOf(hint)} ${hint.names.join(", ")}`,
                paddingLeft: true,
              }),
            );
      }),
    );
  },
};

function labelOf(hint: LockHint): string {
  const more = hint.names.length - MOST_NAMES;
  const names = hint.names.slice(0, MOST_NAMES).join(", ");
  return `⟨${verbOf(hint)} ${names}${0 < more ? ` and ${more} more` : ""}⟩`;
}

function verbOf({ isSure }: LockHint): string {
  return isSure ? "takes" : "may take";
}

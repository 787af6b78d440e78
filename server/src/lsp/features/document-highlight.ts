import { fromLspPosition, toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const documentHighlight: Feature = {
  capabilities: { documentHighlightProvider: true },
  register: (session) => {
    session.connection.onDocumentHighlight(
      guarded(session.connection.console, "documentHighlight", null, ({ textDocument, position }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        return lines === undefined
          ? null
          : analysis
              .highlights(path, fromLspPosition(lines, position))
              .map((range) => ({ range: toLspRange(lines, range) }));
      }),
    );
  },
};

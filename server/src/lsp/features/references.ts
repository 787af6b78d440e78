import { toLspLocation } from "../convert/places.ts";
import { fromLspPosition } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const references: Feature = {
  capabilities: { referencesProvider: true },
  register: (session) => {
    session.connection.onReferences(
      guarded(session.connection.console, "references", null, ({ textDocument, position }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        return lines === undefined
          ? null
          : analysis
              .references(path, fromLspPosition(lines, position))
              .flatMap((reference) => toLspLocation(analysis, reference) ?? []);
      }),
    );
  },
};

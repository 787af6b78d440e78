import { toLspRange } from "../convert/positions.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";

export const documentHighlight: Feature = {
  capabilities: { documentHighlightProvider: true },
  register: (session) => {
    session.connection.onDocumentHighlight(
      guarded(session.connection.console, "documentHighlight", null, (params) => {
        const at = pointedAt(session, params);
        return at === undefined
          ? null
          : at.analysis
              .highlights(at.path, at.offset)
              .map((range) => ({ range: toLspRange(at.lines, range) }));
      }),
    );
  },
};

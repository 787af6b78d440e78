import { toLspLocation } from "../convert/places.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";

export const references: Feature = {
  capabilities: { referencesProvider: true },
  register: (session) => {
    session.connection.onReferences(
      guarded(session.connection.console, "references", null, (params) => {
        const at = pointedAt(session, params);
        return at === undefined
          ? null
          : at.analysis
              .references(at.path, at.offset)
              .flatMap((reference) => toLspLocation(at.analysis, reference) ?? []);
      }),
    );
  },
};

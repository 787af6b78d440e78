import type { Definition, LocationLink, TextDocumentPositionParams } from "vscode-languageserver";
import { toLspLocation } from "../convert/places.ts";
import { toLspRange } from "../convert/positions.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";

export const definition: Feature = {
  capabilities: { definitionProvider: true },
  register: (session) => {
    session.connection.onDefinition(
      guarded<TextDocumentPositionParams, Definition | LocationLink[] | null>(
        session.connection.console,
        "definition",
        null,
        (params) => {
          const at = pointedAt(session, params);
          const answer = at?.analysis.definition(at.path, at.offset);
          if (at === undefined || answer === undefined) {
            return null;
          }
          const locations = answer.targets.flatMap((target) => toLspLocation(at.analysis, target) ?? []);
          return session.abilities.links
            ? locations.map(({ uri, range }) => ({
                originSelectionRange: toLspRange(at.lines, answer.origin),
                targetUri: uri,
                targetRange: range,
                targetSelectionRange: range,
              }))
            : locations;
        },
      ),
    );
  },
};

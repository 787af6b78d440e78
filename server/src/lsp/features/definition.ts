import type { Definition, LocationLink } from "vscode-languageserver";
import { toLspLocation } from "../convert/places.ts";
import { fromLspPosition, toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const definition: Feature = {
  capabilities: { definitionProvider: true },
  register: (session) => {
    session.connection.onDefinition(
      guarded<
        { textDocument: { uri: string }; position: { line: number; character: number } },
        Definition | LocationLink[] | null
      >(session.connection.console, "definition", null, ({ textDocument, position }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        const answer = lines && analysis.definition(path, fromLspPosition(lines, position));
        if (lines === undefined || answer === undefined) {
          return null;
        }
        const locations = answer.targets.flatMap((target) => toLspLocation(analysis, target) ?? []);
        return session.abilities.links
          ? locations.map(({ uri, range }) => ({
              originSelectionRange: toLspRange(lines, answer.origin),
              targetUri: uri,
              targetRange: range,
              targetSelectionRange: range,
            }))
          : locations;
      }),
    );
  },
};

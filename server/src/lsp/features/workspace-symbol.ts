import { SymbolKind } from "vscode-languageserver";
import { toLspLocation } from "../convert/places.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const workspaceSymbol: Feature = {
  capabilities: { workspaceSymbolProvider: true },
  register: (session) => {
    session.connection.onWorkspaceSymbol(
      guarded(session.connection.console, "workspaceSymbol", null, ({ query }) => {
        const analysis = session.analysis();
        return analysis.symbols(query).flatMap((symbol) => {
          const location = toLspLocation(analysis, symbol);
          return location === undefined
            ? []
            : { name: symbol.name, kind: SymbolKind.Key, containerName: symbol.container, location };
        });
      }),
    );
  },
};

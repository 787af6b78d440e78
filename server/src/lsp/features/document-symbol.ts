import type { DocumentSymbol } from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import type { LineIndex } from "../../base/line-index.ts";
import type { OutlineItem } from "../../queries/documents/outline.ts";
import { toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

/** The outline of a document of locks. That of Python is left to those who know all of Python. */
export const documentSymbol: Feature = {
  capabilities: { documentSymbolProvider: true },
  register: (session) => {
    session.connection.onDocumentSymbol(
      guarded(session.connection.console, "documentSymbol", null, ({ textDocument }) => {
        const path = pathOfUri(textDocument.uri);
        if (!session.isCatalogDocument(path)) {
          return null;
        }
        const analysis = session.analysis();
        const lines = analysis.linesOf(path);
        return lines === undefined ? null : analysis.outline(path).map((item) => toLspSymbol(lines, item));
      }),
    );
  },
};

const KINDS: Readonly<Record<OutlineItem["kind"], SymbolKind>> = {
  lock: SymbolKind.Key,
  field: SymbolKind.Field,
  file: SymbolKind.File,
};

function toLspSymbol(lines: LineIndex, item: OutlineItem): DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: KINDS[item.kind],
    range: toLspRange(lines, item.range),
    selectionRange: toLspRange(lines, item.selection),
    children: item.children.map((child) => toLspSymbol(lines, child)),
  };
}

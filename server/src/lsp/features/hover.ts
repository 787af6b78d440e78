import { MarkupKind } from "vscode-languageserver";
import { toMarkdown } from "../convert/markdown.ts";
import { fromLspPosition, toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const hover: Feature = {
  capabilities: { hoverProvider: true },
  register: (session) => {
    session.connection.onHover(
      guarded(session.connection.console, "hover", null, ({ textDocument, position }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        const answer = lines && analysis.hover(path, fromLspPosition(lines, position));
        return lines === undefined || answer === undefined
          ? null
          : {
              range: toLspRange(lines, answer.range),
              contents: { kind: MarkupKind.Markdown, value: toMarkdown(analysis, answer.blocks) },
            };
      }),
    );
  },
};

import { MarkupKind } from "vscode-languageserver";
import { toMarkdown } from "../convert/markdown.ts";
import { toLspRange } from "../convert/positions.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";

export const hover: Feature = {
  capabilities: { hoverProvider: true },
  register: (session) => {
    session.connection.onHover(
      guarded(session.connection.console, "hover", null, (params) => {
        const at = pointedAt(session, params);
        const answer = at?.analysis.hover(at.path, at.offset);
        return at === undefined || answer === undefined
          ? null
          : {
              range: toLspRange(at.lines, answer.range),
              contents: { kind: MarkupKind.Markdown, value: toMarkdown(at.analysis, answer.blocks) },
            };
      }),
    );
  },
};

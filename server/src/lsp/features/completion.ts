import type { CompletionItem } from "vscode-languageserver";
import { CompletionItemKind } from "vscode-languageserver";
import type { LineIndex } from "../../base/line-index.ts";
import type { Completion } from "../../queries/documents/completion.ts";
import { toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import { pointedAt } from "../pointed-at.ts";

/** Completion in the documents of locks; Python's is left to others. */
export const completion: Feature = {
  capabilities: { completionProvider: { triggerCharacters: ["`", "/"] } },
  register: (session) => {
    session.connection.onCompletion(
      guarded(session.connection.console, "completion", null, (params) => {
        if (!session.isCatalogDocument(pathOfUri(params.textDocument.uri))) {
          return null;
        }
        const at = pointedAt(session, params);
        return at === undefined
          ? null
          : at.analysis.completions(at.path, at.offset).map((each) => toLspItem(at.lines, each));
      }),
    );
  },
};

const KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  scope: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
  function: CompletionItemKind.Function,
  name: CompletionItemKind.Value,
};

function toLspItem(lines: LineIndex, { kind, label, range, newText, takesLock }: Completion): CompletionItem {
  return {
    label,
    kind: KINDS[kind],
    sortText: `${takesLock ? "0" : "1"}${label}`,
    textEdit: { range: toLspRange(lines, range), newText },
  };
}

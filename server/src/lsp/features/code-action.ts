import { CodeActionKind } from "vscode-languageserver";
import { toLspDiagnostic } from "../convert/diagnostics.ts";
import { fromLspRange, toLspRange } from "../convert/positions.ts";
import { pathOfUri } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";

export const codeAction: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
  register: (session) => {
    session.connection.onCodeAction(
      guarded(session.connection.console, "codeAction", null, ({ textDocument, range, context }) => {
        const analysis = session.analysis();
        const path = pathOfUri(textDocument.uri);
        const lines = analysis.linesOf(path);
        const wanted = context.only;
        if (lines === undefined || wanted?.every((kind) => !isOrContains(kind, CodeActionKind.QuickFix))) {
          return null;
        }
        return analysis.fixes(path, fromLspRange(lines, range)).map(({ finding, fix }) => ({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          isPreferred: fix.isPreferred,
          diagnostics: [toLspDiagnostic(analysis, lines, finding)],
          edit: {
            changes: {
              [textDocument.uri]: fix.edits.map((edit) => ({
                range: toLspRange(lines, edit.range),
                newText: edit.newText,
              })),
            },
          },
        }));
      }),
    );
  },
};

/** Kinds are hierarchical: who asks for `refactor` wants `refactor.extract`, too; the empty kind contains all. */
function isOrContains(kind: string, inner: string): boolean {
  return kind === "" || inner === kind || inner.startsWith(`${kind}.`);
}

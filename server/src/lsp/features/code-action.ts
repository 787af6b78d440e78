import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { CodeActionKind } from "vscode-languageserver";
import type { Analysis } from "../../analysis.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import type { TextRange } from "../../base/text-range.ts";
import type { FilePath } from "../../facts/model.ts";
import { toLspDiagnostic } from "../convert/diagnostics.ts";
import { fromLspRange, toLspRange } from "../convert/positions.ts";
import { pathOfUri, uriOfPath } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import type { Session } from "../session.ts";

export const codeAction: Feature = {
  capabilities: {
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
  },
  register: (session) => {
    session.connection.onCodeAction(
      guarded(session.connection.console, "codeAction", null, ({ textDocument, range, context }) => {
        const analysis = session.analysis();
        const lines = analysis.linesOf(pathOfUri(textDocument.uri));
        if (lines === undefined) {
          return null;
        }
        const selected = fromLspRange(lines, range);
        const isWanted = (kind: string) => context.only?.some((wanted) => isOrContains(wanted, kind)) ?? true;
        return [
          ...(isWanted(CodeActionKind.QuickFix)
            ? quickFixes(session, analysis, textDocument.uri, selected)
            : []),
          ...(isWanted(CodeActionKind.Refactor) ? additions(analysis, textDocument.uri, selected) : []),
        ];
      }),
    );
  },
};

function quickFixes(
  { abilities }: Session,
  analysis: Analysis,
  uri: string,
  selected: TextRange,
): readonly CodeAction[] {
  const path = pathOfUri(uri);
  const lines = analysis.linesOf(path);
  return analysis.fixes(path, selected).map(({ finding, fix }) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    isPreferred: fix.isPreferred,
    ...(lines === undefined
      ? {}
      : { diagnostics: [toLspDiagnostic(analysis, lines, finding, abilities.rulePages)] }),
    edit: workspaceEdit(analysis, uri, path, fix.edits),
  }));
}

/** New entries in a document of locks: changes of another file than the one that is looked at. */
function additions(analysis: Analysis, uri: string, selected: TextRange): readonly CodeAction[] {
  return analysis.additions(pathOfUri(uri), selected.start).map(({ title, path, edits }) => ({
    title,
    kind: CodeActionKind.Refactor,
    edit: workspaceEdit(analysis, uriOfPath(path), path, edits),
  }));
}

/** @param uri the file's, as the client writes it */
function workspaceEdit(
  analysis: Analysis,
  uri: string,
  path: FilePath,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  const lines = analysis.linesOf(path);
  return lines === undefined
    ? {}
    : {
        changes: { [uri]: edits.map(({ range, newText }) => ({ range: toLspRange(lines, range), newText })) },
      };
}

/** Kinds are hierarchical: who asks for `refactor` wants `refactor.extract`, too; the empty kind contains all. */
function isOrContains(kind: string, inner: string): boolean {
  return kind === "" || inner === kind || inner.startsWith(`${kind}.`);
}

import { createHash } from "node:crypto";
import type {
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { DocumentDiagnosticReportKind } from "vscode-languageserver";
import type { Analysis } from "../../analysis.ts";
import type { FilePath } from "../../facts/model.ts";
import { toLspDiagnostic } from "../convert/diagnostics.ts";
import { pathOfUri, uriOfPath } from "../convert/uris.ts";
import type { Feature } from "../feature.ts";
import { guarded } from "../guard.ts";
import type { Session } from "../session.ts";

/** Findings are pulled: for the open documents one by one, for the workspace all at once. */
export const diagnostics: Feature = {
  capabilities: {
    diagnosticProvider: {
      identifier: "cinder-locks",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    },
  },
  register: (session) => {
    const log = session.connection.console;
    const { languages } = session.connection;
    const answerDocument = guarded<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      log,
      "diagnostic",
      emptyReport(),
      ({ textDocument, previousResultId }) =>
        documentReport(
          diagnosticsOf(session, session.analysis(), pathOfUri(textDocument.uri)),
          previousResultId,
        ),
    );
    languages.diagnostics.on(async (params, token) => {
      // Half an index would say of a document of locks that half its files do not exist.
      if (session.isCatalogDocument(pathOfUri(params.textDocument.uri))) {
        await session.indexed();
      }
      return answerDocument(params, token);
    });
    const answerWorkspace = guarded<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      log,
      "workspace diagnostic",
      { items: [] },
      ({ previousResultIds }) => workspaceReport(session, previousResultIds),
    );
    languages.diagnostics.onWorkspace(async (params, token) => {
      // Answered from half an index, the findings would come only when the client asks again, seconds later.
      await session.indexed();
      return answerWorkspace(params, token);
    });
  },
};

function diagnosticsOf({ abilities }: Session, analysis: Analysis, path: FilePath): Diagnostic[] {
  const lines = analysis.linesOf(path);
  return lines === undefined
    ? []
    : analysis
        .findings(path)
        .map((finding) => toLspDiagnostic(analysis, lines, finding, abilities.rulePages));
}

function emptyReport(): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items: [] };
}

/** The same findings have the same id, and are not sent again. */
function documentReport(items: Diagnostic[], previous: string | undefined): DocumentDiagnosticReport {
  const resultId = createHash("sha1").update(JSON.stringify(items)).digest("hex");
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Files without findings are left out, unless the client still shows some from before. */
function workspaceReport(
  session: Session,
  previousResultIds: readonly { readonly uri: string; readonly value: string }[],
): WorkspaceDiagnosticReport {
  const analysis = session.analysis();
  const previous = new Map(previousResultIds.map(({ uri, value }) => [pathOfUri(uri), { uri, value }]));
  const known = [...analysis.files(), ...analysis.documents()].map(({ path }) => path);
  const paths = new Set([...known.filter((path) => session.isReported(path)), ...previous.keys()]);
  return {
    items: [...paths].flatMap((path): readonly WorkspaceDocumentDiagnosticReport[] => {
      const before = previous.get(path);
      const items = session.isReported(path) ? diagnosticsOf(session, analysis, path) : [];
      return items.length === 0 && before === undefined
        ? []
        : [
            {
              uri: before?.uri ?? uriOfPath(path),
              version: session.versionOf(path) ?? null,
              ...documentReport(items, before?.value),
            },
          ];
    }),
  };
}

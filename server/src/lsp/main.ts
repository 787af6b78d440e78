import type { InitializeParams, InitializeResult, ServerCapabilities } from "vscode-languageserver";
import { DidChangeConfigurationNotification, TextDocumentSyncKind } from "vscode-languageserver";
import { createConnection } from "vscode-languageserver/node";
import { SECTION } from "../settings/schema.ts";
import { loadEngine } from "../workspace/load-engine.ts";
import { pathOfUri } from "./convert/uris.ts";
import type { Feature } from "./feature.ts";
import { codeAction } from "./features/code-action.ts";
import { definition } from "./features/definition.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { documentHighlight } from "./features/document-highlight.ts";
import { hover } from "./features/hover.ts";
import { references } from "./features/references.ts";
import { workspaceSymbol } from "./features/workspace-symbol.ts";
import type { ClientAbilities } from "./session.ts";
import { Session } from "./session.ts";

/** The server's entry: makes the connection that the command line asks for, and a session when a client comes. */

/** Every request that is answered. A new one is one file and one line here. */
const FEATURES: readonly Feature[] = [
  hover,
  definition,
  references,
  documentHighlight,
  workspaceSymbol,
  diagnostics,
  codeAction,
];

declare const CINDER_LOCKS_VERSION: string;

const connection = createConnection();

connection.onInitialize(async (params): Promise<InitializeResult> => {
  const engine = await loadEngine(__dirname, process.env["CINDER_LOCKS_PARSER"]);
  const abilities = abilitiesOf(params);
  const session = new Session(connection, engine, abilities, ownSection(params.initializationOptions));
  for (const feature of FEATURES) {
    feature.register(session);
  }
  connection.onInitialized(() => begin(session, params));
  connection.onDidChangeWatchedFiles(({ changes }) => session.filesChanged(changes));
  connection.onDidChangeConfiguration(({ settings }) => {
    readConfiguration(session, ownSection(settings));
  });
  return {
    serverInfo: { name: "cinder-locks", version: CINDER_LOCKS_VERSION },
    capabilities: capabilitiesOf(abilities),
  };
});

connection.listen();

function abilitiesOf({ capabilities }: InitializeParams): ClientAbilities {
  return {
    links: capabilities.textDocument?.definition?.linkSupport === true,
    progress: capabilities.window?.workDoneProgress === true,
    configuration: capabilities.workspace?.configuration === true,
    folders: capabilities.workspace?.workspaceFolders === true,
    refreshDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
  };
}

function capabilitiesOf({ folders }: ClientAbilities): ServerCapabilities {
  const ofFeatures: ServerCapabilities = Object.assign(
    {},
    ...FEATURES.map((feature) => feature.capabilities),
  );
  return {
    ...ofFeatures,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...(folders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}

function begin(session: Session, { workspaceFolders, rootUri }: InitializeParams): void {
  const { abilities } = session;
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === "string" ? [rootUri] : []);
  session.addFolders(folders.map(pathOfUri));
  if (abilities.folders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      session.removeFolders(removed.map(({ uri }) => pathOfUri(uri)));
      session.addFolders(added.map(({ uri }) => pathOfUri(uri)));
    });
  }
  if (abilities.configuration) {
    void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    readConfiguration(session, undefined);
  }
}

/** Who can be asked for the settings is asked; others send them along. */
function readConfiguration(session: Session, sent: unknown): void {
  if (!session.abilities.configuration) {
    session.setSettings(sent);
    return;
  }
  connection.workspace.getConfiguration(SECTION).then(
    (section: unknown) => session.setSettings(section),
    (error: unknown) => connection.console.warn(`the settings cannot be read: ${String(error)}`),
  );
}

/** Clients send our settings either alone or below our section's name. */
function ownSection(sent: unknown): unknown {
  return typeof sent === "object" && sent !== null && SECTION in sent
    ? (sent as Readonly<Record<string, unknown>>)[SECTION]
    : sent;
}

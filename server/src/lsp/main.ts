import type {
  FileSystemWatcher,
  InitializeParams,
  InitializeResult,
  ServerCapabilities,
} from "vscode-languageserver";
import {
  BulkRegistration,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  WatchKind,
} from "vscode-languageserver";
import { createConnection } from "vscode-languageserver/node";
import { RULE_PAGES_OPTION } from "../protocol/extensions.ts";
import { SECTION } from "../settings/schema.ts";
import { usualCachePlace } from "../workspace/facts-cache.ts";
import { ParserOnDemand } from "../workspace/parser-on-demand.ts";
import { pathOfUri } from "./convert/uris.ts";
import type { Feature } from "./feature.ts";
import { callHierarchy } from "./features/call-hierarchy.ts";
import { codeAction } from "./features/code-action.ts";
import { completion } from "./features/completion.ts";
import { definition } from "./features/definition.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { documentHighlight } from "./features/document-highlight.ts";
import { documentSymbol } from "./features/document-symbol.ts";
import { hover } from "./features/hover.ts";
import { inlayHint } from "./features/inlay-hint.ts";
import { references } from "./features/references.ts";
import { rulePage } from "./features/rule-page.ts";
import { workspaceSymbol } from "./features/workspace-symbol.ts";
import { guardBackground } from "./guard.ts";
import type { ClientAbilities } from "./session.ts";
import { Session } from "./session.ts";

/** The server's entry: makes the connection that the command line asks for, and a session when a client comes. */

/** Every request that is answered. A new one is one file and one line here. */
const FEATURES: readonly Feature[] = [
  hover,
  definition,
  references,
  documentHighlight,
  documentSymbol,
  workspaceSymbol,
  completion,
  diagnostics,
  codeAction,
  callHierarchy,
  inlayHint,
  rulePage,
];

const WATCHERS: FileSystemWatcher[] = [
  { globPattern: "**/*.py" },
  // The documents of locks; which ones is the settings' business.
  { globPattern: "**/*.rst" },
  // Of a folder that is deleted only the folder is told.
  { globPattern: "**", kind: WatchKind.Delete },
];

declare const CINDER_LOCKS_VERSION: string;

const connection = createConnection();

connection.onInitialize(async (params): Promise<InitializeResult> => {
  const wanted = process.env["CINDER_LOCKS_PARSER"];
  const engine = new ParserOnDemand({ folder: __dirname, wanted });
  // The first document that is opened needs it.
  const { note } = await engine.load();
  connection.console.info(note);
  const abilities = abilitiesOf(params);
  const options = ownSection(params.initializationOptions);
  const session = new Session(connection, engine, usualCachePlace(wanted), abilities, options);
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

guardBackground(connection.console);
connection.listen();

function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  return {
    links: capabilities.textDocument?.definition?.linkSupport === true,
    progress: capabilities.window?.workDoneProgress === true,
    configuration: capabilities.workspace?.configuration === true,
    folders: capabilities.workspace?.workspaceFolders === true,
    hearsOfSettings: capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hearsOfFiles: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    refreshDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
    rulePages: rulePagesOf(initializationOptions),
  };
}

/** `undefined` where the client names none, or nothing that a rule's id can be put in. */
function rulePagesOf(options: unknown): string | undefined {
  const named =
    typeof options === "object" && options !== null && RULE_PAGES_OPTION in options
      ? options[RULE_PAGES_OPTION]
      : undefined;
  return typeof named === "string" && named.includes("{rule}") ? named : undefined;
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
    readConfiguration(session, undefined);
  }
  listenFor(abilities);
}

/** What the server wants to hear of, as far as the client lets it be asked for. */
function listenFor({ hearsOfSettings, hearsOfFiles }: ClientAbilities): void {
  const registrations = BulkRegistration.create();
  if (hearsOfSettings) {
    registrations.add(DidChangeConfigurationNotification.type, { section: SECTION });
  }
  if (hearsOfFiles) {
    registrations.add(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
  }
  if (hearsOfSettings || hearsOfFiles) {
    connection.client
      .register(registrations)
      .catch((error: unknown) => connection.console.warn(`changes will not be heard of: ${String(error)}`));
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

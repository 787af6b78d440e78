/**
 * How the server is started, which documents it speaks about and which files it hears about.
 * All answers are the server's own; nothing is decided or changed here on their way.
 */
import { type ExtensionContext, type LogOutputChannel, workspace } from "vscode";
import { LanguageClient, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";
import { SERVER_FLAGS } from "../../server/src/protocol/extensions.ts";
import { RULE_PAGES } from "./rule-pages.ts";

/** The section of the settings, in the manifest and in the protocol. */
const SECTION = "cinderLocks";

/** The documents of Cinder that list its locks. */
const LOCK_DOCUMENTS = ["**/drivers_locking_examples.rst", "**/high_availability.rst"];

/** Python wherever it is edited, and the lock documents; the old side of a diff is none of them. */
export function documentSelector() {
  const named: readonly string[] = workspace.getConfiguration(SECTION).get("documents", []);
  const patterns = [...LOCK_DOCUMENTS, ...named.map((path) => `**/${path}`)];
  return [
    { scheme: "file", language: "python" },
    { scheme: "untitled", language: "python" },
    ...patterns.map((pattern) => ({ scheme: "file", pattern })),
  ];
}

/** A client that is not started yet. The server itself asks for the files and settings that it wants to hear of. */
export function createLanguageClient(context: ExtensionContext, log: LogOutputChannel): LanguageClient {
  return new LanguageClient(
    SECTION,
    "Cinder Locks",
    {
      module: context.asAbsolutePath("dist/server.js"),
      transport: TransportKind.ipc,
      options: { execArgv: [...SERVER_FLAGS] },
    },
    {
      documentSelector: documentSelector(),
      initializationOptions: () => ({ [SECTION]: workspace.getConfiguration(SECTION), ...RULE_PAGES }),
      outputChannel: log,
      // A window in the user's way is no place for a log; the status item and the command lead there.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // A finding may rest on another file, so looking at a document again is a reason to ask again.
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
    },
  );
}

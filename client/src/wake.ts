/**
 * Decides when the extension wakes. Every Python window loads it, but only a window that holds lock code of
 * Cinder's kind is worth a server process; in all others these few listeners are everything there is.
 */
import { Disposable, languages, type TextDocument, type Uri, workspace } from "vscode";
import { importsLocks } from "./lock-imports.ts";

/** The module that every checkout with such locks has, at its root or in a folder below. */
const LOCK_MODULE = "**/{cinder,manila}/coordination.py";

/** A checkout's list of its locks. */
const LOCK_DOCUMENT = {
  scheme: "file",
  pattern: "**/doc/source/contributor/{drivers_locking_examples,high_availability}.rst",
};

/** Copies of other people's code: an installed Cinder does not make its user's project a Cinder checkout. */
const OTHERS_CODE = "**/{node_modules,site-packages,.git,.tox,.nox,.venv,venv}/**";

/** A running watch. */
export interface Watch extends Disposable {
  /** Settles when everything that was there at the start has been looked at. */
  readonly firstLook: Promise<void>;
}

/** Calls `wake` at most once, with the first thing found that has such locks; later finds count like early ones. */
export function watchForLocks(wake: (found: Uri) => void): Watch {
  let isAsleep = true;
  const report = (found: Uri) => {
    if (!isAsleep) return;
    isAsleep = false;
    listeners.dispose();
    wake(found);
  };
  const lookAtDocument = (document: TextDocument) => {
    if (hasLocks(document)) report(document.uri);
  };
  const lookAtFolders = async () => {
    const [lockModule] = await workspace.findFiles(LOCK_MODULE, OTHERS_CODE, 1);
    if (lockModule !== undefined) report(lockModule);
  };
  // A checkout may also arrive later, by `git clone` or `git switch` in an open folder.
  const lockModules = workspace.createFileSystemWatcher(LOCK_MODULE, false, true, true);
  const listeners = Disposable.from(
    workspace.onDidOpenTextDocument(lookAtDocument),
    workspace.onDidChangeTextDocument(({ document }) => lookAtDocument(document)),
    workspace.onDidChangeWorkspaceFolders(lookAtFolders),
    lockModules,
    lockModules.onDidCreate(report),
  );
  workspace.textDocuments.forEach(lookAtDocument);
  const stop = () => {
    isAsleep = false;
    listeners.dispose();
  };
  return { firstLook: isAsleep ? lookAtFolders() : Promise.resolve(), dispose: stop };
}

/** Other schemes, such as the old side of a diff, are no documents of the server and cannot wake it. */
function hasLocks(document: TextDocument): boolean {
  const isOurs = document.uri.scheme === "file" || document.uri.scheme === "untitled";
  const isPython = document.languageId === "python";
  return (
    isOurs && (isPython ? importsLocks(document.getText()) : languages.match(LOCK_DOCUMENT, document) > 0)
  );
}

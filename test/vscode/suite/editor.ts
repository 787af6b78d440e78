/** The editor as the suites use it: waits for events, asks the commands that VS Code itself asks. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../../client/src/extension.ts";

/** The extension under test, as it was installed. */
export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>("cinder-locks.cinder-locks");
  assert.ok(found, "the packaged extension is installed");
  return found;
}

/** Its interface, when it has settled whether to wake. */
export async function activated(): Promise<ExtensionApi> {
  return extension().activate();
}

/** Settles when the server has indexed the workspace. */
export async function indexed(): Promise<void> {
  const { status, onDidChangeStatus } = await activated();
  await eventually(onDidChangeStatus, () => status().state === "ready" || undefined);
}

/** The first defined value of `probe`, looked at now and after each event; the test's own limit ends the wait. */
export function eventually<T>(event: vscode.Event<unknown>, probe: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const listener = event(() => look());
    const look = () => {
      const value = probe();
      if (value === undefined) return;
      listener.dispose();
      resolve(value);
    };
    look();
  });
}

/** A file of the workspace folder. */
export function fileUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, path);
}

/** The place in the middle of the first `text` of a document. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${document.uri.path} contains ${text}`);
  return document.positionAt(offset + Math.floor(text.length / 2));
}

/** All that a hover at the first `text` says, as Markdown. */
export async function hoverText(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    placeOf(document, text),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

/** Our findings in a file that need not be open, when there are some that satisfy `isEnough`. */
export function findings(
  uri: vscode.Uri,
  isEnough: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "cinder-locks");
    return isEnough(ours) ? ours : undefined;
  });
}

/** The rule that a finding is of. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Command lines of the running servers of this very installation. */
export function serverProcesses(): readonly string[] {
  const server = vscode.Uri.joinPath(extension().extensionUri, "dist", "server.js").fsPath;
  return commandLines().filter((line) => line.includes(server));
}

/** Of all processes. Linux needs no program for that, and a small one may have none. */
function commandLines(): readonly string[] {
  if (!existsSync("/proc")) return execFileSync("ps", ["-A", "-o", "args"], { encoding: "utf8" }).split("\n");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(commandLineOf);
}

/** Empty for a process that has ended meanwhile. */
function commandLineOf(process: string): string {
  try {
    return readFileSync(`/proc/${process}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

import { URI } from "vscode-uri";
import type { FilePath } from "../../facts/model.ts";
import { filePathOf, nameOfUnsaved } from "../../workspace/file-paths.ts";

/** Documents are URIs in the protocol and file paths inside. */

export function pathOfUri(uri: string): FilePath {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? filePathOf(parsed.fsPath) : nameOfUnsaved(uri);
}

export function uriOfPath(path: FilePath): string {
  return isFile(path) ? URI.file(path).toString() : path;
}

/** Whether the path is one of the file system, and not the name of an unsaved text. */
export function isFile(path: FilePath): boolean {
  return path.startsWith("/") || /^[A-Za-z]:\//.test(path);
}

import { URI } from "vscode-uri";
import type { FilePath } from "../../facts/model.ts";
import { filePathOf, isFile, nameOfUnsaved } from "../../workspace/file-paths.ts";

/** Documents are URIs in the protocol and file paths inside. */

export function pathOfUri(uri: string): FilePath {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? filePathOf(parsed.fsPath) : nameOfUnsaved(uri);
}

export function uriOfPath(path: FilePath): string {
  return isFile(path) ? URI.file(path).toString() : path;
}

import type { TextDocumentPositionParams } from "vscode-languageserver";
import type { Analysis } from "../analysis.ts";
import type { LineIndex } from "../base/line-index.ts";
import type { FilePath } from "../facts/model.ts";
import { fromLspPosition } from "./convert/positions.ts";
import { pathOfUri } from "./convert/uris.ts";
import type { Session } from "./session.ts";

/** What a request at a position is about, in our own words. */
export interface PointedAt {
  readonly analysis: Analysis;
  readonly path: FilePath;
  readonly lines: LineIndex;
  /** In UTF-16 code units of the file. */
  readonly offset: number;
}

/** `undefined` for a document in which no lock can be. */
export function pointedAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): PointedAt | undefined {
  const analysis = session.analysis();
  const path = pathOfUri(textDocument.uri);
  const lines = analysis.linesOf(path);
  return lines && { analysis, path, lines, offset: fromLspPosition(lines, position) };
}

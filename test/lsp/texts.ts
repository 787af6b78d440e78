/** Places of a text, told by the text itself. */
import assert from "node:assert/strict";
import { relative } from "node:path";
import type { CodeAction, Diagnostic, Location, LocationLink, Position, Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";

/** Where the `|` of a piece of the text stands: `positionOf(text, "coordination.syn|chronized")`. */
export function positionOf(text: string, piece: string): Position {
  const offset = text.indexOf(piece.replace("|", ""));
  assert.ok(piece.includes("|") && offset !== -1, `the text holds ${piece}`);
  return documentOf(text).positionAt(offset + piece.indexOf("|"));
}

export function rangeOf(text: string, piece: string): Range {
  return { start: positionOf(text, `|${piece}`), end: positionOf(text, `${piece}|`) };
}

export function textIn(text: string, range: Range): string {
  return documentOf(text).getText(range);
}

/** A finding with the text that it underlines: `unknown-name-field: volum`. */
export function findingsIn(text: string, findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(({ code, range }) => `${code}: ${textIn(text, range)}`);
}

/** A place with the file's path below a folder and the line as people count it: `cinder/driver.py:12`. */
export function placeBelow(folder: string, place: Location | LocationLink): string {
  const [uri, range] =
    "uri" in place ? [place.uri, place.range] : [place.targetUri, place.targetSelectionRange];
  return `${relative(folder, URI.parse(uri).fsPath)}:${range.start.line + 1}`;
}

/** The text after the edits of an action on one document. */
export function applied(text: string, { edit }: CodeAction): string {
  const [edits, ...others] = Object.values(edit?.changes ?? {});
  assert.ok(edits !== undefined && others.length === 0, "the action edits one document");
  return TextDocument.applyEdits(documentOf(text), edits);
}

function documentOf(text: string): TextDocument {
  return TextDocument.create("test:text", "python", 1, text);
}

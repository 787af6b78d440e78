import type { Connection } from "vscode-languageserver";
import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { FilePath } from "../facts/model.ts";
import { pathOfUri } from "./convert/uris.ts";

/** A document as it is typed so far. */
export interface ChangedDocument {
  readonly path: FilePath;
  readonly text: string;
  readonly isPython: boolean;
}

/** The documents that are open in the editor: their text counts, not the file's. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byPath = new Map<FilePath, TextDocument>();
  readonly #changed = new Set<FilePath>();

  /** @param onClosed is told of a document whose file counts again */
  constructor(onClosed: (path: FilePath) => void) {
    this.#documents.onDidChangeContent(({ document }) => {
      const path = pathOfUri(document.uri);
      this.#byPath.set(path, document);
      this.#changed.add(path);
    });
    this.#documents.onDidClose(({ document }) => {
      const path = pathOfUri(document.uri);
      this.#byPath.delete(path);
      this.#changed.delete(path);
      onClosed(path);
    });
  }

  listen(connection: Connection): void {
    this.#documents.listen(connection);
  }

  textOf(path: FilePath): string | undefined {
    return this.#byPath.get(path)?.getText();
  }

  has(path: FilePath): boolean {
    return this.#byPath.has(path);
  }

  /** The version that the editor gave to the text, or `undefined` for a document that is not open. */
  versionOf(path: FilePath): number | undefined {
    return this.#byPath.get(path)?.version;
  }

  /** Counts all as changed, where not their texts but what these mean may have changed. */
  touch(): void {
    for (const path of this.#byPath.keys()) {
      this.#changed.add(path);
    }
  }

  /** The documents whose text has changed since this was last asked: many keystrokes are read once. */
  takeChanged(): readonly ChangedDocument[] {
    const changed = [...this.#changed].flatMap((path) => {
      const document = this.#byPath.get(path);
      return document === undefined
        ? []
        : { path, text: document.getText(), isPython: document.languageId === "python" };
    });
    this.#changed.clear();
    return changed;
  }
}

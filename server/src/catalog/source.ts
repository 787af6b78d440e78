// Where documented locks come from: the documents of a checkout, or the list that is bundled.
import type { LineIndex } from "../base/line-index.ts";
import { lineIndexOf } from "../base/line-index.ts";
import { compareText } from "../base/order.ts";
import type { FileOrigin, FilePath } from "../facts/model.ts";
import { importRootOf } from "../project/checkouts.ts";
import { bundledCatalog } from "./bundled-catalog.ts";
import type { Catalog } from "./model.ts";
import { parseCatalog } from "./parse.ts";

/** The document that lists the locks of drivers, by its place in the checkout. */
export const DRIVERS_DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";

/** The document with the list "Cinder locking", of the locks outside of drivers. */
export const CORE_DOCUMENT = "doc/source/contributor/high_availability.rst";

/** The documents that are read without being asked for. */
export const CATALOG_DOCUMENTS: readonly string[] = [DRIVERS_DOCUMENT, CORE_DOCUMENT];

/** A document of a checkout that lists locks, as it is written so far. */
export interface CatalogDocument {
  readonly path: FilePath;
  readonly text: string;
  readonly lines: LineIndex;
}

/** A catalog and where it was read. */
export interface CatalogSource {
  readonly catalog: Catalog;
  /** `undefined` for the bundled one. */
  readonly document: CatalogDocument | undefined;
}

/** The source of all documents there are without a checkout's own. */
export const BUNDLED_SOURCE: CatalogSource = { catalog: bundledCatalog, document: undefined };

/**
 * Whether the path is that of a document which lists locks.
 * @param others further documents that the user names, by their place in the checkout
 */
export function isCatalogDocument(path: string, others: readonly string[]): boolean {
  return [...CATALOG_DOCUMENTS, ...others].some((document) => isAt(path, document));
}

/** Whether a path is that of a document at all: which ones list locks is told by {@link isCatalogDocument}. */
export function isRst(path: string): boolean {
  return path.endsWith(".rst");
}

export function readSource(path: FilePath, text: string): CatalogSource {
  return { catalog: parseCatalog(text), document: { path, text, lines: lineIndexOf(text) } };
}

/** The bundled list was made of the drivers' document, and stands for it. */
export function isDriversDocument({ document }: CatalogSource): boolean {
  return document === undefined || isAt(document.path, DRIVERS_DOCUMENT);
}

export function isCoreDocument({ document }: CatalogSource): boolean {
  return document !== undefined && isAt(document.path, CORE_DOCUMENT);
}

/** The sources that count, by path. The bundled list is that of the drivers' document, and gives way to it. */
export function countingSources(documents: Iterable<CatalogSource>): readonly CatalogSource[] {
  const own = [...documents].sort((one, other) =>
    compareText(one.document?.path ?? "", other.document?.path ?? ""),
  );
  return own.some(isDriversDocument) ? own : [BUNDLED_SOURCE, ...own];
}

/**
 * Whether a path is that of a file which the source names. Documents name files from the root of their checkout; with
 * several checkouts side by side each document speaks of its own.
 */
export function namesPath({ document }: CatalogSource, path: string, file: string): boolean {
  const root = document === undefined ? undefined : rootOf(document.path);
  return root === undefined ? isAt(path, file) : path === `${root}${file}`;
}

/** How documents name a file: from the folder on that Python imports from, which is the root of the checkout. */
export function nameOfFile(file: FileOrigin): string {
  return file.path.slice(importRootOf(file).length);
}

/** Whether a source speaks of the checkout that a file lies in. */
export function speaksOf({ document }: CatalogSource, path: string): boolean {
  const root = document === undefined ? undefined : rootOf(document.path);
  return root === undefined || path.startsWith(root);
}

/** What stands before `doc/source/` in a path, with its slash. */
function rootOf(path: string): string | undefined {
  const at = `/${path}`.lastIndexOf("/doc/source/");
  return at < 0 ? undefined : path.slice(0, at);
}

function isAt(path: string, place: string): boolean {
  return path === place || path.endsWith(`/${place}`);
}

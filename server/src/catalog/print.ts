// Writes a list of locks as reStructuredText in the form of the documents. What is written, the parser reads back.
//
//     LIO target:
//       - Lock scope: Node.
//       - Lock name: `'lioadm'`.
import type { NamedFunction } from "./field-words.ts";
import { fileWords, nameWords, scopeWords, whereWords } from "./field-words.ts";
import type { Catalog, CatalogEntry, DocumentedScope } from "./model.ts";

/** What a list of locks says, without where it stands. */
export interface CatalogWords {
  readonly entries: readonly EntryWords[];
  readonly otherFiles: readonly string[];
}

/** What an entry says. What it does not tell is `undefined` or empty. */
export interface EntryWords {
  readonly title: string;
  readonly scope: DocumentedScope | undefined;
  readonly criticalSection: string | undefined;
  readonly names: readonly string[];
  readonly statusRequirements: string | undefined;
  readonly where: readonly NamedFunction[];
  readonly file: string | undefined;
  /** The fields that the form does not know. */
  readonly others: readonly { readonly label: string; readonly value: string }[];
}

/** The longest line, in characters, as in Cinder's documents. */
const WIDTH = 79;

export function wordsOfCatalog({ entries, otherFiles }: Catalog): CatalogWords {
  return { entries: entries.map(wordsOfEntry), otherFiles: otherFiles.map(({ file }) => file) };
}

export function wordsOfEntry(entry: CatalogEntry): EntryWords {
  return {
    title: entry.title.text,
    scope: entry.scope,
    criticalSection: entry.criticalSection?.text,
    names: entry.names.map(({ text }) => text),
    statusRequirements: entry.statusRequirements?.text,
    where: entry.where.map(({ text, kind }) => ({ text, kind })),
    file: entry.file?.text,
    others: entry.fields
      .filter(({ kind }) => kind === "other")
      .map(({ label, value }) => ({ label: label.text, value: value.text })),
  };
}

/** The whole document: a heading, the entries, and the files that take locks, too. */
export function printCatalog({ entries, otherFiles }: CatalogWords): string {
  const sections = [
    `Drivers Locking Examples\n${"=".repeat(24)}\n`,
    ...entries.map(printEntry),
    ...(otherFiles.length === 0 ? [] : [printOtherFiles(otherFiles)]),
  ];
  return sections.join("\n");
}

export function printEntry(entry: EntryWords): string {
  const { title, scope, criticalSection, names, statusRequirements, where, file, others } = entry;
  const fields: readonly (readonly [label: string, words: string | undefined])[] = [
    ["Lock scope", scope && scopeWords(scope)],
    ["Critical section", criticalSection],
    ["Lock name", names.length === 0 ? undefined : nameWords(names)],
    ["Status requirements", statusRequirements],
    ["Where", where.length === 0 ? undefined : whereWords(where)],
    ["File", file === undefined ? undefined : fileWords(file)],
    ...others.map(({ label, value }) => [label, value] as const),
  ];
  const items = fields.flatMap(([label, words]) => (words === undefined ? [] : printField(label, words)));
  return [`${title}:`, ...items, ""].join("\n");
}

function printField(label: string, words: string): string {
  const start = label === "" ? "  - " : `  - ${label}: `;
  return start + wrapped(`${words}.`, start.length, "    ");
}

function printOtherFiles(files: readonly string[]): string {
  return [
    "",
    "Other files",
    "-----------",
    "",
    "Other files that also make use of the locking mechanisms, and can be useful as",
    "reference, are:",
    "",
    ...files.map((file) => `- ${fileWords(file)}`),
    "",
  ].join("\n");
}

/**
 * Words over as many lines as they need.
 * @param column where the first line begins, in characters
 * @param indentation what stands before each further line
 */
export function wrapped(words: string, column: number, indentation: string, lineEnd = "\n"): string {
  let end = column;
  let text = "";
  for (const piece of unbroken(words)) {
    const fits = text === "" || end + 1 + piece.length <= WIDTH;
    const gap = fits ? " " : `${lineEnd}${indentation}`;
    text += text === "" ? piece : gap + piece;
    end = fits ? end + (end === column ? 0 : 1) + piece.length : indentation.length + piece.length;
  }
  return text;
}

/** Words by blanks; what would begin a line as markup, as `-` a list and `..` a comment, stays behind the word before. */
function unbroken(words: string): readonly string[] {
  const pieces: string[] = [];
  for (const word of words.split(" ")) {
    const last = pieces.length - 1;
    if (0 <= last && /^(?:[-*+•]|\.\.)$/.test(word)) pieces[last] += ` ${word}`;
    else pieces.push(word);
  }
  return pieces;
}

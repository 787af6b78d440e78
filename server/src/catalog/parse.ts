// Reads a document in reStructuredText that lists locks: `drivers_locking_examples.rst`, the "Cinder locking" list of
// `high_availability.rst`, or any of their form. Takes every text and never throws: what is odd becomes an issue, what is
// not an entry is passed over. Takes time in proportion to the text.
//
//     HGST driver:
//       - Lock scope: Process.
//       - Lock name: `'hgst'devices'`.
import type { TextRange } from "../base/text-range.ts";
import { readEntry, readFile } from "./entry.ts";
import { describeLock, type ItemPlace, readField } from "./fields.ts";
import { issuesOf } from "./issues.ts";
import { type BulletList, readLists } from "./lists.ts";
import type { Catalog, CatalogEntry, CatalogIssue, OtherFile } from "./model.ts";
import { spanned, withoutStop } from "./spanned.ts";

export function parseCatalog(text: string): Catalog {
  const parts = readLists(text).map((list) => readPart(text, list));
  return {
    entries: parts.flatMap((part) => part.entries ?? []),
    otherFiles: parts.flatMap((part) => part.otherFiles ?? []),
    issues: parts.flatMap((part) => part.issues),
  };
}

interface Part {
  readonly entries?: readonly CatalogEntry[];
  readonly otherFiles?: readonly OtherFile[];
  readonly issues: readonly CatalogIssue[];
}

/** What one bullet list is: an entry, the files of the section "Other files", or nothing to us. */
function readPart(text: string, list: BulletList): Part {
  const fields = list.items.map((item) => readField(text, item));
  if (describeLock(fields)) {
    const entry = readEntry(text, list.title, fields);
    return { entries: [entry], issues: issuesOf(text, entry) };
  }
  return isOtherFiles(text, list.section) ? readOtherFiles(text, list.items) : { issues: [] };
}

function isOtherFiles(text: string, section: TextRange | undefined): boolean {
  return section !== undefined && spanned(text, section).text.toLowerCase().startsWith("other files");
}

function readOtherFiles(text: string, items: readonly ItemPlace[]): Part {
  const otherFiles: OtherFile[] = [];
  const issues: CatalogIssue[] = [];
  for (const item of items) {
    const file = readFile(text, spanned(text, withoutStop(text, item.content)));
    if (file !== undefined && isPath(file.text)) otherFiles.push({ file: file.text, range: file.range });
    else issues.push({ kind: "unreadable-field", field: "file", range: item.range });
  }
  return { otherFiles, issues };
}

function isPath(words: string): boolean {
  return words.includes("/") || words.endsWith(".py");
}

// The bullet lists of a document, each with the line that titles it and the section it stands in.
import type { TextRange } from "../base/text-range.ts";
import { hasKnownLabel, type ItemPlace } from "./fields.ts";
import { type Line, readLines } from "./lines.ts";

export interface BulletList {
  /** The line above that names what the list tells of. */
  readonly title: TextRange | undefined;
  /** The heading above. */
  readonly section: TextRange | undefined;
  readonly items: readonly ItemPlace[];
}

export function readLists(text: string): readonly BulletList[] {
  const lines = readLines(text);
  const lists: BulletList[] = [];
  let section: TextRange | undefined;
  let free = 0;
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (line?.kind === "heading") section = line.range;
    if (line?.kind !== "bullet") {
      index += 1;
      continue;
    }
    const list = readList(text, lines, index);
    lists.push({ title: findTitle(lines, index, free), section, items: list.items });
    index = list.next;
    // A plain item may be the title of the fields nested in it; a field is never the next entry's title.
    if (list.labeled) free = index;
  }
  return lists;
}

interface ReadList {
  readonly items: readonly ItemPlace[];
  /** Whether an item has a label that the form knows. */
  readonly labeled: boolean;
  /** The first line that is not the list's. */
  readonly next: number;
}

function readList(text: string, lines: readonly Line[], first: number): ReadList {
  const indent = lines[first]?.indent ?? 0;
  const items: ItemPlace[] = [];
  let labeled = false;
  let next = first;
  for (; next < lines.length; next += 1) {
    const line = lines[next];
    if (line === undefined || separates(line, indent)) break;
    if (isSkipped(line)) continue;
    const known = line.kind === "bullet" && hasKnownLabel(text, line.content);
    const startsItem = line.kind === "bullet" && (line.indent === indent || (known && labeled));
    if (!startsItem && (known || !continues(line, indent, lines[next - 1]))) break;
    if (startsItem) items.push(line);
    else items.push(extended(items.pop() ?? line, line.range.end));
    labeled ||= known;
  }
  return { items: items.map(place), labeled, next };
}

/** A comment or directive that is not indented as deep as an item's words ends the list. */
function separates(line: Line, indent: number): boolean {
  return line.kind === "hidden" && line.indent <= indent;
}

function isSkipped(line: Line): boolean {
  return line.kind === "blank" || line.kind === "hidden";
}

/** Whether a line goes on with the item above. One that forgot its indentation does too, if no blank line stands between. */
function continues(line: Line, indent: number, above: Line | undefined): boolean {
  if (line.kind !== "text" && line.kind !== "bullet") return false;
  if (line.indent > indent) return true;
  return line.kind === "text" && line.indent === indent && above !== undefined && !isSkipped(above);
}

function extended(item: ItemPlace, end: number): ItemPlace {
  return { range: { start: item.range.start, end }, content: { start: item.content.start, end } };
}

function place(item: ItemPlace): ItemPlace {
  return { range: item.range, content: item.content };
}

/** Looks up from a list for its title, not above the line `free`. */
function findTitle(lines: readonly Line[], first: number, free: number): TextRange | undefined {
  const above = lineAbove(lines, first, free);
  const line = lines[above];
  if (line === undefined || line.indent > (lines[first]?.indent ?? 0)) return undefined;
  if (line.kind === "adornment") return headingOf(lines, above, free);
  const isAdjacent = above === first - 1;
  return isAdjacent || startsParagraph(lines, above, free) ? line.content : undefined;
}

/** Across a blank line only a line that stands alone is a title; the last line of a paragraph is none. */
function startsParagraph(lines: readonly Line[], index: number, free: number): boolean {
  const above = lines[index - 1];
  return index === free || above === undefined || isSkipped(above);
}

/** The nearest line above that says something, or -1. */
function lineAbove(lines: readonly Line[], index: number, free: number): number {
  for (let above = index - 1; above >= free; above -= 1) {
    const line = lines[above];
    if (line !== undefined && !isSkipped(line)) return above;
  }
  return -1;
}

function headingOf(lines: readonly Line[], adornment: number, free: number): TextRange | undefined {
  const heading = adornment - 1 >= free ? lines[adornment - 1] : undefined;
  return heading?.kind === "heading" ? heading.range : undefined;
}

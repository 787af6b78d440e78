// One list item as a labeled field. Knows how the documents label what they tell of a lock, not what the values mean.
import type { TextRange } from "../base/text-range.ts";
import type { CatalogField, FieldKind } from "./model.ts";
import { sliceOf, spanned, withoutStop } from "./spanned.ts";

const KINDS: ReadonlyMap<string, FieldKind> = new Map([
  ["lock scope", "scope"],
  ["critical section", "critical-section"],
  ["lock name", "name"],
  ["lock names", "name"],
  ["status requirement", "status-requirements"],
  ["status requirements", "status-requirements"],
  ["where", "where"],
  ["file", "file"],
  ["files", "file"],
]);

/** Labels that stand in other lists too, so that they alone do not make a list a lock's entry. */
const COMMON_KINDS: ReadonlySet<FieldKind> = new Set(["where", "file", "other"]);

/** An item's place: `range` begins at the bullet, `content` behind it; both end where the item's last line ends. */
export interface ItemPlace {
  readonly range: TextRange;
  readonly content: TextRange;
}

export function readField(text: string, item: ItemPlace): CatalogField {
  const colon = labelEnd(text, item.content);
  const label = spanned(text, { start: item.content.start, end: colon ?? item.content.start });
  const valueStart = colon === undefined ? item.content.start : colon + 1;
  const value = spanned(text, withoutStop(text, { start: valueStart, end: item.content.end }));
  return { kind: kindOf(label.text), range: item.range, label, value };
}

/** Whether the fields are those of a documented lock. */
export function describeLock(fields: readonly CatalogField[]): boolean {
  return fields.some((field) => !COMMON_KINDS.has(field.kind));
}

/** Whether an item that begins with this line has a label that the form knows. */
export function hasKnownLabel(text: string, firstLine: TextRange): boolean {
  const colon = labelEnd(text, firstLine);
  return colon !== undefined && kindOf(text.slice(firstLine.start, colon)) !== "other";
}

/** Where the colon behind the label stands. A colon on a later line or within quotes ends no label. */
function labelEnd(text: string, content: TextRange): number | undefined {
  const [firstLine = ""] = sliceOf(text, content).split("\n", 1);
  const colon = firstLine.indexOf(":");
  if (colon < 0 || firstLine.slice(0, colon).includes("`")) return undefined;
  return content.start + colon;
}

function kindOf(label: string): FieldKind {
  return KINDS.get(label.trim().split(/\s+/).join(" ").toLowerCase()) ?? "other";
}

import type { TextRange } from "../../base/text-range.ts";
import type { CatalogEntry } from "../../catalog/model.ts";
import type { DocumentSource } from "./lookup.ts";

/** What an editor shows of a document beside its text: an entry with its fields, or a mentioned file. */
export interface OutlineItem {
  readonly kind: "lock" | "field" | "file";
  readonly name: string;
  readonly detail: string;
  readonly range: TextRange;
  /** What of it is shown when it is chosen; lies in `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineItem[];
}

export function outline({ catalog }: DocumentSource): readonly OutlineItem[] {
  const files = catalog.otherFiles.map(
    ({ file, range }): OutlineItem => ({
      kind: "file",
      name: file,
      detail: "",
      range,
      selection: range,
      children: [],
    }),
  );
  return [...catalog.entries.map(lockItem), ...files].sort(
    (one, other) => one.range.start - other.range.start,
  );
}

function lockItem({ title, names, range, fields }: CatalogEntry): OutlineItem {
  return {
    kind: "lock",
    name: title.text === "" ? "(no title)" : title.text,
    detail: names.map(({ text }) => text).join(" or "),
    range,
    selection: title.range,
    children: fields.map((field) => ({
      kind: "field",
      name: field.label.text === "" ? "(no label)" : field.label.text,
      detail: field.value.text,
      range: field.range,
      selection: field.value.range,
      children: [],
    })),
  };
}

import type { TextEdit } from "../base/text-edit.ts";
import type { TextRange } from "../base/text-range.ts";
import type { LockOption, LockSite } from "../facts/model.ts";

/** Takes an argument out of the call, with the comma before it. */
export function removeOption(site: LockSite, option: LockOption): TextEdit {
  const before = argumentRanges(site)
    .filter((range) => range.end <= option.range.start)
    .at(-1);
  return { range: { start: before?.end ?? option.range.start, end: option.range.end }, newText: "" };
}

/** Writes an argument behind the last one. */
export function addOption(site: LockSite, text: string): TextEdit {
  const end = argumentRanges(site).at(-1)?.end ?? site.range.end - 1;
  return { range: { start: end, end }, newText: `, ${text}` };
}

function argumentRanges(site: LockSite): readonly TextRange[] {
  return [...site.names, ...site.options]
    .map(({ range }) => range)
    .sort((one, other) => one.start - other.start);
}

import type { TextRange } from "./text-range.ts";

/** A change of a text: what stands at `range` becomes `newText`. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The text after edits that do not overlap, in any order; of those at one place the first stands first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort(
    (one, other) => one.range.start - other.range.start || one.range.end - other.range.end,
  );
  let result = "";
  let end = 0;
  for (const { range, newText } of inOrder) {
    result += text.slice(end, range.start) + newText;
    end = range.end;
  }
  return result + text.slice(end);
}

/** A stretch of a text: `start` inclusive, `end` exclusive, in UTF-16 code units from the text's beginning. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Whether `offset` lies in the range or directly behind it, as a cursor at a word's end does. */
export function touches(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Whether `inner` lies wholly in `outer`. */
export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two have a code unit in common. */
export function overlaps(one: TextRange, other: TextRange): boolean {
  return one.start < other.end && other.start < one.end;
}

/** The range moved by some code units. */
export function shifted({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

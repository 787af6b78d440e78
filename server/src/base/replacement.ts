/** One stretch of a text that makes another text when it is replaced. Offsets are UTF-16 code units. */
export interface Replacement {
  readonly start: number;
  /** Where it ends in the text as it was. */
  readonly oldEnd: number;
  /** Where it ends in the text as it is. */
  readonly newEnd: number;
}

/** The smallest replacement that leads from one text to the other: all before and behind it is the same in both. */
export function replacementBetween(before: string, after: string): Replacement {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start += 1;
  }
  let behind = 0;
  while (
    behind < shorter - start &&
    before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind)
  ) {
    behind += 1;
  }
  return { start, oldEnd: before.length - behind, newEnd: after.length - behind };
}

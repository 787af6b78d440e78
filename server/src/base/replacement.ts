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
  const start = longestLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const behind = longestLength(
    shorter - start,
    (from, to) =>
      before.slice(before.length - to, before.length - from) ===
      after.slice(after.length - to, after.length - from),
  );
  return { start, oldEnd: before.length - behind, newEnd: after.length - behind };
}

/** How far two texts are the same. Halves are compared as a whole, many times as fast as one letter after the other. */
function longestLength(longest: number, isSame: (from: number, to: number) => boolean): number {
  let same = 0;
  let differs = longest + 1;
  while (same + 1 < differs) {
    const middle = Math.floor((same + differs) / 2);
    if (isSame(same, middle)) {
      same = middle;
    } else {
      differs = middle;
    }
  }
  return same;
}

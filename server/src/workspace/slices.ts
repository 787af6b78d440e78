/** Long work in slices, so that others have their turn in between. */

/** How long one slice may take, in milliseconds. */
export const SLICE = 20;

/** What the work gives, after each slice what came of it; one item is worked off in any case. */
export function* slicesOf<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Result | undefined,
  duration: number = SLICE,
): Generator<readonly Result[]> {
  let slice: Result[] = [];
  let sliceEnd = performance.now() + duration;
  for (const item of items) {
    const result = work(item);
    if (result !== undefined) {
      slice.push(result);
    }
    if (sliceEnd <= performance.now()) {
      yield slice;
      slice = [];
      sliceEnd = performance.now() + duration;
    }
  }
  if (0 < slice.length) {
    yield slice;
  }
}

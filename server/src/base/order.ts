/** Compares two strings by code unit: the same order on every machine, whatever its language. */
export function compareText(one: string, other: string): number {
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

/** The items with the same key together, keys and items in the order in which they came. */
export function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** The values with the same key together, keys and values in the order in which they came. */
export function valuesByKey<Key, Value>(
  entries: Iterable<readonly [key: Key, value: Value]>,
): ReadonlyMap<Key, readonly Value[]> {
  const values = new Map<Key, readonly Value[]>();
  for (const [key, group] of groupBy(entries, ([key]) => key)) {
    values.set(
      key,
      group.map(([, value]) => value),
    );
  }
  return values;
}

/** The items by their offsets; those that are in order already, as they mostly are, are not sorted. */
export function inOrderOf<Item>(items: readonly Item[], offsetOf: (item: Item) => number): readonly Item[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const offset = offsetOf(item);
    if (offset < last) {
      return [...items].sort((one, other) => offsetOf(one) - offsetOf(other));
    }
    last = offset;
  }
  return items;
}

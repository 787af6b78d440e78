/** The one whose path has the longest beginning in common with `from`; of equally near ones the first. */
export function nearest<Item>(
  from: string,
  items: readonly Item[],
  pathOf: (item: Item) => string,
): Item | undefined {
  const lengths = items.map((item) => commonLength(pathOf(item), from));
  return items[lengths.indexOf(Math.max(...lengths))];
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) {
    length += 1;
  }
  return length;
}

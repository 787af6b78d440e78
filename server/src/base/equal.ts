/**
 * Whether two values of plain data are equal: objects, arrays, maps and sets by what they hold and in which order, all
 * else by itself. Where both values are such that `counts` denies it, they are taken as equal.
 */
export function equal(
  one: unknown,
  other: unknown,
  counts: (value: object) => boolean = () => true,
): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return false;
  }
  if (!counts(one) && !counts(other)) {
    return true;
  }
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) {
    return false;
  }
  if (isIterable(one) && isIterable(other)) {
    const [items, others] = [[...one], [...other]];
    return items.length === others.length && items.every((item, at) => equal(item, others[at], counts));
  }
  const [entries, others] = [Object.entries(one), Object.entries(other)];
  return (
    entries.length === others.length &&
    entries.every(([key, value], at) => key === others[at]?.[0] && equal(value, others[at][1], counts))
  );
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

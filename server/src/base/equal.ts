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
  // While somebody types, all that a file says is compared: no list of it is copied.
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => equal(item, other[at], counts));
  }
  if (isIterable(one) && isIterable(other)) {
    return equal([...one], [...other], counts);
  }
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every(
      (key, at) =>
        key === others[at] && equal(one[key as keyof typeof one], other[key as keyof typeof other], counts),
    )
  );
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

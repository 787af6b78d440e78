/**
 * Whether two values of plain data are equal: objects by what they hold, arrays, maps and sets also in which order, all
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
  return haveEqualValues(one as PlainObject, other as PlainObject, counts);
}

type PlainObject = Readonly<Record<string, unknown>>;

/** In a loop, as the lists of keys would be the most that is made while somebody types. */
function haveEqualValues(one: PlainObject, other: PlainObject, counts: (value: object) => boolean): boolean {
  let more = 0;
  for (const key in one) {
    if (!(Object.hasOwn(other, key) && equal(one[key], other[key], counts))) {
      return false;
    }
    more += 1;
  }
  for (const _key in other) {
    more -= 1;
  }
  return more === 0;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

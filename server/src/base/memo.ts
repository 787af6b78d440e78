/** A table that lives as long as a value, to be filled with what is known because of it. */
export function tableFor<Key extends object, Known>(): (source: object) => WeakMap<Key, Known> {
  return derived((_source: object) => new WeakMap<Key, Known>());
}

/**
 * A function of an immutable value that remembers its result for as long as the value lives. What it returns is as
 * immutable as what it is given, so nothing can be stale.
 */
export function derived<Source extends object, Result>(
  compute: (source: Source) => Result,
): (source: Source) => Result {
  return derivedBy((source) => source, compute);
}

/**
 * The same for a part of a whole, where no more than one aspect of the whole matters beside the part itself: all wholes
 * that share the aspect share what is known of their parts.
 */
export function derivedOfParts<Whole, Part extends object, Result>(
  aspectOf: (whole: Whole) => object,
  compute: (whole: Whole, part: Part) => Result,
): (whole: Whole, part: Part) => Result {
  const tables = tableFor<Part, { readonly result: Result }>();
  return (whole, part) => {
    const table = tables(aspectOf(whole));
    let known = table.get(part);
    if (known === undefined) {
      known = { result: compute(whole, part) };
      table.set(part, known);
    }
    return known.result;
  };
}

/** The same for a result that hangs on a part of the value alone: all values that share the part share the result. */
export function derivedBy<Source, Result>(
  partOf: (source: Source) => object,
  compute: (source: Source) => Result,
): (source: Source) => Result {
  const results = new WeakMap<object, { readonly result: Result }>();
  return (source) => {
    const part = partOf(source);
    let known = results.get(part);
    if (known === undefined) {
      known = { result: compute(source) };
      results.set(part, known);
    }
    return known.result;
  };
}

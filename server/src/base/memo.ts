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
  const results = new WeakMap<Source, { readonly result: Result }>();
  return (source) => {
    let known = results.get(source);
    if (known === undefined) {
      known = { result: compute(source) };
      results.set(source, known);
    }
    return known.result;
  };
}

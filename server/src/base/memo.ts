/** Adds the private fields of the classes below it to the object that it is given. */
class Extended {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: it is the only way to add a private field to an object
    return object;
  }
}

/** Where something is remembered of an object. */
interface Memory<Known> {
  known?: Known;
}

/**
 * The memory that every object has for one purpose, in a private field: copies and comparisons know nothing of it. What a
 * `WeakMap` holds outlives all quick collections of garbage, and while somebody types that would be most of what is made.
 */
function memories<Known>(): (object: object) => Memory<Known> {
  class Remembering extends Extended {
    readonly #memory: Memory<Known> = {};

    static memoryOf(object: object): Memory<Known> {
      const remembering = #memory in object ? object : new Remembering(object);
      return remembering.#memory;
    }
  }
  return Remembering.memoryOf;
}

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
  // In the part, as that may live for a keystroke while the aspect stays.
  const tables = tableFor<object, { readonly result: Result }>();
  return (whole, part) => {
    const table = tables(part);
    const aspect = aspectOf(whole);
    let known = table.get(aspect);
    if (known === undefined) {
      known = { result: compute(whole, part) };
      table.set(aspect, known);
    }
    return known.result;
  };
}

/** The same for a result that hangs on a part of the value alone: all values that share the part share the result. */
export function derivedBy<Source, Result>(
  partOf: (source: Source) => object,
  compute: (source: Source) => Result,
): (source: Source) => Result {
  const memoryOf = memories<{ readonly result: Result }>();
  return (source) => {
    const memory = memoryOf(partOf(source));
    memory.known ??= { result: compute(source) };
    return memory.known.result;
  };
}

/** The same for each name, with what hangs on the name and on a part of the value alone. */
export function derivedByName<Source, Result>(
  partOf: (source: Source) => object,
  compute: (source: Source, name: string) => Result,
): (source: Source, name: string) => Result {
  const tables = derived((_part: object) => new Map<string, { readonly result: Result }>());
  return (source, name) => {
    const table = tables(partOf(source));
    const known = table.get(name) ?? { result: compute(source, name) };
    table.set(name, known);
    return known.result;
  };
}

/** The same for names alone, as long as the function itself lives. */
export function rememberedByName<Result>(compute: (name: string) => Result): (name: string) => Result {
  const results = new Map<string, { readonly result: Result }>();
  return (name) => {
    const known = results.get(name) ?? { result: compute(name) };
    results.set(name, known);
    return known.result;
  };
}

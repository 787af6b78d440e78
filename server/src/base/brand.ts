/** A `Base` that only one module mints, so that a plain value cannot be passed where a `Name` is meant. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name };

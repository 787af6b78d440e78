import type { ApiUse } from "../../facts/lock-apis.ts";
import { lockApiNamed, lockObjectNamed, prefixedApiNamed } from "../../facts/lock-apis.ts";
import type { FileFacts, LockWrapper } from "../../facts/model.ts";
import type { Value, ValueArgument } from "../../facts/value.ts";
import { fileOfModule, outwards, qualifiedInModule } from "./modules.ts";
import type { Located, Surroundings } from "./values.ts";
import { settle } from "./values.ts";

/** What a name of the project stands for, where it is not the lock API itself but leads to one. */
export type LockMeaning =
  /** Another name for a lock API, perhaps with some arguments bound: `partial(utils.synchronized, external=True)`. */
  | {
      readonly kind: "alias";
      readonly use: ApiUse;
      readonly bound: readonly ValueArgument[];
      readonly variable: Located | undefined;
    }
  /** What a call of a lock API gave: a decorator or a lock that is kept in a variable. */
  | {
      readonly kind: "kept";
      readonly use: ApiUse;
      readonly passed: readonly ValueArgument[];
      readonly variable: Located;
    }
  /** A lock that is an object. */
  | { readonly kind: "object"; readonly use: ApiUse; readonly variable: Located }
  | { readonly kind: "wrapper"; readonly file: FileFacts; readonly wrapper: LockWrapper };

/** How many steps from alias to alias are followed. */
const MOST_STEPS = 6;

/**
 * What a dotted name may stand for, as seen from its surroundings: several where a variable has several values; none
 * where it has nothing to do with locks, `undefined` where one of its values is not known.
 */
export function meaningsOf(
  where: Surroundings,
  name: string,
  steps: number = MOST_STEPS,
): readonly LockMeaning[] | undefined {
  if (steps === 0) {
    return undefined;
  }
  const values = settle(where, { kind: "name", name });
  if (values === undefined) {
    const meaning = definedMeaning(where, name);
    return meaning === undefined ? undefined : [meaning];
  }
  const meanings = values.map((value) => meaningOfValue(value, steps));
  const known = meanings.filter((meaning) => meaning !== undefined);
  return known.length === meanings.length ? known.flat() : undefined;
}

function meaningOfValue(variable: Located, steps: number): readonly LockMeaning[] | undefined {
  const { where, value, owner } = variable;
  const api = owner === undefined ? undefined : apiMeaning(owner);
  if (api !== undefined) {
    return [api];
  }
  switch (value.kind) {
    case "call":
      return meaningOfCall(variable, value, steps);
    case "name": {
      const meaning = definedMeaning(where, value.name);
      return meaning === undefined
        ? undefined
        : [meaning.kind === "alias" ? { ...meaning, variable } : meaning];
    }
    default:
      return undefined;
  }
}

/** What a variable is that was given the result of a call. */
function meaningOfCall(
  variable: Located,
  { callee, passed }: Value & { readonly kind: "call" },
  steps: number,
): readonly LockMeaning[] | undefined {
  const { where } = variable;
  const [first, ...more] = passed;
  const object = qualified(where, callee, lockObjectNamed);
  if (object !== undefined) {
    return [{ kind: "object", use: object, variable }];
  }
  const prefixed = qualified(where, callee, prefixedApiNamed);
  if (prefixed !== undefined) {
    const bound = first === undefined ? [] : [{ keyword: "lock_file_prefix", value: first.value }];
    return [{ kind: "alias", use: prefixed, bound, variable }];
  }
  if (/(?:^|\.)partial$/.test(callee) && first?.value.kind === "name") {
    return meaningsOf(where, first.value.name, steps - 1)?.flatMap((meaning) =>
      meaning.kind === "alias" ? { ...meaning, bound: [...meaning.bound, ...more], variable } : [],
    );
  }
  const made = meaningsOf(where, callee, steps - 1);
  return made?.flatMap((meaning) =>
    meaning.kind === "alias"
      ? { kind: "kept", use: meaning.use, passed: [...meaning.bound, ...passed], variable }
      : [],
  );
}

/** What a name is that no variable has: a lock API, perhaps re-exported, or a wrapper that is defined somewhere. */
function definedMeaning(where: Surroundings, name: string): LockMeaning | undefined {
  const own = outwards(where.functionName)
    .map((scope) => wrapperIn(where.file, scope === "" ? name : `${scope}.${name}`))
    .find((found) => found !== undefined);
  return (
    own ??
    qualified(where, name, (qualifiedName) => apiMeaning(qualifiedName) ?? wrapperNamed(where, qualifiedName))
  );
}

function apiMeaning(qualifiedName: string): LockMeaning | undefined {
  const use = lockApiNamed(qualifiedName);
  return use === undefined ? undefined : { kind: "alias", use, bound: [], variable: undefined };
}

function wrapperNamed({ index, file }: Surroundings, qualifiedName: string): LockMeaning | undefined {
  const parts = qualifiedName.split(".");
  for (let length = parts.length - 1; 0 < length; length -= 1) {
    const module = fileOfModule(index, parts.slice(0, length).join("."), file.path);
    if (module !== undefined) {
      return wrapperIn(module, parts.slice(length).join("."));
    }
  }
  return undefined;
}

function wrapperIn(file: FileFacts, name: string): LockMeaning | undefined {
  const wrapper = file.wrappers.find((each) => each.name === name);
  return wrapper === undefined ? undefined : { kind: "wrapper", file, wrapper };
}

function qualified<Found>(
  { index, file, functionName }: Surroundings,
  name: string,
  find: (qualifiedName: string) => Found | undefined,
): Found | undefined {
  return qualifiedInModule(index, file, name, find, functionName);
}

import type {
  DecoratedFunction,
  FileFacts,
  LockWrapper,
  NamedUse,
  WrapperLevel,
  WrapperParameter,
} from "../../facts/model.ts";
import type { Value } from "../../facts/value.ts";
import type { Bindings, Located, Surroundings } from "../resolve/values.ts";

/**
 * What the parameters of a wrapper's functions stand for where it is applied: arguments of the application, the decorated
 * function, and what that one will be called with.
 */

/**
 * @param outside where the arguments of the application are evaluated
 * @param inside where the parameters of the decorated function have their meaning
 */
export function bindingsOf(
  file: FileFacts,
  wrapper: LockWrapper,
  use: NamedUse,
  outside: Surroundings,
  inside: Surroundings,
): Bindings {
  const defaults: Surroundings = { ...outside, file, functionName: "", self: undefined, bindings: undefined };
  return {
    functions: new Map(
      wrapper.levels.map((level) => {
        const where = level.given === "application" ? outside : inside;
        return [level.functionName, parametersOf(level, use, where, defaults)] as const;
      }),
    ),
    areForeign: true,
  };
}

function parametersOf(
  level: WrapperLevel,
  use: NamedUse,
  where: Surroundings,
  defaults: Surroundings,
): ReadonlyMap<string, Located> {
  const given = givenTo(level, use);
  return new Map(
    level.parameters.flatMap((parameter): readonly (readonly [string, Located])[] => {
      const value = given.get(parameter.name);
      if (value !== undefined) {
        return [[parameter.name, { where, value, owner: undefined }]];
      }
      return parameter.default === undefined
        ? []
        : [[parameter.name, { where: defaults, value: parameter.default, owner: undefined }]];
    }),
  );
}

function givenTo(level: WrapperLevel, use: NamedUse): ReadonlyMap<string, Value> {
  switch (level.given) {
    case "application":
      return byApplication(level, use);
    case "function": {
      const [given] = level.parameters;
      return new Map(
        given === undefined || use.target === undefined ? [] : [[given.name, allArguments(use.target)]],
      );
    }
    case "call":
      return use.target === undefined ? new Map() : byCall(level, use.target);
  }
}

/** `@locked('x', external=True)`. */
function byApplication({ parameters }: WrapperLevel, { passed = [] }: NamedUse): ReadonlyMap<string, Value> {
  const positional = passed.filter(({ by }) => by === "position");
  return new Map(
    parameters.flatMap(({ name }, position): readonly (readonly [string, Value])[] => {
      const argument = passed.find(({ keyword }) => keyword === name) ?? positional[position];
      return argument === undefined ? [] : [[name, argument.value]];
    }),
  );
}

/** What the wrapper's own function is called with instead of the decorated one. */
function byCall({ parameters }: WrapperLevel, target: DecoratedFunction): ReadonlyMap<string, Value> {
  const plainCount = parameters.filter(({ kind }) => kind === "plain").length;
  return new Map(
    parameters.flatMap((parameter, position): readonly (readonly [string, Value])[] => {
      const value = valueByCall(parameter, position, plainCount, target);
      return value === undefined ? [] : [[parameter.name, value]];
    }),
  );
}

function valueByCall(
  { kind }: WrapperParameter,
  position: number,
  plainCount: number,
  target: DecoratedFunction,
): Value | undefined {
  switch (kind) {
    case "plain": {
      const parameter = target.parameters[position];
      return parameter?.kind === "plain" ? { kind: "name", name: parameter.name } : undefined;
    }
    case "sequence":
      return argumentsFrom(target, plainCount);
    case "mapping":
      return allArguments(target);
  }
}

/** All arguments by the names of the parameters, as `inspect.getcallargs` tells them. */
function allArguments({ parameters }: DecoratedFunction): Value {
  return {
    kind: "mapping",
    entries: new Map(parameters.map(({ name }) => [name, { kind: "name", name }])),
    isComplete: parameters.every(({ kind }) => kind !== "mapping"),
  };
}

/** The arguments by position, from a given one on: `args[0]`. */
function argumentsFrom({ parameters }: DecoratedFunction, first: number): Value {
  const given = parameters.filter(({ kind }) => kind === "plain").slice(first);
  return {
    kind: "mapping",
    entries: new Map(given.map(({ name }, position) => [String(position), { kind: "name", name }])),
    isComplete: parameters.every(({ kind }) => kind !== "sequence"),
  };
}

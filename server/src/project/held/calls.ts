import { lastWord } from "../../base/dotted-name.ts";
import { derived, derivedBy, derivedOfParts } from "../../base/memo.ts";
import type { BodyCall, FileFacts } from "../../facts/model.ts";
import { filesInOrder, type ProjectIndex, sameNames } from "../project-index.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import { classReferredTo, lookupOrder, subclassesOf } from "../resolve/classes.ts";
import { outwards, qualifiedInModule } from "../resolve/modules.ts";
import { settle } from "../resolve/values.ts";
import { type FunctionInProject, functionNamed, methodOf } from "./functions.ts";

/** Which functions a call may run. */

export interface CallTarget {
  readonly called: FunctionInProject;
  /** Whether the called method works on the same object. */
  readonly isSameObject: boolean;
  /** Whether it is this function for every object that the caller may be a method of. */
  readonly isCertain: boolean;
}

/**
 * The functions that a call may run; none where the project does not tell.
 * @param receiver the class of the object that the caller works on, or one that it inherits from
 */
export function targetsOf(
  index: ProjectIndex,
  caller: FunctionInProject,
  call: BodyCall,
  receiver: ClassInProject | undefined,
): readonly CallTarget[] {
  return functionsRun(index, namedTargets(index, caller, call, receiver));
}

/** The functions that go by these names. */
export function functionsRun(index: ProjectIndex, targets: readonly NamedTarget[]): readonly CallTarget[] {
  return targets.flatMap(({ name, ...how }) => {
    const called = functionNamed(index, name);
    return called === undefined ? [] : { ...how, called };
  });
}

/** The same by their names, which they keep while locks are edited. */
export function namedTargets(
  index: ProjectIndex,
  caller: FunctionInProject,
  call: BodyCall,
  receiver: ClassInProject | undefined,
): readonly NamedTarget[] {
  const { targets } = resolvedCalls(index, caller, receiver);
  const known =
    targets.get(call) ??
    findTargets(index, caller, call, receiver).map(({ called, ...how }) => ({
      ...how,
      name: called.qualifiedName,
    }));
  targets.set(call, known);
  return known;
}

/** A call with the functions of the project that it may run, by their names. */
export interface ResolvedCall {
  readonly call: BodyCall;
  readonly targets: readonly NamedTarget[];
}

/** The calls of a function that may run a function of the project by the name that they call, in the order of the text. */
export function callsIntoProject(
  index: ProjectIndex,
  caller: FunctionInProject,
  receiver: ClassInProject | undefined,
): readonly ResolvedCall[] {
  const resolved = resolvedCalls(index, caller, receiver);
  resolved.intoProject ??= callsByFunctionWords(index, caller)
    .map((call) => ({ call, targets: namedTargets(index, caller, call, receiver) }))
    .filter(({ targets }) => 0 < targets.length);
  return resolved.intoProject;
}

/** Most calls go elsewhere. */
function callsByFunctionWords(index: ProjectIndex, { body }: FunctionInProject): readonly BodyCall[] {
  const words = functionWords(index);
  return body.calls.filter(({ callee }) => words.has(lastWord(callee)));
}

/** The last words of the names of all functions. */
const functionWords = derivedBy(
  sameNames,
  (index: ProjectIndex): ReadonlySet<string> => new Set(filesInOrder(index).flatMap(functionWordsIn)),
);

const functionWordsIn = derived((file: FileFacts): readonly string[] => [
  ...new Set(file.bodies.map(({ name }) => lastWord(name))),
]);

/** The one function that a call runs, whatever the object; `undefined` where it may be another. */
export function surelyCalled(
  index: ProjectIndex,
  caller: FunctionInProject,
  call: BodyCall,
): FunctionInProject | undefined {
  const [target] = targetsOf(index, caller, call, caller.owner);
  return target?.isCertain === true ? target.called : undefined;
}

export type NamedTarget = Omit<CallTarget, "called"> & { readonly name: string };

/** What is known of the calls of a function. */
interface ResolvedCalls {
  readonly targets: Map<BodyCall, readonly NamedTarget[]>;
  intoProject?: readonly ResolvedCall[];
}

function resolvedCalls(
  index: ProjectIndex,
  { body, qualifiedName }: FunctionInProject,
  receiver: ClassInProject | undefined,
): ResolvedCalls {
  const byCaller = tables(index, body.calls);
  const key = `${qualifiedName} ${receiver?.qualifiedName ?? ""}`;
  const known = byCaller.get(key) ?? { targets: new Map() };
  byCaller.set(key, known);
  return known;
}

/** By the calls of a function, which stay while others are edited, and its name: others may be of the same text. */
const tables = derivedOfParts(
  sameNames,
  (_index: ProjectIndex, _calls: readonly BodyCall[]) => new Map<string, ResolvedCalls>(),
);

function findTargets(
  index: ProjectIndex,
  caller: FunctionInProject,
  { callee }: BodyCall,
  receiver: ClassInProject | undefined,
): readonly CallTarget[] {
  const [head = "", second = "", third] = callee.split(".");
  if (head === "self" || head === "cls") {
    if (receiver === undefined) {
      return [];
    }
    return third === undefined
      ? ofFamily(index, receiver, second, true)
      : ofAttribute(index, caller, receiver, `${head}.${second}`, third);
  }
  if (head === "super()") {
    return receiver === undefined || third !== undefined ? [] : inherited(index, caller, receiver, second);
  }
  const found = nestedFunction(index, caller, callee) ?? moduleFunction(index, caller, callee);
  return found === undefined ? [] : [{ called: found, isSameObject: false, isCertain: true }];
}

/** The method of a class, and those that take its place in subclasses. */
function ofFamily(
  index: ProjectIndex,
  owner: ClassInProject,
  name: string,
  isSameObject: boolean,
): readonly CallTarget[] {
  const methods = new Set(
    [owner, ...subclassesOf(index, owner)].flatMap((each) => methodOf(index, each, name) ?? []),
  );
  return [...methods].map((called) => ({ called, isSameObject, isCertain: methods.size === 1 }));
}

/** `self.common.attach()`: the class of the attribute is known where it is assigned. */
function ofAttribute(
  index: ProjectIndex,
  { file, body }: FunctionInProject,
  receiver: ClassInProject,
  attribute: string,
  name: string,
): readonly CallTarget[] {
  const where = { index, file, functionName: body.name, self: receiver, bindings: undefined };
  const values = settle(where, { kind: "name", name: attribute }) ?? [];
  const classes = new Set(
    values.flatMap(({ where: there, value }) =>
      value.kind === "call" ? (classReferredTo(index, there.file, value.callee) ?? []) : [],
    ),
  );
  const isOne = classes.size === 1 && values.length === 1;
  return [...classes]
    .flatMap((each) => ofFamily(index, each, name, false))
    .map((target) => ({ ...target, isCertain: target.isCertain && isOne }));
}

/** `super().attach()`: what stands behind the caller's own class in the order of the object's classes. */
function inherited(
  index: ProjectIndex,
  { owner }: FunctionInProject,
  receiver: ClassInProject,
  name: string,
): readonly CallTarget[] {
  const order = lookupOrder(index, receiver);
  const behind = owner === undefined ? [] : order.slice(order.indexOf(owner) + 1);
  for (const base of behind) {
    const called = functionNamed(index, `${base.qualifiedName}.${name}`);
    if (called !== undefined) {
      return [{ called, isSameObject: true, isCertain: true }];
    }
  }
  return [];
}

function nestedFunction(
  index: ProjectIndex,
  { file, body }: FunctionInProject,
  name: string,
): FunctionInProject | undefined {
  // What a class defines is no name in its methods.
  const scopes = outwards(body.name).filter(
    (scope) => functionNamed(index, `${file.module}.${scope}`) !== undefined,
  );
  return scopes
    .map((scope) => functionNamed(index, `${file.module}.${scope}.${name}`))
    .find((found) => found !== undefined);
}

function moduleFunction(
  index: ProjectIndex,
  { file, body }: FunctionInProject,
  name: string,
): FunctionInProject | undefined {
  const find = (qualifiedName: string): FunctionInProject | undefined => functionNamed(index, qualifiedName);
  return qualifiedInModule(index, file, name, find, body.name);
}

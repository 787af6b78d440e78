import { lastWord } from "../../base/dotted-name.ts";
import { derived, derivedBy, derivedByName } from "../../base/memo.ts";
import { NameGraph, type ReachedNames } from "../../base/name-graph.ts";
import { groupBy, valuesByKey } from "../../base/order.ts";
import { contains } from "../../base/text-range.ts";
import type { BodyCall, FilePath, LockSite } from "../../facts/model.ts";
import { identityOf, prefixOf, shapeOf, templateText } from "../identity.ts";
import {
  derivedOfFile,
  filesInOrder,
  type ProjectIndex,
  sameAll,
  sameCalls,
  sameTakes,
} from "../project-index.ts";
import { renderedNames } from "../rendered-names.ts";
import type { Rendering } from "../resolve/values.ts";
import { isConditional } from "../sites.ts";
import { namedTargets } from "./calls.ts";
import { type FunctionInProject, functionIn, functionsOf, placeOfCall } from "./functions.ts";

/** Who calls a function, and which locks are held at the call: the calls of `nestings.ts` backwards, asked one by one. */

export interface CallOf {
  readonly caller: FunctionInProject;
  readonly call: BodyCall;
}

/** The locks that are surely held somewhere. */
export interface HeldLocks {
  /** By their kind and the shape of their name, each with the name in words. */
  readonly locks: ReadonlyMap<string, string>;
  /** Whether no other lock is held, as far as names can be followed. */
  readonly isAll: boolean;
}

/**
 * What a call runs, by name: functions of the project, or a method of what the caller's object keeps in an attribute whose
 * class is not known (`self.client.delete`), which is the same method for all methods of the class.
 */
export function calledNames(index: ProjectIndex, { caller, call }: CallOf): readonly string[] {
  const targets = namedTargets(index, caller, call, caller.owner);
  if (0 < targets.length) {
    return targets.map(({ name }) => name);
  }
  return caller.owner !== undefined && /^self\.\w+\.\w+$/.test(call.callee)
    ? [`${caller.owner.qualifiedName}:${call.callee}`]
    : [];
}

/** All calls of what {@link calledNames} names, in the order of files and positions; not those that it makes itself. */
export function callsOf(index: ProjectIndex, name: string): readonly CallOf[] {
  const calls = callNames(index, lastWord(name)).get(name) ?? [];
  return calls.flatMap(({ path, callerName, position }) => {
    const caller = callerName === name ? undefined : functionIn(index, path, callerName);
    const call = caller?.body.calls[position];
    return caller === undefined || call === undefined ? [] : { caller, call };
  });
}

/** A call by the name of its caller, and how many stand before it there: the same wherever they move to. */
interface CallByName {
  readonly path: FilePath;
  readonly callerName: string;
  readonly position: number;
}

/**
 * The calls of a last word by what they run. All of a word at once: resolving them again for each function of that name
 * would grow with the square of how many there are.
 */
const callNames = derivedByName(
  sameCalls,
  (index: ProjectIndex, word): ReadonlyMap<string, readonly CallByName[]> =>
    valuesByKey(
      callsByWord(index, word).flatMap(({ caller, call }) => {
        const byName = {
          path: caller.file.path,
          callerName: caller.qualifiedName,
          position: caller.body.calls.indexOf(call),
        };
        return [...new Set(calledNames(index, { caller, call }))].map((name) => [name, byName] as const);
      }),
    ),
);

/** The calls by the last word of what they call: resolving one costs more than looking at all. */
function callsByWord(index: ProjectIndex, word: string): readonly CallOf[] {
  return callsByFile(index).flatMap((calls) => calls.get(word) ?? []);
}

const callsByFile = derived((index: ProjectIndex) => filesInOrder(index).map((file) => callsIn(index, file)));

const callsIn = derivedOfFile((index, file) =>
  groupBy(
    functionsOf(index, file).flatMap((caller) => caller.body.calls.map((call): CallOf => ({ caller, call }))),
    ({ call }) => lastWord(call.callee),
  ),
);

/**
 * How many functions may call a function of this name under a lock, as far as words tell: they take one around the call, or
 * leave that to their callers. Asked first, as it costs little; it stays while {@link sameTakes} does.
 */
export function mostCallersUnderLock(index: ProjectIndex, name: string): number {
  const word = lastWord(name);
  const { reached, holders } = underLock(index);
  const inner = innerCallers(index).get(word) ?? [];
  return inner.filter((caller) => reached.has(caller)).length + (holders.get(word) ?? 0);
}

/** What is called under locks, by last words. */
interface UnderLock {
  /** What runs under a lock, as far as inner functions hand it on. */
  readonly reached: ReachedNames;
  /** How many functions that take a lock call something under it, without those that are reached. */
  readonly holders: ReadonlyMap<string, number>;
}

const underLock = derivedBy(sameTakes, (index: ProjectIndex): UnderLock => {
  const all = filesInOrder(index).flatMap((file) => holdersIn(index, file));
  const reached = innerCalls(index).reachedFrom(all.flatMap(({ callsUnderLock }) => callsUnderLock));
  const holders = new Map<string, number>();
  for (const { word, isInner: mayBeReached, callsUnderLock } of all) {
    for (const called of mayBeReached && reached.has(word) ? [] : callsUnderLock) {
      holders.set(called, (holders.get(called) ?? 0) + 1);
    }
  }
  return { reached, holders };
});

/** Leads from inner functions to what they call. */
const innerCalls = derivedBy(
  sameCalls,
  (index: ProjectIndex) => new NameGraph(filesInOrder(index).flatMap((file) => innerCallsIn(index, file))),
);

/** The inner functions that call something, a name as often as there are functions of it. */
const innerCallers = derivedBy(sameCalls, (index: ProjectIndex) =>
  valuesByKey(
    filesInOrder(index).flatMap((file) =>
      innerCallsIn(index, file).map(([word, called]) => [called, word] as const),
    ),
  ),
);

/** What is called by what stands near it alone: of each function its name and each of the names that it calls, by last words. */
const innerCallsIn = derivedOfFile((index, file): readonly (readonly [word: string, called: string])[] =>
  functionsOf(index, file)
    .filter(isInner)
    .flatMap(({ body: { name, calls } }) =>
      wordsOf(calls).map((called) => [lastWord(name), called] as const),
    ),
);

/** A function that takes a lock itself, with what it calls under it, all by their last words. */
interface Holder {
  readonly word: string;
  readonly isInner: boolean;
  readonly callsUnderLock: readonly string[];
}

const holdersIn = derivedOfFile((index, file): readonly Holder[] =>
  functionsOf(index, file)
    .filter(({ takes }) => 0 < takes.length)
    .map((caller) => ({
      word: lastWord(caller.body.name),
      isInner: isInner(caller),
      callsUnderLock: wordsOf(caller.body.calls.filter((call) => isUnderOwnLock({ caller, call }))),
    })),
);

function wordsOf(calls: readonly BodyCall[]): readonly string[] {
  return [...new Set(calls.map(({ callee }) => lastWord(callee)))];
}

/** Whether the function that makes a call takes a lock around it. */
export function isUnderOwnLock({ caller, call }: CallOf): boolean {
  return caller.takes.some(({ held }) => contains(held, placeOfCall(caller, call)));
}

/** How many callers of callers are asked what they hold. */
const LONGEST_WAY = 4;

/** The locks that are held whenever a call is made. */
export function heldAt(index: ProjectIndex, each: CallOf, way = LONGEST_WAY): HeldLocks {
  const { caller, call } = each;
  const own = caller.takes
    .filter(({ held, site }) => contains(held, placeOfCall(caller, call)) && !isConditional(site))
    .flatMap(({ site }) => locksOf(index, caller, site));
  const before = isInner(caller) ? heldByCallers(index, caller, way) : NONE;
  return { locks: new Map([...before.locks, ...own]), isAll: before.isAll };
}

const NONE: HeldLocks = { locks: new Map(), isAll: true };

/** The locks that all callers hold. What nobody is known to call may be handed on to one who holds any. */
function heldByCallers(index: ProjectIndex, called: FunctionInProject, way: number): HeldLocks {
  const key = `${way} ${called.qualifiedName}`;
  const known = heldTables(index).get(key) ?? findHeldByCallers(index, called, way);
  heldTables(index).set(key, known);
  return known;
}

const heldTables = derivedBy(sameAll, () => new Map<string, HeldLocks>());

function findHeldByCallers(index: ProjectIndex, called: FunctionInProject, way: number): HeldLocks {
  const calls = callsOf(index, called.qualifiedName).filter(({ caller }) => !preparesService(caller));
  const [first, ...others] = way === 0 ? [] : calls.map((each) => heldAt(index, each, way - 1));
  if (first === undefined) {
    return { ...NONE, isAll: false };
  }
  const common = [...first.locks].filter(([lock]) => others.every(({ locks }) => locks.has(lock)));
  return { locks: new Map(common), isAll: [first, ...others].every(({ isAll }) => isAll) };
}

/** Whether a function is called by what stands near it alone: private by its name, or defined in another function. */
export function isInner({ body, owner }: FunctionInProject): boolean {
  const name = lastWord(body.name);
  const isNested =
    (owner === undefined ? 1 : owner.facts.name.split(".").length + 1) < body.name.split(".").length;
  return isNested || /^_(?!_)/.test(name);
}

/** Whether a function runs before its service answers requests, or when none are left. */
export function preparesService({ body }: FunctionInProject): boolean {
  return /^(?:__\w+__|_*(?:do_setup|setup|set_up|check_for_setup_error|init_host\w*|initialize|start|stop))$/.test(
    lastWord(body.name),
  );
}

/** The locks of a site: fields are left out, as they are in other words elsewhere. */
function locksOf(
  index: ProjectIndex,
  { file }: FunctionInProject,
  site: LockSite,
): readonly (readonly [key: string, name: string])[] {
  const isObject = site.use.api.mechanism === "object";
  return site.names
    .flatMap((name) => renderedNames(index, { file, site, name }))
    .filter(({ parts }) => isObject || hasWord(parts))
    .map(({ parts }) => [
      isObject ? identityOf(file.path, site, parts) : lockShape(site, parts),
      templateText(parts),
    ]);
}

function hasWord(parts: Rendering): boolean {
  return parts.some((part) => part.kind === "text" && /\w\w/.test(part.text));
}

function lockShape(site: LockSite, parts: Rendering): string {
  return JSON.stringify([site.use.api.mechanism, site.scope, prefixOf(site), shapeOf(parts)]);
}

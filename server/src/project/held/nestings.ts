import { derived, derivedBy, derivedOfParts, tableFor } from "../../base/memo.ts";
import { NameGraph, type ReachedNames } from "../../base/name-graph.ts";
import { contains, type TextRange } from "../../base/text-range.ts";
import type { BodyCall, FileFacts, LockSite } from "../../facts/model.ts";
import type { ProjectIndex } from "../project-index.ts";
import { derivedOfFile, filesInOrder, sameCalls, sameTakes } from "../project-index.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import { isConditional, isTakenInBranch } from "../sites.ts";
import { type CallTarget, callsIntoProject, functionsRun } from "./calls.ts";
import { type FunctionInProject, functionsOf, isNestedIn, type LockTaken, placeOfCall } from "./functions.ts";

/**
 * Which locks are taken while which are held. From each place that holds a lock the calls are followed to all that take
 * one, by the shortest way; calls that lead to no lock are never resolved.
 */

/** A lock that is taken, by way of some calls, while another is held. */
export interface Nesting {
  readonly holder: FunctionInProject;
  readonly held: LockSite;
  readonly taker: FunctionInProject;
  readonly taken: LockSite;
  /** The calls on the way from the holder to the taker; none where the holder takes it itself. */
  readonly chain: readonly CallStep[];
  /** Whether the calls surely run these functions. */
  readonly isCertain: boolean;
  /**
   * Whether there is a branch on the way, which the holder's call may not come to. The holder's own branches do not
   * count: who comes there goes on.
   */
  readonly isUnderCondition: boolean;
  /** Whether the taker works on the holder's object. */
  readonly isSameObject: boolean;
}

export interface CallStep {
  readonly caller: FunctionInProject;
  readonly call: BodyCall;
}

/** Where the holder goes on to the other lock: its call, or the inner lock itself. */
export function placeOfNesting({ chain: [first], taken }: Nesting): TextRange {
  return first === undefined ? taken.range : placeOfCall(first.caller, first.call);
}

/** How many calls are followed. */
const LONGEST_CHAIN = 8;

/** All nestings of the project, in the order of files and positions. */
export const nestings = derived((index: ProjectIndex): readonly Nesting[] =>
  filesInOrder(index).flatMap((file) => nestingsIn(index, file)),
);

/** The nestings whose first lock a file holds. */
export const nestingsIn = derivedOfParts(
  (index: ProjectIndex) => index,
  (index, file: FileFacts): readonly Nesting[] =>
    functionsOf(index, file).flatMap((holder) =>
      holder.takes.flatMap((taken) => [...nestedIn(holder, taken), ...nestedBelow(index, holder, taken)]),
    ),
);

/** What the holder takes itself while it holds the lock: a block inside, or the next decorator below. */
function nestedIn(holder: FunctionInProject, outer: LockTaken): readonly Nesting[] {
  return holder.takes
    .filter((inner) => inner.site !== outer.site && isTakenWhile(outer, inner))
    .map(({ site }) => ({
      holder,
      held: outer.site,
      taker: holder,
      taken: site,
      chain: [],
      isCertain: true,
      isUnderCondition: isConditional(outer.site) || isConditional(site),
      isSameObject: true,
    }));
}

function isTakenWhile(outer: LockTaken, inner: LockTaken): boolean {
  if (inner.site.form === "decorator") {
    return outer.site.form === "decorator" && outer.site.range.start < inner.site.range.start;
  }
  return contains(outer.held, inner.site.range) && outer.site.range.start < inner.site.range.start;
}

/** A function that is reached while a lock is held. */
interface Reached {
  readonly at: FunctionInProject;
  /** The class of the object that it works on, or one that it inherits from. */
  readonly receiver: ClassInProject | undefined;
  readonly chain: readonly CallStep[];
  readonly isCertain: boolean;
  readonly isUnderCondition: boolean;
  readonly isSameObject: boolean;
}

function nestedBelow(
  index: ProjectIndex,
  holder: FunctionInProject,
  { site, held }: LockTaken,
): readonly Nesting[] {
  const start: Reached = {
    at: holder,
    receiver: holder.owner,
    chain: [],
    isCertain: true,
    isUnderCondition: isConditional(site),
    isSameObject: true,
  };
  const found: Nesting[] = [];
  const seen = new Set<FunctionInProject>();
  let reached = waysToLocks(index, holder, holder.owner)
    .filter(({ call }) => contains(held, placeOfCall(holder, call)))
    .map((way) => follow(start, way));
  for (let length = 0; length < LONGEST_CHAIN && 0 < reached.length; length += 1) {
    const fresh = reached.filter(({ at }) => !seen.has(at));
    for (const { at, receiver: _receiver, ...way } of fresh) {
      if (!seen.has(at)) {
        seen.add(at);
        found.push(
          ...at.takes.map(({ site: taken }) => ({
            ...way,
            holder,
            held: site,
            taker: at,
            taken,
            isUnderCondition: way.isUnderCondition || isConditional(taken) || isTakenInBranch(taken),
          })),
        );
      }
    }
    reached = fresh.flatMap((each) =>
      waysToLocks(index, each.at, each.receiver)
        .filter(({ target }) => !seen.has(target.called))
        .map((way) => follow(each, way)),
    );
  }
  return found;
}

/** A call and a function that it may run. */
interface Way {
  readonly call: BodyCall;
  readonly target: CallTarget;
}

const wayTables = tableFor<FunctionInProject, Map<string, readonly Way[]>>();

/** The calls of a function as far as locks lie behind: many holders come by the same functions. */
function waysToLocks(
  index: ProjectIndex,
  from: FunctionInProject,
  receiver: ClassInProject | undefined,
): readonly Way[] {
  const byReceiver = wayTables(index).get(from) ?? new Map<string, readonly Way[]>();
  wayTables(index).set(from, byReceiver);
  const key = receiver?.qualifiedName ?? "";
  const known = byReceiver.get(key);
  if (known !== undefined) {
    return known;
  }
  const leads = leading(index);
  const ways = callsIntoProject(index, from, receiver).flatMap(({ call, targets }) =>
    functionsRun(
      index,
      targets.filter(({ name }) => leads.has(name)),
    ).map((target) => ({ call, target })),
  );
  byReceiver.set(key, ways);
  return ways;
}

function follow(from: Reached, { call, target }: Way): Reached {
  const isNested = isNestedIn(target.called, from.at);
  return {
    at: target.called,
    receiver: target.isSameObject || isNested ? from.receiver : target.called.owner,
    chain: [...from.chain, { caller: from.at, call }],
    isCertain: from.isCertain && target.isCertain,
    isUnderCondition: from.isUnderCondition || (0 < from.chain.length && call.isInBranch),
    isSameObject: from.isSameObject && (target.isSameObject || isNested),
  };
}

/** The names of the functions that take a lock, themselves or by way of what they call. */
const leading = derivedBy(
  sameTakes,
  (index): ReachedNames =>
    callers(index).reachedFrom(filesInOrder(index).flatMap((file) => takersIn(index, file))),
);

const takersIn = derivedOfFile((index, file): readonly string[] =>
  functionsOf(index, file)
    .filter(({ takes }) => 0 < takes.length)
    .map(({ qualifiedName }) => qualifiedName),
);

/** Leads from functions to those that call them. */
const callers = derivedBy(
  sameCalls,
  (index: ProjectIndex) => new NameGraph(filesInOrder(index).flatMap((file) => callersIn(index, file))),
);

const callersIn = derivedOfFile((index, file): readonly (readonly [called: string, caller: string])[] =>
  functionsOf(index, file).flatMap((caller) => {
    const called = callsIntoProject(index, caller, caller.owner).flatMap(({ targets }) => targets);
    return [...new Set(called.map(({ name }) => name))].map((name) => [name, caller.qualifiedName] as const);
  }),
);

import { lastWord } from "../base/dotted-name.ts";
import { derivedByName } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { BodyCall } from "../facts/model.ts";
import {
  type CallOf,
  calledNames,
  callsOf,
  type HeldLocks,
  heldAt,
  isInner,
  isUnderOwnLock,
  mostCallersUnderLock,
  preparesService,
} from "../project/held/callers.ts";
import {
  type FunctionInProject,
  functionNamed,
  functionsOf,
  placeOfCall,
} from "../project/held/functions.ts";
import { type ProjectIndex, sameTakes } from "../project/project-index.ts";
import type { Finding, RelatedPlace } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const unlockedCaller = defineRule({
  id: "unlocked-caller",
  severity: "hint",
  summary: "A call without the lock under which all other callers make it.",
  why:
    "A helper that takes no lock relies on its callers' lock. One caller that does not hold it runs the helper at the " +
    "same time as the others. Told of helpers whose name says that they change something, and where the caller holds no " +
    "lock at all; what runs before the service starts is left out.",
  bad: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-map')
    def attach(self, volume):
        self._map(volume)

    @coordination.synchronized('acme-map')
    def migrate(self, volume):
        self._map(volume)

    def retype(self, volume):
        self._map(volume)

    def _map(self, volume):
        self.luns.append(volume)
`,
  good: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-map')
    def attach(self, volume):
        self._map(volume)

    @coordination.synchronized('acme-map')
    def migrate(self, volume):
        self._map(volume)

    @coordination.synchronized('acme-map')
    def retype(self, volume):
        self._map(volume)

    def _map(self, volume):
        self.luns.append(volume)
`,
  check: ({ file, index }) => {
    const found = functionsOf(index, file)
      .filter((caller) => !preparesService(caller))
      .flatMap((caller) => caller.body.calls.flatMap((call) => unlockedCalls(index, { caller, call })));
    // What one function does without the lock is told once.
    return [...groupBy(found, ({ place, lock }) => `${place.caller.qualifiedName} ${lock}`).values()].flatMap(
      ([first]) => (first === undefined ? [] : findingOn(first)),
    );
  },
});

interface UnlockedCall {
  /** Where the lock is missing: the call itself, or one that leads to it. */
  readonly place: CallOf;
  readonly call: CallOf;
  readonly called: string;
  /** The lock's name in words. */
  readonly lock: string;
  /** The calls under the lock. */
  readonly others: readonly CallOf[];
}

function unlockedCalls(index: ProjectIndex, call: CallOf): readonly UnlockedCall[] {
  if (!mayHaveOthers(index, call.call.callee) || isUnderOwnLock(call)) {
    return [];
  }
  const [called, ...otherTargets] = calledNames(index, call);
  const helper = called === undefined ? undefined : functionNamed(index, called);
  if (
    called === undefined ||
    0 < otherTargets.length ||
    (helper !== undefined && 0 < helper.takes.length) ||
    !mayRace(call.call, helper) ||
    holdsAny(heldAt(index, call))
  ) {
    return [];
  }
  const others = callsOf(index, called).filter(
    ({ caller }) => caller !== call.caller && !preparesService(caller),
  );
  const callers = new Set(others.map(({ caller }) => caller));
  if (callers.size < fewestOthers(call.call.callee) || isAboutAnother(call, others)) {
    return [];
  }
  const held = others.map((each) => heldAt(index, each));
  const [key, lock] =
    [...(held[0]?.locks ?? [])].find(([each]) => held.every(({ locks }) => locks.has(each))) ?? [];
  const place = key === undefined ? undefined : placeWithout(index, key, call);
  return lock === undefined || place === undefined ? [] : [{ place, call, called, lock, others }];
}

/** Whether enough functions may call this under a lock. Most calls are of what nobody calls so, many of the same. */
const mayHaveOthers = derivedByName(sameTakes, (index: ProjectIndex, callee): boolean => {
  const most = mostCallersUnderLock(index, callee);
  return FEWEST_OTHERS <= most && fewestOthers(callee) <= most;
});

function holdsAny({ locks, isAll }: HeldLocks): boolean {
  return 0 < locks.size || !isAll;
}

/**
 * Where the lock is missing. What runs with and without it lacks it where it is called without; `undefined` where that is
 * not one place, or where anybody may call what others call under the lock.
 */
function placeWithout(index: ProjectIndex, lock: string, call: CallOf): CallOf | undefined {
  const callers = callsOf(index, call.caller.qualifiedName).filter(({ caller }) => !preparesService(caller));
  const without = callers.filter((each) => !heldAt(index, each).locks.has(lock));
  const [first] = without;
  if (without.length === callers.length) {
    return call;
  }
  if (first === undefined || !isInner(call.caller) || without.some(({ caller }) => caller !== first.caller)) {
    return undefined;
  }
  return first.caller.file === call.caller.file ? placeWithout(index, lock, first) : call;
}

function findingOn({ place, call, called, lock, others }: UnlockedCall): Finding {
  const leads = place === call ? [] : [{ ...placeOf(call), message: "leads here, without the lock" }];
  return {
    range: placeOfCall(place.caller, place.call),
    message: `\`${lastWord(called)}\` runs without \`${lock}\`, which all its other callers hold`,
    related: [...leads, ...others.map((each) => ({ ...placeOf(each), message: "called under the lock" }))],
    fixes: [],
  };
}

function placeOf({ caller, call }: CallOf): Pick<RelatedPlace, "path" | "range"> {
  return { path: caller.file.path, range: placeOfCall(caller, call) };
}

/** What functions do to what a lock guards, as the first word of their name. */
const CHANGES: ReadonlySet<string> = new Set(
  (
    "add allocate append assign associate attach bind clear clone commit connect convert copy create deallocate delete " +
    "destroy detach disassociate disconnect expand export extend free grow import insert link map merge migrate modify " +
    "mount move promote purge push put rebase release remove rename replace reserve resize restore revert save set setup " +
    "shrink split store swap switch sync terminate unassign unbind unexport unlink unmanage unmap unmount unreserve " +
    "update wipe write"
  ).split(" "),
);

/** `_do_create`, `force_delete`. */
const ADVERBS: ReadonlySet<string> = new Set(["do", "force", "try", "safe", "ensure"]);

function changesSomething(callee: string): boolean {
  const name = lastWord(callee).replace(/^_+/, "");
  const [first = "", second = ""] = name.split("_");
  return (
    CHANGES.has(first) || (ADVERBS.has(first) && CHANGES.has(second)) || (first === name && isCompound(name))
  );
}

/** `addldset`, `createVolume`; not `address` or `mapping`. */
function isCompound(name: string): boolean {
  return !/(?:ing|ion|ment|or|ed|s)$/.test(name) && [...CHANGES].some((verb) => name.startsWith(verb));
}

/** How many other functions make a call under the lock, at least, whatever is called. */
const FEWEST_OTHERS = 2;

/**
 * The same for a call of this. Reading what others change is a race, too, but many helpers read what nobody changes: only
 * methods of the same object count.
 */
function fewestOthers(callee: string): number {
  if (changesSomething(callee)) {
    return FEWEST_OTHERS;
  }
  return /^self\.\w+$/.test(callee) ? 5 : Number.POSITIVE_INFINITY;
}

/** Whether a helper may change something, or reads with the help of others more than it is given. */
function mayRace({ callee }: BodyCall, helper: FunctionInProject | undefined): boolean {
  return (
    changesSomething(callee) || helper?.body.calls.some(({ callee }) => callee.startsWith("self.")) === true
  );
}

/** Whether all others are about one thing, and this call about another: `client.delete(conf.cache_pool, name)`. */
function isAboutAnother({ call }: CallOf, others: readonly CallOf[]): boolean {
  const [first, ...rest] = others.map((other) => thingsOf(other.call));
  const own = thingsOf(call);
  return first?.some((each) => rest.every((things) => things.includes(each)) && !own.includes(each)) === true;
}

function thingsOf({ passed }: BodyCall): readonly string[] {
  return passed.map((argument) => argument.replace(/^\w+=/, "")).filter((value) => value.includes("."));
}

import { equal } from "../base/equal.ts";
import { derived, tableFor } from "../base/memo.ts";
import type { TextRange } from "../base/text-range.ts";
import type { FileFacts, FilePath, LockSite } from "../facts/model.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import { saidOfLocks } from "./lock-words.ts";
import type { FileChange, ProjectIndex } from "./project-index.ts";
import { knownAs } from "./project-index.ts";
import { outwards } from "./resolve/modules.ts";
import { makingsOf } from "./wanted-files.ts";

/** What an index before and the next one have in common, so that what hangs on that alone need not be asked again. */

/** An index that has nothing in common with others, with what it has in common with another one before it. */
export function comingAfter(before: ProjectIndex, index: ProjectIndex): ProjectIndex {
  const changed = changedAspects(before, index);
  if (changed.has("names")) {
    return index;
  }
  const { names, calls, takes, all } = before.same;
  const fresh = index.same;
  const keepsCalls = !changed.has("calls");
  return {
    ...index,
    same: {
      names,
      calls: keepsCalls ? calls : fresh.calls,
      takes: keepsCalls && !changed.has("takes") ? takes : fresh.takes,
      all: changed.size === 0 ? all : fresh.all,
    },
  };
}

/** Whether two projects want the same further files to be read: the wording of locks decides nothing of that. */
export function wantTheSame(one: ProjectIndex, other: ProjectIndex): boolean {
  const changed = changedAspects(one, other);
  return !(changed.has("names") || changed.has("makings"));
}

/**
 * In what two states of a file may differ. What of other files locks are made of is a part of what is said of them;
 * nothing of that decides what names stand for, unless it stands in a wrapper, whose locks others take.
 */
type Aspect = "names" | "makings" | "takes" | "locks" | "calls";

const ASPECTS: readonly Aspect[] = ["names", "makings", "takes", "locks", "calls"];

function changedAspects(before: ProjectIndex, index: ProjectIndex): ReadonlySet<Aspect> {
  return new Set(
    differingPaths(before, index).flatMap((path) =>
      aspectsBetween(knownAs(before, path), knownAs(index, path)),
    ),
  );
}

/** The files of which two projects do not know the same. */
export function differingPaths(one: ProjectIndex, other: ProjectIndex): readonly FilePath[] {
  return [...new Set([...differing(one.files, other.files), ...differing(one.lockless, other.lockless)])];
}

/** The files of which two tables do not tell the same. */
export function differing<Known>(
  one: ReadonlyMap<FilePath, Known>,
  other: ReadonlyMap<FilePath, Known>,
): readonly FilePath[] {
  if (one === other) {
    return [];
  }
  const gone = [...one.keys()].filter((path) => !other.has(path));
  return [...gone, ...[...other.keys()].filter((path) => one.get(path) !== other.get(path))];
}

function aspectsBetween(one: FileChange, other: FileChange): readonly Aspect[] {
  if (one.kind !== "facts" || other.kind !== "facts") {
    return isSame(one, other) ? [] : ["names"];
  }
  const table = comparisons(one.facts);
  const aspects = table.get(other.facts) ?? aspectsOf(one.facts, other.facts);
  table.set(other.facts, aspects);
  return aspects;
}

/** What is read of a file is compared as it stands, and once more among the details. */
const comparisons = tableFor<FileFacts, readonly Aspect[]>();

function aspectsOf(one: FileFacts, other: FileFacts): readonly Aspect[] {
  const [parts, others] = [partsOf(one), partsOf(other)];
  return ASPECTS.filter((aspect) => !isSame(parts[aspect], others[aspect]));
}

/** The facts by the aspect under which a change of them matters; in doubt they decide what names stand for. */
const partsOf = derived((facts: FileFacts): Readonly<Record<Aspect, unknown>> => {
  const { sites, removals, uncalled, suppressions, decorators, emptyBlocks, guards, entryTests, ...more } =
    facts;
  const { namedUses, acquisitions, releases, madeLocks, usedNames, locals, ...rest } = more;
  const { bodies, classes, ...names } = rest;
  const methods = classes?.map((each) => [...each.methods]);
  return {
    names: {
      ...names,
      // Side by side, as most of them are the same values as before.
      bodies: [bodies.map(({ name }) => name), bodies.map(({ parameters }) => parameters)],
      classes: classes?.map((each) => ({ ...each, methods: undefined })),
      methods: methods?.map((all) => all.flatMap(([name, { isStub }]) => [name, isStub])),
      locals: localsOfOthers(facts),
      inWrappers: [sites, namedUses].map((taken) => taken.filter(({ range }) => isInWrapper(facts, range))),
      said: saidOfLocks(facts),
    },
    makings: [makingsOf(facts, sites), namedUses, classes === undefined && usedNames],
    takes: [sites.map(withoutName), namedUses, acquisitions, releases, madeLocks, locals, orderOf(facts)],
    locks: [
      sites.map(({ names: ofLock }) => ofLock),
      ...[removals, uncalled, suppressions, decorators, emptyBlocks, guards, entryTests],
    ],
    calls: [bodies.map(({ calls }) => calls), methods?.map((all) => all.map(([, { calls }]) => calls))],
  };
});

/** Remembered, so that of sites that stay the same the rest is the same, too. */
const withoutName = derived(({ names: _names, ...site }: LockSite): Omit<LockSite, "names"> => site);

/**
 * Where locks are taken and released among the functions, their calls and each other: how many of these begin in front
 * of where each lock is, and of where each block under a lock ends. It tells what is called under which lock.
 */
function orderOf({ bodies, sites, namedUses, releases }: FileFacts): readonly unknown[] {
  const taken = [...sites, ...namedUses];
  const ends = taken.flatMap((each) => ("bodyRange" in each ? (each.bodyRange?.end ?? []) : []));
  const places = [...[...taken, ...releases].map(({ range }) => range.start), ...ends];
  return places.map((place) => {
    const before = bodies.filter(({ range }) => range.start < place);
    const around = before.filter(({ range }) => place <= range.end);
    return [
      places.filter((other) => other < place).length,
      before.length,
      ...around.map(
        ({ range, calls }) =>
          calls.filter(({ rangeInFunction }) => range.start + rangeInFunction.start < place).length,
      ),
    ];
  });
}

function isInWrapper({ wrappers }: FileFacts, range: TextRange): boolean {
  return wrappers.some((wrapper) => isTakenIn(wrapper, range));
}

/**
 * The variables that decide more than the names of the locks that their file takes by the APIs: those of functions that
 * assign attributes, that use a lock by another name, or that stand around these; and all in wrappers.
 */
function localsOfOthers({ locals, namedUses, classes = [], wrappers }: FileFacts): FileFacts["locals"] {
  const attributes = classes.flatMap(({ classAttributes, instanceAttributes }) => [
    ...classAttributes.values(),
    ...[...instanceAttributes.values()].flat(),
  ]);
  const around = new Set(
    [...new Set([...namedUses, ...attributes].map(({ functionName }) => functionName))].flatMap(outwards),
  );
  const outermost = wrappers.flatMap(({ levels: [first] }) => first?.functionName ?? []);
  const inWrappers = (name: string): boolean =>
    outermost.some((wrapper) => `${wrapper}.`.startsWith(`${name}.`) || name.startsWith(`${wrapper}.`));
  return new Map([...locals].filter(([name]) => around.has(name) || inWrappers(name)));
}

function isSame(one: unknown, other: unknown): boolean {
  return equal(one, other, (value) => !isPosition(value));
}

/** A range, or where the lines begin. */
function isPosition(value: object): boolean {
  return ("start" in value && "end" in value) || "starts" in value;
}

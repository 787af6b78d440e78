import { derived, tableFor } from "../../base/memo.ts";
import { contains, type TextRange } from "../../base/text-range.ts";
import type { BodyCall, FileFacts, LockSite } from "../../facts/model.ts";
import type { ProjectIndex } from "../project-index.ts";
import { filesInOrder } from "../project-index.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import { type CallTarget, targetsOf } from "./calls.ts";
import { type FunctionInProject, functionsByName, functionsOf, type LockTaken } from "./functions.ts";

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
  /** What the taker's parameters are in the holder's words; a parameter of which nothing is known is left out. */
  readonly words: ReadonlyMap<string, string>;
}

export interface CallStep {
  readonly caller: FunctionInProject;
  readonly call: BodyCall;
}

/** Where the holder goes on to the other lock: its call, or the inner lock itself. */
export function placeOfNesting({ chain, taken }: Nesting): TextRange {
  return chain[0]?.call.range ?? taken.range;
}

/** How many calls are followed. */
const LONGEST_CHAIN = 8;

/** All nestings of the project, in the order of files and positions. */
export const nestings = derived((index: ProjectIndex): readonly Nesting[] =>
  filesInOrder(index).flatMap((file) => nestingsIn(index, file)),
);

/** The nestings whose first lock a file holds. */
export function nestingsIn(index: ProjectIndex, file: FileFacts): readonly Nesting[] {
  const known = byFile(index).get(file);
  if (known !== undefined) {
    return known;
  }
  const found = functionsOf(index, file).flatMap((holder) =>
    holder.takes.flatMap((taken) => [...nestedIn(holder, taken), ...nestedBelow(index, holder, taken)]),
  );
  byFile(index).set(file, found);
  return found;
}

const byFile = tableFor<FileFacts, readonly Nesting[]>();

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
      words: new Map(holder.body.parameters.map((name) => [name, name])),
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
  readonly words: ReadonlyMap<string, string>;
}

/** Whether a wrapper may leave the lock out. */
function isConditional({ via }: LockSite): boolean {
  return via?.isConditional === true;
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
    words: new Map(holder.body.parameters.map((name) => [name, name])),
  };
  const calls = holder.body.calls.filter(({ range }) => contains(held, range));
  const found: Nesting[] = [];
  const seen = new Set<FunctionInProject>();
  let reached = calls.flatMap((call) => steps(index, start, call));
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
    reached = fresh.flatMap((each) => each.at.body.calls.flatMap((call) => steps(index, each, call)));
  }
  return found;
}

function isTakenInBranch(site: LockSite): boolean {
  return (site.form === "with" || site.form === "acquire") && site.isInBranch;
}

/** The functions that a call on the way leads to, as far as locks lie behind. */
function steps(index: ProjectIndex, from: Reached, call: BodyCall): readonly Reached[] {
  if (!functionWords(index).has(lastWord(call.callee))) {
    return [];
  }
  return targetsOf(index, from.at, call, from.receiver)
    .filter(({ called }) => leading(index).has(called.qualifiedName))
    .map((target) => ({
      at: target.called,
      chain: [...from.chain, { caller: from.at, call }],
      isCertain: from.isCertain && target.isCertain,
      isUnderCondition: from.isUnderCondition || (0 < from.chain.length && call.isInBranch),
      isSameObject: from.isSameObject && (target.isSameObject || isNestedIn(target.called, from.at)),
      receiver:
        target.isSameObject || isNestedIn(target.called, from.at) ? from.receiver : target.called.owner,
      words: wordsIn(from, call, target),
    }));
}

/** A function defined in the caller, which shares its variables and its object. */
function isNestedIn(called: FunctionInProject, caller: FunctionInProject): boolean {
  return called.file === caller.file && called.body.name.startsWith(`${caller.body.name}.`);
}

/** The called function's parameters in the holder's words; a nested function has the caller's own, too. */
function wordsIn(from: Reached, call: BodyCall, { called }: CallTarget): ReadonlyMap<string, string> {
  const isMethod = /^(?:self|cls|super\(\))\./.test(call.callee) || call.callee.split(".").length === 3;
  const parameters = isMethod ? called.body.parameters.slice(1) : called.body.parameters;
  const words = new Map(isNestedIn(called, from.at) ? from.words : []);
  for (const name of called.body.parameters) {
    words.delete(name);
  }
  for (const [position, argument] of call.passed.entries()) {
    const [, keyword, source = ""] = /^(?:(\w+)=)?(.*)$/s.exec(argument) ?? [];
    const name = keyword ?? parameters[position];
    const value = source === "" ? undefined : inHoldersWords(from, source);
    if (name !== undefined && value !== undefined) {
      words.set(name, value);
    }
  }
  return words;
}

/** `volume.id` of the caller in the words of the holder. */
function inHoldersWords({ words, chain }: Reached, source: string): string | undefined {
  const [, root = "", rest = ""] = /^(\w+)(.*)$/s.exec(source) ?? [];
  const known = words.get(root);
  if (known !== undefined) {
    return known + rest;
  }
  // The holder's own variables are its words.
  return chain.length === 0 ? source : undefined;
}

/** The names of the functions that take a lock, themselves or by way of what they call, from the takers backwards. */
const leading = derived((index: ProjectIndex): ReadonlySet<string> => {
  const callers = new Map<string, string[]>();
  for (const file of filesInOrder(index)) {
    for (const { caller, called } of callsBetween(index, file)) {
      const known = callers.get(called);
      if (known === undefined) {
        callers.set(called, [caller]);
      } else {
        known.push(caller);
      }
    }
  }
  const leads = new Set<string>();
  let fresh = [...functionsByName(index).values()]
    .filter(({ takes }) => 0 < takes.length)
    .map(({ qualifiedName }) => qualifiedName);
  while (0 < fresh.length) {
    for (const name of fresh) {
      leads.add(name);
    }
    fresh = [...new Set(fresh.flatMap((name) => callers.get(name) ?? []))].filter((name) => !leads.has(name));
  }
  return leads;
});

/** A call between functions, by their names. */
interface NamedCall {
  readonly caller: string;
  readonly called: string;
}

const callTables = tableFor<FileFacts, readonly NamedCall[]>();

/** The calls in a file, which stay the same as long as it does and the project means the same. */
function callsBetween(index: ProjectIndex, file: FileFacts): readonly NamedCall[] {
  const table = callTables(index.meaning);
  const known = table.get(file);
  if (known !== undefined) {
    return known;
  }
  const words = functionWords(index);
  const calls = file.bodies.flatMap(({ name, calls: inBody }) => {
    const caller = functionsByName(index).get(`${file.module}.${name}`);
    return caller === undefined
      ? []
      : inBody
          .filter(({ callee }) => words.has(lastWord(callee)))
          .flatMap((call) => targetsOf(index, caller, call, caller.owner))
          .map(({ called }) => ({ caller: caller.qualifiedName, called: called.qualifiedName }));
  });
  table.set(file, calls);
  return calls;
}

/** The last words of all functions: most calls go elsewhere. */
const functionWords = derived(
  (index: ProjectIndex): ReadonlySet<string> => new Set([...functionsByName(index).keys()].map(lastWord)),
);

function lastWord(dottedName: string): string {
  return dottedName.slice(dottedName.lastIndexOf(".") + 1);
}

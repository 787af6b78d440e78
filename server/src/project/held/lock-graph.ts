import { derived, derivedBy, derivedOfParts } from "../../base/memo.ts";
import { groupBy } from "../../base/order.ts";
import type { FileFacts, FilePath, Scope } from "../../facts/model.ts";
import { identityOf, saysEnough } from "../identity.ts";
import { filesTaking } from "../locks.ts";
import { filesInOrder, type ProjectIndex, sameAll } from "../project-index.ts";
import { renderedNames } from "../rendered-names.ts";
import type { Rendering } from "../resolve/values.ts";
import { type Nesting, nestingsIn } from "./nestings.ts";
import { haveClassInCommon } from "./same-name.ts";

/**
 * Which lock is taken while which is held, over all functions: the nodes are locks as they are named, as in lockdep, so
 * that all volumes' locks of one template are one node.
 */

export interface LockNode {
  /** Equal for names of the same lock. */
  readonly identity: string;
  readonly parts: Rendering;
  readonly scope: Scope;
}

/** A name that a lock has for objects of some classes; for all where none is named. */
interface NodeOfClasses extends LockNode {
  readonly classes: readonly string[];
}

export interface LockEdge {
  readonly held: LockNode;
  readonly taken: LockNode;
  readonly nesting: Nesting;
}

/** Every way from a held lock to another one, in the order of files and positions. */
export const lockEdges = derived((index: ProjectIndex): readonly LockEdge[] =>
  filesInOrder(index).flatMap((file) => lockEdgesIn(index, file)),
);

/** The ways whose first lock a file holds. */
function lockEdgesIn(index: ProjectIndex, file: FileFacts): readonly LockEdge[] {
  return nestingsIn(index, file).flatMap((nesting) => {
    const heldNodes = nodesOf(index, nesting, "held");
    const takenNodes = nodesOf(index, nesting, "taken");
    return heldNodes.flatMap((held) =>
      takenNodes
        .filter(
          (taken) =>
            held.identity !== taken.identity &&
            (!nesting.isSameObject || haveClassInCommon(held.classes, taken.classes)),
        )
        .map((taken) => ({ held, taken, nesting })),
    );
  });
}

function nodesOf(index: ProjectIndex, nesting: Nesting, which: "held" | "taken"): readonly NodeOfClasses[] {
  const site = nesting[which];
  const { file } = which === "held" ? nesting.holder : nesting.taker;
  return site.names.flatMap((name) =>
    renderedNames(index, { file, site, name }).map(({ parts, classes }) => ({
      classes,
      identity: identityOf(file.path, site, parts),
      parts,
      scope: site.scope,
    })),
  );
}

/** Ways that lead in a circle: each takes what the next one holds. */
export type LockCycle = readonly LockEdge[];

/** How many locks a circle may have. */
const LONGEST_CYCLE = 4;

/**
 * The shortest circle through each pair of locks of which a file holds one on the way to the next. Only ways that are sure
 * count, between names that say what they lock: two objects of a class that hold locks in opposite orders hold them under
 * other names.
 */
export function lockCycles(index: ProjectIndex, file: FileFacts): readonly LockCycle[] {
  const cycles = hasCycles(index).get(file.path) === false ? [] : cyclesThrough(index, file);
  hasCycles(index).set(file.path, 0 < cycles.length);
  return cycles;
}

/** By file: while somebody types, few come to have one. */
const hasCycles = derivedBy(sameAll, () => new Map<FilePath, boolean>());

function cyclesThrough(index: ProjectIndex, file: FileFacts): readonly LockCycle[] {
  const reached = locksReached(index, file);
  const own = sureEdgesIn(index, file);
  // A circle comes back to where it began.
  if (!own.some(({ held }) => reached.has(held.identity))) {
    return [];
  }
  const holders = new Set([...reached].flatMap((identity) => filesTaking(index, identity)));
  const sure = filesInOrder(index)
    .filter((each) => holders.has(each))
    .flatMap((each) => sureEdgesIn(index, each))
    .filter(({ held }) => reached.has(held.identity));
  return cyclesAmong(sure).filter((cycle) => cycle.some(({ nesting }) => nesting.holder.file === file));
}

/** The identities of all locks that are surely taken while one is held that a file holds, or while such a one is. */
function locksReached(index: ProjectIndex, file: FileFacts): ReadonlySet<string> {
  const reached = new Set(sureEdgesIn(index, file).map(({ taken }) => taken.identity));
  // What is added to a set while it is gone through is gone through, too.
  for (const identity of reached) {
    const further = filesTaking(index, identity).flatMap((holder) => sureEdgesIn(index, holder));
    for (const { held, taken } of further) {
      if (held.identity === identity) {
        reached.add(taken.identity);
      }
    }
  }
  return reached;
}

const sureEdgesIn = derivedOfParts(
  (index: ProjectIndex) => index,
  (index, file: FileFacts): readonly LockEdge[] =>
    lockEdgesIn(index, file).filter(
      ({ held, taken, nesting }) =>
        nesting.isCertain && !nesting.isUnderCondition && isFixed(held.parts) && isFixed(taken.parts),
    ),
);

function cyclesAmong(sure: readonly LockEdge[]): readonly LockCycle[] {
  const ways = groupBy(sure, ({ held }) => held.identity);
  const found = new Map<string, LockCycle>();
  for (const start of sure) {
    const rest = shortestWay(ways, start.taken.identity, start.held.identity);
    if (rest !== undefined) {
      const cycle = [start, ...rest];
      const key = [...new Set(cycle.map(({ held }) => held.identity))].sort().join("\n");
      found.set(key, found.get(key) ?? cycle);
    }
  }
  return [...found.values()];
}

/** A name that is the same at every call, or at least for one known resource. */
function isFixed(parts: Rendering): boolean {
  return (
    saysEnough(parts) && !parts.some((part) => part.kind === "field" && /^(?:self|cls)\b/.test(part.source))
  );
}

function shortestWay(
  ways: ReadonlyMap<string, readonly LockEdge[]>,
  from: string,
  to: string,
): readonly LockEdge[] | undefined {
  let paths: readonly (readonly LockEdge[])[] = (ways.get(from) ?? []).map((edge) => [edge]);
  const seen = new Set([from]);
  for (let length = 1; length < LONGEST_CYCLE; length += 1) {
    const arrived = paths.find((path) => path.at(-1)?.taken.identity === to);
    if (arrived !== undefined) {
      return arrived;
    }
    paths = paths.flatMap((path) => {
      const last = path.at(-1)?.taken.identity ?? from;
      if (seen.has(last)) {
        return [];
      }
      seen.add(last);
      return (ways.get(last) ?? []).map((edge) => [...path, edge]);
    });
  }
  return undefined;
}

import { groupBy } from "../base/order.ts";
import type { FilePath } from "../facts/model.ts";
import { type CheckoutRoot, type Projects, rootFor } from "./checkouts.ts";
import type { FileChange, ProjectIndex } from "./project-index.ts";
import { applyChanges, EMPTY_INDEX, knownAs } from "./project-index.ts";
import { comingAfter, differing, differingPaths, wantTheSame } from "./sameness.ts";
import { wantedFiles } from "./wanted-files.ts";

/**
 * A project with the details that decide the names of its locks. It follows from what was read of the files alone, so
 * that no detail stays that was only wanted once.
 */
export interface CompletedIndex {
  /** What was read of all files. */
  readonly read: ProjectIndex;
  /** What else was read of the files that were wanted. */
  readonly details: ReadonlyMap<FilePath, FileChange>;
  /** Both together. */
  readonly index: ProjectIndex;
}

/** The same of several projects, by the roots of their checkouts. */
export type CompletedProjects = ReadonlyMap<CheckoutRoot, CompletedIndex>;

const EMPTY_COMPLETED: CompletedIndex = { read: EMPTY_INDEX, details: new Map(), index: EMPTY_INDEX };

/** The projects with the details of the files that are wanted, all of them and no others, as they come after others. */
export function projectsWithDetails(
  before: CompletedProjects,
  projects: Projects,
  details: CompletedIndex["details"],
): CompletedProjects {
  const roots = [...projects.keys()];
  const byRoot = groupBy(details, ([path]) => rootFor(roots, path));
  return new Map(
    [...projects].map(([root, read]) => [
      root,
      withDetails(before.get(root) ?? EMPTY_COMPLETED, read, new Map(byRoot.get(root))),
    ]),
  );
}

/** A project with the details of the files that are wanted, all of them and no others, as it comes after another one. */
function withDetails(
  before: CompletedIndex,
  read: ProjectIndex,
  details: CompletedIndex["details"],
): CompletedIndex {
  const paths = new Set([...differingPaths(before.read, read), ...differing(before.details, details)]);
  const changes = [...paths].map((path) => details.get(path) ?? knownAs(read, path));
  return { read, details, index: comingAfter(before.index, applyChanges(before.index, changes)) };
}

/** Says which files are to be read in full, a round at a time, and goes on with what each of them is. */
type Rounds<Result> = Generator<readonly FilePath[], Result, CompletedIndex["details"]>;

/** Completes what was read of several projects; what they want is asked for together. */
export function* completedProjects(before: CompletedProjects, projects: Projects): Rounds<CompletedProjects> {
  const roots = [...projects.keys()];
  const done = yield* together(
    [...projects].map(([root, read]) => completed(before.get(root) ?? EMPTY_COMPLETED, read)),
  );
  return new Map(done.map((each, at) => [roots[at] ?? "", each]));
}

/** Several that ask as one. */
function* together<Result>(askers: readonly Rounds<Result>[]): Rounds<readonly Result[]> {
  let asked = askers.map((asker) => ({ asker, round: asker.next() }));
  while (asked.some(({ round }) => round.done !== true)) {
    const told = yield asked.flatMap(({ round }) => (round.done === true ? [] : round.value));
    asked = asked.map(({ asker, round }) => ({
      asker,
      round: round.done === true ? round : asker.next(toldOf(told, round.value)),
    }));
  }
  return asked.flatMap(({ round }) => (round.done === true ? [round.value] : []));
}

function toldOf(details: CompletedIndex["details"], paths: readonly FilePath[]): CompletedIndex["details"] {
  return new Map(
    paths.flatMap((path) => {
      const told = details.get(path);
      return told === undefined ? [] : [[path, told] as const];
    }),
  );
}

/**
 * Completes what was read. Where files only say at other places what they said before, the same ones are wanted, and
 * where nothing changed at all, all is kept that was derived from the project.
 */
function* completed(before: CompletedIndex, read: ProjectIndex): Rounds<CompletedIndex> {
  const same = yield* sameDetails(before, read);
  if (same === undefined) {
    const { details, index } = yield* wantedDetails(read);
    return { read, details, index: comingAfter(before.index, index) };
  }
  const isKept =
    read === before.read && [...same].every(([path, detail]) => detail === before.details.get(path));
  return isKept ? before : withDetails(before, read, same);
}

/** The details of the files that were wanted before, unless others may be wanted now. */
function* sameDetails(
  before: CompletedIndex,
  read: ProjectIndex,
): Rounds<CompletedIndex["details"] | undefined> {
  if (!wantTheSame(before.read, read)) {
    return undefined;
  }
  const now = yield [...before.details.keys()];
  return wantTheSame(alone(before.details), alone(now)) ? now : undefined;
}

function alone(details: CompletedIndex["details"]): ProjectIndex {
  return applyChanges(EMPTY_INDEX, [...details.values()]);
}

/** Asks for details until none is wanted that was not asked for. */
function* wantedDetails(read: ProjectIndex): Rounds<Pick<CompletedIndex, "details" | "index">> {
  let details: CompletedIndex["details"] = new Map();
  const missing = (index: ProjectIndex): readonly FilePath[] =>
    wantedFiles(index).filter((path) => !details.has(path));
  let index = read;
  for (let wanted = missing(index); 0 < wanted.length; wanted = missing(index)) {
    details = new Map([...details, ...(yield wanted)]);
    index = applyChanges(read, [...details.values()]);
  }
  return { details, index };
}

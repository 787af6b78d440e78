import { equal } from "../base/equal.ts";
import { tableFor } from "../base/memo.ts";
import { valuesOfName } from "../facts/lock-name.ts";
import type { FileFacts } from "../facts/model.ts";
import type { FileChange, ProjectIndex } from "./project-index.ts";
import { knownAs, nothingInCommon } from "./project-index.ts";

/** What an index before and the next one have in common, so that what hangs on that alone need not be asked again. */

/** The index, with what it has in common with another one before it. */
export function comingAfter(before: ProjectIndex, index: ProjectIndex): ProjectIndex {
  const changed = changedAspects(before, index);
  const fresh = nothingInCommon();
  if (changed.has("names")) {
    return { ...index, same: fresh };
  }
  const { names, meaning, all } = before.same;
  return {
    ...index,
    same: {
      names,
      meaning: changed.has("locks") ? fresh.meaning : meaning,
      all: changed.size === 0 ? all : fresh.all,
    },
  };
}

/** Whether two projects want the same further files to be read: the wording of locks decides nothing of that. */
export function wantTheSame(one: ProjectIndex, other: ProjectIndex): boolean {
  return [...changedAspects(one, other)].every((aspect) => aspect === "locks" || aspect === "calls");
}

/** In what two states of a file may differ; what locks are made of is a part of what is said of them. */
type Aspect = "names" | "makings" | "locks" | "calls";

const ASPECTS: readonly Aspect[] = ["names", "makings", "locks", "calls"];

function changedAspects(before: ProjectIndex, index: ProjectIndex): ReadonlySet<Aspect> {
  const paths = new Set(
    [before, index].flatMap(({ files, lockless }) => [...files.keys(), ...lockless.keys()]),
  );
  return new Set(
    [...paths]
      .filter(
        (path) =>
          before.files.get(path) !== index.files.get(path) ||
          before.lockless.get(path) !== index.lockless.get(path),
      )
      .flatMap((path) => aspectsBetween(knownAs(before, path), knownAs(index, path))),
  );
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
function partsOf(facts: FileFacts): Readonly<Record<Aspect, unknown>> {
  const { sites, removals, uncalled, suppressions, decorators, emptyBlocks, guards, entryTests, ...rest } =
    facts;
  const { bodies, classes, ...names } = rest;
  const methods = classes?.map((each) => [...each.methods]);
  return {
    names: {
      ...names,
      bodies: bodies.map(({ name, parameters }) => ({ name, parameters })),
      classes: classes?.map((each) => ({ ...each, methods: undefined })),
      methods: methods?.map((all) => all.map(([name, { isStub }]) => ({ name, isStub }))),
    },
    makings: [
      sites.map((site) => ({ ...site, names: site.names.map(valuesOfName) })),
      removals.map((removal) => ({ ...removal, name: valuesOfName(removal.name) })),
    ],
    locks: [sites, removals, uncalled, suppressions, decorators, emptyBlocks, guards, entryTests],
    calls: [bodies.map(({ calls }) => calls), methods?.map((all) => all.map(([, { calls }]) => calls))],
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return equal(one, other, (value) => !isPosition(value));
}

/** A range, or where the lines begin. */
function isPosition(value: object): boolean {
  return ("start" in value && "end" in value) || "starts" in value;
}

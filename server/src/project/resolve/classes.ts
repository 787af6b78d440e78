import { derived, derivedBy, derivedByName } from "../../base/memo.ts";
import { compareText, valuesByKey } from "../../base/order.ts";
import type { ClassFacts, FileFacts } from "../../facts/model.ts";
import { isTestModule } from "../../facts/test-module.ts";
import type { ProjectIndex } from "../project-index.ts";
import { filesInOrder, sameNames } from "../project-index.ts";
import { qualifiedInModule } from "./modules.ts";

/** Which classes there are, whom they inherit from and in which order attributes are looked up. */

export interface ClassInProject {
  readonly file: FileFacts;
  readonly facts: ClassFacts;
  /** As Python would import it: `cinder.volume.drivers.nfs.NfsDriver`. */
  readonly qualifiedName: string;
}

const classes = derived(
  (index: ProjectIndex): ReadonlyMap<string, ClassInProject> =>
    new Map(
      filesInOrder(index).flatMap((file) =>
        [...classesIn(file).values()].map((each) => [each.qualifiedName, each] as const),
      ),
    ),
);

/** The classes of a file by their names in it; of several of one name the last, as Python has it. */
const classesIn = derived(
  (file: FileFacts): ReadonlyMap<string, ClassInProject> =>
    new Map(
      (file.classes ?? []).map((facts) => [
        facts.name,
        { file, facts, qualifiedName: `${file.module}.${facts.name}` },
      ]),
    ),
);

export function classNamed(index: ProjectIndex, qualifiedName: string): ClassInProject | undefined {
  return classes(index).get(qualifiedName);
}

/** The classes that a class names as its bases; `undefined` for each that the project does not have. */
export function basesOf(
  index: ProjectIndex,
  { file, facts }: ClassInProject,
): readonly (ClassInProject | undefined)[] {
  return facts.bases.map((base) => (base === undefined ? undefined : classReferredTo(index, file, base)));
}

/** The class that a dotted name stands for in a module, through imports and re-exports. */
export function classReferredTo(
  index: ProjectIndex,
  file: FileFacts,
  dottedName: string,
): ClassInProject | undefined {
  return qualifiedInModule(index, file, dottedName, (qualifiedName) => classNamed(index, qualifiedName));
}

/** The innermost class around a function of a file. */
export function ownerOf(file: FileFacts, functionName: string): ClassInProject | undefined {
  const known = classesIn(file);
  for (let end = functionName.lastIndexOf("."); end !== -1; end = functionName.lastIndexOf(".", end - 1)) {
    const owner = known.get(functionName.slice(0, end));
    if (owner !== undefined) {
      return owner;
    }
  }
  return undefined;
}

/**
 * A class and all it inherits from, in the order in which Python looks attributes up (C3). Bases that the project does
 * not have are left out; where no such order exists, as Python refuses the class, each base follows in turn.
 */
export function lookupOrder(index: ProjectIndex, start: ClassInProject): readonly ClassInProject[] {
  return orders(index).orderOf(start);
}

/** All classes that inherit from a class, at whatever distance, those of tests left out; in the order of their names. */
export function subclassesOf(index: ProjectIndex, parent: ClassInProject): readonly ClassInProject[] {
  return subclassNames(index, parent.qualifiedName).flatMap((name) => classNamed(index, name) ?? []);
}

/** By their names, which are the same while texts move. */
const subclassNames = derivedByName(sameNames, (index: ProjectIndex, parent): readonly string[] => {
  const children = childrenByParent(index);
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const child of children.get(name) ?? []) {
      if (!found.has(child)) {
        found.add(child);
        visit(child);
      }
    }
  };
  visit(parent);
  return [...found].sort(compareText);
});

const childrenByParent = derivedBy(sameNames, (index: ProjectIndex) =>
  valuesByKey(
    [...classes(index).values()]
      .filter((child) => !isTestModule(child.file.module))
      .flatMap((child) =>
        basesOf(index, child).flatMap((parent) =>
          parent === undefined ? [] : [[parent.qualifiedName, child.qualifiedName] as const],
        ),
      ),
  ),
);

const orders = derived((index: ProjectIndex) => {
  const known = new Map<ClassInProject, readonly ClassInProject[]>();
  const orderOf = (
    start: ClassInProject,
    below: readonly ClassInProject[] = [],
  ): readonly ClassInProject[] => {
    const remembered = known.get(start);
    if (remembered !== undefined || below.includes(start)) {
      return remembered ?? [start]; // A class that inherits from itself is an error of its author.
    }
    const bases = basesOf(index, start).filter((base) => base !== undefined);
    const order = [start, ...merge([...bases.map((base) => orderOf(base, [...below, start])), bases])];
    known.set(start, order);
    return order;
  };
  return { orderOf };
});

/** The merge of C3: the first head that stands in no other list's tail comes next. */
function merge(lists: readonly (readonly ClassInProject[])[]): readonly ClassInProject[] {
  const rest = lists.filter((list) => 0 < list.length);
  if (rest.length === 0) {
    return [];
  }
  const heads = rest.flatMap((list) => list[0] ?? []);
  const next = heads.find((head) => rest.every((list) => list.indexOf(head) <= 0)) ?? heads[0];
  return next === undefined ? [] : [next, ...merge(rest.map((list) => list.filter((each) => each !== next)))];
}

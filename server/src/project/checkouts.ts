import { equal } from "../base/equal.ts";
import { derived } from "../base/memo.ts";
import { nearest } from "../base/nearest.ts";
import { compareText, groupBy } from "../base/order.ts";
import { type ServiceName, serviceOf } from "../facts/lock-apis.ts";
import type { FileOrigin, FilePath } from "../facts/model.ts";
import type { FileChange, ProjectIndex } from "./project-index.ts";
import { applyChanges, EMPTY_INDEX, knownAs, moduleOfChange, originsOf } from "./project-index.ts";
import { differingPaths } from "./sameness.ts";

/**
 * Which files are a project together. Where the package of a service lies in several folders, as in worktrees of several
 * branches, each is a checkout of its own: none imports from another, or waits for its locks. What else lies around them
 * belongs to the nearest.
 */

/** The folder from which Python imports a checkout's files, with a `/` behind it; `""` where all files are one project. */
export type CheckoutRoot = string;

/** The projects by their roots, in the order of these. */
export type Projects = ReadonlyMap<CheckoutRoot, ProjectIndex>;

/** What was read of all files, and the same by the checkouts that it is of. */
export interface Checkouts {
  readonly all: ProjectIndex;
  readonly projects: Projects;
}

export const NO_CHECKOUTS: Checkouts = { all: EMPTY_INDEX, projects: new Map([["", EMPTY_INDEX]]) };

/** The checkouts in which all files lie, as they come after others: those in which nothing changed are kept. */
export function checkoutsAfter(before: Checkouts, all: ProjectIndex): Checkouts {
  if (all === before.all) {
    return before;
  }
  const changed = differingPaths(before.all, all);
  const rootsBefore = [...before.projects.keys()];
  const roots = changed.some((path) => hasOtherModule(path, before.all, all)) ? rootsIn(all) : rootsBefore;
  if (roots.length < 2) {
    return { all, projects: new Map([["", all]]) };
  }
  const isDivided = equal(roots, rootsBefore);
  const paths = isDivided ? changed : originsOf(all).map(({ path }) => path);
  const changes = groupBy(paths, (path) => rootFor(roots, path));
  const projects = roots.map((root) => {
    const project = isDivided ? before.projects.get(root) : undefined;
    return [root, changedTo(all, project ?? EMPTY_INDEX, changes.get(root) ?? [])] as const;
  });
  return { all, projects: new Map(projects) };
}

/** The root of the checkout that a file belongs to: the innermost around it, or else the nearest. */
export function rootFor(roots: readonly CheckoutRoot[], path: FilePath): CheckoutRoot {
  // In order, what lies in another one comes behind it.
  return roots.filter((root) => path.startsWith(root)).at(-1) ?? nearest(path, roots, (root) => root) ?? "";
}

/** All projects as if they were one. */
export const asOne = derived((projects: Projects): ProjectIndex => {
  const [first = EMPTY_INDEX, ...others] = projects.values();
  const changes = others.flatMap((each) => originsOf(each).map(({ path }) => knownAs(each, path)));
  return changes.length === 0 ? first : applyChanges(first, changes);
});

/** The folder from which Python imports a file, with a `/` behind it; `""` in a path that has none. */
export function importRootOf({ path, module }: FileOrigin): string {
  const names = module.split(".").length + (path.endsWith("/__init__.py") ? 1 : 0);
  return path
    .split("/")
    .slice(0, -names)
    .map((folder) => `${folder}/`)
    .join("");
}

/** Of a project what is known of some files as another one knows them. */
function changedTo(all: ProjectIndex, project: ProjectIndex, paths: readonly FilePath[]): ProjectIndex {
  const changes = paths.map((path): FileChange => knownAs(all, path));
  return changes.length === 0 ? project : applyChanges(project, changes);
}

function hasOtherModule(path: FilePath, before: ProjectIndex, all: ProjectIndex): boolean {
  return moduleOfChange(knownAs(before, path)) !== moduleOfChange(knownAs(all, path));
}

/** The folders in which packages of services lie; `""` alone where none lies in two of them. */
function rootsIn(all: ProjectIndex): readonly CheckoutRoot[] {
  const places = new Map<ServiceName, Set<CheckoutRoot>>();
  for (const origin of originsOf(all)) {
    const service = serviceOf(origin.module);
    if (service !== undefined) {
      places.set(service, (places.get(service) ?? new Set()).add(importRootOf(origin)));
    }
  }
  const roots = [...places.values()];
  return roots.some(({ size }) => 1 < size)
    ? [...new Set(roots.flatMap((each) => [...each]))].sort(compareText)
    : [""];
}

import { derived, derivedBy } from "../../base/memo.ts";
import { groupBy } from "../../base/order.ts";
import { shifted, type TextRange } from "../../base/text-range.ts";
import type { BodyCall, FileFacts, FilePath, FunctionBody, LockSite } from "../../facts/model.ts";
import { isTestModule } from "../../facts/test-module.ts";
import type { ProjectIndex } from "../project-index.ts";
import { derivedOfFile, filesInOrder, sameNames } from "../project-index.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import { lookupOrder, ownerOf } from "../resolve/classes.ts";
import { sitesOf } from "../sites.ts";

/** The functions of the project, and the locks that each takes itself. */

export interface FunctionInProject {
  readonly file: FileFacts;
  readonly body: FunctionBody;
  /** As Python would import it: `cinder.volume.manager.VolumeManager.delete_volume`. */
  readonly qualifiedName: string;
  /** The class that it is a method of, or that the function around it is a method of. */
  readonly owner: ClassInProject | undefined;
  readonly takes: readonly LockTaken[];
}

/** A lock that a function takes, and where it holds it. */
export interface LockTaken {
  readonly site: LockSite;
  readonly held: TextRange;
}

/** By qualified name; of several functions of one name the last, as Python has it. */
export function functionNamed(index: ProjectIndex, qualifiedName: string): FunctionInProject | undefined {
  const home = homes(index).get(qualifiedName);
  return home === undefined ? undefined : functionIn(index, home, qualifiedName);
}

/** The files of the functions. */
const homes = derivedBy(
  sameNames,
  (index: ProjectIndex): ReadonlyMap<string, FilePath> =>
    new Map(
      filesInOrder(index)
        .filter(({ module }) => !isTestModule(module))
        .flatMap(({ path, module, bodies }) =>
          bodies.map(({ name }) => [`${module}.${name}`, path] as const),
        ),
    ),
);

export function functionIn(
  index: ProjectIndex,
  path: FilePath,
  qualifiedName: string,
): FunctionInProject | undefined {
  const file = index.files.get(path);
  return file === undefined ? undefined : byName(functionsOf(index, file)).get(qualifiedName);
}

const byName = derived(
  (functions: readonly FunctionInProject[]): ReadonlyMap<string, FunctionInProject> =>
    new Map(functions.map((each) => [each.qualifiedName, each])),
);

/** The functions of a file, in the order of the text; of several of one name the last. Those of tests are left out. */
export const functionsOf = derivedOfFile((index, file): readonly FunctionInProject[] =>
  isTestModule(file.module) ? [] : functionsTaking(sitesOf(index, file))(file),
);

/** The function that objects of a class have under a name. */
export function methodOf(
  index: ProjectIndex,
  owner: ClassInProject,
  name: string,
): FunctionInProject | undefined {
  for (const each of lookupOrder(index, owner)) {
    const own = functionNamed(index, `${each.qualifiedName}.${name}`);
    if (own !== undefined) {
      return own;
    }
  }
  return undefined;
}

/** Remembered for a file and its sites: most files take no lock but by an API, so that theirs stay the same. */
const functionsTaking = derived((sites: readonly LockSite[]) => {
  const byFunction = groupBy(sites, ({ functionName }) => functionName);
  return derived((file: FileFacts): readonly FunctionInProject[] => {
    const functions = file.bodies.map((body) => ({
      file,
      body,
      qualifiedName: `${file.module}.${body.name}`,
      owner: ownerOf(file, body.name),
      takes: (byFunction.get(body.name) ?? []).flatMap((site) => {
        const held = heldBy(file, site, body);
        return held === undefined ? [] : { site, held };
      }),
    }));
    return [...new Map(functions.map((each) => [each.qualifiedName, each])).values()];
  });
});

/** Where a function holds the lock of a site; `undefined` if another function of that name takes it. */
function heldBy(file: FileFacts, site: LockSite, body: FunctionBody): TextRange | undefined {
  switch (site.form) {
    case "decorator":
      return site.target?.range.start === body.range.start ? body.range : undefined;
    case "with":
      return isWithin(body, site.bodyRange) ? untilReleased(file, body, site.bodyRange) : undefined;
    case "acquire":
      return isWithin(body, site.range)
        ? untilReleased(file, body, { start: site.range.end, end: body.range.end })
        : undefined;
    case "call":
      return undefined; // Made here, taken elsewhere.
  }
}

/** A stretch up to where the function releases a lock by hand, whichever it is: what is behind is not sure to be under it. */
function untilReleased(file: FileFacts, body: FunctionBody, { start, end }: TextRange): TextRange {
  const release = file.releases.find(
    ({ functionName, range }) => functionName === body.name && start <= range.start && range.start < end,
  );
  return { start, end: release?.range.start ?? end };
}

function isWithin({ range }: FunctionBody, inner: TextRange): boolean {
  return range.start <= inner.start && inner.end <= range.end;
}

/** Whether a function is defined in another one, whose variables and object it shares. */
export function isNestedIn(inner: FunctionInProject, outer: FunctionInProject): boolean {
  return inner.file === outer.file && inner.body.name.startsWith(`${outer.body.name}.`);
}

/** Where a function calls another one, in its file. */
export function placeOfCall({ body }: FunctionInProject, call: BodyCall): TextRange {
  return shifted(call.rangeInFunction, body.range.start);
}

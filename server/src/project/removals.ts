import { derived } from "../base/memo.ts";
import { globbed, literally } from "../base/pattern.ts";
import { SERVICES } from "../facts/lock-apis.ts";
import type { FileFacts, LockName, LockRemoval } from "../facts/model.ts";
import type { Value } from "../facts/value.ts";
import { joined } from "../facts/value.ts";
import { hasOwnFolder, prefixOf } from "./identity.ts";
import { type RenderedName, renderedValue } from "./name-evaluation.ts";
import { type NamedSite, namedSites } from "./named-sites.ts";
import { derivedOfFile, filesInOrder, type ProjectIndex } from "./project-index.ts";
import { renderedNames } from "./rendered-names.ts";
import type { Rendering } from "./resolve/values.ts";
import { compareFields, isUnique } from "./resource.ts";

/** Which removals delete which locks' files (SEMANTICS §6). */

export interface RemovalInFile {
  readonly file: FileFacts;
  readonly removal: LockRemoval;
}

/** The removals that can delete the file of a lock. */
export function removalsOf(index: ProjectIndex, named: NamedSite): readonly RemovalInFile[] {
  return removals(index).filter((each) => reaches(each, named) && matches(index, each, named));
}

/** The sites whose locks' files a removal can delete. */
export function removedBy(index: ProjectIndex, removal: RemovalInFile): readonly NamedSite[] {
  return namedSites(index).filter((named) => reaches(removal, named) && matches(index, removal, named));
}

/** The sites whose locks have a name that is removed, but no file where the removal looks for it. */
export function outOfReach(index: ProjectIndex, removal: RemovalInFile): readonly NamedSite[] {
  return namedSites(index).filter((named) => !reaches(removal, named) && matches(index, removal, named));
}

/** What a removal is given, for each class whose objects remove: one text or, where a loop goes over several, each. */
export function namesRemoved(index: ProjectIndex, { file, removal }: RemovalInFile): readonly RenderedName[] {
  return namesRemovedIn(index, file).get(removal) ?? [];
}

const namesRemovedIn = derivedOfFile(
  (index, file): ReadonlyMap<LockRemoval, readonly RenderedName[]> =>
    new Map(
      file.removals.map((removal) => {
        const { functionName } = removal;
        const given = valuesGiven(file, removal);
        return [removal, given.flatMap((value) => renderedValue(index, { file, functionName }, value))];
      }),
    ),
);

/** A loop's variable is each of its values: followed as one, those that are but a parameter would lose their words. */
function valuesGiven(file: FileFacts, { name, functionName }: LockRemoval): readonly Value[] {
  const value = valueOfName(name);
  const assigned = value.kind === "name" ? file.locals.get(functionName)?.get(value.name) : undefined;
  return (assigned?.map((each) => each.value) ?? [value]).flatMap((each) =>
    each.kind === "choice" ? each.options : [each],
  );
}

const removals = derived((index: ProjectIndex): readonly RemovalInFile[] =>
  filesInOrder(index).flatMap((file) => file.removals.map((removal) => ({ file, removal }))),
);

function valueOfName(name: LockName): Value {
  return name.kind === "unknown"
    ? name.value
    : joined(
        name.parts.map((part) => (part.kind === "text" ? { kind: "text", text: part.text } : part.value)),
      );
}

/** Each module removes below its own folder, with the service's prefix; a process lock has no file at all. */
function reaches({ removal: { use } }: RemovalInFile, { site }: NamedSite): boolean {
  return (
    use.api.mechanism === site.use.api.mechanism &&
    site.scope !== "process" &&
    prefixOf(site) === SERVICES[use.service].prefix &&
    !hasOwnFolder(site)
  );
}

function matches(index: ProjectIndex, removal: RemovalInFile, named: NamedSite): boolean {
  const { matches: way, mechanism } = removal.removal.use.api;
  const patterns = namesRemoved(index, removal);
  return renderedNames(index, named).some(({ parts: lock }) =>
    patterns.some(({ parts: pattern }) =>
      mechanism === "lockutils"
        ? matchesFile(withoutFolders(pattern), withoutFolders(lock), way)
        : matchesFile(pattern, lock, way),
    ),
  );
}

/** `lockutils` keeps all files in one folder. */
function withoutFolders(parts: Rendering): Rendering {
  return parts.map((part) =>
    part.kind === "text" ? { ...part, text: part.text.replaceAll("/", "_") } : part,
  );
}

/** The first of the private characters that stand for the fields of a lock's name, each for one. */
const FIELDS_FROM = 0xe000;

function matchesFile(pattern: Rendering, lock: Rendering, way: "glob" | "exact"): boolean {
  const hasWord = pattern.some((part) => part.kind === "text" && /\w/.test(part.text));
  const mayBeEqual = (removed: string, field: string): boolean => {
    const comparison = compareFields(removed, field);
    // A lone field says nothing, unless it stands for the id of what the lock is about.
    return hasWord ? comparison !== "other" : comparison === "same" && isUnique(field);
  };
  const expression = pattern.map((part) => {
    if (part.kind === "text") {
      return way === "glob" ? globbed(part.text) : literally(part.text);
    }
    const fields = lock.map((each, position) =>
      each.kind === "field" && mayBeEqual(part.source, each.source) ? characterFor(position) : "",
    );
    return `[${fields.join("")}]`;
  });
  const name = lock.map((part, position) => (part.kind === "text" ? part.text : characterFor(position)));
  return new RegExp(`^${expression.join("")}$`).test(name.join(""));
}

function characterFor(position: number): string {
  return String.fromCharCode(FIELDS_FROM + position);
}

import { lastWord } from "../base/dotted-name.ts";
import { derived } from "../base/memo.ts";
import { valuesOfName } from "../facts/lock-name.ts";
import type { FileFacts, FileOutline, FilePath, LockSite } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import { namesIn } from "../facts/value.ts";
import { lockWords, mayBeLock } from "./lock-words.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";
import type { ClassInProject } from "./resolve/classes.ts";
import { lookupOrder, ownerOf, subclassesOf } from "./resolve/classes.ts";
import { sitesOf } from "./sites.ts";

/**
 * Which files decide the locks of the project although they are not read in full: those that use a name under which the
 * project has a lock; where something hangs on `self`, those with the subclasses of the class that takes the lock and with
 * the bases of all these; and those whose constants names are made of. Reading them may make others wanted; it ends when
 * none is, as every file is read at most once.
 */
export const wantedFiles = derived((index: ProjectIndex): readonly FilePath[] => {
  const unread = filesNotWhole(index);
  const makings = makingsOfLocks(index);
  const takers = takersAmong(index, makings);
  const takerNames = new Set(takers.map(({ facts }) => lastWord(facts.name)));
  const family = [...new Set(takers.flatMap((taker) => lookupOrder(index, taker)))];
  const words = lockWords(index);
  const users = unread.filter(
    ({ module, baseNames, usedNames }) =>
      !isTestModule(module) && (hasAnyOf(baseNames, takerNames) || hasAnyOf(usedNames, words)),
  );
  const imports = [...family.flatMap(basesImported), ...constantsImported(makings, family)];
  const paths = unreadPaths(index, unread);
  return [
    ...new Set([
      ...users.map(({ path }) => path),
      ...imports.flatMap((qualifiedName) => paths.moduleWith(qualifiedName)),
    ]),
  ];
});

function hasAnyOf(set: ReadonlySet<string>, words: ReadonlySet<string>): boolean {
  for (const each of set) {
    if (words.has(each)) {
      return true;
    }
  }
  return false;
}

/** A name that a lock, or its name, is made of, and that leads out of the functions around. */
interface Making {
  /** An attribute of the object at hand, `self.prefix`, or what begins with an imported name. */
  readonly name: string;
  readonly functionName: string;
}

interface MakingInFile extends Making {
  readonly file: FileFacts;
}

function makingsOfLocks(index: ProjectIndex): readonly MakingInFile[] {
  const words = lockWords(index);
  return filesInOrder(index).flatMap((file) =>
    [
      ...makingsOf(file, sitesOf(index, file)),
      ...file.namedUses.filter(({ name }) => mayBeLock(words, file, name) && leadsOut(file, name)),
    ].map(({ name, functionName }) => ({ file, name, functionName })),
  );
}

/** What the locks of sites in a file are made of. */
export function makingsOf(file: FileFacts, sites: readonly LockSite[]): readonly Making[] {
  return sites.flatMap(({ names, functionName }) =>
    names
      .flatMap(valuesOfName)
      .flatMap(namesIn)
      .filter((name) => leadsOut(file, name))
      .map((name) => ({ name, functionName })),
  );
}

function leadsOut(file: FileFacts, name: string): boolean {
  return attributeIn(name) !== undefined || 0 < importedAs(file, name).length;
}

/** The classes on whose objects a lock depends, with all that inherit from them. */
function takersAmong(index: ProjectIndex, makings: readonly MakingInFile[]): readonly ClassInProject[] {
  const owners = makings.flatMap(({ file, functionName, name }) =>
    attributeIn(name) === undefined ? [] : (ownerOf(file, functionName) ?? []),
  );
  return [...new Set(owners.flatMap((owner) => [owner, ...subclassesOf(index, owner)]))];
}

/** The qualified names of the bases that a class has from other modules. */
export function basesImported({ file, facts }: ClassInProject): readonly string[] {
  return facts.bases.flatMap((base) => (base === undefined ? [] : importedAs(file, base)));
}

/** The constants that these, and the attributes in them, are made of. */
function constantsImported(
  makings: readonly MakingInFile[],
  family: readonly ClassInProject[],
): readonly string[] {
  const attributes = new Set(makings.flatMap(({ name }) => attributeIn(name) ?? []));
  const assigned = family.flatMap(({ file, facts }) =>
    [...attributes].flatMap((attribute) => {
      const own = facts.classAttributes.get(attribute);
      return [...(own === undefined ? [] : [own]), ...(facts.instanceAttributes.get(attribute) ?? [])].map(
        ({ value }) => namesIn(value).map((name) => ({ file, name })),
      );
    }),
  );
  return [...makings, ...assigned.flat()].flatMap(({ file, name }) => importedAs(file, name));
}

/** The attribute of the object at hand that a name begins with: `prefix` in `self.prefix`. */
function attributeIn(name: string): string | undefined {
  return /^(?:self|cls)\.(\w+)/.exec(name)?.[1];
}

/** What a dotted name of a file stands for by the file's imports. */
function importedAs({ imports }: FileFacts, dottedName: string): readonly string[] {
  const [head, ...rest] = dottedName.split(".");
  return imports
    .filter(({ local }) => local === head)
    .map(({ qualifiedName }) => [qualifiedName, ...rest].join("."));
}

/** The files that are not read in full: those without locks, and those whose locks hang on no object. */
export function filesNotWhole(index: ProjectIndex): readonly FileOutline[] {
  return [
    ...index.lockless.values(),
    ...[...index.files.values()].filter((file) => file.classes === undefined),
  ];
}

/** How many re-exports are followed from module to module. */
const MOST_STEPS = 8;

/**
 * Finds the unread file on the way to a qualified name: that of the longest beginning that is a module, or, if it is
 * read, of the module that it has the rest from.
 */
export function unreadPaths(
  index: ProjectIndex,
  unread: readonly FileOutline[],
): { moduleWith(qualifiedName: string): readonly FilePath[] } {
  const pathsByModule = new Map(unread.map(({ module, path }) => [module, path]));
  const filesByModule = new Map([...index.files.values()].map((file) => [file.module, file]));
  const find = (qualifiedName: string, steps: number): readonly FilePath[] => {
    const parts = qualifiedName.split(".");
    for (let length = parts.length; 0 < length && 0 < steps; length -= 1) {
      const module = parts.slice(0, length).join(".");
      const path = pathsByModule.get(module);
      const file = filesByModule.get(module);
      if (path !== undefined) {
        return [path];
      }
      if (file !== undefined) {
        const rest = parts.slice(length).join(".");
        return importedAs(file, rest).flatMap((origin) => find(origin, steps - 1));
      }
    }
    return [];
  };
  return { moduleWith: (qualifiedName) => find(qualifiedName, MOST_STEPS) };
}

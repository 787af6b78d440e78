import { derived } from "../base/memo.ts";
import { API_WORDS, lockApiNamed } from "../facts/lock-apis.ts";
import type { FileFacts, ImportedName, LockWrapper } from "../facts/model.ts";
import type { Value } from "../facts/value.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder, isTestModule } from "./project-index.ts";

/**
 * The words under which the project has locks beside the APIs: names of wrappers, and of variables and attributes that
 * hold a lock. Files that use one of them are worth reading in full.
 */
export const lockWords = derived((index: ProjectIndex): ReadonlySet<string> => {
  const files = filesInOrder(index).filter(({ module }) => !isTestModule(module));
  const words = new Set(
    files.flatMap((file) => [
      ...file.imports.filter(isRenamedApi).map(({ local }) => local),
      ...file.wrappers.filter((wrapper) => takesDirectly(file, wrapper)).map(({ name }) => lastWord(name)),
    ]),
  );
  for (let known = -1; known < words.size; ) {
    known = words.size;
    for (const word of files.flatMap((file) => wordsByWayOf(file, words))) {
      words.add(word);
    }
  }
  return words;
});

/** What a file says to be a lock, given what is known to be one. */
function wordsByWayOf(file: FileFacts, words: ReadonlySet<string>): readonly string[] {
  return [
    ...file.wrappers
      .filter((wrapper) => takesByWayOf(file, wrapper, words))
      .map(({ name }) => lastWord(name)),
    ...variablesOf(file).flatMap(([name, value]) => (holdsLock(value, words) ? name : [])),
  ];
}

function takesDirectly(file: FileFacts, wrapper: LockWrapper): boolean {
  return file.sites.some(({ range }) => isTakenIn(wrapper, range));
}

function takesByWayOf(file: FileFacts, wrapper: LockWrapper, words: ReadonlySet<string>): boolean {
  return file.namedUses.some(({ name, range }) => isTakenIn(wrapper, range) && mayBeLock(words, file, name));
}

/** Whether the project may use a name of a lock, as it stands in a file, by the file's imports. */
export function mayBeLock(words: ReadonlySet<string>, file: FileFacts, dottedName: string): boolean {
  const [head = "", ...rest] = dottedName.split(".");
  return (
    [head, ...rest].some((word) => words.has(word)) ||
    // A namesake of the API, which may be the API itself by way of another module.
    API_WORDS.includes(lastWord(dottedName)) ||
    file.imports.some(({ local, qualifiedName }) => local === head && words.has(lastWord(qualifiedName)))
  );
}

/** `from cinder.utils import synchronized as node_lock`, which others may import from here. */
function isRenamedApi({ local, qualifiedName }: ImportedName): boolean {
  return local !== lastWord(qualifiedName) && lockApiNamed(qualifiedName) !== undefined;
}

/** What makes a lock, or an API of another one. */
const MAKERS: ReadonlySet<string> = new Set([
  ...API_WORDS,
  "synchronized_with_prefix",
  "lock_with_prefix",
  "partial",
  "external_lock",
  "internal_lock",
  "lock",
]);

function variablesOf(file: FileFacts): readonly (readonly [string, Value])[] {
  return [
    // What a service's `utils` defines itself is the API, under the API's own name.
    ...[...file.constants].filter(([name]) => lockApiNamed(`${file.module}.${name}`) === undefined),
    ...[...file.locals.values()].flatMap((variables) =>
      [...variables].flatMap(([name, values]) => values.map(({ value }) => [name, value] as const)),
    ),
    ...(file.classes ?? []).flatMap(({ classAttributes, instanceAttributes }) => [
      ...[...classAttributes].map(([name, { value }]) => [name, value] as const),
      ...[...instanceAttributes].flatMap(([name, values]) =>
        values.map(({ value }) => [name, value] as const),
      ),
    ]),
  ];
}

/** Told by the words alone: the value calls or names what makes locks. */
function holdsLock(value: Value, words: ReadonlySet<string>): boolean {
  switch (value.kind) {
    case "call":
      return isMaker(lastWord(value.callee), words);
    case "name":
      return isMaker(lastWord(value.name), words);
    case "choice":
      return value.options.some((option) => holdsLock(option, words));
    default:
      return false;
  }
}

function isMaker(word: string, words: ReadonlySet<string>): boolean {
  return MAKERS.has(word) || words.has(word);
}

function lastWord(dottedName: string): string {
  return dottedName.slice(dottedName.lastIndexOf(".") + 1);
}

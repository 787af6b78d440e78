import { derived } from "../base/memo.ts";
import { API_WORDS, lockApiNamed } from "../facts/lock-apis.ts";
import type { FileFacts, ImportedName } from "../facts/model.ts";
import type { Value } from "../facts/value.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder, isTestModule } from "./project-index.ts";

/**
 * The words under which the project has locks beside the APIs: names of wrappers, and of variables and attributes that
 * hold a lock. Files that use one of them are worth reading in full.
 */
export const lockWords = derived((index: ProjectIndex): ReadonlySet<string> => {
  const files = filesInOrder(index).filter(({ module }) => !isTestModule(module));
  const wrappers = files.flatMap((file) => file.wrappers.map(({ name }) => lastWord(name)));
  const makers = new Set([...API_WORDS, ...MAKERS, ...wrappers]);
  return new Set([
    ...wrappers,
    ...files.flatMap(({ imports }) => imports.filter(isRenamedApi).map(({ local }) => local)),
    ...files.flatMap((file) =>
      variablesOf(file).flatMap(([name, value]) => (holdsLock(value, makers) ? name : [])),
    ),
  ]);
});

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

/** What makes an API of another one. */
const MAKERS = [
  "synchronized_with_prefix",
  "lock_with_prefix",
  "partial",
  "external_lock",
  "internal_lock",
  "lock",
];

function variablesOf(file: FileFacts): readonly (readonly [string, Value])[] {
  return [
    ...file.constants,
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
function holdsLock(value: Value, makers: ReadonlySet<string>): boolean {
  switch (value.kind) {
    case "call":
      return makers.has(lastWord(value.callee));
    case "name":
      return makers.has(lastWord(value.name));
    case "choice":
      return value.options.some((option) => holdsLock(option, makers));
    default:
      return false;
  }
}

function lastWord(dottedName: string): string {
  return dottedName.slice(dottedName.lastIndexOf(".") + 1);
}

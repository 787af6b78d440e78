import { lastWord } from "../base/dotted-name.ts";
import { derived, derivedBy } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import { API_WORDS, lockApiNamed } from "../facts/lock-apis.ts";
import type { FileFacts, ImportedName, LockWrapper } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import type { Value } from "../facts/value.ts";
import { isTakenIn } from "../facts/wrappers.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder, sameNames } from "./project-index.ts";

/**
 * The words under which the project has locks beside the APIs: names of wrappers, and of variables and attributes that
 * hold a lock. Files that use one of them are worth reading in full.
 */
export const lockWords = derivedBy(sameNames, (index: ProjectIndex): ReadonlySet<string> => {
  const files = filesInOrder(index)
    .filter(({ module }) => !isTestModule(module))
    .map((file) => ({ file, said: saidOfLocks(file) }));
  const words = new Set(files.flatMap(({ said }) => said.surely));
  for (let fresh: readonly string[] = [...MAKERS, ...words]; 0 < fresh.length; ) {
    const found = files.flatMap(({ file, said }) => [
      ...fresh.flatMap((word) => said.variablesByMaker.get(word) ?? []),
      ...said.wrappers
        .filter(({ uses }) => uses.some((name) => mayBeLock(words, file, name)))
        .map(({ name }) => name),
    ]);
    fresh = [...new Set(found)].filter((word) => !words.has(word));
    for (const word of fresh) {
      words.add(word);
    }
  }
  return words;
});

/** What a file says of locks by the words alone, as far as it does not hang on what other files say. */
export interface SaidOfLocks {
  /** Wrappers around an API, and APIs by another name. */
  readonly surely: readonly string[];
  /** Wrappers around what may be a lock, with the names of what they take. */
  readonly wrappers: readonly { readonly name: string; readonly uses: readonly string[] }[];
  /** Variables and attributes by the last word of what is called or named to make their values. */
  readonly variablesByMaker: ReadonlyMap<string, readonly string[]>;
}

export const saidOfLocks = derived((file: FileFacts): SaidOfLocks => {
  const made = variablesOf(file).flatMap(([name, value]) =>
    makersOf(value).map((maker) => ({ name, maker })),
  );
  return {
    surely: [
      ...file.imports.filter(isRenamedApi).map(({ local }) => local),
      ...file.wrappers.filter((wrapper) => takesDirectly(file, wrapper)).map(({ name }) => lastWord(name)),
    ],
    wrappers: file.wrappers.map((wrapper) => ({
      name: lastWord(wrapper.name),
      uses: file.namedUses.filter(({ range }) => isTakenIn(wrapper, range)).map(({ name }) => name),
    })),
    variablesByMaker: new Map(
      [...groupBy(made, ({ maker }) => maker)].map(([maker, group]) => [
        maker,
        [...new Set(group.map(({ name }) => name))],
      ]),
    ),
  };
});

function takesDirectly(file: FileFacts, wrapper: LockWrapper): boolean {
  return file.sites.some(({ range }) => isTakenIn(wrapper, range));
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

/** The last words of what a value calls or names. */
function makersOf(value: Value): readonly string[] {
  switch (value.kind) {
    case "call":
      return [lastWord(value.callee)];
    case "name":
      return [lastWord(value.name)];
    case "choice":
      return value.options.flatMap(makersOf);
    default:
      return [];
  }
}

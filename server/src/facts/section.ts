import type { TextRange } from "../base/text-range.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  argumentsOf,
  callOf,
  decoratedBy,
  decoratorsOf,
  enteredBy,
  isEmptyBlock,
  namedChildrenOf,
  qualifiedNameOf,
  withParentheses,
  withStatementEntering,
} from "../syntax/python-nodes.ts";
import type { SearchedText } from "../syntax/words.ts";
import type { FunctionPlace } from "./bodies.ts";
import { functionPlacesIn } from "./bodies.ts";
import type { ClassHead, Method, SelfAssignment } from "./classes.ts";
import { classHeadsIn, methodsIn, selfAssignmentsIn } from "./classes.ts";
import type { NamedDefinition } from "./definitions.ts";
import { definitionsIn, functionNamesIn } from "./definitions.ts";
import type { LowestOther } from "./idioms/decorator.ts";
import { decoratorSite, decoratorsByFunction } from "./idioms/decorator.ts";
import { entryTestsIn } from "./idioms/entry-test.ts";
import { functionNameAround } from "./idioms/function-name.ts";
import type { AcquisitionItself, ReleaseItself } from "./idioms/held-by-hand.ts";
import { acquisitionsIn, releasesIn } from "./idioms/held-by-hand.ts";
import { acquireSite, callSite, withSite } from "./idioms/lock-object.ts";
import { madeLock } from "./idioms/made-lock.ts";
import { namedUsesIn } from "./idioms/named-use.ts";
import { statusGuardsOf } from "./idioms/status-guard.ts";
import { importsOf } from "./imports.ts";
import type { FunctionLocals } from "./locals.ts";
import { localsOf } from "./locals.ts";
import type { ApiUse, RemovalUse } from "./lock-apis.ts";
import {
  lockApiNamed,
  lockObjectNamed,
  prefixedApiNamed,
  removalApiNamed,
  takesNoLock,
} from "./lock-apis.ts";
import { expressionsOfName, lockNameOf, valuesOfName } from "./lock-name.ts";
import type {
  DecoratedFunction,
  FileFacts,
  FileOrigin,
  ImportedName,
  LockName,
  LockRemoval,
  LockSite,
  NamedUse,
  RangedText,
  UncalledDecorator,
} from "./model.ts";
import { usesOfImports } from "./names.ts";
import type { Renaming } from "./outline.ts";
import { renamingsIn, usedWordsIn } from "./outline.ts";
import { suppressionCommentsIn } from "./suppressions.ts";
import { namesIn, type Value } from "./value.ts";
import { wrappersIn } from "./wrappers.ts";

/**
 * What a stretch of a file says of itself, whatever the other functions say: one of its outermost functions, what
 * stands outside of these, or all of it.
 */
export type SectionFacts = NamingFacts & CheckedFacts & FactsInWords;

/** What decides which locks there are, and what they are called. */
interface NamingFacts extends Pick<FileFacts, "sites" | "removals" | "wrappers" | "namedUses" | "madeLocks"> {
  /** Whether there is something for which the whole file is to be read: a lock, or what may be one by another name. */
  readonly isTelling: boolean;
  readonly imports: readonly ImportedName[];
  readonly definitions: readonly NamedDefinition[];
  readonly classes: readonly ClassHead[];
  readonly selfAssignments: readonly SelfAssignment[];
  readonly locals: readonly FunctionLocals[];
}

/** What else is asked where locks are checked, documented or edited. */
interface CheckedFacts
  extends Pick<FileFacts, "uncalled" | "decorators" | "emptyBlocks" | "entryTests" | "guards"> {
  /** All functions, where all is read. */
  readonly functions: readonly FunctionPlace[];
  readonly acquisitions: readonly AcquisitionItself[];
  readonly releases: readonly ReleaseItself[];
  readonly suppressionComments: readonly TextRange[];
  readonly methods: readonly Method[];
}

/** What is told without a tree. */
interface FactsInWords {
  readonly usedWords: readonly string[];
  readonly renamings: readonly Renaming[];
  readonly functionNames: readonly RangedText[];
}

export function factsInWords(text: SearchedText, asked: Asked): FactsInWords {
  return {
    usedWords: usedWordsIn(text),
    renamings: renamingsIn(text),
    functionNames: asked === "all" ? functionNamesIn(text) : [],
  };
}

/**
 * What is asked of a text: which locks there are, or also what is asked where they are checked, documented or edited, as
 * guards, calls, methods and comments.
 */
export type Asked = "locks" | "all";

/** How much of a text is read. */
export interface Extent {
  /** Whether all is read or only what names a lock API, told by whether that {@link SectionFacts.isTelling}. */
  readonly isWhole: (isTelling: boolean) => boolean;
  readonly asked: Asked;
}

/**
 * Reads what is searched of a tree.
 * @param around the imports that are seen there beside those that stand there
 */
export function sectionFacts(
  tree: SyntaxTree,
  { module, path }: FileOrigin,
  around: readonly ImportedName[],
  { isWhole, asked }: Extent,
): SectionFacts {
  const imports = importsOf(tree, module, path.endsWith("/__init__.py"));
  const uses = apiUsesIn(tree, [...imports, ...around]);
  const lowestOther = lowestOtherAmong(uses);
  const direct = uses.flatMap((use) => {
    const site = use.kind === "lock" ? siteOf(tree, use, lowestOther) : undefined;
    const node = callOf(use.node);
    return site === undefined || node === undefined ? [] : { node, site };
  });
  const removed = uses.flatMap((use) => {
    const removal = use.kind === "removal" ? removalOf(tree, use) : undefined;
    return removal === undefined ? [] : { node: use.node, removal };
  });
  const names = [...direct.flatMap(({ site }) => site.names), ...removed.map(({ removal }) => removal.name)];
  const isTelling = 0 < direct.length || uses.some(makesALock) || names.some(hangsOnSelf);
  const readsAll = isWhole(isTelling);
  const known = new Set(uses.flatMap(({ kind, node }) => (kind === "namesake" ? [] : node.startIndex)));
  const named = readsAll ? namedUsesIn(tree, known, lowestOther) : [];
  const attributes = readsAll ? selfAssignmentsIn(tree) : [];
  const released = readsAll && asked === "all" ? releasesIn(tree) : [];
  const taken = [
    ...direct.map(({ node, site }) => ({
      node,
      form: site.form,
      bodyRange: site.form === "with" ? site.bodyRange : undefined,
    })),
    ...named.map(({ node, use: { form, bodyRange } }) => ({ node, form, bodyRange })),
  ];
  return {
    isTelling,
    imports,
    definitions: definitionsIn(tree),
    ...factsInWords(tree, asked),
    sites: direct.map(({ site }) => site),
    removals: removed.map(({ removal }) => removal),
    wrappers: wrappersIn(tree, taken),
    namedUses: named.map(({ use }) => use),
    madeLocks: uses.flatMap((found) =>
      found.kind === "object" && found.use.api.mechanism === "object"
        ? (madeLock(tree, found.node, found.use) ?? [])
        : [],
    ),
    classes: readsAll ? classHeadsIn(tree) : [],
    selfAssignments: attributes.map(({ assignment }) => assignment),
    locals: localsOf(tree, [
      ...direct.map(({ node, site }) => ({ node, values: valuesOfSite(site) })),
      ...removed.map(({ node, removal }) => ({ node, values: expressionsOfName(removal.name) })),
      ...named.map(({ node, use }) => ({ node, values: valuesOfUse(use) })),
      ...released.map(({ node, release: { name } }) => ({
        node,
        values: name === undefined ? [] : [{ kind: "name" as const, name }],
      })),
      // Names are put together where the object is made; what else is assigned to it names no lock.
      ...attributes
        .filter(({ assignment }) => assignment.assigned.value.kind === "joined")
        .map(({ node, assignment }) => ({ node, values: [assignment.assigned.value] })),
    ]),
    ...(asked === "locks"
      ? NOTHING_CHECKED
      : {
          uncalled: uses.flatMap((use) => (use.kind === "lock" ? (uncalledOf(tree, use) ?? []) : [])),
          decorators: decoratorsByFunction(
            tree,
            direct.flatMap(({ node, site }) => (site.form === "decorator" ? node : [])),
          ),
          emptyBlocks: emptyBlocksIn(tree, taken),
          entryTests: entryTestsIn(tree, taken),
          guards: statusGuardsOf(tree),
          functions: readsAll ? functionPlacesIn(tree) : [],
          acquisitions: readsAll ? acquisitionsIn(tree) : [],
          releases: released.map(({ release }) => release),
          suppressionComments: suppressionCommentsIn(tree),
          methods: readsAll ? methodsIn(tree) : [],
        }),
  };
}

const NOTHING_CHECKED: CheckedFacts = {
  uncalled: [],
  decorators: [],
  emptyBlocks: [],
  entryTests: [],
  guards: [],
  functions: [],
  acquisitions: [],
  releases: [],
  suppressionComments: [],
  methods: [],
};

/** What runs under one of these alone, and does nothing. Entering something else beside it may be the work. */
function emptyBlocksIn(
  tree: SyntaxTree,
  taken: readonly { readonly node: SyntaxNode; readonly bodyRange: TextRange | undefined }[],
): readonly TextRange[] {
  return taken.flatMap(({ node, bodyRange }) => {
    if (
      bodyRange === undefined ||
      !MAY_BE_EMPTY.test(tree.text.slice(bodyRange.start, bodyRange.start + 4))
    ) {
      return [];
    }
    const statement = withStatementEntering(node);
    const body = statement?.childForFieldName("body") ?? undefined;
    return statement !== undefined &&
      body !== undefined &&
      enteredBy(statement).length === 1 &&
      isEmptyBlock(body) &&
      !hasComment(tree, statement)
      ? bodyRange
      : [];
  });
}

/** How a block begins that does nothing; the others are not looked up. */
const MAY_BE_EMPTY = /^(?:pass|\.\.\.|\w?["'])/;

/** In it or behind it on its last line. Comments at the edges of a block are no part of it for the grammar. */
function hasComment({ text }: SyntaxTree, { startIndex, endIndex }: SyntaxNode): boolean {
  const end = text.indexOf("\n", endIndex);
  return text.slice(startIndex, end === -1 ? text.length : end).includes("#");
}

/** Whether a use gives a lock another name, by which it is taken elsewhere. */
function makesALock({ kind, node }: FoundUse): boolean {
  const call = callOf(node);
  return (
    kind === "object" ||
    kind === "namesake" ||
    (kind === "lock" && (call === undefined ? !isDecorator(node) : isAssignedTo(call)))
  );
}

/** What of a site is made of variables. */
function valuesOfSite(site: LockSite): readonly Value[] {
  return [
    ...site.names.flatMap(expressionsOfName),
    ...(site.form === "decorator" ? valuesPassed(site.target) : []),
  ];
}

function valuesOfUse({ name, passed, target }: NamedUse): readonly Value[] {
  return [{ kind: "name", name }, ...(passed ?? []).map(({ value }) => value), ...valuesPassed(target)];
}

function valuesPassed(target: DecoratedFunction | undefined): readonly Value[] {
  return target?.calls.flatMap(({ passes }) => passes.map(({ value }) => value)) ?? [];
}

/** Those of lockutils hide the function's parameters as any other decorator may (SEMANTICS §4, stacking). */
function lowestOtherAmong(uses: readonly FoundUse[]): LowestOther {
  const lockStarts = new Set(
    uses.flatMap((found) =>
      found.kind === "lock" && found.use.api.mechanism === "coordination" ? found.node.startIndex : [],
    ),
  );
  return perNode((tree, definition) =>
    decoratorsOf(tree, definition).findLast(
      (decorator) => !namedChildrenOf(decorator).some((child) => lockStarts.has(child.startIndex)),
    ),
  );
}

/** Whether a name is made of attributes of the object at hand. */
function hangsOnSelf(name: LockName): boolean {
  return valuesOfName(name)
    .flatMap(namesIn)
    .some((each) => /^(?:self|cls)\b/.test(each));
}

/** A place where a name stands for a lock API or a removal. */
type FoundUse =
  | { readonly kind: "lock"; readonly node: SyntaxNode; readonly use: ApiUse }
  /** What makes a lock that is known by its owner, or an API with a prefix of its own. */
  | { readonly kind: "object"; readonly node: SyntaxNode; readonly use: ApiUse }
  | { readonly kind: "removal"; readonly node: SyntaxNode; readonly use: RemovalUse }
  /** A name like an API's from a module that may have it from elsewhere. */
  | { readonly kind: "namesake"; readonly node: SyntaxNode }
  /** What could be a lock, did one not know it. */
  | { readonly kind: "harmless"; readonly node: SyntaxNode };

function apiUsesIn(tree: SyntaxTree, imports: readonly ImportedName[]): readonly FoundUse[] {
  const isApi = (name: string): boolean =>
    lockApiNamed(name) !== undefined ||
    makerNamed(name) !== undefined ||
    removalApiNamed(name) !== undefined ||
    isNamesake(name) ||
    takesNoLock(name);
  return usesOfImports(tree, imports, isApi).flatMap(
    ({ node, qualifiedName }) => useNamed(node, qualifiedName) ?? [],
  );
}

function useNamed(node: SyntaxNode, qualifiedName: string): FoundUse | undefined {
  const lock = lockApiNamed(qualifiedName);
  if (lock !== undefined) {
    return { kind: "lock", node, use: lock };
  }
  const maker = makerNamed(qualifiedName);
  if (maker !== undefined) {
    return { kind: "object", node, use: maker };
  }
  const removal = removalApiNamed(qualifiedName);
  if (removal !== undefined) {
    return { kind: "removal", node, use: removal };
  }
  if (isNamesake(qualifiedName)) {
    return { kind: "namesake", node };
  }
  return takesNoLock(qualifiedName) ? { kind: "harmless", node } : undefined;
}

function isNamesake(qualifiedName: string): boolean {
  return qualifiedName.endsWith(".synchronized");
}

function makerNamed(qualifiedName: string): ApiUse | undefined {
  return lockObjectNamed(qualifiedName) ?? prefixedApiNamed(qualifiedName);
}

function isDecorator(node: SyntaxNode): boolean {
  return node.parent?.type === "decorator";
}

/** Whether a value is given to a variable or attribute. */
function isAssignedTo(node: SyntaxNode): boolean {
  return withParentheses(node).parent?.type === "assignment";
}

/** Each idiom is asked in turn; the last takes what the others leave, so that no call of a lock API is lost. */
function siteOf(
  tree: SyntaxTree,
  found: FoundUse & { readonly kind: "lock" },
  lowestOther: LowestOther,
): LockSite | undefined {
  const call = callOf(found.node);
  if (call === undefined) {
    return undefined;
  }
  const lockCall = { tree, callee: found.node, call, use: found.use };
  return (
    decoratorSite(lockCall, lowestOther) ?? withSite(lockCall) ?? acquireSite(lockCall) ?? callSite(lockCall)
  );
}

function uncalledOf(
  tree: SyntaxTree,
  { node, use }: FoundUse & { readonly kind: "lock" },
): UncalledDecorator | undefined {
  const { parent } = node;
  if (!isDecorator(node) || parent === null || use.api.gives !== "decorator") {
    return undefined;
  }
  const definition = decoratedBy(parent);
  return {
    range: rangeOf(node),
    use,
    functionName:
      definition === undefined ? functionNameAround(tree, node) : qualifiedNameOf(tree, definition),
  };
}

function removalOf(
  tree: SyntaxTree,
  { node, use }: FoundUse & { readonly kind: "removal" },
): LockRemoval | undefined {
  const call = callOf(node);
  const first = call === undefined ? undefined : argumentsOf(call)[0];
  return call === undefined || first === undefined || first.kind === "splat"
    ? undefined
    : {
        range: rangeOf(call),
        use,
        name: lockNameOf(tree, first.value, false),
        functionName: functionNameAround(tree, call),
      };
}

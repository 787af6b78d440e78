import { lineIndexOf } from "../base/line-index.ts";
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
import { bodiesOf } from "./bodies.ts";
import { classesOf, selfAssignmentsIn } from "./classes.ts";
import { constantsOf, definitionsOf, functionsOf } from "./definitions.ts";
import type { LowestOther } from "./idioms/decorator.ts";
import { decoratorSite, decoratorsByFunction } from "./idioms/decorator.ts";
import { entryTestsIn } from "./idioms/entry-test.ts";
import { functionNameAround } from "./idioms/function-name.ts";
import { acquisitionsIn, releasesIn } from "./idioms/held-by-hand.ts";
import { acquireSite, callSite, withSite } from "./idioms/lock-object.ts";
import { madeLock } from "./idioms/made-lock.ts";
import { namedUsesIn } from "./idioms/named-use.ts";
import { mayGuardStatus, statusGuardsOf } from "./idioms/status-guard.ts";
import { importsOf, importsOfOwnApis } from "./imports.ts";
import { localsOf } from "./locals.ts";
import type { ApiUse, RemovalUse } from "./lock-apis.ts";
import { API_WORDS, lockApiNamed, lockObjectNamed, prefixedApiNamed, removalApiNamed } from "./lock-apis.ts";
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
  UncalledDecorator,
} from "./model.ts";
import { usesOfImports } from "./names.ts";
import { baseNamesIn, usedNamesIn } from "./outline.ts";
import { suppressionsOf } from "./suppressions.ts";
import { namesIn, type Value } from "./value.ts";
import { wrappersIn } from "./wrappers.ts";

/** The words of the APIs but for those that end like another one, as `RLock` does. */
const ENDS_OF_API_WORDS = API_WORDS.filter(
  (word) => !API_WORDS.some((other) => other !== word && word.endsWith(other)),
);

/**
 * A word of a lock API where it is called, renamed or an attribute, which in prose it seldom is, or a decorator that
 * has a lock in its name: a wrapper that a driver wrote for itself. At the end of a text it is what a test replaces.
 * Every file is searched for it: a pattern that looks back from few words is found twice as fast.
 */
const MAY_TAKE_A_LOCK = new RegExp(
  `(?:${ENDS_OF_API_WORDS.join("|")})\\b(?<=\\b(?:${API_WORDS.join("|")}))(?!["'])` +
    "(?:(?<=[.@][\\s\\\\]*\\w+)|(?=[\\s\\\\]*(?:\\(|as\\b)|\\.\\w))|lock(?<=^[ \\t]*@[\\w.]*lock)",
  "m",
);

/**
 * Whether a text may spell a lock, a guard on a status, or a comment of ours that is stale; parsing is spared for the many
 * files that do not.
 */
export function mayTakeLocks(text: string): boolean {
  return MAY_TAKE_A_LOCK.test(text) || mayGuardStatus(text) || text.includes("cinder-locks:");
}

/**
 * How much is read of a file: what it says of locks by the names of their APIs, or all, with its classes and whatever may
 * be a lock by another name. Most files have nothing of that kind, and reading it costs as much as all else.
 */
export type FactsDetail = "locks" | "whole";

/** What a parsed file says about locks. Never fails, whatever the text. */
export function extractFacts(origin: FileOrigin, tree: SyntaxTree, detail: FactsDetail = "locks"): FileFacts {
  const definitions = definitionsOf(tree);
  const imports = [
    ...importsOf(tree, origin.module, origin.path.endsWith("/__init__.py")),
    ...importsOfOwnApis(tree, origin.module, definitions.keys()),
  ];
  const uses = apiUsesIn(tree, imports);
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
  const isWhole = detail === "whole" || 0 < direct.length || uses.some(makesALock) || names.some(hangsOnSelf);
  const known = new Set(uses.flatMap(({ kind, node }) => (kind === "namesake" ? [] : node.startIndex)));
  const named = isWhole ? namedUsesIn(tree, known, lowestOther) : [];
  const attributes = isWhole ? selfAssignmentsIn(tree) : [];
  const released = isWhole ? releasesIn(tree) : [];
  const entered = [
    ...direct.map(({ node, site }) => ({
      node,
      bodyRange: site.form === "with" ? site.bodyRange : undefined,
    })),
    ...named.map(({ node, use: { bodyRange } }) => ({ node, bodyRange })),
  ];
  const lines = lineIndexOf(tree.text);
  return {
    ...origin,
    lines,
    sites: direct.map(({ site }) => site),
    removals: removed.map(({ removal }) => removal),
    uncalled: uses.flatMap((use) => (use.kind === "lock" ? (uncalledOf(tree, use) ?? []) : [])),
    suppressions: suppressionsOf(tree, lines),
    decorators: decoratorsByFunction(
      tree,
      direct.flatMap(({ node, site }) => (site.form === "decorator" ? node : [])),
    ),
    wrappers: wrappersIn(tree, [
      ...direct.map(({ node, site }) => ({ node, form: site.form })),
      ...named.map(({ node, use }) => ({ node, form: use.form })),
    ]),
    namedUses: named.map(({ use }) => use),
    bodies: isWhole || 0 < direct.length ? bodiesOf(tree, imports) : [],
    acquisitions: isWhole ? acquisitionsIn(tree) : [],
    releases: released.map(({ release }) => release),
    madeLocks: uses.flatMap((found) =>
      found.kind === "object" && found.use.api.mechanism === "object"
        ? (madeLock(tree, found.node, found.use) ?? [])
        : [],
    ),
    emptyBlocks: emptyBlocksIn(tree, entered),
    entryTests: entryTestsIn(tree, entered),
    usedNames: usedNamesIn(tree.text),
    guards: statusGuardsOf(tree),
    definitions,
    functions: functionsOf(tree.text),
    imports,
    baseNames: baseNamesIn(tree.text),
    classes: isWhole ? classesOf(tree, attributes) : undefined,
    constants: constantsOf(tree),
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
        .filter(({ assigned }) => assigned.value.kind === "joined")
        .map(({ node, assigned }) => ({ node, values: [assigned.value] })),
    ]),
  };
}

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
  | { readonly kind: "namesake"; readonly node: SyntaxNode };

function apiUsesIn(tree: SyntaxTree, imports: readonly ImportedName[]): readonly FoundUse[] {
  const isApi = (name: string): boolean =>
    lockApiNamed(name) !== undefined ||
    makerNamed(name) !== undefined ||
    removalApiNamed(name) !== undefined ||
    isNamesake(name);
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
  return isNamesake(qualifiedName) ? { kind: "namesake", node } : undefined;
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

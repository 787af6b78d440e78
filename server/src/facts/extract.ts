import { lineIndexOf } from "../base/line-index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf } from "../syntax/engine.ts";
import { perNode } from "../syntax/per-node.ts";
import {
  argumentsOf,
  callOf,
  decoratedBy,
  decoratorsOf,
  namedChildrenOf,
  qualifiedNameOf,
} from "../syntax/python-nodes.ts";
import { classesOf } from "./classes.ts";
import { constantsOf, definitionsOf, functionsOf } from "./definitions.ts";
import type { LowestOther } from "./idioms/decorator.ts";
import { decoratorSite } from "./idioms/decorator.ts";
import { functionNameAround } from "./idioms/function-name.ts";
import { acquireSite, callSite, withSite } from "./idioms/lock-object.ts";
import { statusGuardsOf } from "./idioms/status-guard.ts";
import { importsOf, importsOfOwnApis } from "./imports.ts";
import { localsOf } from "./locals.ts";
import type { ApiUse, RemovalUse } from "./lock-apis.ts";
import { API_WORDS, lockApiNamed, removalApiNamed } from "./lock-apis.ts";
import { lockNameOf, valuesOfName } from "./lock-name.ts";
import type {
  FileFacts,
  FileOrigin,
  ImportedName,
  LockRemoval,
  LockSite,
  UncalledDecorator,
} from "./model.ts";
import { usesOfImports } from "./names.ts";
import { baseNamesIn } from "./outline.ts";
import { namesIn } from "./value.ts";

/**
 * A word of a lock API where it is called, renamed or an attribute, which in prose it seldom is, or a decorator that
 * has a lock in its name: a wrapper that a driver wrote for itself.
 */
const MAY_TAKE_A_LOCK = new RegExp(
  `\\b(?:${API_WORDS.join("|")})\\b(?:(?<=[.@][\\s\\\\]*\\w+)|(?=[\\s\\\\]*(?:\\(|as\\b)|\\.\\w))|^[ \\t]*@[\\w.]*lock`,
  "m",
);

/** Whether a text may spell a lock; parsing is spared for the many files that do not. */
export function mayTakeLocks(text: string): boolean {
  return MAY_TAKE_A_LOCK.test(text);
}

/**
 * How much is read of a file: what it says of locks, or its classes, too. Most classes decide nothing about locks, and
 * reading them costs as much as all else.
 */
export type FactsDetail = "locks" | "classes";

/** What a parsed file says about locks. Never fails, whatever the text. */
export function extractFacts(origin: FileOrigin, tree: SyntaxTree, detail: FactsDetail = "locks"): FileFacts {
  const definitions = definitionsOf(tree);
  const imports = [
    ...importsOf(tree, origin.module, origin.path.endsWith("/__init__.py")),
    ...importsOfOwnApis(tree, origin.module, definitions.keys()),
  ];
  const uses = apiUsesIn(tree, imports);
  // Those of lockutils hide the function's parameters as any other decorator may (SEMANTICS §4, stacking).
  const lockStarts = new Set(
    uses.flatMap(({ kind, node, use }) =>
      kind === "lock" && use.api.mechanism === "coordination" ? node.startIndex : [],
    ),
  );
  const lowestOther = perNode((_tree, definition) =>
    decoratorsOf(tree, definition).findLast(
      (decorator) => !namedChildrenOf(decorator).some((child) => lockStarts.has(child.startIndex)),
    ),
  );
  const located = uses.flatMap((use) => {
    const site = use.kind === "lock" ? siteOf(tree, use, lowestOther) : undefined;
    return site === undefined ? [] : { node: use.node, names: site.names, site };
  });
  return {
    ...origin,
    lines: lineIndexOf(tree.text),
    sites: located.map(({ site }) => site),
    removals: uses.flatMap((use) => (use.kind === "removal" ? (removalOf(tree, use) ?? []) : [])),
    uncalled: uses.flatMap((use) => (use.kind === "lock" ? (uncalledOf(tree, use) ?? []) : [])),
    guards: statusGuardsOf(tree),
    definitions,
    functions: functionsOf(tree.text),
    imports,
    baseNames: baseNamesIn(tree.text),
    classes:
      detail === "classes" || located.some(({ site }) => hangsOnSelf(site)) ? classesOf(tree) : undefined,
    constants: constantsOf(tree),
    locals: localsOf(tree, located),
  };
}

/** Whether a name of the site is made of attributes of the object at hand. */
function hangsOnSelf(site: LockSite): boolean {
  return site.names.some((name) =>
    valuesOfName(name)
      .flatMap(namesIn)
      .some((each) => /^(?:self|cls)\b/.test(each)),
  );
}

/** A place where a name stands for a lock API or a removal. */
type FoundUse =
  | { readonly kind: "lock"; readonly node: SyntaxNode; readonly use: ApiUse }
  | { readonly kind: "removal"; readonly node: SyntaxNode; readonly use: RemovalUse };

function apiUsesIn(tree: SyntaxTree, imports: readonly ImportedName[]): readonly FoundUse[] {
  const isApi = (name: string): boolean =>
    lockApiNamed(name) !== undefined || removalApiNamed(name) !== undefined;
  return usesOfImports(tree, imports, isApi).flatMap(
    ({ node, qualifiedName }) => useNamed(node, qualifiedName) ?? [],
  );
}

function useNamed(node: SyntaxNode, qualifiedName: string): FoundUse | undefined {
  const lock = lockApiNamed(qualifiedName);
  if (lock !== undefined) {
    return { kind: "lock", node, use: lock };
  }
  const removal = removalApiNamed(qualifiedName);
  return removal === undefined ? undefined : { kind: "removal", node, use: removal };
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
  if (node.parent?.type !== "decorator" || use.api.gives !== "decorator") {
    return undefined;
  }
  const definition = decoratedBy(node.parent);
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

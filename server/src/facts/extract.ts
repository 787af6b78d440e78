import { lineIndexOf } from "../base/line-index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import {
  argumentsOf,
  callOf,
  enclosingDefinition,
  enclosingDefinitions,
  isAssigned,
  isFunction,
  namedChildrenOf,
  parametersOf,
} from "../syntax/python-nodes.ts";
import { dottedNamesStartingWith } from "../syntax/words.ts";
import { definitionsOf, functionsOf } from "./definitions.ts";
import { decoratorSite } from "./idioms/decorator.ts";
import { functionNameAround } from "./idioms/function-name.ts";
import { acquireSite, callSite, withSite } from "./idioms/lock-object.ts";
import { importsOf, importsOfOwnApis, qualify } from "./imports.ts";
import type { ApiUse, RemovalUse } from "./lock-apis.ts";
import { API_WORDS, lockApiNamed, removalApiNamed } from "./lock-apis.ts";
import { lockNameOf } from "./lock-name.ts";
import type { FileFacts, FilePath, ImportedName, LockRemoval, LockSite, UncalledDecorator } from "./model.ts";

/** Where a file stands: what the text itself does not say. */
export interface FileOrigin {
  readonly path: FilePath;
  /** The dotted name under which Python imports it: `cinder.volume.manager`; for `__init__.py` the package's. */
  readonly module: string;
}

/** A word of a lock API, or a decorator that has a lock in its name: a wrapper that a driver wrote for itself. */
const MAY_TAKE_A_LOCK = new RegExp(`\\b(?:${API_WORDS.join("|")})\\b|^[ \\t]*@[\\w.]*lock`, "m");

/** Whether a text may spell a lock; parsing is spared for the many files that do not. */
export function mayTakeLocks(text: string): boolean {
  return MAY_TAKE_A_LOCK.test(text);
}

/** What a parsed file says about locks. Never fails, whatever the text. */
export function extractFacts(origin: FileOrigin, tree: SyntaxTree): FileFacts {
  const definitions = definitionsOf(tree);
  const imports = [
    ...importsOf(tree, origin.module, origin.path.endsWith("/__init__.py")),
    ...importsOfOwnApis(tree, origin.module, definitions.keys()),
  ];
  const uses = apiUsesIn(tree, imports);
  const lockStarts = new Set(uses.flatMap((use) => (use.kind === "lock" ? use.node.startIndex : [])));
  const isLock = (decorator: SyntaxNode): boolean =>
    namedChildrenOf(decorator).some((child) => lockStarts.has(child.startIndex));
  return {
    ...origin,
    lines: lineIndexOf(tree.text),
    sites: uses.flatMap((use) => (use.kind === "lock" ? (siteOf(tree, use, isLock) ?? []) : [])),
    removals: uses.flatMap((use) => (use.kind === "removal" ? (removalOf(tree, use) ?? []) : [])),
    uncalled: uses.flatMap((use) => (use.kind === "lock" ? (uncalledOf(tree, use) ?? []) : [])),
    definitions,
    functions: functionsOf(tree.text),
    imports,
  };
}

/** A place where a name stands for a lock API or a removal. */
type FoundUse =
  | { readonly kind: "lock"; readonly node: SyntaxNode; readonly use: ApiUse }
  | { readonly kind: "removal"; readonly node: SyntaxNode; readonly use: RemovalUse };

function apiUsesIn(tree: SyntaxTree, imports: readonly ImportedName[]): readonly FoundUse[] {
  const words = new Set(imports.map((imported) => imported.local));
  return dottedNamesStartingWith(tree, words, (dottedName) => mayNameApi(imports, dottedName)).flatMap(
    ({ node, dottedName }) => {
      const qualifiedName = qualify(imports, dottedName, node);
      return qualifiedName === undefined || isHidden(tree, node, dottedName)
        ? []
        : (useNamed(node, qualifiedName) ?? []);
    },
  );
}

/** A cheap test in words alone, before the tree is asked: can this dotted name be a lock API anywhere in the file? */
function mayNameApi(imports: readonly ImportedName[], dottedName: string): boolean {
  const [head = "", ...rest] = dottedName.split(".");
  return imports.some((imported) => {
    const qualifiedName = [imported.qualifiedName, ...rest].join(".");
    return (
      imported.local === head &&
      (lockApiNamed(qualifiedName) !== undefined || removalApiNamed(qualifiedName) !== undefined)
    );
  });
}

function useNamed(node: SyntaxNode, qualifiedName: string): FoundUse | undefined {
  const lock = lockApiNamed(qualifiedName);
  if (lock !== undefined) {
    return { kind: "lock", node, use: lock };
  }
  const removal = removalApiNamed(qualifiedName);
  return removal === undefined ? undefined : { kind: "removal", node, use: removal };
}

/** A parameter or variable of a function around hides the import of that name; an import in it does not. */
function isHidden(tree: SyntaxTree, node: SyntaxNode, dottedName: string): boolean {
  const head = dottedName.split(".", 1)[0] ?? "";
  return enclosingDefinitions(node)
    .filter(isFunction)
    .some((definition) => hasParameter(tree, definition, head) || assigns(tree, definition, head));
}

function hasParameter(tree: SyntaxTree, definition: SyntaxNode, name: string): boolean {
  return parametersOf(definition).some((parameter) => textOf(tree, parameter.name) === name);
}

function assigns(tree: SyntaxTree, definition: SyntaxNode, name: string): boolean {
  const places = dottedNamesStartingWith(
    tree,
    new Set([name]),
    (found) => found === name,
    rangeOf(definition),
  );
  return places.some(
    ({ node }) => isAssigned(node) && enclosingDefinition(node)?.startIndex === definition.startIndex,
  );
}

/** Each idiom is asked in turn; the last takes what the others leave, so that no call of a lock API is lost. */
function siteOf(
  tree: SyntaxTree,
  found: FoundUse & { readonly kind: "lock" },
  isLock: (decorator: SyntaxNode) => boolean,
): LockSite | undefined {
  const call = callOf(found.node);
  if (call === undefined) {
    return undefined;
  }
  const lockCall = { tree, callee: found.node, call, use: found.use };
  return decoratorSite(lockCall, isLock) ?? withSite(lockCall) ?? acquireSite(lockCall) ?? callSite(lockCall);
}

function uncalledOf(
  tree: SyntaxTree,
  { node, use }: FoundUse & { readonly kind: "lock" },
): UncalledDecorator | undefined {
  return node.parent?.type === "decorator" && use.api.gives === "decorator"
    ? { range: rangeOf(node), use, functionName: functionNameAround(tree, node) }
    : undefined;
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

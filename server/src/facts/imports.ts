import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { enclosingDefinition, isClass, namedChildrenOf } from "../syntax/python-nodes.ts";
import { statementsStartingWith } from "../syntax/words.ts";
import { lockApiNamed, removalApiNamed } from "./lock-apis.ts";
import type { ImportedName } from "./model.ts";

/** What the names of a file stand for, by its imports. Says nothing of assignments. */

const IMPORT_TYPES: ReadonlySet<string> = new Set(["import_statement", "import_from_statement"]);

/** All names that a file imports, at whatever depth. `module` is the file's own name, for relative imports. */
export function importsOf(tree: SyntaxTree, module: string, isPackage: boolean): readonly ImportedName[] {
  return statementsStartingWith(tree, /\b(?:import|from)\b/g, IMPORT_TYPES).flatMap((statement) => {
    const definition = enclosingDefinition(statement);
    const place = {
      within: rangeOf(definition ?? tree.root),
      isInClassBody: definition !== undefined && isClass(definition),
      statement: rangeOf(statement),
    };
    const origin = statement.childForFieldName("module_name");
    const source = origin === null ? undefined : moduleName(tree, origin, module, isPackage);
    return namedChildrenOf(statement)
      .filter((child) => child.startIndex !== origin?.startIndex)
      .flatMap((child) => importedName(tree, child, source, place) ?? []);
  });
}

function importedName(
  tree: SyntaxTree,
  node: SyntaxNode,
  source: string | undefined,
  place: Pick<ImportedName, "within" | "isInClassBody" | "statement">,
): ImportedName | undefined {
  const prefix = source === undefined || source === "" ? "" : `${source}.`;
  if (node.type === "wildcard_import") {
    return { local: "*", qualifiedName: `${prefix}*`, ...place };
  }
  if (node.type === "aliased_import") {
    const name = node.childForFieldName("name");
    const alias = node.childForFieldName("alias");
    return name === null || alias === null
      ? undefined
      : { local: textOf(tree, alias), qualifiedName: prefix + textOf(tree, name), ...place };
  }
  const name = textOf(tree, node);
  // `import cinder.utils` binds `cinder`; `from cinder import utils` binds `utils`.
  const local = source === undefined ? (name.split(".")[0] ?? name) : name;
  return { local, qualifiedName: prefix + (source === undefined ? local : name), ...place };
}

/** The absolute name of the module that a `from` names: `..utils` in `cinder.volume.api` is `cinder.utils`. */
function moduleName(tree: SyntaxTree, origin: SyntaxNode, module: string, isPackage: boolean): string {
  const written = textOf(tree, origin).replace(/\s+/g, "");
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  if (dots === 0) {
    return written;
  }
  const parts = module.split(".");
  const kept = parts.slice(0, parts.length - dots + (isPackage ? 1 : 0));
  return [...kept, written.slice(dots)].filter((part) => part !== "").join(".");
}

/**
 * The qualified name of a dotted name at a place: `u.synchronized` is `cinder.utils.synchronized` under
 * `from cinder import utils as u`. The innermost import counts; of two in one scope the last. `undefined` where no
 * import says what the first word is.
 */
export function qualify(
  imports: readonly ImportedName[],
  dottedName: string,
  node: SyntaxNode,
): string | undefined {
  const [head = "", ...rest] = dottedName.split(".");
  let found: ImportedName | undefined;
  for (const candidate of imports) {
    if (candidate.local === head && isVisible(candidate, node) && isInner(candidate, found)) {
      found = candidate;
    }
  }
  return found === undefined ? undefined : [found.qualifiedName, ...rest].join(".");
}

/**
 * The names that a service's `utils` defines itself, as if it imported them: inside `cinder/utils.py` a plain
 * `synchronized_remove` is `cinder.utils.synchronized_remove`.
 */
export function importsOfOwnApis(
  tree: SyntaxTree,
  module: string,
  definedNames: Iterable<string>,
): readonly ImportedName[] {
  return [...definedNames]
    .map((name) => ({
      local: name,
      qualifiedName: `${module}.${name}`,
      within: rangeOf(tree.root),
      isInClassBody: false,
      statement: undefined,
    }))
    .filter(({ qualifiedName }) => isOwnApi(qualifiedName));
}

/** The module `coordination` implements its API; what it calls inside is not a use of it. */
function isOwnApi(qualifiedName: string): boolean {
  const use = lockApiNamed(qualifiedName) ?? removalApiNamed(qualifiedName);
  return use !== undefined && use.api.mechanism !== "coordination";
}

/** A name imported in a class's body is seen in the body alone, not in the methods. */
function isVisible({ within, isInClassBody }: ImportedName, node: SyntaxNode): boolean {
  return isInClassBody
    ? enclosingDefinition(node)?.startIndex === within.start
    : within.start <= node.startIndex && node.endIndex <= within.end;
}

function isInner(candidate: ImportedName, found: ImportedName | undefined): boolean {
  return found === undefined || found.within.start <= candidate.within.start;
}

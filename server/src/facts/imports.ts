import type { SyntaxNode, SyntaxTree } from "../syntax/engine.ts";
import { rangeOf, textOf } from "../syntax/engine.ts";
import { enclosingDefinition, isClass, namedChildrenOf, qualifiedNameOf } from "../syntax/python-nodes.ts";
import { statementsStartingWith } from "../syntax/words.ts";
import { API_WORDS, lockApiNamed, removalApiNamed } from "./lock-apis.ts";
import type { ImportedName } from "./model.ts";

/** What the names of a file stand for, by its imports. Says nothing of assignments. */

const IMPORT_TYPES: ReadonlySet<string> = new Set(["import_statement", "import_from_statement"]);

/** The `import` of a `from` on its line begins nothing. */
const IMPORT = /\bfrom\b|\bimport\b(?<!^[ \t]*from\b[^\n;]*import)/gm;

/** All names that a file imports, at whatever depth. `module` is the file's own name, for relative imports. */
export function importsOf(tree: SyntaxTree, module: string, isPackage: boolean): readonly ImportedName[] {
  return statementsStartingWith(tree, IMPORT, IMPORT_TYPES).flatMap((statement) => {
    const definition = enclosingDefinition(tree, statement);
    const place = {
      within: rangeOf(definition ?? tree.root),
      isInClassBody: definition !== undefined && isClass(definition),
      scope: definition === undefined ? "" : qualifiedNameOf(tree, definition),
      statement: rangeOf(statement),
    };
    const origin =
      statement.type === "import_from_statement" ? statement.childForFieldName("module_name") : null;
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
  place: Pick<ImportedName, "within" | "isInClassBody" | "scope" | "statement">,
): ImportedName | undefined {
  const prefix = source === undefined || source === "" ? "" : `${source}.`;
  if (node.type === "wildcard_import") {
    return { local: "*", qualifiedName: `${prefix}*`, ...place };
  }
  const written = node.type === "aliased_import" ? node.childForFieldName("name") : node;
  const alias = node.type === "aliased_import" ? node.childForFieldName("alias") : null;
  const name = written === null ? "" : dottedName(tree, written);
  if (name === "") {
    return undefined;
  }
  // `import cinder.utils` binds `cinder`; `from cinder import utils` binds `utils`.
  const bound = source === undefined ? (name.split(".")[0] ?? name) : name;
  return alias === null
    ? { local: bound, qualifiedName: prefix + bound, ...place }
    : { local: textOf(tree, alias), qualifiedName: prefix + name, ...place };
}

/** A name as Python reads it, without blanks and joined lines in it; empty where the text is broken. */
function dottedName(tree: SyntaxTree, node: SyntaxNode): string {
  const name = textOf(tree, node).replace(/[\s\\]+/g, "");
  return node.type === "dotted_name" && /^[\p{ID_Start}_][\p{ID_Continue}.]*$/u.test(name) ? name : "";
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
 * The names that a service's `utils` defines itself, as if it imported them: inside `cinder/utils.py` a plain
 * `synchronized_remove` is `cinder.utils.synchronized_remove`.
 * @param definedNames asked for only in a module that may define them
 */
export function importsOfOwnApis(
  tree: SyntaxTree,
  module: string,
  definedNames: () => Iterable<string>,
): readonly ImportedName[] {
  const isApi = (name: string): boolean => isOwnApi(`${module}.${name}`);
  return API_WORDS.some(isApi)
    ? [...definedNames()].filter(isApi).map((name) => ({
        local: name,
        qualifiedName: `${module}.${name}`,
        within: rangeOf(tree.root),
        isInClassBody: false,
        scope: "",
        statement: undefined,
      }))
    : [];
}

/** The module `coordination` implements its API; what it calls inside is not a use of it. */
function isOwnApi(qualifiedName: string): boolean {
  const use = lockApiNamed(qualifiedName) ?? removalApiNamed(qualifiedName);
  return use !== undefined && use.api.mechanism !== "coordination";
}

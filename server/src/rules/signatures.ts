import type { FilePath, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { definitionOf } from "../project/resolve/modules.ts";

/**
 * What the lock APIs of a checkout take. Its own definition decides; without one it is taken to be the current Cinder's
 * (SEMANTICS §1).
 */

/**
 * Whether `coordination.synchronized` takes several names, as in Cinder since 23.0.0; before, and in Manila, the
 * second argument is `blocking`.
 */
export function takesSeveralNames(index: ProjectIndex, path: FilePath, site: LockSite): boolean {
  const parameters = ownParameters(index, path, site);
  return parameters === undefined
    ? site.use.service === "cinder"
    : parameters.some((parameter) => /^\*\w/.test(parameter));
}

/** Whether the API takes an argument of that name by keyword; `known` are the names that the current Cinder's takes. */
export function takesKeyword(
  index: ProjectIndex,
  path: FilePath,
  site: LockSite,
  keyword: string,
  known: ReadonlySet<string>,
): boolean {
  const parameters = ownParameters(index, path, site);
  return parameters === undefined
    ? known.has(keyword)
    : parameters.some((parameter) => parameter.startsWith("**") || /^\w+/.exec(parameter)?.[0] === keyword);
}

/**
 * The parameters as the checkout's own function of that name has them, with their stars; `undefined` where it has none,
 * or makes it by a call, as `utils` does.
 */
export function ownParameters(
  index: ProjectIndex,
  path: FilePath,
  { use }: LockSite,
): readonly string[] | undefined {
  return definitionOf(index, use.qualifiedName, path)?.definition.parameters;
}

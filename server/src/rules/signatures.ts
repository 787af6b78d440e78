import type { FilePath, LockSite } from "../facts/model.ts";
import { definitionOf } from "../project/modules.ts";
import type { ProjectIndex } from "../project/project-index.ts";

/**
 * Whether `coordination.synchronized` takes several names, as in Cinder since 23.0.0; before, and in Manila, the
 * second argument is `blocking` (SEMANTICS §1). The checkout's own definition decides; without one it is taken to be
 * the current Cinder's.
 */
export function takesSeveralNames(index: ProjectIndex, path: FilePath, { use }: LockSite): boolean {
  const found = definitionOf(index, use.qualifiedName, path);
  return found?.definition.parameters === undefined
    ? use.service === "cinder"
    : found.definition.parameters.some((parameter) => parameter.startsWith("*"));
}

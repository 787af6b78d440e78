import type { FileFacts, LockSite } from "../facts/model.ts";
import { activeActiveFlag } from "../project/active-active.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import type { ClassInProject } from "../project/resolve/classes.ts";
import { classNamed } from "../project/resolve/classes.ts";

/** Whether a file is part of a volume driver: what runs there runs once for each backend of the node. */
export function isDriver(file: FileFacts): boolean {
  return /^\w+\.(?:volume|share)\.drivers\./.test(file.module);
}

/** Whether a file of a driver has the driver's class itself, not only what helps it; its base tells. */
export function declaresDriver(file: FileFacts): boolean {
  return isDriver(file) && [...file.baseNames].some((name) => /Driver/.test(name));
}

/** The class that a site stands in, if its classes are known. */
export function classAround(
  index: ProjectIndex,
  file: FileFacts,
  site: LockSite,
): ClassInProject | undefined {
  const [name = ""] = site.functionName.split(".");
  return classNamed(index, `${file.module}.${name}`);
}

/** Whether several services may run the class's driver for one backend at the same time, on several nodes. */
export function isActiveActive(index: ProjectIndex, driver: ClassInProject): boolean {
  return activeActiveFlag(index, driver) === "True";
}

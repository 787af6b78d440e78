import type { FileFacts, LockSite } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";
import type { ClassInProject } from "./resolve/classes.ts";
import { classNamed, lookupOrder, ownerOf, subclassesOf } from "./resolve/classes.ts";
import { sitesOf } from "./sites.ts";

/** The flag of a driver's class that several services may run it for one backend at the same time, on several nodes. */
const FLAG = "SUPPORTS_ACTIVE_ACTIVE";

/** What the class says of the flag, itself or by its bases; `undefined` if none of them that are known says anything. */
export function activeActiveFlag(index: ProjectIndex, driver: ClassInProject): string | undefined {
  const declared = lookupOrder(index, driver)
    .map(({ facts }) => facts.classAttributes.get(FLAG)?.value)
    .find((value) => value !== undefined);
  return declared?.kind === "opaque" ? declared.source : declared && "?";
}

/** A driver's class, with the locks that its methods, their bases' and the modules of its own package take. */
export interface DriverLocks {
  readonly driver: ClassInProject;
  /** The flag as the code has it: `True`, `False`. */
  readonly flag: string;
  readonly sites: readonly { readonly file: FileFacts; readonly site: LockSite }[];
}

/**
 * The drivers among the classes that are read, in the order of their files: those that set the flag, or inherit it and are
 * nobody's base.
 * Files that are not read in full have no classes.
 */
export function driverLocks(index: ProjectIndex): readonly DriverLocks[] {
  return filesInOrder(index)
    .filter(({ module }) => isDriverModule(module))
    .flatMap((file) =>
      (file.classes ?? []).flatMap(({ name }) => classNamed(index, `${file.module}.${name}`) ?? []),
    )
    .flatMap((driver) => {
      const flag = activeActiveFlag(index, driver);
      return flag === undefined ||
        !(driver.facts.classAttributes.has(FLAG) || subclassesOf(index, driver).length === 0)
        ? []
        : { driver, flag, sites: locksOf(index, driver) };
    });
}

export function isDriverModule(module: string): boolean {
  return !isTestModule(module) && module.includes(".volume.drivers.");
}

function locksOf(index: ProjectIndex, driver: ClassInProject): DriverLocks["sites"] {
  const bases = new Set(lookupOrder(index, driver));
  const home = packageOf(driver.file);
  const isOwn = (file: FileFacts, site: LockSite): boolean => {
    const owner = ownerOf(file, site.functionName);
    return (
      file === driver.file ||
      (owner !== undefined && bases.has(owner)) ||
      (home !== undefined && packageOf(file) === home)
    );
  };
  return filesInOrder(index)
    .filter(({ module }) => !isTestModule(module))
    .flatMap((file) =>
      sitesOf(index, file)
        .filter((site) => isOwn(file, site))
        .map((site) => ({ file, site })),
    );
}

/** The package of a driver of several modules; the drivers that lie beside each other have none of their own. */
function packageOf({ module }: FileFacts): string | undefined {
  const home = module.slice(0, module.lastIndexOf("."));
  return home.endsWith(".drivers") || !home.includes(".volume.drivers.") ? undefined : home;
}

import { lastWord } from "../base/dotted-name.ts";
import { derived } from "../base/memo.ts";
import type { FilePath } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import { activeActiveFlag, isDriverModule } from "./active-active.ts";
import type { ProjectIndex } from "./project-index.ts";
import { filesInOrder } from "./project-index.ts";
import { classNamed } from "./resolve/classes.ts";
import { basesImported, filesNotWhole, unreadPaths } from "./wanted-files.ts";

/**
 * Which files tell what drivers there are, beside those that are read in full: that of the drivers' common base, those of
 * drivers with a class whose base has the name of a driver, and those with the bases of their classes. Reading them may
 * make others wanted. Without the common base, as beside a checkout, every file of drivers may have one.
 */
export const unreadDriverFiles = derived((index: ProjectIndex): readonly FilePath[] => {
  const unread = filesNotWhole(index).filter(({ module }) => !isTestModule(module));
  const isBased = [...unread, ...filesInOrder(index)].some(({ module }) => isCommonBase(module));
  const classes = filesInOrder(index).flatMap((file) =>
    (file.classes ?? []).flatMap(({ name }) => classNamed(index, `${file.module}.${name}`) ?? []),
  );
  const names = new Set(
    classes
      .filter((each) => activeActiveFlag(index, each) !== undefined)
      .map(({ facts }) => lastWord(facts.name)),
  );
  const mayBeDriver = unread.filter(
    ({ module, baseNames }) =>
      isCommonBase(module) ||
      (isDriverModule(module) && (!isBased || [...baseNames].some((name) => names.has(name)))),
  );
  const paths = unreadPaths(index, unread);
  const bases = classes.filter(({ file }) => isDriverModule(file.module)).flatMap(basesImported);
  return [...new Set([...mayBeDriver.map(({ path }) => path), ...bases.flatMap(paths.moduleWith)])];
});

/** `cinder.volume.driver`, whose classes all drivers inherit from. */
function isCommonBase(module: string): boolean {
  return /^\w+\.volume\.driver$/.test(module);
}

import { groupBy } from "../base/order.ts";
import { fieldsOf, templateOf } from "../facts/lock-name.ts";
import type { FileFacts, LockName, LockSite } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
import { lookupOrder, subclassesOf } from "../project/resolve/classes.ts";
import { fileOfModule } from "../project/resolve/modules.ts";
import { classAround, isDriver } from "./drivers.ts";
import { defineRule, finding } from "./rule.ts";

export const missingLockRemoval = defineRule({
  id: "missing-lock-removal",
  severity: "hint",
  summary: "Locks named after volumes or snapshots, whose files nobody removes.",
  // SEMANTICS §6.
  why:
    "A lock file stays when the lock is released. Where the name holds the id of a volume or snapshot, there is one more " +
    "file for each that ever was. When Cinder deletes one, it calls the driver's `clean_volume_file_locks` or " +
    "`clean_snapshot_file_locks`: there the files are removed, by the module that made them.",
  bad: `from cinder import coordination
from cinder.volume import driver


class Driver(driver.VolumeDriver):
    @coordination.synchronized('acme-{volume.id}')
    def create_volume(self, volume):
        volume.create()
`,
  good: `from cinder import coordination
from cinder.volume import driver


class Driver(driver.VolumeDriver):
    @coordination.synchronized('acme-{volume.id}')
    def create_volume(self, volume):
        volume.create()

    @classmethod
    def clean_volume_file_locks(cls, volume_id):
        coordination.synchronized_remove('acme-' + volume_id)
`,
  check: ({ file, index }) =>
    isDriver(file)
      ? [...groupBy(namesWithHooks(file), ({ hook, className }) => `${className} ${hook}`).values()].flatMap(
          ([first]) =>
            first === undefined || !isCalled(index, file, first.hook) || isDefined(index, file, first)
              ? []
              : [
                  finding(
                    first.name.range,
                    `A file of \`${templateOf(first.name)}\` stays for each: no \`${first.hook}\` in the driver`,
                  ),
                ],
        )
      : [],
});

type Hook = "clean_volume_file_locks" | "clean_snapshot_file_locks";

interface NameWithHook {
  readonly site: LockSite;
  readonly name: LockName;
  readonly className: string;
  readonly hook: Hook;
}

/** A lock of a process leaves no file. */
function namesWithHooks(file: FileFacts): readonly NameWithHook[] {
  return file.sites
    .filter(({ scope, use }) => (scope === "global" || scope === "node") && use.service === "cinder")
    .flatMap((site) =>
      site.names.flatMap((name) => {
        const className = site.functionName.split(".")[0] ?? "";
        return fieldsOf(name).flatMap(({ source }) => {
          const hook = hookFor(source);
          return hook === undefined ? [] : [{ site, name, className, hook }];
        });
      }),
    );
}

function hookFor(source: string): Hook | undefined {
  const resource = /^(volume|src_vref|snapshot)(?:_id|\.(?:name_)?id|\[id\])$/.exec(source)?.[1];
  if (resource === undefined) {
    return undefined;
  }
  return resource === "snapshot" ? "clean_snapshot_file_locks" : "clean_volume_file_locks";
}

/** Cinder calls the hooks since 19.0.0, as its base driver tells; where that is not known, who inherits from it has today's. */
function isCalled(index: ProjectIndex, file: FileFacts, hook: Hook): boolean {
  const base = fileOfModule(index, BASE_DRIVER, file.path);
  return base === undefined
    ? [...file.baseNames].some((name) => /^(?:VolumeDriver|ISCSIDriver|FibreChannelDriver)$/.test(name)) &&
        ![...index.lockless.values()].some(({ module }) => module === BASE_DRIVER)
    : base.functions.has(hook);
}

const BASE_DRIVER = "cinder.volume.driver";

/** In the class's family, or in the folder that the driver has for itself: helpers take locks that the driver removes. */
function isDefined(index: ProjectIndex, file: FileFacts, { site, hook }: NameWithHook): boolean {
  const owner = classAround(index, file, site);
  const family = owner === undefined ? [] : [...lookupOrder(index, owner), ...subclassesOf(index, owner)];
  const folder = file.module.slice(0, file.module.lastIndexOf(".") + 1);
  const neighbors = filesInOrder(index).filter(({ module }) => module.startsWith(folder));
  return [file, ...family.map((each) => each.file), ...(/\.drivers\.$/.test(folder) ? [] : neighbors)].some(
    (each) => isDriver(each) && each.functions.has(hook),
  );
}

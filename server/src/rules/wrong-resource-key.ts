import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import { fieldsOf } from "../facts/lock-name.ts";
import type { FileFacts, LockSite, NameField } from "../facts/model.ts";
import { prefixOf } from "../project/identity.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const wrongResourceKey = defineRule({
  id: "wrong-resource-key",
  severity: "information",
  summary: "One class names the lock of one resource by different keys.",
  why:
    "A volume that was migrated has an `id` and another `name_id`, and a name may change. Two methods of a class whose " +
    "locks differ only in which attribute of the same parameter they name do not exclude each other where the two " +
    "attributes differ.",
  bad: `from cinder import coordination


class Driver:
    @coordination.synchronized('acme-{volume.id}')
    def create_snapshot(self, volume):
        volume.snap()

    @coordination.synchronized('acme-{volume.id}')
    def delete_snapshot(self, volume):
        volume.unsnap()

    @coordination.synchronized('acme-{volume.name_id}')
    def extend_volume(self, volume):
        volume.extend()
`,
  good: `from cinder import coordination


class Driver:
    @coordination.synchronized('acme-{volume.id}')
    def create_snapshot(self, volume):
        volume.snap()

    @coordination.synchronized('acme-{volume.id}')
    def delete_snapshot(self, volume):
        volume.unsnap()

    @coordination.synchronized('acme-{volume.id}')
    def extend_volume(self, volume):
        volume.extend()
`,
  check: ({ file }) => findingsIn(file),
});

/** A name whose one field looks into a parameter, with all that must be equal for two to be about one resource. */
interface KeyedName {
  readonly site: LockSite;
  readonly field: NameField;
  readonly rest: string;
}

const findingsIn = derived((file: FileFacts): readonly Finding[] =>
  [...groupBy(file.sites.flatMap(keyedNames), ({ rest }) => rest).values()].flatMap((group) =>
    rarer(group).map(({ named, others }) => ({
      range: named.field.range,
      message: `\`${others[0]?.field.source}\` is the key of this lock elsewhere in the class`,
      related: others.map(({ site }) => ({
        path: file.path,
        range: site.range,
        message: "the same resource by another key",
      })),
      fixes: [],
    })),
  ),
);

function keyedNames(site: LockSite): readonly KeyedName[] {
  const owner = site.functionName.split(".").slice(0, -1);
  return owner.length === 0
    ? []
    : site.names.flatMap((name): readonly KeyedName[] => {
        const [field, ...more] = fieldsOf(name).filter(({ root }) => root.text !== "self");
        if (
          name.kind === "unknown" ||
          field === undefined ||
          0 < more.length ||
          !/^\w+[.[]\w+\]?$/.test(field.source)
        ) {
          return [];
        }
        const frame = name.parts.map((part) =>
          part.kind === "text" ? part.text : [part === field ? field.root.text : part.source],
        );
        const rest = [owner[0], site.use.api.mechanism, site.scope, prefixOf(site), frame];
        return [{ site, field, rest: JSON.stringify(rest) }];
      });
}

/** What fewer sites do is the slip; where none is rarer nobody can tell. */
function rarer(
  group: readonly KeyedName[],
): readonly { readonly named: KeyedName; readonly others: readonly KeyedName[] }[] {
  const byKey = [...groupBy(group, ({ field }) => field.source.replace(/[[\]]+/g, ".")).values()];
  const most = byKey.reduce<readonly KeyedName[]>(
    (best, each) => (best.length < each.length ? each : best),
    [],
  );
  return byKey
    .filter((each) => each.length < most.length)
    .flat()
    .map((named) => ({ named, others: most }));
}

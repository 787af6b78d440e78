import { fieldsOf } from "../facts/lock-name.ts";
import type { LockName, LockSite, NameField } from "../facts/model.ts";
import { functionSeenBy } from "./name-fields.ts";
import { defineRule, finding } from "./rule.ts";

export const nameNeverCollides = defineRule({
  id: "name-never-collides",
  severity: "information",
  summary: "A name with something in it that only this call has, so that no two callers ever meet.",
  why:
    "Two calls exclude each other if their names are equal. Where the name holds the id of the volume that this very " +
    "call creates, beside the source's, or a fresh UUID, every call has a name of its own: the source is not " +
    "protected. Lock the source by its own id, as those who change it do.",
  bad: `from cinder import coordination


class Driver:
    @coordination.synchronized('acme-{src_vref.id}-{volume.id}')
    def create_cloned_volume(self, volume, src_vref):
        src_vref.clone(volume)
`,
  good: `from cinder import coordination


class Driver:
    @coordination.synchronized('acme-{src_vref.id}')
    def create_cloned_volume(self, volume, src_vref):
        src_vref.clone(volume)
`,
  check: ({ file }) =>
    file.sites.flatMap((site) =>
      site.names.flatMap((name) => {
        const field = freshField(site, name);
        return field === undefined
          ? []
          : [
              finding(
                field.range,
                `\`${field.source}\` is new at every call: no two callers share this lock`,
              ),
            ];
      }),
    ),
});

/** The driver's methods that make the first volume out of the second: Cinder calls them once for each new volume. */
const CREATORS: ReadonlyMap<string, readonly [created: string, source: string]> = new Map([
  ["create_cloned_volume", ["volume", "src_vref"]],
  ["create_volume_from_snapshot", ["volume", "snapshot"]],
]);

function freshField(site: LockSite, name: LockName): NameField | undefined {
  const fields = fieldsOf(name);
  return (
    createdBeside(site, fields) ??
    // A decorator's own expressions are computed once, where the function is defined.
    (site.form === "decorator"
      ? undefined
      : fields.find(({ origin, source }) => origin === "expression" && isFreshUuid(source)))
  );
}

function createdBeside(site: LockSite, fields: readonly NameField[]): NameField | undefined {
  const locked = functionSeenBy(site);
  const [created, source] = CREATORS.get(locked?.name.replace(/^_+/, "") ?? "") ?? [];
  return fields.some(({ root }) => root.text === source)
    ? fields.find(({ root, source: words }) => root.text === created && /[.[](?:id|name)\]?$/.test(words))
    : undefined;
}

function isFreshUuid(source: string): boolean {
  return /\b(?:uuid\.uuid4|uuidutils\.generate_uuid)\(/.test(source);
}

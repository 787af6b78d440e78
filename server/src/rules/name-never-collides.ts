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

/** The methods that make a volume out of another thing: Cinder calls them once for each new volume. */
const CREATORS: readonly {
  readonly method: RegExp;
  readonly created: string;
  readonly sources: readonly string[];
}[] = [
  { method: /^create_cloned_volume$/, created: "volume", sources: ["src_vref"] },
  { method: /^create_volume_from_snapshot$/, created: "volume", sources: ["snapshot"] },
  {
    method: /^(?:create_from_image\w*|clone_image)$/,
    created: "volume",
    sources: ["image_id", "image_meta"],
  },
];

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
  const name = functionSeenBy(site)?.name.replace(/^_+/, "") ?? "";
  const creator = CREATORS.find(({ method }) => method.test(name));
  return creator !== undefined && fields.some(({ root }) => creator.sources.includes(root.text))
    ? fields.find(({ root, source }) => root.text === creator.created && /[.[](?:id|name)\]?$/.test(source))
    : undefined;
}

function isFreshUuid(source: string): boolean {
  return /\b(?:uuid\.uuid4|uuidutils\.generate_uuid)\(/.test(source);
}

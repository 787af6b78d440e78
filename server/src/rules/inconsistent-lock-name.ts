import { groupBy } from "../base/order.ts";
import { fieldsOf } from "../facts/lock-name.ts";
import { isTestModule } from "../facts/test-module.ts";
import { kindOf } from "../project/exclusion.ts";
import { fieldSources, shapeOf, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { type ClassInProject, classNamed, lookupOrder } from "../project/resolve/classes.ts";
import type { Rendering } from "../project/resolve/values.ts";
import { compareFields } from "../project/resource.ts";
import { sitesOf } from "../project/sites.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const inconsistentLockName = defineRule({
  id: "inconsistent-lock-name",
  severity: "information",
  summary: "Methods of one class lock the same resource under different names.",
  why:
    "Only equal names exclude each other. A method whose lock has the same fields as those of the others, but lacks their " +
    "prefix or has a general word more, runs at the same time as they do; so do two that undo each other and each have a name " +
    "of their own. Names with `{f_name}`, or with a word for what the method does, are meant to be different.",
  bad: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-{volume.id}')
    def extend_volume(self, volume):
        volume.extend()

    @coordination.synchronized('acme-{volume.id}')
    def retype(self, volume):
        volume.retype()

    @coordination.synchronized('acme-vol-{volume.id}')
    def delete_volume(self, volume):
        volume.delete()
`,
  good: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-{volume.id}')
    def extend_volume(self, volume):
        volume.extend()

    @coordination.synchronized('acme-{volume.id}')
    def retype(self, volume):
        volume.retype()

    @coordination.synchronized('acme-{volume.id}')
    def delete_volume(self, volume):
        volume.delete()
`,
  check: ({ file, index }) =>
    isTestModule(file.module)
      ? []
      : (file.classes ?? []).flatMap(({ name }) => {
          const owner = classNamed(index, `${file.module}.${name}`);
          return owner === undefined ? [] : findingsIn(index, owner);
        }),
});

/** A name by which a method takes a lock on a resource. */
interface ResourceName extends NamedSite {
  readonly parts: Rendering;
  readonly shape: string;
  /** The method, also for a function that is defined in it. */
  readonly method: string;
}

function findingsIn(index: ProjectIndex, owner: ClassInProject): readonly Finding[] {
  const own = namesIn(index, owner, owner);
  const [, ...bases] = own.length === 0 ? [owner] : lookupOrder(index, owner);
  const inherited = bases
    .flatMap((base) => namesIn(index, owner, base))
    .filter(({ method }) => !owner.facts.methods.has(method));
  const all = [...inherited, ...own];
  return own.flatMap((one) => {
    const rivals = all.filter(
      (other) => isRival(one, other) && !haveNameInCommon(all, one.method, other.method),
    );
    const others = isAlone(one, all) ? agreedOn(one, rivals) : undefined;
    const undone = rivals.find((other) => undoes(one, other));
    return others === undefined && undone === undefined ? [] : [findingOn(one, others ?? [undone ?? one])];
  });
}

/** The names of a class's methods that tell a resource by fields, as objects of the owner take them. */
function namesIn(
  index: ProjectIndex,
  owner: ClassInProject,
  { file, facts }: ClassInProject,
): readonly ResourceName[] {
  return sitesOf(index, file)
    .filter(({ functionName }) => functionName.startsWith(`${facts.name}.`))
    .flatMap((site) => site.names.map((name) => ({ file, site, name })))
    .filter(({ name }) => !fieldsOf(name).some(({ source }) => source === "f_name"))
    .flatMap((named) =>
      renderedNames(index, named)
        .filter(({ classes }) => classes.length === 0 || classes.includes(owner.qualifiedName))
        .filter(({ parts }) => parts.some(({ kind }) => kind === "field"))
        .map(({ parts }) => ({
          ...named,
          parts,
          shape: shapeOf(parts),
          method: named.site.functionName.slice(facts.name.length + 1).split(".")[0] ?? "",
        })),
    );
}

/** Whether two methods lock the same resource in the same way, but for the fixed text of the name. */
function isRival(one: ResourceName, other: ResourceName): boolean {
  const [fields, others] = [fieldSources(one.parts), fieldSources(other.parts)];
  return (
    one.method !== other.method &&
    JSON.stringify(kindOf(one.site)) === JSON.stringify(kindOf(other.site)) &&
    fields.length === others.length &&
    fields.every((field, position) => compareFields(field, others[position] ?? "") === "same") &&
    one.shape !== other.shape &&
    // What differs by `-`, `_` and case is a near duplicate.
    looseShape(one) !== looseShape(other)
  );
}

function haveNameInCommon(all: readonly ResourceName[], one: string, other: string): boolean {
  const own = new Set(all.filter(({ method }) => method === one).map(({ shape }) => shape));
  return all.some((each) => each.method === other && own.has(each.shape));
}

function isAlone(one: ResourceName, all: readonly ResourceName[]): boolean {
  return all.every((each) => each.method === one.method || each.shape !== one.shape);
}

/** The names on which at least two methods agree, if this one differs from theirs as by mistake. */
function agreedOn(one: ResourceName, rivals: readonly ResourceName[]): readonly ResourceName[] | undefined {
  return [...groupBy(rivals, ({ shape }) => shape).values()].find(
    (group) => 1 < new Set(group.map(({ method }) => method)).size && isSlip(one, group),
  );
}

/** Whether a name has no text of its own, or differs by words that tell no purpose. */
function isSlip(one: ResourceName, usual: readonly ResourceName[]): boolean {
  const [words, others] = [wordsOf(one), usual[0] === undefined ? [] : wordsOf(usual[0])];
  const more = words.filter((word) => !others.includes(word));
  const less = others.filter((word) => !words.includes(word));
  return words.length === 0
    ? !usual.some(({ method }) => less.some((word) => method.split("_").includes(word)))
    : [...more, ...less].every((word) => GENERAL.has(word));
}

/** Words that tell a lock or the resource that its fields tell anyhow. */
const GENERAL: ReadonlySet<string> = new Set([
  "backend",
  "cinder",
  "driver",
  "id",
  "lock",
  "locked",
  "lun",
  "manila",
  "mutex",
  "name",
  "operation",
  "ops",
  "share",
  "snap",
  "snapshot",
  "sync",
  "uuid",
  "vol",
  "volume",
]);

/** Whether one method undoes what the other does, which stands before it: `attach_volume`, `detach_volume`. */
function undoes(one: ResourceName, other: ResourceName): boolean {
  const [, verb = "", rest] = /^_*([a-z]+)(.*)$/.exec(one.method) ?? [];
  const [, undone = "", same] = /^_*([a-z]+)(.*)$/.exec(other.method) ?? [];
  return (
    rest === same &&
    OPPOSITES.some((pair) => pair.includes(verb) && pair.includes(undone)) &&
    (one.file !== other.file || other.site.range.start < one.site.range.start)
  );
}

const OPPOSITES: readonly (readonly string[])[] = [
  ["add", "remove"],
  ["allow", "deny"],
  ["attach", "detach"],
  ["create", "delete"],
  ["export", "unexport"],
  ["initialize", "terminate"],
  ["map", "unmap"],
  ["mount", "unmount"],
  ["publish", "unpublish"],
];

function findingOn(one: ResourceName, others: readonly ResourceName[]): Finding {
  const [usual = one] = others;
  return {
    range: one.name.range,
    message: `\`${templateText(one.parts)}\` does not exclude \`${usual.method}\`, which takes \`${templateText(usual.parts)}\``,
    related: others.map(({ file, site }) => ({
      path: file.path,
      range: site.range,
      message: "the same resource by another name",
    })),
    fixes: [],
  };
}

function looseShape({ shape }: ResourceName): string {
  return shape.toLowerCase().replace(/[-_]/g, "");
}

function wordsOf({ parts }: ResourceName): readonly string[] {
  return parts.flatMap((part) =>
    part.kind === "text" ? (part.text.toLowerCase().match(/[a-z]+/g) ?? []) : [],
  );
}

import { isSameOrInside } from "../base/dotted-name.ts";
import { templateOf } from "../facts/lock-name.ts";
import type { DecoratorSite, FileFacts, MethodFacts } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { filesInOrder } from "../project/project-index.ts";
import { type ClassInProject, classNamed, lookupOrder, subclassesOf } from "../project/resolve/classes.ts";
import { isConditional, sitesOf } from "../project/sites.ts";
import type { Finding, RuleContext } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const overrideDropsLock = defineRule({
  id: "override-drops-lock",
  severity: "hint",
  summary: "A method that runs under a lock in the base class, and without one here.",
  why:
    "A decorator belongs to the one function below it: who overrides the method has to lock it again. Callers count on " +
    "the lock that the base class promises, and the other methods that take it do not exclude this one. A method that " +
    "calls the base class's, or anything that takes a lock, is left out.",
  bad: `from cinder import coordination


class Base:
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        volume.extend()


class Driver(Base):
    def extend(self, volume):
        volume.grow()
`,
  good: `from cinder import coordination


class Base:
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        volume.extend()


class Driver(Base):
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        volume.grow()
`,
  check: (context) =>
    isTestModule(context.file.module)
      ? []
      : (context.file.classes ?? []).flatMap((facts) => {
          const owner = classNamed(context.index, `${context.file.module}.${facts.name}`);
          return owner === undefined
            ? []
            : [...facts.methods].flatMap(([name, method]) => findingFor(context, owner, name, method));
        }),
});

function findingFor(
  { index, file }: RuleContext,
  owner: ClassInProject,
  name: string,
  method: MethodFacts,
): readonly Finding[] {
  const locked = overridden(index, owner, name);
  if (
    locked === undefined ||
    method.isStub ||
    mayLock(index, file, `${owner.facts.name}.${name}`) ||
    leadsToLock(index, owner, name, method)
  ) {
    return [];
  }
  const [lock] = locked.site.names;
  const under = lock === undefined ? undefined : templateOf(lock);
  return [
    {
      range: method.nameRange,
      message: `\`${locked.base.facts.name}.${name}\` runs under a lock, but this override does not`,
      related: [
        {
          path: locked.base.file.path,
          range: locked.site.range,
          message: under === undefined ? "locked here" : `locked here by \`${under}\``,
        },
      ],
      fixes: [],
    },
  ];
}

/** The lock of the method that would be called if the class did not have its own. */
function overridden(
  index: ProjectIndex,
  owner: ClassInProject,
  name: string,
): { readonly base: ClassInProject; readonly site: DecoratorSite } | undefined {
  const [, ...bases] = lookupOrder(index, owner);
  const base = bases.find(({ facts }) => facts.methods.has(name));
  const site =
    base === undefined
      ? undefined
      : sitesOf(index, base.file).find(
          (each): each is DecoratorSite =>
            each.form === "decorator" &&
            each.functionName === `${base.facts.name}.${name}` &&
            !isConditional(each),
        );
  return base === undefined || site === undefined ? undefined : { base, site };
}

/** Whether the method takes any lock, or has a decorator that may. */
function mayLock(index: ProjectIndex, file: FileFacts, functionName: string): boolean {
  return (
    sitesOf(index, file).some((site) => isSameOrInside(site.functionName, functionName)) ||
    file.namedUses.some(
      (use) => isSameOrInside(use.functionName, functionName) && /lock|sync|exclusive/i.test(use.name),
    )
  );
}

/**
 * Whether it calls the base class's method, or what takes a lock, as far as words tell: itself, or by way of other methods
 * of its class, of those that this inherits from and of those that inherit from it.
 */
function leadsToLock(index: ProjectIndex, owner: ClassInProject, name: string, method: MethodFacts): boolean {
  const family = [...lookupOrder(index, owner), ...subclassesOf(index, owner)];
  const locked = lockedWordsNear(index, family);
  const reached = new Set(method.calls);
  // What is added to a set while it is gone through is gone through, too.
  for (const word of reached) {
    if (word === name || locked.has(word)) {
      return true;
    }
    for (const called of family.flatMap(({ facts }) => [...(facts.methods.get(word)?.calls ?? [])])) {
      reached.add(called);
    }
  }
  return false;
}

/** The names of the functions that take a lock, or in which one is taken, in the files of the classes and next to them. */
function lockedWordsNear(index: ProjectIndex, family: readonly ClassInProject[]): ReadonlySet<string> {
  const files = new Set(family.map(({ file }) => file));
  // What lies in one folder with all drivers is of another one.
  const folders = new Set(
    family.map(({ file }) => folderOf(file)).filter((each) => !/\.drivers$/.test(each)),
  );
  return new Set(
    filesInOrder(index)
      .filter((file) => files.has(file) || folders.has(folderOf(file)))
      .flatMap((file) => sitesOf(index, file).flatMap(({ functionName }) => functionName.split("."))),
  );
}

function folderOf({ module }: FileFacts): string {
  return module.slice(0, Math.max(0, module.lastIndexOf(".")));
}

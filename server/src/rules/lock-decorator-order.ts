import { positionAt, wholeLines } from "../base/line-index.ts";
import { fieldsOf } from "../facts/lock-name.ts";
import type { DecoratorSite, FileFacts, NameField } from "../facts/model.ts";
import type { NamedDecorator } from "./decorators.ts";
import { decoratorsBelow } from "./decorators.ts";
import { decoratorSites } from "./name-fields.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const lockDecoratorOrder = defineRule({
  id: "lock-decorator-order",
  severity: "error",
  summary: "A lock above a decorator that must stand above it.",
  // SEMANTICS §4, callable kinds and stacking.
  why:
    "`staticmethod`, `classmethod` and `property` make something that is no function, which a lock above them cannot " +
    "call. And `coordination.synchronized` looks up the fields of its names among the parameters of what is directly " +
    "below: a retry or a trace there takes `*args, **kwargs`, so that every call fails with KeyError. Above the lock " +
    "all of them are right.",
  bad: `from cinder import coordination


class Driver:
    @coordination.synchronized('acme-{volume.id}')
    @staticmethod
    def delete(volume):
        volume.delete()
`,
  good: `from cinder import coordination


class Driver:
    @staticmethod
    @coordination.synchronized('acme-{volume.id}')
    def delete(volume):
        volume.delete()
`,
  check: ({ file }) =>
    decoratorSites(file).flatMap((site) => {
      const below = decoratorsBelow(file, site);
      const descriptor = below.find(({ name }) => isDescriptor(name));
      return descriptor === undefined
        ? hiddenParameters(file, site, below)
        : [aboveDescriptor(file, site, descriptor)];
    }),
});

function isDescriptor(name: string): boolean {
  return /^(?:staticmethod|classmethod|property|\w+\.(?:setter|deleter))$/.test(name);
}

/** lockutils' wrapper calls a static method well enough through the class, but hands `self` to it through an object. */
function aboveDescriptor(file: FileFacts, site: DecoratorSite, descriptor: NamedDecorator): Finding {
  const isOften = site.use.api.mechanism === "lockutils" && descriptor.name === "staticmethod";
  return {
    range: site.range,
    ...(isOften ? { severity: "warning" } : {}),
    message: `The lock stands above \`@${descriptor.name}\`: ${consequence(site, descriptor)}`,
    related: [
      { path: file.path, range: descriptor.decorator.range, message: "makes what the lock cannot call" },
    ],
    fixes: moveAbove(file, site, descriptor, ""),
  };
}

function consequence({ use }: DecoratorSite, { name }: NamedDecorator): string {
  if (use.api.mechanism === "lockutils") {
    return name === "staticmethod"
      ? "TypeError where an object calls it"
      : "it cannot be called or read as such";
  }
  return name === "staticmethod" ? "every call fails" : "TypeError at import";
}

/** What takes `*args, **kwargs` and passes on the function's name (SEMANTICS §4, stacking; executed). */
const HIDING =
  /^(?:(?:cinder|manila)\.utils\.(?:retry|trace|synchronized)|cinder\.volume\.(?:volume_)?utils\.trace|tenacity\.retry|oslo_concurrency\.lockutils\.synchronized)$/;

/** Below one that is not known there may be what shows the parameters again, so that all must be known. */
function hiddenParameters(
  file: FileFacts,
  site: DecoratorSite,
  below: readonly NamedDecorator[],
): readonly Finding[] {
  const [nearest] = below;
  const field = site.names.flatMap(fieldsOf).find((each) => isParameterOf(site, each));
  if (
    nearest === undefined ||
    field === undefined ||
    !site.use.api.expandsFields ||
    !below.every(({ qualifiedName }) => HIDING.test(qualifiedName))
  ) {
    return [];
  }
  return [
    {
      range: field.range,
      message: `\`@${nearest.name}\` below hides the parameter \`${field.root.text}\`: KeyError at every call`,
      related: [
        { path: file.path, range: nearest.decorator.range, message: "takes any arguments, under no name" },
      ],
      fixes: moveAbove(file, site, nearest, " (each try then takes the lock anew)"),
    },
  ];
}

/** `args` and `kwargs` are what the hiding wrappers call their own. */
function isParameterOf({ target }: DecoratorSite, { origin, root }: NameField): boolean {
  return (
    origin === "template" &&
    !/^(?:args|kw|kwargs)$/.test(root.text) &&
    target?.parameters.some(({ name }) => name === root.text) === true
  );
}

/** Where both have lines of their own, one directly below the other. */
function moveAbove(
  file: FileFacts,
  site: DecoratorSite,
  { name, decorator }: NamedDecorator,
  effect: string,
): readonly Fix[] {
  const lock = positionAt(file.lines, site.decoratorRange.start);
  const other = positionAt(file.lines, decorator.range.start);
  const isNext = other.line === positionAt(file.lines, site.decoratorRange.end).line + 1;
  if (!isNext || other.character !== lock.character) {
    return [];
  }
  const start = site.decoratorRange.start;
  return [
    {
      title: `Move \`@${name}\` above the lock${/retry$/.test(name) ? effect : ""}`,
      isPreferred: false,
      edits: [
        { range: { start, end: start }, newText: `${decorator.text}\n${" ".repeat(lock.character)}` },
        { range: wholeLines(file.lines, decorator.range), newText: "" },
      ],
    },
  ];
}

import type { AssignedValue, FileFacts } from "../../facts/model.ts";
import type { Value } from "../../facts/value.ts";
import type { ProjectIndex } from "../project-index.ts";
import type { ClassInProject } from "./classes.ts";
import { classReferredTo, lookupOrder } from "./classes.ts";
import { fileOfModule, qualifiedInModule } from "./modules.ts";

/**
 * Follows values through the project to texts: constants of this and other modules, class attributes along the
 * inheritance, what methods assign to `self`, local variables. What cannot be followed stays a field with its own
 * words; nothing is guessed. The work is bounded in depth and in the number of alternatives.
 */

/** A piece of a settled text: fixed characters, or what is only known at run time, in its own words. */
export type RenderedPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "field"; readonly source: string };

/** One text that a value can be. */
export type Rendering = readonly RenderedPart[];

/** Where a value's names are looked up. */
export interface Surroundings {
  readonly index: ProjectIndex;
  readonly file: FileFacts;
  /** The function that the value stands in: `Driver.attach.locked`; empty at module level. */
  readonly functionName: string;
  /** The class of the object at hand, of which `self` is an instance. */
  readonly self: ClassInProject | undefined;
}

/** How many steps from name to name are followed; more are a circle, or as good as one. */
const MOST_STEPS = 12;

/** How many texts a value may be, before it is called unknown. */
const MOST_ALTERNATIVES = 8;

/** The texts that a value can be. A value of which nothing is known is one field. */
export function render(where: Surroundings, value: Value, steps: number = MOST_STEPS): readonly Rendering[] {
  switch (value.kind) {
    case "text":
      return [[{ kind: "text", text: value.text }]];
    case "joined":
      return combine(
        value.parts.map((part) => render(where, part, steps)),
        value,
      );
    case "choice":
      return distinct(value.options.flatMap((option) => render(where, option, steps)));
    case "name":
    case "item":
      return follow(where, value, steps) ?? [[field(value)]];
    case "mapping":
    case "opaque":
      return [[field(value)]];
  }
}

/** What a value is called while nothing more is known of it: its own words. */
export function sourceOf(value: Value): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "name":
      return value.name;
    case "item":
      return `${sourceOf(value.of)}[${value.key}]`;
    case "opaque":
      return value.source;
    case "joined":
      return value.parts.map((part) => (part.kind === "text" ? part.text : `{${sourceOf(part)}}`)).join("");
    case "choice":
      return value.options.map(sourceOf).join(" or ");
    case "mapping":
      return "{…}";
  }
}

function field(value: Value): RenderedPart {
  return { kind: "field", source: sourceOf(value) };
}

/** Every alternative of each part with every alternative of the others. */
function combine(parts: readonly (readonly Rendering[])[], value: Value): readonly Rendering[] {
  const count = parts.reduce((product, alternatives) => product * alternatives.length, 1);
  if (MOST_ALTERNATIVES < count) {
    return [[field(value)]];
  }
  return parts.reduce<readonly Rendering[]>(
    (begun, alternatives) => begun.flatMap((start) => alternatives.map((next) => [...start, ...next])),
    [[]],
  );
}

function distinct(renderings: readonly Rendering[]): readonly Rendering[] {
  return [...new Map(renderings.map((rendering) => [JSON.stringify(rendering), rendering])).values()];
}

/** The renderings of what a name or an item of a mapping stands for, if that is known. */
function follow(where: Surroundings, value: Value, steps: number): readonly Rendering[] | undefined {
  if (steps === 0) {
    return undefined;
  }
  const found = lookUp(where, value, steps);
  const renderings = found?.flatMap(({ where: there, value: meant }) => render(there, meant, steps - 1));
  // A text that is wholly unknown says less than the name by which it was reached.
  return renderings === undefined || renderings.every(isUnknown) || MOST_ALTERNATIVES < renderings.length
    ? undefined
    : distinct(renderings.map((rendering) => (isUnknown(rendering) ? [field(value)] : rendering)));
}

function isUnknown(rendering: Rendering): boolean {
  return rendering.every((part) => part.kind === "field");
}

interface Located {
  readonly where: Surroundings;
  readonly value: Value;
}

/** The values that a name or an item stands for, each with the surroundings that its own names belong to. */
function lookUp(where: Surroundings, value: Value, steps: number): readonly Located[] | undefined {
  if (steps === 0) {
    return undefined;
  }
  if (value.kind === "item") {
    const mappings =
      value.of.kind === "mapping" ? [{ where, value: value.of }] : lookUp(where, value.of, steps - 1);
    const entries = mappings?.map(({ where: there, value: mapping }) => {
      const entry = mapping.kind === "mapping" ? mapping.entries.get(value.key) : undefined;
      return entry && { where: there, value: entry };
    });
    return entries?.every((entry) => entry !== undefined) ? entries : undefined;
  }
  if (value.kind !== "name") {
    return [{ where, value }];
  }
  const [head = "", attribute, ...rest] = value.name.split(".");
  if (head === "self" || head === "cls") {
    return attribute === undefined || 0 < rest.length ? undefined : attributeOf(where, attribute);
  }
  return localOf(where, value.name) ?? constantOf(where, value.name) ?? classAttributeOf(where, value.name);
}

/** What `self.attribute` is: what methods assign hides what classes do, as `__init__` runs first. */
function attributeOf(where: Surroundings, attribute: string): readonly Located[] | undefined {
  if (where.self === undefined) {
    return undefined;
  }
  const order = lookupOrder(where.index, where.self);
  const assigned = order.flatMap((owner) =>
    (owner.facts.instanceAttributes.get(attribute) ?? []).map((value) => locate(where, owner, value)),
  );
  if (0 < assigned.length) {
    return assigned;
  }
  for (const owner of order) {
    const own = owner.facts.classAttributes.get(attribute);
    if (own !== undefined) {
      return [locate(where, owner, own)];
    }
  }
  return undefined;
}

function locate(where: Surroundings, owner: ClassInProject, { value, functionName }: AssignedValue): Located {
  return { where: { ...where, file: owner.file, functionName }, value };
}

/** A variable of the function around, or of one around that; a parameter of it is unknown. */
function localOf(where: Surroundings, name: string): readonly Located[] | undefined {
  for (const functionName of outwards(where.functionName)) {
    const values = where.file.locals.get(functionName)?.get(name);
    if (values !== undefined) {
      return values.map((value) => ({ where: { ...where, functionName }, value }));
    }
  }
  return undefined;
}

/** `A.b.c`, `A.b`, `A`. */
function outwards(functionName: string): readonly string[] {
  const parts = functionName.split(".");
  return parts.map((_, position) => parts.slice(0, parts.length - position).join("."));
}

/** A module's variable, of this module or of one that it is imported from. */
function constantOf(where: Surroundings, name: string): readonly Located[] | undefined {
  return qualifiedInModule(where.index, where.file, name, (qualifiedName) => {
    const dot = qualifiedName.lastIndexOf(".");
    const file = fileOfModule(where.index, qualifiedName.slice(0, dot), where.file.path);
    const value = file?.constants.get(qualifiedName.slice(dot + 1));
    return file === undefined || value === undefined
      ? undefined
      : [{ where: { index: where.index, file, functionName: "", self: undefined }, value }];
  });
}

/** `Driver.PREFIX`, of a class that is told by its name. */
function classAttributeOf(where: Surroundings, name: string): readonly Located[] | undefined {
  const dot = name.lastIndexOf(".");
  const owner = dot === -1 ? undefined : classReferredTo(where.index, where.file, name.slice(0, dot));
  if (owner === undefined) {
    return undefined;
  }
  for (const each of lookupOrder(where.index, owner)) {
    const own = each.facts.classAttributes.get(name.slice(dot + 1));
    if (own !== undefined) {
      return [locate({ ...where, self: undefined }, each, own)];
    }
  }
  return undefined;
}

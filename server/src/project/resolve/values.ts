import type { AssignedValue, FileFacts, LocalValue } from "../../facts/model.ts";
import type { Value } from "../../facts/value.ts";
import type { ProjectIndex } from "../project-index.ts";
import type { ClassInProject } from "./classes.ts";
import { classNamed, classReferredTo, lookupOrder } from "./classes.ts";
import type { Defined } from "./defined.ts";
import { fileOfModule, outwards, qualifiedInModule } from "./modules.ts";

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
  /** What the parameters of the file's functions stand for, where it is known who calls. */
  readonly bindings: Bindings | undefined;
}

/** What parameters stand for, by function and then by parameter. */
export interface Bindings {
  readonly functions: ReadonlyMap<string, ReadonlyMap<string, Located>>;
  /** Whether the functions are another's, as a wrapper's are: then their own words say nothing to who reads the name. */
  readonly areForeign: boolean;
}

/** A value with the surroundings that its names belong to. */
export interface Located {
  readonly where: Surroundings;
  readonly value: Value;
  /** The attribute or variable that it is the value of, as Python would import it, and its assignment. */
  readonly owner: string | undefined;
  readonly definition?: Defined | undefined;
}

/** How many steps from name to name are followed; more are a circle, or as good as one. */
const MOST_STEPS = 12;

/** How many texts a value may be, before it is called unknown. */
const MOST_ALTERNATIVES = 8;

/** The texts that a value can be: one field where nothing is known of it, none where it cannot be reached. */
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
    case "attribute":
      return follow(where, value, steps) ?? [[field(value)]];
    case "mapping":
    case "call":
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
    case "attribute":
      return `${sourceOf(value.of)}.${value.name}`;
    case "call":
    case "opaque":
      return value.source.replace(/\s+/g, " ");
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

/** The renderings of what a name, item or attribute stands for, if that is known. */
function follow(where: Surroundings, value: Value, steps: number): readonly Rendering[] | undefined {
  if (steps === 0) {
    return undefined;
  }
  const found = lookUp(where, value, steps);
  const renderings = found?.flatMap(({ where: there, value: meant }) => render(there, meant, steps - 1));
  if (renderings === undefined || MOST_ALTERNATIVES < renderings.length) {
    return undefined;
  }
  if (where.bindings?.areForeign) {
    return distinct(renderings);
  }
  // A text that is wholly unknown says less than the name by which it was reached.
  return renderings.every(isUnknown)
    ? undefined
    : distinct(renderings.map((rendering) => (isUnknown(rendering) ? [field(value)] : rendering)));
}

function isUnknown(rendering: Rendering): boolean {
  return rendering.every((part) => part.kind === "field");
}

/**
 * What a value stands for when its names are followed until nothing is left to follow: calls, texts, and what nobody
 * can know. `undefined` where a name leads nowhere.
 */
export function settle(
  where: Surroundings,
  value: Value,
  steps: number = MOST_STEPS,
): readonly Located[] | undefined {
  return settled({ where, value, owner: undefined }, steps);
}

function settled(located: Located, steps: number): readonly Located[] | undefined {
  const { where, value } = located;
  switch (value.kind) {
    case "choice":
      return allOf(value.options.map((option) => settled({ ...located, value: option }, steps)));
    case "name":
    case "item":
    case "attribute": {
      if (value.kind === "name" && isSelf(value.name) && variableOf(where, value.name, 0) === undefined) {
        return [located]; // The object at hand is followed by its attributes only.
      }
      const found = lookUp(where, value, steps);
      if (found !== undefined) {
        return allOf(found.map((each) => settled(each, steps - 1)));
      }
      // What a variable is said to be is known by that name, even if nobody knows what it means.
      return value.kind === "name" && located.owner !== undefined ? [located] : undefined;
    }
    case "call":
      return argumentsOfCall(where, value, steps) ?? [located];
    default:
      return [located];
  }
}

/** `inspect.getcallargs(f, *args)`: the arguments by the names of the function's parameters. */
function argumentsOfCall(
  where: Surroundings,
  call: Value & { readonly kind: "call" },
  steps: number,
): readonly Located[] | undefined {
  const [given] = call.passed;
  const found =
    /(?:^|\.)getcallargs$/.test(call.callee) && given !== undefined && 0 < steps
      ? settle(where, given.value, steps - 1)
      : undefined;
  return found?.every(({ value }) => value.kind === "mapping") ? found : undefined;
}

function allOf(lists: readonly (readonly Located[] | undefined)[]): readonly Located[] | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length && known.length <= MOST_ALTERNATIVES ? known.flat() : undefined;
}

/** The values that a name, item or attribute stands for; none where the program cannot come there. */
function lookUp(where: Surroundings, value: Value, steps: number): readonly Located[] | undefined {
  if (steps === 0) {
    return undefined;
  }
  switch (value.kind) {
    case "item":
      return itemsOf(where, value, steps);
    case "attribute":
      return ofEach(settle(where, value.of, steps - 1), (object) => attributeOf(object, value.name));
    case "name":
      return meaningOfName(where, value.name, steps);
    default:
      return undefined;
  }
}

/** `mapping[key]`, or what stands for it where the mapping is not known to have the key. */
function itemsOf(
  where: Surroundings,
  { of, key, otherwise }: Value & { readonly kind: "item" },
  steps: number,
): readonly Located[] | undefined {
  const other = otherwise === undefined ? [] : [{ where, value: otherwise, owner: undefined }];
  return ofEach(settle(where, of, steps - 1), (mapping) => {
    const found = itemOf(mapping, key);
    const isThere = mapping.value.kind === "mapping" && found !== undefined && 0 < found.length;
    return isThere ? found : found && [...found, ...other];
  });
}

function ofEach(
  found: readonly Located[] | undefined,
  get: (located: Located) => readonly Located[] | undefined,
): readonly Located[] | undefined {
  return found && allOf(found.map(get));
}

function itemOf({ where, value }: Located, key: string): readonly Located[] | undefined {
  switch (value.kind) {
    case "mapping": {
      const entry = value.entries.get(key);
      if (entry !== undefined) {
        return [{ where, value: entry, owner: undefined }];
      }
      return value.isComplete ? [] : undefined;
    }
    case "opaque":
      return [{ where, value: { kind: "opaque", source: `${value.source}[${key}]` }, owner: undefined }];
    case "name":
      return [{ where, value: { kind: "item", of: value, key, otherwise: undefined }, owner: undefined }];
    default:
      return undefined;
  }
}

/** An attribute of an object: of the one at hand, of one that is made by calling its class, or of one that is unknown. */
function attributeOf({ where, value }: Located, name: string): readonly Located[] | undefined {
  switch (value.kind) {
    case "name":
      return [{ where, value: { kind: "name", name: `${value.name}.${name}` }, owner: undefined }];
    case "opaque":
      return [{ where, value: { kind: "opaque", source: `${value.source}.${name}` }, owner: undefined }];
    case "call": {
      const made = classReferredTo(where.index, where.file, value.callee);
      return made && attributeOfClass(where, made, name);
    }
    default:
      return undefined;
  }
}

function meaningOfName(where: Surroundings, name: string, steps: number): readonly Located[] | undefined {
  const [head = "", ...rest] = name.split(".");
  const start = variableOf(where, head, steps);
  if (start !== undefined) {
    return attributesOf(start, rest, steps);
  }
  if (isSelf(head)) {
    const [first, ...more] = rest;
    return first === undefined || where.self === undefined
      ? undefined
      : attributesOf(attributeOfClass(where, where.self, first), more, steps);
  }
  return constantOf(where, name) ?? classAttributeOf(where, name);
}

/** `a.b` of each object. */
function attributesOf(
  objects: readonly Located[] | undefined,
  names: readonly string[],
  steps: number,
): readonly Located[] | undefined {
  return names.reduce(
    (owners, name) =>
      ofEach(
        ofEach(owners, (owner) => settled(owner, steps - 1)),
        (owner) => attributeOf(owner, name),
      ),
    objects,
  );
}

function isSelf(name: string): boolean {
  return name === "self" || name === "cls";
}

/** What `self.attribute` is: what methods assign hides what classes do, as `__init__` runs first. */
function attributeOfClass(
  where: Surroundings,
  self: ClassInProject,
  attribute: string,
): readonly Located[] | undefined {
  const order = lookupOrder(where.index, self);
  const assigned = order.flatMap((owner) =>
    (owner.facts.instanceAttributes.get(attribute) ?? []).map((value, position) =>
      locate(where.index, self, owner, attribute, value, position),
    ),
  );
  if (0 < assigned.length) {
    return assigned;
  }
  for (const owner of order) {
    const own = owner.facts.classAttributes.get(attribute);
    if (own !== undefined) {
      return [locate(where.index, self, owner, attribute, own)];
    }
  }
  return undefined;
}

function locate(
  index: ProjectIndex,
  self: ClassInProject | undefined,
  owner: ClassInProject,
  attribute: string,
  { value, functionName }: AssignedValue,
  position?: number,
): Located {
  return {
    definition: {
      kind: "attribute",
      path: owner.file.path,
      className: owner.facts.name,
      name: attribute,
      position,
    },
    where: { index, file: owner.file, functionName, self, bindings: undefined },
    value,
    owner: `${owner.qualifiedName}.${attribute}`,
  };
}

/** A variable or parameter of the function around, or of one around that. */
function variableOf(where: Surroundings, name: string, steps: number): readonly Located[] | undefined {
  for (const functionName of outwards(where.functionName)) {
    const bound = where.bindings?.functions.get(functionName)?.get(name);
    if (bound !== undefined) {
      return [bound];
    }
    const values = where.file.locals.get(functionName)?.get(name);
    if (values !== undefined) {
      return reachable({ ...where, functionName }, name, values, steps);
    }
  }
  return ownAttribute(where, name);
}

/** What the body of a class has assigned is a variable in the body itself. */
function ownAttribute(where: Surroundings, name: string): readonly Located[] | undefined {
  const owner = classNamed(where.index, `${where.file.module}.${where.functionName}`);
  const own = owner?.facts.classAttributes.get(name);
  return owner === undefined || own === undefined
    ? undefined
    : [locate(where.index, undefined, owner, name, own)];
}

/**
 * The values of a variable, without those that are only assigned where a parameter is given that the function does not
 * have: `if arguments.get('volume'): … elif arguments.get('snapshot'): …`.
 */
function reachable(
  where: Surroundings,
  name: string,
  values: readonly LocalValue[],
  steps: number,
): readonly Located[] {
  const owner = `${where.file.module}.${where.functionName}.${name}`;
  const found: Located[] = [];
  for (const { value, condition } of values) {
    const tested =
      where.bindings?.areForeign && condition?.kind === "item" && 0 < steps
        ? lookUp(where, condition, steps - 1)
        : undefined;
    if (tested === undefined || 0 < tested.length) {
      found.push({ where, value, owner });
    }
    if (tested !== undefined && 0 < tested.length) {
      break;
    }
  }
  return found;
}

/** A module's variable, of this module or of one that it is imported from. */
function constantOf(where: Surroundings, name: string): readonly Located[] | undefined {
  return qualifiedInModule(
    where.index,
    where.file,
    name,
    (qualifiedName) => {
      const dot = qualifiedName.lastIndexOf(".");
      const file = fileOfModule(where.index, qualifiedName.slice(0, dot), where.file.path);
      const value = file?.constants.get(qualifiedName.slice(dot + 1));
      return file === undefined || value === undefined
        ? undefined
        : [
            {
              where: { index: where.index, file, functionName: "", self: undefined, bindings: undefined },
              value,
              owner: `${file.module}.${qualifiedName.slice(dot + 1)}`,
              definition: { kind: "variable", path: file.path, name: qualifiedName.slice(dot + 1) },
            },
          ];
    },
    where.functionName,
  );
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
      return [locate(where.index, undefined, each, name.slice(dot + 1), own)];
    }
  }
  return undefined;
}

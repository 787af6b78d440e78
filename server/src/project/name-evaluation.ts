import { parseFormatString } from "../base/format-string.ts";
import { groupBy } from "../base/order.ts";
import { fieldValue } from "../facts/lock-name.ts";
import type { DecoratedFunction, FileFacts, LockName, LockSite, NamePart } from "../facts/model.ts";
import type { Value } from "../facts/value.ts";
import { knownParts, type NamingSite, nameGivenAsField } from "./identity.ts";
import type { ProjectIndex } from "./project-index.ts";
import type { ClassInProject } from "./resolve/classes.ts";
import { ownerOf, subclassesOf } from "./resolve/classes.ts";
import type { Located, RenderedPart, Rendering, Surroundings } from "./resolve/values.ts";
import { render } from "./resolve/values.ts";

/** What a name is at run time: each of its pieces evaluated where it stands, for each class that makes a difference. */

/** A name as it is at run time, as far as the project tells, and for which classes. */
export interface RenderedName {
  readonly parts: readonly RenderedPart[];
  /** The classes whose objects take the lock under this name; empty where no class matters. */
  readonly classes: readonly string[];
}

/** Where the words of a site's name have their meaning. */
export interface NameSurroundings {
  readonly site: NamingSite;
  /** Where the expressions that make the name are evaluated. */
  readonly outside: Surroundings;
  /** The function whose parameters the fields of a template are. */
  readonly inside: Surroundings;
}

/** The names that a site's own name can be, for the class that it stands in and all that inherit from it. */
export function evaluatedNames(
  index: ProjectIndex,
  file: FileFacts,
  site: SiteInFile,
  name: LockName,
): readonly RenderedName[] {
  return namesByClass(index, ownerOf(file, site.functionName), (self) =>
    renderingsOf(nameSurroundings(index, file, site, self), name),
  );
}

/** The texts that a value in a function can be, as for the name of a lock. */
export function renderedValue(
  index: ProjectIndex,
  { file, functionName }: { readonly file: FileFacts; readonly functionName: string },
  value: Value,
): readonly RenderedName[] {
  return namesByClass(index, ownerOf(file, functionName), (self) =>
    render({ index, file, functionName, self, bindings: undefined }, value),
  );
}

type SiteInFile = Pick<LockSite, "form" | "functionName"> & NamingSite;

function nameSurroundings(
  index: ProjectIndex,
  file: FileFacts,
  site: SiteInFile,
  self: ClassInProject | undefined,
): NameSurroundings {
  const outside = { index, file, functionName: outsideOf(site), self, bindings: undefined };
  return { site, outside, inside: insideOf(outside, site) };
}

/** What is rendered for no class in particular, or for each where that makes a difference. */
export function namesByClass(
  index: ProjectIndex,
  owner: ClassInProject | undefined,
  renderingsFor: (self: ClassInProject | undefined) => readonly Rendering[],
): readonly RenderedName[] {
  const alone = renderingsFor(undefined);
  if (owner === undefined || !alone.some(dependsOnSelf)) {
    return alone.map((parts) => ({ parts: normalized(parts), classes: [] }));
  }
  const renderings = [owner, ...subclassesOf(index, owner)].flatMap((self) =>
    renderingsFor(self).map((parts) => ({ parts: normalized(parts), className: self.qualifiedName })),
  );
  return [...groupBy(renderings, ({ parts }) => JSON.stringify(parts)).values()].flatMap((group) =>
    group[0] === undefined
      ? []
      : { parts: group[0].parts, classes: [...new Set(group.map(({ className }) => className))] },
  );
}

/** How many texts a name may be, before it is called unknown. */
const MOST_ALTERNATIVES = 8;

/** The texts that a name can be. */
export function renderingsOf(where: NameSurroundings, name: LockName): readonly Rendering[] {
  const pieces =
    name.kind === "unknown"
      ? [computedPiece(where, name.value)]
      : (knownParts(where.site, name) ?? []).map((part) => renderedPart(where, part));
  return combined(pieces) ?? [[{ kind: "field", source: name.source }]];
}

function renderedPart(where: NameSurroundings, part: NamePart): readonly Rendering[] {
  if (part.kind === "text") {
    return [[{ kind: "text", text: part.text }]];
  }
  return part.origin === "template"
    ? renderField(where, part.source, part.value)
    : computedPiece(where, part.value);
}

/** What Python computes before the lock API sees it; the API may find fields in it. */
function computedPiece(where: NameSurroundings, value: Value): readonly Rendering[] {
  const renderings = render(where.outside, value);
  return where.site.use.api.expandsFields
    ? renderings.flatMap((rendering) => withFields(where, rendering))
    : renderings;
}

/** A field is one of the function's own parameters, which are no names of the module. */
function renderField({ inside }: NameSurroundings, source: string, value: Value): readonly Rendering[] {
  const root = /^\w*/.exec(source)?.[0] ?? "";
  const isKnown =
    root === "self" ||
    root === "cls" ||
    inside.bindings?.functions.get(inside.functionName)?.has(root) === true;
  return isKnown ? render(inside, value) : [[{ kind: "field", source }]];
}

/** Replaces the fields in a text that is computed elsewhere, as the lock API will do. */
function withFields(where: NameSurroundings, rendering: Rendering): readonly Rendering[] {
  const pieces = rendering.flatMap((part): readonly (readonly Rendering[])[] => {
    const segments = part.kind === "text" ? parseFormatString(part.text) : undefined;
    if (part.kind === "field" || segments === undefined) {
      return [[[part]]];
    }
    return segments.map((segment) => {
      const source = part.text.slice(segment.start, segment.end);
      if (segment.kind === "text") {
        return [[{ kind: "text", text: source.replace(/\{\{|\}\}/g, (doubled) => doubled.slice(1)) }]];
      }
      const field = source.slice(1, -1);
      const functionName = field === "f_name" ? nameGivenAsField(where.site) : undefined;
      return functionName === undefined
        ? renderField(where, field, fieldValue(field))
        : [[{ kind: "text", text: functionName }]];
    });
  });
  return combined(pieces) ?? [rendering];
}

/** Every alternative of each piece with every one of the others; `undefined` where there are none, or too many. */
function combined(pieces: readonly (readonly Rendering[])[]): readonly Rendering[] | undefined {
  const count = pieces.reduce((product, alternatives) => product * alternatives.length, 1);
  return count === 0 || MOST_ALTERNATIVES < count
    ? undefined
    : pieces.reduce<readonly Rendering[]>(
        (begun, alternatives) => begun.flatMap((start) => alternatives.map((next) => [...start, ...next])),
        [[]],
      );
}

/** The function whose names a site's own words are: a decorator is evaluated outside of what it decorates. */
export function outsideOf({ form, functionName }: Pick<LockSite, "form" | "functionName">): string {
  return form === "decorator" ? functionName.split(".").slice(0, -1).join(".") : functionName;
}

/** Where the parameters of the decorated function have their meaning, as far as its calls tell. */
export function insideOf(
  outside: Surroundings,
  {
    functionName,
    target,
  }: { readonly functionName: string; readonly target?: DecoratedFunction | undefined },
): Surroundings {
  const { functions, areForeign } = outside.bindings ?? { functions: new Map(), areForeign: false };
  return target === undefined || functions.has(functionName)
    ? { ...outside, functionName }
    : {
        ...outside,
        functionName,
        bindings: {
          functions: new Map([...functions, [functionName, parametersIn(target, outside)]]),
          areForeign,
        },
      };
}

/**
 * What the calls of a nested function give its parameters, which often exist only for the name; of a method, and where
 * a call does not tell, they are only known by their own words.
 */
function parametersIn(
  { parameters, calls, isMethod }: DecoratedFunction,
  where: Surroundings,
): ReadonlyMap<string, Located> {
  return new Map(
    parameters
      .filter(({ name }) => name !== "self" && name !== "cls")
      .map(({ name }) => {
        const options = calls.flatMap(
          ({ passes }) => passes.find(({ parameter }) => parameter === name)?.value ?? [],
        );
        const isTold = !isMethod && 0 < options.length && options.length === calls.length;
        const value: Value = isTold ? { kind: "choice", options } : { kind: "opaque", source: name };
        return [name, { where, value, owner: undefined }];
      }),
  );
}

/** What hangs on the object at hand differs from class to class. */
function dependsOnSelf(rendering: Rendering): boolean {
  return rendering.some((part) => part.kind === "field" && /^(?:self|cls)\b/.test(part.source));
}

/** Neighboring texts as one, so that equal names are equal. */
function normalized(rendering: Rendering): Rendering {
  const parts: RenderedPart[] = [];
  for (const part of rendering) {
    const last = parts.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      parts[parts.length - 1] = { kind: "text", text: last.text + part.text };
    } else {
      parts.push(part);
    }
  }
  return parts;
}

import type { ApiUse } from "../../facts/lock-apis.ts";
import type {
  FileFacts,
  LockName,
  LockSite,
  NamedUse,
  NamePart,
  PassedArgument,
  Via,
} from "../../facts/model.ts";
import type { LockArguments } from "../../facts/passed-arguments.ts";
import { constantTextOf, type Value, type ValueArgument } from "../../facts/value.ts";
import { outsideOf, type RenderedName } from "../name-evaluation.ts";
import type { ProjectIndex } from "../project-index.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import type { Defined } from "../resolve/defined.ts";
import type { Bindings, Rendering, Surroundings } from "../resolve/values.ts";
import { sourceOf } from "../resolve/values.ts";

/** What all ways to take a lock by another name have in common. */

/**
 * A site that takes a lock by way of an alias, a variable, a wrapper or a lock object. All places in it are of its own
 * file, so that it stays while others are edited.
 */
export interface IndirectSite {
  readonly site: LockSite;
  /** The names that a name is at run time, where the site itself does not tell them. */
  readonly names: ReadonlyMap<LockName, readonly RenderedName[]>;
  /** What is used here. */
  readonly definition: Defined | undefined;
}

/** A use in the project around it. */
export interface UseInProject {
  readonly index: ProjectIndex;
  readonly file: FileFacts;
  readonly use: NamedUse;
  /** The class of the object that the use hangs on, if it stands in one, or is applied in one. */
  readonly owner: ClassInProject | undefined;
  /** What the parameters around the use stand for, for objects of a class. */
  readonly bindings: (self: ClassInProject | undefined) => Bindings | undefined;
}

/** Where the names of a use are looked up. */
export function surroundingsOf(
  { index, file, use, bindings }: UseInProject,
  self: ClassInProject | undefined,
): Surroundings {
  return { index, file, functionName: outsideOf(use), self, bindings: bindings(self) };
}

/** The use as a site of the lock that is taken there. */
export function siteOf(use: NamedUse, api: ApiUse, read: LockArguments, via: Via | undefined): LockSite {
  const shared = {
    range: use.range,
    calleeRange: use.nameRange,
    use: api,
    names: read.names,
    options: read.options,
    scope: read.scope,
    functionName: use.functionName,
    via,
  };
  switch (use.form) {
    case "decorator":
      return { ...shared, form: "decorator", decoratorRange: use.wholeRange, target: use.target };
    case "with":
      return { ...shared, form: "with", bodyRange: use.bodyRange ?? use.range, isInBranch: use.isInBranch };
    case "acquire":
      return { ...shared, form: "acquire", isInBranch: use.isInBranch };
  }
}

/** Decorators are applied, locks are entered or acquired. */
export function isTakenBy(use: NamedUse, { api }: ApiUse): boolean {
  return (use.form === "decorator") === (api.gives === "decorator");
}

/** A name that is made elsewhere, as it is where the lock is taken: a template if it can be but one text. */
export function nameMadeElsewhere(use: NamedUse, api: ApiUse, renderings: readonly Rendering[]): LockName {
  const { range } = use;
  const [only, ...others] = renderings;
  if (only === undefined || 0 < others.length) {
    const value: Value = { kind: "opaque", source: use.name };
    return { kind: "unknown", range, source: use.name, value, reason: "it is one of several names" };
  }
  const parts = only.map((part): NamePart => {
    if (part.kind === "text") {
      return {
        kind: "text",
        text: api.api.expandsFields ? part.text.replace(/[{}]/g, "$&$&") : part.text,
        range,
      };
    }
    const { source } = part;
    const value: Value = /^[A-Za-z_][\w.]*$/.test(source)
      ? { kind: "name", name: source }
      : { kind: "opaque", source };
    return {
      kind: "field",
      source,
      range,
      origin: "expression",
      value,
      root: { text: source, range },
      keys: [],
    };
  });
  return { kind: "template", range, source: use.name, parts };
}

/** An argument that is given where the lock is made, as if it was passed at the use. */
export function boundArgument({ keyword, value }: ValueArgument, { range }: NamedUse): PassedArgument {
  const source = sourceOf(value);
  const text = constantTextOf(value);
  const unknown: LockName = { kind: "unknown", range, source, value, reason: "it is made elsewhere" };
  return {
    by: keyword === undefined ? "position" : "keyword",
    keyword,
    source,
    range,
    valueRange: range,
    value,
    name:
      text === undefined
        ? unknown
        : { kind: "template", range, source, parts: [{ kind: "text", text, range }] },
    template: unknown,
  };
}

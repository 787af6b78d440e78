import type { TextRange } from "../../base/text-range.ts";
import type {
  FileFacts,
  LockName,
  LockOption,
  LockSite,
  LockWrapper,
  NamedUse,
  RangedText,
} from "../../facts/model.ts";
import { optionValueOf, scopeByExternal } from "../../facts/passed-arguments.ts";
import { isTakenIn } from "../../facts/wrappers.ts";
import {
  insideOf,
  type NameSurroundings,
  namesByClass,
  outsideOf,
  renderingsOf,
} from "../name-evaluation.ts";
import type { ClassInProject } from "../resolve/classes.ts";
import type { LockMeaning } from "../resolve/lock-names.ts";
import type { Bindings, Rendering, Surroundings } from "../resolve/values.ts";
import { settle } from "../resolve/values.ts";
import {
  type IndirectSite,
  nameMadeElsewhere,
  siteOf,
  surroundingsOf,
  type UseInProject,
} from "./indirect-site.ts";
import { bindingsOf } from "./wrapper-bindings.ts";

/** `@locked_volume_id_operation`: the locks that a wrapper takes inside, as they are where it is applied. */
export function wrapperSites(
  used: UseInProject,
  { file, wrapper }: LockMeaning & { readonly kind: "wrapper" },
  sitesOfUse: (used: UseInProject) => readonly IndirectSite[],
): readonly IndirectSite[] {
  if (!isAppliedAs(used.use, wrapper.kind)) {
    return [];
  }
  const bindings = (self: ClassInProject | undefined): Bindings =>
    bindingsOf(file, wrapper, used.use, surroundingsOf(used, self), insideApplied(used, self));
  const via = { qualifiedName: `${file.module}.${wrapper.name}`, isConditional: wrapper.isConditional };
  const isTaken = ({ range }: { readonly range: TextRange }): boolean => isTakenIn(wrapper, range);
  const inside = [
    ...file.sites.filter(isTaken).map((inner) => siteInside(used, file, inner, bindings)),
    ...file.namedUses.filter(isTaken).flatMap((inner) => sitesOfUse({ ...used, file, use: inner, bindings })),
  ];
  return inside.map(({ site, names }) => {
    const atUse = site.names.map((name) => [nameAt(used.use, name), names.get(name)] as const);
    const options = site.options.map((option) => optionAt(used.use, option));
    const read = { names: atUse.map(([name]) => name), options, scope: site.scope };
    return {
      site: siteOf(used.use, site.use, read, via),
      names: new Map(atUse.flatMap(([name, known]) => (known === undefined ? [] : [[name, known]]))),
      definition: { kind: "wrapper", path: file.path, name: wrapper.name },
    };
  });
}

/** A name that is written in the wrapper's file, as if it was given at the use. */
function nameAt({ range }: NamedUse, name: LockName): LockName {
  const at = ({ text }: RangedText): RangedText => ({ text, range });
  return name.kind === "unknown"
    ? { ...name, range }
    : {
        ...name,
        range,
        parts: name.parts.map((part) =>
          part.kind === "text"
            ? { ...part, range }
            : { ...part, range, root: at(part.root), keys: part.keys.map(at) },
        ),
      };
}

function optionAt({ range }: NamedUse, option: LockOption): LockOption {
  return { ...option, range, valueRange: range };
}

function isAppliedAs(use: NamedUse, kind: LockWrapper["kind"]): boolean {
  switch (kind) {
    case "decorator":
      return use.form === "decorator" && use.passed === undefined;
    case "factory":
      return use.form === "decorator" && use.passed !== undefined;
    case "context manager":
      return use.form === "with" && use.passed !== undefined;
  }
}

/** A site in the wrapper's body with its parameters bound. */
function siteInside(
  used: UseInProject,
  file: FileFacts,
  inner: LockSite,
  bindings: (self: ClassInProject | undefined) => Bindings,
): IndirectSite {
  const { index, use, owner } = used;
  const whereFor = (self: ClassInProject | undefined): NameSurroundings => {
    const outside = {
      index,
      file,
      functionName: outsideOf(inner),
      self: undefined,
      bindings: bindings(self),
    };
    // A lock that the wrapper returns is applied to the decorated function itself.
    return inner.form === "decorator"
      ? { site: inner, outside, inside: insideOf(outside, inner) }
      : { site: { use: inner.use, target: use.target }, outside, inside: insideApplied(used, self) };
  };
  const names = inner.names.map((name) => {
    const renderings = (self: ClassInProject | undefined): readonly Rendering[] =>
      renderingsOf(whereFor(self), name);
    return [
      nameMadeElsewhere(use, inner.use, renderings(undefined)),
      namesByClass(index, owner, renderings),
    ] as const;
  });
  const { outside } = whereFor(owner);
  const options = inner.options.map((option) => boundOption(option, outside));
  return {
    site: {
      ...inner,
      names: names.map(([name]) => name),
      options,
      scope: inner.use.api.scope ?? scopeByExternal(options),
    },
    names: new Map(names),
    definition: undefined,
  };
}

/** Where the parameters of the decorated function have their meaning. */
function insideApplied(used: UseInProject, self: ClassInProject | undefined): Surroundings {
  return insideOf(surroundingsOf(used, self), used.use);
}

/** `external=external`, with the value that the parameter has here. */
function boundOption(option: LockOption, where: Surroundings): LockOption {
  const values =
    option.value.kind === "name" ? settle(where, { kind: "name", name: option.value.name }) : undefined;
  const [only, ...others] = values ?? [];
  return only === undefined || 0 < others.length ? option : { ...option, value: optionValueOf(only.value) };
}

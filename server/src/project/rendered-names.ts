import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { Value } from "../facts/value.ts";
import { joined } from "../facts/value.ts";
import { knownParts } from "./identity.ts";
import type { NamedSite } from "./named-sites.ts";
import type { ProjectIndex } from "./project-index.ts";
import type { ClassInProject } from "./resolve/classes.ts";
import { classNamed, subclassesOf } from "./resolve/classes.ts";
import type { RenderedPart, Rendering, Surroundings } from "./resolve/values.ts";
import { render } from "./resolve/values.ts";

/** A name as it is at run time, as far as the project tells, and for which classes. */
export interface RenderedName {
  readonly parts: readonly RenderedPart[];
  /** The classes whose objects take the lock under this name; empty where no class matters. */
  readonly classes: readonly string[];
}

const remembered = derived(
  (_index: ProjectIndex) => new WeakMap<NamedSite["name"], readonly RenderedName[]>(),
);

/**
 * The names that a site's name can be: one for each group of subclasses whose attributes give the same; none where the
 * expression alone is known, which says nothing of the name.
 */
export function renderedNames(index: ProjectIndex, named: NamedSite): readonly RenderedName[] {
  const known = remembered(index).get(named.name);
  if (known !== undefined) {
    return known;
  }
  const rendered = computeNames(index, named).filter(
    ({ parts }) => named.name.kind === "template" || parts.some((part) => part.kind === "text"),
  );
  remembered(index).set(named.name, rendered);
  return rendered;
}

function computeNames(index: ProjectIndex, named: NamedSite): readonly RenderedName[] {
  const value = valueOfName(named);
  const alone = render(surroundingsOf(index, named, undefined), value);
  const owner = ownerOf(index, named);
  if (owner === undefined || !alone.some(dependsOnSelf)) {
    return alone.map((parts) => ({ parts: normalized(parts), classes: [] }));
  }
  const renderings = [owner, ...subclassesOf(index, owner)].flatMap((self) =>
    render(surroundingsOf(index, named, self), value).map((parts) => ({
      parts: normalized(parts),
      className: self.qualifiedName,
    })),
  );
  return [...groupBy(renderings, ({ parts }) => JSON.stringify(parts)).values()].flatMap((group) =>
    group[0] === undefined
      ? []
      : { parts: group[0].parts, classes: [...new Set(group.map(({ className }) => className))] },
  );
}

/** What hangs on the object at hand differs from class to class. */
function dependsOnSelf(rendering: Rendering): boolean {
  return rendering.some((part) => part.kind === "field" && /^(?:self|cls)\b/.test(part.source));
}

/** A template's fields are the locked function's own parameters: only what hangs on `self` can be followed. */
export function valueOfName({ site, name }: NamedSite): Value {
  if (name.kind === "unknown") {
    return name.value;
  }
  return joined(
    (knownParts(site, name) ?? []).map((part): Value => {
      if (part.kind === "text") {
        return { kind: "text", text: part.text };
      }
      return part.origin === "template" && !/^(?:self|cls)\b/.test(part.source)
        ? { kind: "opaque", source: part.source }
        : part.value;
    }),
  );
}

/** The innermost class around the function of the site. */
export function ownerOf(index: ProjectIndex, { file, site }: NamedSite): ClassInProject | undefined {
  const parts = site.functionName.split(".");
  for (let length = parts.length - 1; 0 < length; length -= 1) {
    const owner = classNamed(index, `${file.module}.${parts.slice(0, length).join(".")}`);
    if (owner !== undefined) {
      return owner;
    }
  }
  return undefined;
}

/** A decorator is evaluated outside of the function that it stands above. */
function surroundingsOf(
  index: ProjectIndex,
  { file, site }: NamedSite,
  self: ClassInProject | undefined,
): Surroundings {
  const functionName =
    site.form === "decorator" ? site.functionName.split(".").slice(0, -1).join(".") : site.functionName;
  return { index, file, functionName, self };
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

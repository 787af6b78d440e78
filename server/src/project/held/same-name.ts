import type { LockSite } from "../../facts/model.ts";
import { exclusionOf } from "../exclusion.ts";
import { exactText, isFair, shapeOf } from "../identity.ts";
import type { RenderedName } from "../name-evaluation.ts";
import type { ProjectIndex } from "../project-index.ts";
import { renderedNames } from "../rendered-names.ts";
import type { RenderedPart, Rendering } from "../resolve/values.ts";
import { holdersWords } from "./holders-words.ts";
import type { Nesting } from "./nestings.ts";

/** Whether the lock that is taken is the one that is held, as far as the calls in between tell. */

/** A name that both locks have, in the words of the function that holds the first one. */
export interface NameTakenAgain {
  readonly parts: Rendering;
  /** Whether it is proved: the same text, or the same fields of the same objects. */
  readonly isProved: boolean;
}

/** Stands for a value that the holder has no words for; a control character, so that no source contains it. */
const UNKNOWN = "\u0002";

/**
 * The name by which the held lock is taken again, with which its holder would wait for itself; `undefined` where the two
 * are different locks, or of a kind that lets its holder in.
 */
export function takenAgain(index: ProjectIndex, nesting: Nesting): NameTakenAgain | undefined {
  if (!waitsForItself(nesting)) {
    return undefined;
  }
  const found = namesOf(index, nesting.holder.file, nesting.held).flatMap((held) =>
    namesOf(index, nesting.taker.file, nesting.taken).flatMap((taken) => compare(nesting, held, taken) ?? []),
  );
  return found.find(({ isProved }) => isProved) ?? found[0];
}

function namesOf(
  index: ProjectIndex,
  file: Nesting["holder"]["file"],
  site: LockSite,
): readonly RenderedName[] {
  return site.names.flatMap((name) => renderedNames(index, { file, site, name }));
}

function waitsForItself({ held, taken, isSameObject }: Nesting): boolean {
  return (
    exclusionOf(held, taken) !== "nowhere" &&
    [held, taken].every((site) => site.use.api.reentry === "hangs" && isFair(site) === false) &&
    (held.use.api.mechanism !== "object" || isSameObject) &&
    waits(taken)
  );
}

/** Without waiting, nobody hangs. */
function waits({ options }: LockSite): boolean {
  return options.every(
    ({ parameter, by, value }) =>
      by !== "unpacking" && (parameter !== "blocking" || (value.kind === "boolean" && value.value)),
  );
}

function compare(nesting: Nesting, held: RenderedName, taken: RenderedName): NameTakenAgain | undefined {
  if (shapeOf(held.parts) !== shapeOf(taken.parts)) {
    return undefined; // Whatever the holder calls the fields; most pairs end here.
  }
  if (nesting.isSameObject && !haveClassInCommon(held.classes, taken.classes)) {
    return undefined;
  }
  const again = inHoldersWords(nesting, taken.parts);
  const own = held.parts.map(normalized);
  if (exactText(own) === exactText(again)) {
    return { parts: own, isProved: !exactText(again).includes(UNKNOWN) };
  }
  return mayBeEqual(own, again) ? { parts: own, isProved: false } : undefined;
}

/** Whether objects of one class have both names; a name of no class in particular all have. */
export function haveClassInCommon(one: readonly string[], other: readonly string[]): boolean {
  return one.length === 0 || other.length === 0 || one.some((each) => other.includes(each));
}

function inHoldersWords(nesting: Nesting, parts: Rendering): Rendering {
  return parts.map((part) =>
    part.kind === "text" ? part : normalized({ kind: "field", source: holdersSource(nesting, part.source) }),
  );
}

function holdersSource(nesting: Nesting, source: string): string {
  const { taker, chain, isSameObject } = nesting;
  const [, root = "", rest = ""] = /^(\w*)(.*)$/s.exec(source) ?? [];
  if (root === "self" || root === "cls") {
    return isSameObject ? source : UNKNOWN;
  }
  const known = holdersWords(nesting).get(root);
  if (known !== undefined) {
    return known + rest;
  }
  const isOwn = chain.length === 0 && !taker.body.parameters.includes(root);
  return isOwn ? source : UNKNOWN;
}

/** `volume['id']` and `volume[id]` are one. */
function normalized(part: RenderedPart): RenderedPart {
  return part.kind === "text"
    ? part
    : {
        kind: "field",
        source: part.source.replace(/\[\s*(['"])(.*?)\1\s*\]/g, "[$2]").replace(/^cls\./, "self."),
      };
}

/** The same text around fields of which some have no words. */
function mayBeEqual(own: Rendering, again: Rendering): boolean {
  return (
    own.length === again.length &&
    own.some((part) => part.kind === "text" && /\w/.test(part.text)) &&
    own.every((part, position) => {
      const other = again[position];
      if (part.kind === "text" || other?.kind !== "field") {
        return other?.kind === part.kind && exactText([part]) === exactText([other]);
      }
      return other.source === UNKNOWN || other.source === part.source;
    })
  );
}

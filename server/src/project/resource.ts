/**
 * What a field of a name stands for: an attribute of a thing, told by its words alone. `{volume.id}`, `{volume_id}`,
 * `{volume['id']}` and `{src_vref.id}` all stand for a volume's id. Two such fields can have the same value, which is
 * all that is claimed: whether it is the same volume, only the calls tell.
 */
interface Resource {
  /** The thing in its usual word, `volume`; any other noun as it is written; `undefined` where no word names it. */
  readonly thing: string | undefined;
  readonly attribute: string;
}

/** The words for the things of Cinder and Manila that locks are about. Values of different things are never equal. */
const THINGS: ReadonlyMap<string, string> = new Map([
  ["volume", "volume"],
  ["vol", "volume"],
  ["vref", "volume"],
  ["snapshot", "snapshot"],
  ["snap", "snapshot"],
  ["image", "image"],
  ["backup", "backup"],
  ["attachment", "attachment"],
  ["share", "share"],
  ["connector", "connector"],
  ["self", "object at hand"],
  ["cls", "object at hand"],
]);

/** The attributes by which things are told apart, each with the words that spell it; longer ones first. */
const ATTRIBUTES: readonly (readonly [words: readonly string[], attribute: string])[] = [
  [["name", "id"], "name id"],
  [["id"], "id"],
  [["uuid"], "id"],
  [["name"], "name"],
  [["host"], "host"],
];

/** Words that are written as one. */
const COMPOUNDS: ReadonlyMap<string, readonly string[]> = new Map([["volid", ["volume", "id"]]]);

/** Names that stand for an attribute without its thing: drivers take `host` out of the connector. */
const SHORT_FORMS: ReadonlyMap<string, Resource> = new Map([
  ["host", { thing: "connector", attribute: "host" }],
]);

/** Words that add nothing to the thing they stand behind: `volume_ref`, `image_meta`. */
const FILLERS: ReadonlySet<string> = new Set(["ref", "obj", "object", "meta", "metadata", "dict"]);

/** Words that tell which of several things it is, and not what thing: `source.id`. */
const ROLES: ReadonlySet<string> = new Set([
  "source",
  "src",
  "target",
  "tgt",
  "dest",
  "dst",
  "parent",
  "child",
  "new",
  "old",
]);

/** What an expression stands for, if its words tell: `snapshot.volume.id` is a volume's id. */
function resourceOf(source: string): Resource | undefined {
  const short = SHORT_FORMS.get(source);
  if (short !== undefined) {
    return short;
  }
  const words = wordsOf(source);
  const [spelling, attribute] = ATTRIBUTES.find(([ending]) => endsWith(words, ending)) ?? [];
  return spelling === undefined || attribute === undefined
    ? undefined
    : { thing: thingNamedBy(words.slice(0, -spelling.length)), attribute };
}

/** Whether the value alone tells one thing from all others, as ids do and names do not. */
export function isUnique(source: string): boolean {
  const resource = resourceOf(source);
  return resource?.attribute === "id" && isWellKnown(resource) && !isOwn(resource);
}

/**
 * Whether two fields can have the same value: they stand for the `same` resource, surely for an `other` one, or their
 * words do not tell.
 */
export function compareFields(one: string, other: string): "same" | "unlike" | "other" {
  if (one === other) {
    return "same";
  }
  const [first, second] = [resourceOf(one), resourceOf(other)];
  if (first === undefined || second === undefined) {
    return "unlike";
  }
  if (first.attribute !== second.attribute) {
    return "other";
  }
  if (first.thing !== undefined && first.thing === second.thing) {
    return isOwn(first) ? "unlike" : "same";
  }
  return isOtherThing(first, second) ? "other" : "unlike";
}

/** Two things have different ids as soon as one is well known; another noun's name or host may be the same. */
function isOtherThing(one: Resource, other: Resource): boolean {
  const known = [one, other].filter(isWellKnown).length;
  return (
    known === 2 ||
    (known === 1 && one.attribute === "id" && one.thing !== undefined && other.thing !== undefined)
  );
}

function isWellKnown({ thing }: Resource): boolean {
  return thing !== undefined && WELL_KNOWN.has(thing);
}

const WELL_KNOWN: ReadonlySet<string> = new Set(THINGS.values());

/** `self.host` of one class is not that of another. */
function isOwn({ thing }: Resource): boolean {
  return thing === THINGS.get("self");
}

/** The last noun is the thing: `src_volume` is a volume, a `volume_type` is none. */
function thingNamedBy(words: readonly string[]): string | undefined {
  const noun = words.findLast((word) => !FILLERS.has(word));
  if (noun === undefined || ROLES.has(noun)) {
    return undefined;
  }
  const singular = noun.replace(/s$/, "");
  return THINGS.get(singular) ?? THINGS.get(noun) ?? singular;
}

/** A name with attributes and items at keys that are written out: `a.b`, `a[b]`, `a['b']`, `a.get('b')`. */
const PATH = /^[A-Za-z_]\w*(?:\.get\((?:'\w+'|"\w+")\)|\.\w+|\[(?:\w+|'\w+'|"\w+")\])*$/;

function wordsOf(source: string): readonly string[] {
  if (!PATH.test(source)) {
    return [];
  }
  return source
    .replace(/\.get\(/g, ".")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word))
    .flatMap((word) => COMPOUNDS.get(word) ?? [word]);
}

function endsWith(words: readonly string[], ending: readonly string[]): boolean {
  return ending.every((word, position) => words[words.length - ending.length + position] === word);
}

import { closestTo } from "../base/closest.ts";
import { derived } from "../base/memo.ts";
import { contains } from "../base/text-range.ts";
import type { FileFacts, LockRemoval } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import { templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSites } from "../project/named-sites.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import type { Rendering } from "../project/resolve/values.ts";
import { render } from "../project/resolve/values.ts";
import type { Finding, RelatedPlace } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const mismatchedLockRemoval = defineRule({
  id: "mismatched-lock-removal",
  severity: "warning",
  summary: "A removal of a lock's file that matches no lock, or that waits for itself.",
  // SEMANTICS §6.
  why:
    "`utils` and `coordination` keep their lock files in directories of their own, which only some operators set to one, " +
    "and each looks in its own. A name that " +
    "no lock of the same module has removes nothing, without an error, and the files pile up. And " +
    "`utils.synchronized_remove` takes the lock that it removes: inside that lock it waits for ever.",
  bad: `from cinder import utils


@utils.synchronized('acme-pool', external=True)
def delete():
    utils.synchronized_remove('acme-pool')
`,
  good: `from cinder import utils


@utils.synchronized('acme-pool', external=True)
def delete():
    pass


def clean():
    utils.synchronized_remove('acme-pool')
`,
  check: ({ file, index }) =>
    file.removals.flatMap((removal) => {
      const found = insideItsLock(index, file, removal) ?? withoutLock(index, file, removal);
      return found === undefined ? [] : [found];
    }),
});

/** A coordination lock's file is just deleted, so that nothing waits. */
function insideItsLock(index: ProjectIndex, file: FileFacts, removal: LockRemoval): Finding | undefined {
  const pattern = patternOf(index, file, removal);
  const around = file.sites.find(
    (site) =>
      removal.use.api.mechanism === "lockutils" &&
      site.use.api.id === "utils.synchronized" &&
      site.form === "decorator" &&
      site.functionName === removal.functionName &&
      site.target !== undefined &&
      contains(site.target.range, removal.range) &&
      site.names.some(
        (name) =>
          name.kind === "template" &&
          pattern !== undefined &&
          name.parts.every(({ kind }) => kind === "text") &&
          templateText(name.parts) === templateText(pattern),
      ),
  );
  return around === undefined
    ? undefined
    : {
        range: removal.range,
        message: `\`${removal.name.source}\` is removed while it is held: the removal waits for ever`,
        related: [{ path: file.path, range: around.range, message: "held here" }],
        fixes: [],
      };
}

/** Only the whole checkout tells that there is no such lock: it has the service's package itself. */
function withoutLock(index: ProjectIndex, file: FileFacts, removal: LockRemoval): Finding | undefined {
  const { api, service } = removal.use;
  const pattern = patternOf(index, file, removal);
  if (pattern === undefined || !modules(index).has(service) || !saysSomething(pattern)) {
    return undefined;
  }
  const matching = knownLocks(index).filter(
    ({ named, parts }) =>
      (named.site.use.service ?? service) === service &&
      canBeEqual(tokensOf(pattern, api.matches === "glob"), tokensOf(parts, false)),
  );
  const removed = matching.filter(({ named }) => leavesFileFor(removal, named));
  const other = matching.find(
    ({ named, parts }) => !leavesFileFor(removal, named) && textOf(parts) === textOf(pattern),
  );
  if (other !== undefined && !removed.some(({ parts }) => sharesText(parts, pattern))) {
    return {
      range: removal.name.range,
      message: `\`${templateText(pattern)}\` is a ${other.named.site.scope} lock: \`${api.id}\` looks elsewhere`,
      related: [placeOf(other)],
      fixes: [],
    };
  }
  // What stands for a field may be any text, even that of the other.
  return removed.length === 0 ? nothingMatches(index, removal, pattern) : undefined;
}

/** Whether the one has all the characters of the other, so that they do not only match by what is put in. */
function sharesText(one: Rendering, other: Rendering): boolean {
  const [first, second] = [textOf(one), textOf(other)];
  return saysSomething(one) && (first.includes(second) || second.includes(first));
}

function saysSomething(parts: Rendering): boolean {
  return parts.some((part) => part.kind === "text" && /\w{2}/.test(part.text));
}

function nothingMatches(index: ProjectIndex, removal: LockRemoval, pattern: Rendering): Finding {
  const locks = knownLocks(index).filter(({ named }) => leavesFileFor(removal, named));
  const nearest = closestTo(
    textOf(pattern),
    locks.map(({ parts }) => textOf(parts)),
  );
  const similar = locks.find(({ parts }) => textOf(parts) === nearest);
  return {
    range: removal.name.range,
    message: `No known lock has the name \`${templateText(pattern)}\`: nothing is removed`,
    related: similar === undefined ? [] : [placeOf(similar)],
    fixes: [],
  };
}

/** The characters alone, without wildcards: what the fields are called says little. */
function textOf(parts: Rendering): string {
  return parts.map((part) => (part.kind === "text" ? part.text.replace(/[*?]/g, "") : "")).join("");
}

const modules = derived(
  (index: ProjectIndex): ReadonlySet<string> =>
    new Set([...index.files.values(), ...index.lockless.values()].map(({ module }) => module)),
);

interface KnownLock {
  readonly named: NamedSite;
  readonly parts: Rendering;
}

/** Every lock under each name that it can have; one of which nothing is known may have any. */
const knownLocks = derived((index: ProjectIndex): readonly KnownLock[] =>
  namedSites(index)
    .filter(({ file }) => !isTestModule(file.module))
    .flatMap((named) => {
      const rendered = renderedNames(index, named);
      return rendered.length === 0
        ? [{ named, parts: [{ kind: "field" as const, source: named.name.source }] }]
        : rendered.map(({ parts }) => ({ named, parts }));
    }),
);

function leavesFileFor({ use }: LockRemoval, { site }: NamedSite): boolean {
  return site.use.api.mechanism === use.api.mechanism && site.scope !== "process";
}

function placeOf({ named: { file, site }, parts }: KnownLock): RelatedPlace {
  return { path: file.path, range: site.range, message: `\`${templateText(parts)}\` is taken here` };
}

/** The one text that the removal asks for, as far as its own function tells. */
function patternOf(
  index: ProjectIndex,
  file: FileFacts,
  { name, functionName }: LockRemoval,
): Rendering | undefined {
  if (name.kind === "template") {
    return name.parts;
  }
  const [first, ...more] = render(
    { index, file, functionName, self: undefined, bindings: undefined },
    name.value,
  );
  return 0 < more.length ? undefined : first;
}

/** A character, or what may be any text. */
type Token = string | typeof ANY;
const ANY = Symbol("any text");

function tokensOf(parts: Rendering, isGlob: boolean): readonly Token[] {
  return parts.flatMap((part): readonly Token[] =>
    part.kind === "field"
      ? [ANY]
      : [...part.text].map((character) => (isGlob && /[*?[\]]/.test(character) ? ANY : character)),
  );
}

/** Whether the two have a text in common; answered for all pairs of beginnings, one row after the other. */
function canBeEqual(one: readonly Token[], other: readonly Token[]): boolean {
  let row: readonly boolean[] = [true];
  for (const token of other) {
    row = [...row, row.at(-1) === true && token === ANY];
  }
  for (const token of one) {
    const next: boolean[] = [row[0] === true && token === ANY];
    for (const [at, otherToken] of other.entries()) {
      const isWild = token === ANY || otherToken === ANY;
      next.push(
        (row[at] === true && (isWild || token === otherToken)) ||
          (isWild && (row[at + 1] === true || next[at] === true)),
      );
    }
    row = next;
  }
  return row.at(-1) === true;
}

import { derived } from "../base/memo.ts";
import { groupBy } from "../base/order.ts";
import type { LockKind } from "../project/exclusion.ts";
import { describeExclusion, describeKind, exclusionOf, kindOf } from "../project/exclusion.ts";
import { exactText, knownParts, prefixOf, saysEnough, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSitesIn } from "../project/named-sites.ts";
import { derivedOfFile, filesInOrder, type ProjectIndex } from "../project/project-index.ts";
import { renderedNames } from "../project/rendered-names.ts";
import { addOption, removeOption } from "./argument-edits.ts";
import type { Finding, Fix } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const mixedScope = defineRule({
  id: "mixed-scope",
  severity: "warning",
  summary: "One name, taken with different scopes, prefixes, fairness or APIs.",
  // SEMANTICS §3.
  why:
    "The same name does not make the same lock. A process lock and a node lock of one name exclude each other only " +
    "within one process; a fair lock and another one, or a coordination lock and one of lockutils, not even there. " +
    "What the one protects may change under the other.",
  bad: `from cinder import utils


@utils.synchronized('acme-pool', external=True)
def create():
    pass


@utils.synchronized('acme-pool')
def delete():
    pass
`,
  good: `from cinder import utils


@utils.synchronized('acme-pool', external=True)
def create():
    pass


@utils.synchronized('acme-pool', external=True)
def delete():
    pass
`,
  check: ({ file, index }) => {
    const suspicions = [...sitesByKey(index).values()]
      .filter((group) => group.some(({ named }) => named.file === file))
      .flatMap((group) => suspicionsIn(group.map(({ named }) => named)))
      .filter(({ suspect }) => suspect.file === file);
    return [...groupBy(suspicions, ({ suspect }) => suspect)].map(([suspect, group]) =>
      findingAt(suspect, [...new Set(group.flatMap(({ others }) => others))]),
    );
  },
});

interface KeyedSite {
  readonly key: string;
  readonly named: NamedSite;
}

/** Sites of one name are compared wherever they stand. */
const sitesByKey = derived(
  (index: ProjectIndex): ReadonlyMap<string, readonly KeyedSite[]> =>
    groupBy(
      filesInOrder(index).flatMap((file) => keysIn(index, file)),
      ({ key }) => key,
    ),
);

const keysIn = derivedOfFile((index, file): readonly KeyedSite[] =>
  namedSitesIn(index, file).flatMap((named) => nameKeys(index, named).map((key) => ({ key, named }))),
);

/**
 * Equal for sites of one service with the same name at run time, in objects of the same class if the class makes the
 * name: what another driver's object locks is another thing. None where the name says too little to be compared.
 */
function nameKeys(index: ProjectIndex, named: NamedSite): readonly string[] {
  const { file, site } = named;
  const service = site.use.service ?? file.module.split(".")[0];
  return isKnownKind(kindOf(site))
    ? renderedNames(index, named)
        .filter(({ parts }) => saysEnough(parts))
        .flatMap(({ parts, classes }) =>
          (classes.length === 0 ? [""] : classes).map((each) =>
            JSON.stringify([service, exactText(parts), each]),
          ),
        )
    : [];
}

/** What is decided at run time may be the same as elsewhere. */
function isKnownKind(kind: LockKind): boolean {
  return (
    kind.scope !== "unknown" &&
    kind.isFair !== undefined &&
    (kind.scope !== "node" || kind.prefix !== undefined)
  );
}

/** The sites of the rarer kinds are reported: there the slip is. Of equally common kinds none is more likely right. */
function suspicionsIn(
  group: readonly NamedSite[],
): readonly { readonly suspect: NamedSite; readonly others: readonly NamedSite[] }[] {
  const kinds = [...groupBy(group, ({ site }) => JSON.stringify(kindOf(site))).values()];
  if (kinds.length < 2) {
    return [];
  }
  const most = Math.max(...kinds.map((sites) => sites.length));
  const common = kinds.filter((sites) => sites.length === most);
  const suspects = kinds.filter((sites) => sites.length < most || 1 < common.length).flat();
  return suspects.map((suspect) => ({
    suspect,
    others: group.filter((other) => exclusionOf(suspect.site, other.site) !== undefined),
  }));
}

function findingAt(suspect: NamedSite, others: readonly NamedSite[]): Finding {
  const nearest = others[0] ?? suspect;
  const exclusion = exclusionOf(suspect.site, nearest.site) ?? "nowhere";
  return {
    range: suspect.name.range,
    message: `\`${nameText(suspect)}\` is also ${describeKind(nearest.site)}: ${describeExclusion(exclusion)}`,
    related: others.map((other) => ({
      path: other.file.path,
      range: other.site.range,
      message: `${describeKind(other.site)}, by ${other.site.use.api.id}`,
    })),
    fixes: sameScopeFix(suspect, others),
  };
}

function nameText({ site, name }: NamedSite): string {
  return templateText(knownParts(site, name) ?? []);
}

/** Where all others agree and differ by `external` alone, the same can be written here. */
function sameScopeFix({ site }: NamedSite, others: readonly NamedSite[]): readonly Fix[] {
  const own = kindOf(site);
  const wanted = others.map((other) => kindOf(other.site));
  const external = site.options.find((option) => option.parameter === "external");
  const differByScopeAlone = wanted.every(
    (kind) =>
      kind.mechanism === own.mechanism &&
      (kind.scope === "process" || kind.prefix === prefixOf(site)) &&
      kind.isFair === own.isFair &&
      kind.scope === wanted[0]?.scope &&
      !kind.isBare,
  );
  if (!differByScopeAlone || site.use.api.id !== "utils.synchronized") {
    return [];
  }
  if (wanted[0]?.scope === "node" && external === undefined) {
    return [
      {
        title: "Write `external=True`, as the others (the lock then excludes the whole node)",
        isPreferred: false,
        edits: [addOption(site, "external=True")],
      },
    ];
  }
  return wanted[0]?.scope === "process" && external?.by === "keyword"
    ? [
        {
          title: "Remove `external`, as the others (the lock then excludes within the process only)",
          isPreferred: false,
          edits: [removeOption(site, external)],
        },
      ]
    : [];
}

import { derived } from "../base/memo.ts";
import { compareText, groupBy } from "../base/order.ts";
import type { FileFacts } from "../facts/model.ts";
import { isTestModule } from "../facts/test-module.ts";
import { exactText, knownParts, saysEnough, templateText } from "../project/identity.ts";
import type { NamedSite } from "../project/named-sites.ts";
import { namedSitesIn } from "../project/named-sites.ts";
import { derivedOfFile, filesInOrder, type ProjectIndex } from "../project/project-index.ts";
import type { Finding } from "./rule.ts";
import { defineRule } from "./rule.ts";

export const nearDuplicateLockName = defineRule({
  id: "near-duplicate-lock-name",
  severity: "hint",
  summary: "Two names of locks that differ only by case or by `-` and `_`.",
  // SEMANTICS §2.
  why:
    "Names are compared letter by letter. `acme-pool` and `acme_pool` are two locks, which do not exclude each other; " +
    "who wrote the second most likely meant the first.",
  bad: `from cinder import coordination


@coordination.synchronized('acme-pool')
def create(pool):
    pool.create()


@coordination.synchronized('acme_pool')
def delete(pool):
    pool.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-pool')
def create(pool):
    pool.create()


@coordination.synchronized('acme-pool')
def delete(pool):
    pool.delete()
`,
  check: ({ file, index }) =>
    [...sitesByKey(index).values()]
      .filter((group) => group.some(({ named }) => named.file === file))
      .flatMap((group) =>
        findingsIn(
          file,
          group.map(({ named }) => named),
        ),
      ),
});

interface KeyedSite {
  readonly key: string;
  readonly named: NamedSite;
}

const sitesByKey = derived((index: ProjectIndex): ReadonlyMap<string, readonly KeyedSite[]> => {
  const files = filesInOrder(index).filter(({ module }) => !isTestModule(module));
  return groupBy(
    files.flatMap((file) => keysIn(index, file)),
    ({ key }) => key,
  );
});

const keysIn = derivedOfFile((index, file): readonly KeyedSite[] =>
  namedSitesIn(index, file).flatMap((named) => {
    const key = looseKey(named);
    return key === undefined ? [] : { key, named };
  }),
);

/** Equal for names that differ only in what is easily mistaken; only names that say something can be. */
function looseKey({ file, site, name }: NamedSite): string | undefined {
  const parts = knownParts(site, name);
  const service = site.use.service ?? file.module.split(".")[0];
  return parts === undefined || !saysEnough(parts)
    ? undefined
    : JSON.stringify([service, exactText(parts).toLowerCase().replace(/[-_]/g, "")]);
}

/** The rarer spellings are reported, and of equally common ones the later. */
function findingsIn(file: FileFacts, group: readonly NamedSite[]): readonly Finding[] {
  const [usual, ...others] = [...groupBy(group, textOf)].sort(
    ([one, these], [other, those]) => those.length - these.length || compareText(one, other),
  );
  const first = usual?.[1][0];
  return first === undefined
    ? []
    : others
        .flatMap(([, sites]) => sites)
        .filter((site) => site.file === file)
        .map((site) => ({
          range: site.name.range,
          message: `\`${textOf(site)}\` is spelled unlike \`${textOf(first)}\`: they do not exclude each other`,
          related: [
            {
              path: first.file.path,
              range: first.site.range,
              message: `\`${textOf(first)}\` is taken here`,
            },
          ],
          fixes: [],
        }));
}

function textOf({ site, name }: NamedSite): string {
  return templateText(knownParts(site, name) ?? []);
}

import type { Drift } from "../catalog/drift.ts";
import type { CatalogSource } from "../catalog/source.ts";
import { namesPath } from "../catalog/source.ts";
import { siteDrifts } from "../catalog/verdicts.ts";
import type { FileFacts } from "../facts/model.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { defineRule, type Finding } from "./rule.ts";

export const catalogDrift = defineRule({
  id: "catalog-drift",
  severity: "hint",
  summary: "A lock of which the checkout's list of locks tells another name or scope.",
  why:
    "Who changes a lock rarely looks into the list of locks, and who trusts the list takes another lock, or one that keeps " +
    "out others than they think. One of the two is not what was meant.",
  document: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  bad: `from cinder import coordination


@coordination.synchronized('Acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  check: ({ file, index, sources }) => [
    ...new Map(
      sources
        .flatMap((source) => driftsIn(index, source, file))
        .map((found) => [`${found.range.start} ${found.message}`, found]),
    ).values(),
  ],
});

/** What one document says of a file's locks that is not so. A lock of several names may drift several times. */
function driftsIn(index: ProjectIndex, source: CatalogSource, file: FileFacts): readonly Finding[] {
  const { document, catalog } = source;
  if (document === undefined) {
    return [];
  }
  return catalog.entries
    .filter((entry) => entry.file !== undefined && namesPath(source, file.path, entry.file.text))
    .flatMap((entry) => siteDrifts(index, { entry, source }))
    .filter(({ named }) => named.file === file)
    .flatMap(({ named, drift }) => {
      const message = words(drift);
      return message === undefined
        ? []
        : {
            range: named.site.range,
            message,
            related: [{ path: document.path, range: drift.range, message: "documented here" }],
            fixes: [],
          };
    });
}

function words(drift: Drift): string | undefined {
  switch (drift.kind) {
    case "scope":
      return `documented as a ${drift.documented} lock, but it is ${drift.actual}`;
    case "name":
      return `documented as \`${drift.documented}\`, but its name is \`${drift.actual.join("` or `")}\``;
    default:
      return undefined;
  }
}

import { withoutItem } from "../catalog/document-edits.ts";
import type { OtherFile } from "../catalog/model.ts";
import { movedTo } from "../catalog/moved-file.ts";
import type { CatalogDocument, CatalogSource } from "../catalog/source.ts";
import { otherFileVerdict } from "../catalog/verdicts.ts";
import type { ProjectIndex } from "../project/project-index.ts";
import { driftFindings } from "./drift-findings.ts";
import type { CatalogContext, Finding, Fix } from "./rule.ts";
import { defineCatalogRule, finding } from "./rule.ts";

export const catalogMissingFile = defineCatalogRule({
  id: "catalog-missing-file",
  severity: "warning",
  summary: "A list of locks names a file that does not exist.",
  why:
    "Who looks for an example finds nothing, and the lock that the entry describes is no longer protected by anybody who " +
    "reads about it. If the very lock is taken in another file, the entry can say so; if it is gone, so should be its entry.",
  code: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  bad: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/gone.py\`.
`,
  good: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  check: (context) => [
    ...driftFindings(context, ({ kind }, { entry }) =>
      kind === "missing-file" ? missing(entry.file?.text ?? "") : undefined,
    ),
    ...otherFileFindings(context),
  ],
});

function otherFileFindings({ index, source, document }: CatalogContext): readonly Finding[] {
  return source.catalog.otherFiles
    .filter((file) => otherFileVerdict(index, source, file).status === "missing-file")
    .map((file) => finding(file.range, missing(file.file), otherFileFix(index, source, document, file)));
}

function missing(file: string): string {
  return `\`${file}\` does not exist`;
}

/** A file that has moved is named as it is now; of one that is gone the line can go, too. */
function otherFileFix(
  index: ProjectIndex,
  source: CatalogSource,
  { text }: CatalogDocument,
  { file, range }: OtherFile,
): readonly Fix[] {
  const moved = movedTo(index, source, file);
  return moved === undefined
    ? [{ title: "Remove the line", isPreferred: false, edits: [withoutItem(text, range)] }]
    : [{ title: `Change to \`${moved}\``, isPreferred: false, edits: [{ range, newText: moved }] }];
}

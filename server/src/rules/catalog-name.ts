import { rewriteFix } from "./rewrite-fix.ts";
import { defineCatalogRule, finding } from "./rule.ts";

export const catalogName = defineCatalogRule({
  id: "catalog-name",
  severity: "warning",
  summary: "A list of locks gives a lock another name than the code.",
  why:
    "Locks are told apart by their names, to the letter: who takes the documented name takes another lock, and who looks for " +
    "it in logs or among lock files does not find it.",
  code: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  bad: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`Acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  good: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  check: ({ document, entries }) =>
    entries.flatMap((verdict) =>
      verdict.drifts.flatMap((drift) =>
        drift.kind === "name"
          ? finding(
              drift.range,
              `the name is ${codeNames(drift.actual)}`,
              rewriteFix(document, verdict, drift),
            )
          : [],
      ),
    ),
});

function codeNames([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? `\`${first}\`` : `\`${first}\` or another ${others.length}`;
}

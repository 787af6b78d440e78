import { driftFindings } from "./drift-findings.ts";
import { defineCatalogRule } from "./rule.ts";

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
  check: (context) =>
    driftFindings(context, (drift) =>
      drift.kind === "name" ? `the name is ${codeNames(drift.actual)}` : undefined,
    ),
});

function codeNames([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? `\`${first}\`` : `\`${first}\` or another ${others.length}`;
}

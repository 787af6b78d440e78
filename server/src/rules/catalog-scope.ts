import { driftFindings } from "./drift-findings.ts";
import { defineCatalogRule } from "./rule.ts";

export const catalogScope = defineCatalogRule({
  id: "catalog-scope",
  severity: "warning",
  summary: "A list of locks gives a lock another scope than the code.",
  why:
    "The scope decides which processes are kept out. Who trusts a wider one than there is deploys services side by side that " +
    "do not exclude each other.",
  code: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  bad: `Acme driver:
  - Lock scope: Node.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
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
      drift.kind === "scope" ? `the lock's scope is ${drift.actual}, not ${drift.documented}` : undefined,
    ),
});

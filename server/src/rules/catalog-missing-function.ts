import type { Drift } from "../catalog/drift.ts";
import { driftFindings } from "./drift-findings.ts";
import { defineCatalogRule } from "./rule.ts";

export const catalogMissingFunction = defineCatalogRule({
  id: "catalog-missing-function",
  severity: "warning",
  summary: "A list of locks names a function that does not exist, or that does not take the lock.",
  why:
    "The entry tells who must not run at the same time. A reader who trusts it looks at the wrong place, and the function " +
    "that takes the lock today stays unknown.",
  code: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  bad: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`remove_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  good: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  check: (context) => driftFindings(context, messageFor),
});

function messageFor(drift: Drift): string | undefined {
  switch (drift.kind) {
    case "missing-function":
      return `\`${drift.documented}\` does not exist in this file`;
    case "other-function":
      return `the lock is taken in \`${drift.actual}\`, not here`;
    case "missing-file":
    case "name":
    case "scope":
      return undefined;
  }
}

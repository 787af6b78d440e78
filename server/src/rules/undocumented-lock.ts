import { documentFor } from "../catalog/write-document.ts";
import { namedSites } from "../project/named-sites.ts";
import { defineRule, finding } from "./rule.ts";

export const undocumentedLock = defineRule({
  id: "undocumented-lock",
  severity: "information",
  isOptIn: true,
  summary: "A lock that the checkout's list of locks does not tell of.",
  why:
    "Cinder asks its drivers to list their locks in `drivers_locking_examples.rst`, so that reviewers and operators know what " +
    "excludes what. The list calls itself incomplete, so this is asked for only on demand; the code action *Add to the " +
    "catalog* writes the entry.",
  document: `Acme driver:
  - Lock scope: Global.
  - Critical section: Deleting volumes.
  - Lock name: \`acme-{volume.id}\`.
  - Where: \`delete_volume\` function.
  - File: \`cinder/volume/drivers/acme.py\`.
`,
  bad: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()


@coordination.synchronized('acme-pool')
def create_pool():
    return pool.create()
`,
  good: `from cinder import coordination


@coordination.synchronized('acme-{volume.id}')
def delete_volume(volume):
    volume.delete()
`,
  check: ({ file, index, sources }) => {
    const undocumented = namedSites(index).filter(
      (named) => named.file === file && documentFor(index, sources, named) !== undefined,
    );
    return [...new Set(undocumented.map(({ site }) => site))].map(({ range }) =>
      finding(range, "no list of locks tells of this lock"),
    );
  },
});

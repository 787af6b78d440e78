import type { Files } from "../workspace/scratch-folder.ts";

/** A small checkout, as the conversations need it: two drivers that share a lock, a removal and a document. */

/** Takes several names, as since Cinder 23.0.0. */
export const NEW_COORDINATION = `def synchronized(*lock_names, blocking=True, coordinator=None):
    pass


def synchronized_remove(glob_name, coordinator=None):
    pass
`;

/** Takes one name, as before. */
export const OLD_COORDINATION = `def synchronized(lock_name, blocking=True, coordinator=None):
    pass
`;

export const ACME = `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        pass

    @coordination.synchronized('acme-{volum.id}')
    def shrink(self, volume):
        pass
`;

export const REPLICA = `from cinder import coordination


class ReplicaDriver:
    @coordination.synchronized('acme-{volume.id}')
    def fail_over(self, volume):
        pass

    def clean(self):
        coordination.synchronized_remove('acme-*')
`;

export const DOCUMENT = `Drivers Locking Examples
========================

Acme driver:
  - Lock scope: Global.
  - Critical section: Everything that changes the size.
  - Lock name: \`\`acme-{volume.id}\`\`.
  - Where: \`\`extend\`\` method.
  - File: \`\`cinder/volume/acme.py\`\`.
`;

export const DOCUMENT_PATH = "doc/source/contributor/drivers_locking_examples.rst";

/** What finds nothing. */
export const FINE = ACME.replace("volum.id", "volume.id");

export const CHECKOUT: Files = {
  "cinder/__init__.py": "",
  "cinder/coordination.py": NEW_COORDINATION,
  "cinder/volume/__init__.py": "",
  "cinder/volume/acme.py": ACME,
  "cinder/volume/replica.py": REPLICA,
  [DOCUMENT_PATH]: DOCUMENT,
};

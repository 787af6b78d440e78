import type { Files } from "../workspace/scratch-folder.ts";

/** A small checkout with a site of each form and scope, an error and a warning, and a test. */
export const PROJECT: Files = {
  "cinder/__init__.py": "",
  "cinder/coordination.py": `def synchronized(*lock_names, blocking=True, coordinator=None):
    pass
`,
  "cinder/volume/__init__.py": "",
  "cinder/volume/acme.py": `from cinder import coordination
from cinder import utils


class AcmeDriver:
    @coordination.synchronized('acme-{volume.id}', 'acme-{snapshot[id]}')
    def extend(self, volume, snapshot):
        pass

    @coordination.synchronized('acme-{volum.id}')
    def shrink(self, volume):
        def inner():
            with coordination.COORDINATOR.get_lock(self.lock_name()):
                work()
        inner()

    @utils.synchronized('acme-pool', external=True)
    def create_pool(self):
        pass
`,
  "cinder/volume/replica.py": `from cinder import utils
from oslo_concurrency import lockutils

lockutils.internal_lock('acme-pool').acquire()
decorate = utils.synchronized('replica')


@utils.synchronized('acme-pool')
def delete_pool(flag):
    with lockutils.lock('x', external=flag):
        work()
`,
  "cinder/tests/__init__.py": "",
  "cinder/tests/test_acme.py": `from cinder import coordination


@coordination.synchronized('acme-{x}')
def test_acme(self):
    pass
`,
};

/** The same with a document that disagrees with it. */
export const DOCUMENTED: Files = {
  ...PROJECT,
  "doc/source/contributor/drivers_locking_examples.rst": `Drivers Locking Examples
========================

Acme driver:
  - Lock scope: Node.
  - Critical section: Everything that changes the size.
  - Lock name: \`\`acme-{volume.id}\`\`.
  - Where: \`\`extend\`\` method.
  - File: \`\`cinder/volume/acme.py\`\`.

Replica driver:
  - Lock scope: Process.
  - Critical section: Nothing.
  - Lock name: \`\`replica\`\`.
  - Where: \`\`replicate\`\` method.
  - File: \`\`cinder/volume/replica.py\`\`.
`,
};

/** A guard on a status beside a lock, and one in a file that has nothing else of interest. */
export const GUARDED: Files = {
  "cinder/volume/acme.py": `from cinder import coordination


def reset(volume):
    return volume.conditional_update({'status': 'error'}, {})


@coordination.synchronized('acme-{volume.id}')
def extend(volume):
    pass
`,
  "cinder/volume/api.py": `class API:
    def delete(self, volume):
        if not volume.conditional_update({'status': 'deleting'}, {'status': 'available'}):
            raise ValueError()
`,
};

/** What the rules say of it, in the one place that knows their words: these tests are about all around them. */
export const WORDS = {
  field: "`shrink` has no parameter `volum`: KeyError at every call; did you mean `volume`?",
  scope: "`acme-pool` is also a process lock: they exclude each other only within one process",
  oneOther: "a process lock, by lockutils.internal_lock",
  another: "a process lock, by utils.synchronized",
} as const;

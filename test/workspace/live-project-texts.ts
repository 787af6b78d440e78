/** Texts of a small checkout, that decide together what its locks are called. Each may stand in any file. */

export const DOCUMENT = "doc/source/contributor/drivers_locking_examples.rst";

/** Counts only while the settings name it. */
export const OTHER_DOCUMENT = "doc/source/locks.rst";

/** The files of one checkout, as far as a sequence of events speaks of them. */
export const FILES: readonly string[] = [
  "cinder/__init__.py",
  "cinder/coordination.py",
  "cinder/constants.py",
  "cinder/names.py",
  "cinder/volume/__init__.py",
  "cinder/volume/base.py",
  "cinder/volume/middle.py",
  "cinder/volume/acme.py",
  DOCUMENT,
  OTHER_DOCUMENT,
];

/** Where a piece stands at first, and what it says. */
export const PIECES: readonly { readonly file: string; readonly text: string }[] = [
  { file: "cinder/__init__.py", text: "" },
  { file: "cinder/volume/__init__.py", text: "" },
  {
    file: "cinder/coordination.py",
    text: "def synchronized(*lock_names, blocking=True, coordinator=None):\n    pass\n",
  },
  {
    file: "cinder/coordination.py",
    text: "def synchronized(lock_name, blocking=True, coordinator=None):\n    pass\n",
  },
  { file: "cinder/constants.py", text: "PREFIX = 'acme'\nKIND = 'pool'\n" },
  { file: "cinder/constants.py", text: "PREFIX = 'zenith'\nKIND = PREFIX + '-disk'\n" },
  { file: "cinder/names.py", text: "from cinder.constants import PREFIX\nfrom cinder.volume import acme\n" },
  { file: "cinder/names.py", text: "from cinder import constants\nPREFIX = constants.KIND\n" },
  { file: "cinder/names.py", text: "from cinder.constants import *\n" },
  {
    file: "cinder/volume/base.py",
    text: `from cinder import coordination
from cinder import names


class BaseDriver:
    prefix = 'base'

    @coordination.synchronized('{self.prefix}-{volume.id}')
    def delete(self, volume):
        with coordination.COORDINATOR.get_lock(names.PREFIX + '-shared'):
            work()
`,
  },
  {
    file: "cinder/volume/base.py",
    text: `class BaseDriver:
    prefix = 'lockless'
`,
  },
  {
    file: "cinder/volume/middle.py",
    text: `from cinder.constants import PREFIX
from cinder.volume import base


class MiddleDriver(base.BaseDriver):
    prefix = PREFIX
`,
  },
  {
    file: "cinder/volume/middle.py",
    text: `from cinder.volume.base import BaseDriver as Base


class MiddleDriver(Base):
    def __init__(self):
        self.prefix = 'middle'
`,
  },
  {
    file: "cinder/volume/acme.py",
    text: `from cinder import coordination
from cinder import utils
from cinder.names import KIND, PREFIX
from cinder.volume.middle import MiddleDriver


class AcmeDriver(MiddleDriver):
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        pass

    @coordination.synchronized('acme-{volum.id}', False)
    def shrink(self, volume):
        pass

    @utils.synchronized(KIND + '-shared', external=True)
    def create(self):
        coordination.synchronized_remove('acme-*')


@utils.synchronized(PREFIX + '-shared')
def create():
    pass
`,
  },
  {
    file: "cinder/volume/acme.py",
    text: `from cinder.volume.middle import MiddleDriver


class AcmeDriver(MiddleDriver):
    pass
`,
  },
  {
    file: "cinder/volume/acme.py",
    text: `from cinder import coordination


class AcmeDriver:
    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volu`,
  },
];

export const DOCUMENTS: readonly string[] = [
  `Drivers Locking Examples
========================

Acme driver:
  - Lock scope: Global.
  - Critical section: Everything that changes the size.
  - Lock name: \`\`acme-{volume.id}\`\`.
  - Where: \`\`extend\`\` method.
  - File: \`\`cinder/volume/acme.py\`\`.
`,
  `Base driver:
  - Lock scope: Node.
  - Critical section: Deleting a volume.
  - Lock name: \`\`acme-{volume.id}\`\`.
  - Where: \`\`delete\`\` method.
  - File: \`\`cinder/volume/base.py\`\`.
`,
];

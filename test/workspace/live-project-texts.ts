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
  "cinder/locks.py",
  "cinder/volume/__init__.py",
  "cinder/volume/base.py",
  "cinder/volume/middle.py",
  "cinder/volume/acme.py",
  "cinder/volume/user.py",
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
    file: "cinder/volume/middle.py",
    text: `from cinder.volume import base


class MiddleDriver(base.BaseDriver):
    def __init__(self):
        array = 'middle'
        self.prefix = array + '-own'
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
  {
    file: "cinder/locks.py",
    text: `import functools
import threading

from cinder import coordination
from cinder import utils
from cinder.constants import PREFIX

pool = utils.synchronized(PREFIX + '-pool', external=True)
GUARD = threading.Lock()


def locked(prefix, external=False):
    def decorator(f):
        @functools.wraps(f)
        def inner(self, volume, *args):
            name = prefix + '-' + volume.id
            with coordination.COORDINATOR.get_lock(name):
                return f(self, volume, *args)
        return inner
    return decorator


def both(f):
    @locked('both')
    def inner(self, volume):
        return f(self, volume)
    return inner
`,
  },
  {
    file: "cinder/locks.py",
    text: `import threading

from cinder import utils


class Keeper:
    def __init__(self, name):
        self.name = 'keeper-' + name
        self._lock = threading.Lock()

    def keep(self, volume):
        with self._lock:
            self._write(volume)

    @utils.synchronized('keeper', external=True)
    def _write(self, volume):
        pass


def locked(prefix, external=False):
    def decorator(f):
        @utils.synchronized(prefix, external=external)
        def inner(*args):
            return f(*args)
        return inner
    return decorator


pool = locked('pool', True)
`,
  },
  {
    file: "cinder/volume/user.py",
    text: `from cinder import coordination
from cinder import locks
from cinder.volume import acme


class UserDriver(acme.AcmeDriver):
    def __init__(self, host):
        array = 'user'
        self._keeper = locks.Keeper(host)
        self.name = array + '-' + host

    @locks.locked('acme', True)
    def attach(self, volume):
        self._map(volume)

    @locks.pool
    def detach(self, volume):
        self._map(volume)
        self._keeper.keep(volume)

    @locks.both
    def retype(self, volume):
        with locks.GUARD:
            self.attach(volume)

    @coordination.synchronized('acme-{volume.id}')
    def extend(self, volume):
        super().extend(volume)
        self._map(volume)

    @coordination.synchronized('{self.name}-{volume.id}')
    def migrate(self, volume):
        self.update(volume)

    def update(self, volume):
        self._map(volume)

    def _map(self, volume):
        array = 'acme-'
        name = array + volume.id
        with coordination.COORDINATOR.get_lock(name):
            self._write(volume)

    def _write(self, volume):
        lock = coordination.COORDINATOR.get_lock('write')
        with lock:
            pass
`,
  },
  {
    file: "cinder/volume/user.py",
    text: `from cinder import utils
from cinder.locks import both, locked as taken

synchronized = utils.synchronized


class UserDriver:
    array = 'user'

    @taken('user')
    def attach(self, volume):
        self._map(volume)

    @synchronized('user-map', external=True)
    def _map(self, volume):
        self._unmap(volume)

    @both
    def detach(self, volume):
        self._map(volume)

    @synchronized('user_map')
    def _unmap(self, volume):
        self.attach(volume)
`,
  },
  {
    file: "cinder/volume/user.py",
    text: `from cinder import coordination


class UserDriver:
    def attach(self, volume):
        with coordination.COORDINATOR.get_lock('user-map'):
            self.find(volume)
            self._create(volume)

    def detach(self, volume):
        with coordination.COORDINATOR.get_lock('user-map'):
            self.find(volume)
        self._create(volume)

    def retype(self, volume):
        self._create(volume)

    def _create(self, volume):
        self.luns.append(volume)
`,
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

/** What is typed for what, there and back: names of locks, of variables, of functions; what moves others. */
export const REWORDINGS: readonly (readonly [from: string, to: string])[] = (
  [
    ["acme-", "user-"],
    ["{volume.id}", "{self.name}"],
    ["{volume.id}", "{volume.id"],
    ["self.prefix", "array"],
    ["'acme", "PREFIX + 'acme"],
    ["volume.id", "array"],
    ["'middle'", "'user'"],
    ["external=True", "external=False"],
    ["external=external", "external=True"],
    ["synchronized(prefix", "synchronized('acme' + prefix"],
    ["{volume.id}", "{self.prefix}"],
    ["@locks.locked('acme', True)", "@locks.both"],
    ["    def extend", "    @locks.pool\n    def extend"],
    ["    def update", "    @coordination.synchronized('acme-{volume.id}')\n    def update"],
    ["    def _map", "    @utils.synchronized('acme-map', external=True)\n    def _map"],
    ["self._map(volume)", "self._write(volume)"],
    ["self._write(volume)", "self.attach(volume)"],
    ["            self._write(volume)", "            pass\n        self._write(volume)"],
    ["find(volume)\n        self", "find(volume)\n            self"],
    ["def _map", "def _write"],
    ["name", "lock_name"],
    ["array = ", "prefix = "],
    ["GUARD", "_guard"],
    ["both", "locked"],
    ["def ", "# moved\n    def "],
  ] as const
).flatMap(([one, other]) => [
  [one, other],
  [other, one],
]);

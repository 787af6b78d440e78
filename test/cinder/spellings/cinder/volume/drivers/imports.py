"""Every way to import a lock API."""
import cinder.coordination
import cinder.utils as whole_utils
import oslo_concurrency.lockutils
from cinder import coordination as c, utils as cinder_utils
from cinder.coordination import COORDINATOR
from cinder.coordination import COORDINATOR as coordinator
from cinder.coordination import synchronized
from cinder.utils import synchronized as local_lock
from oslo_concurrency import lockutils
from oslo_concurrency import lockutils as locks
from oslo_concurrency.lockutils import external_lock, lock

from ... import coordination as relative
from ...coordination import synchronized as relative_lock
from . import utils


@cinder.coordination.synchronized('a')  # SITE decorator coordination.synchronized global full_path ["a"]
def full_path(): pass


@whole_utils.synchronized('a')  # SITE decorator utils.synchronized process whole_module ["a"]
def whole_module(): pass


@oslo_concurrency.lockutils.synchronized('a')  # SITE decorator lockutils.synchronized process full_lockutils ["a"]
def full_lockutils(): pass


@c.synchronized('a')  # SITE decorator coordination.synchronized global short ["a"]
@cinder_utils.synchronized('b')  # SITE decorator utils.synchronized process short ["b"]
@synchronized('c')  # SITE decorator coordination.synchronized global short ["c"]
@local_lock('d')  # SITE decorator utils.synchronized process short ["d"]
@relative.synchronized('e')  # SITE decorator coordination.synchronized global short ["e"]
@relative_lock('f')  # SITE decorator coordination.synchronized global short ["f"]
@locks.synchronized('g')  # SITE decorator lockutils.synchronized process short ["g"]
def short(): pass


# Another module of the name `utils`, beside this one: not Cinder's.
@utils.synchronized('not a lock')
def driver_utils(): pass


def inside():
    from cinder import utils
    from cinder.coordination import synchronized as inner_lock

    @utils.synchronized('a')  # SITE decorator utils.synchronized process inside.nested ["a"]
    @inner_lock('b')  # SITE decorator coordination.synchronized global inside.nested ["b"]
    def nested(): pass
    return nested


@inner_lock('not imported here')
def outside(): pass


def shadowed_by_parameter(lockutils, synchronized):
    with lockutils.lock('not a lock'):
        pass

    @synchronized('not a lock')
    def nested(): pass


def shadowed_by_assignment():
    lock = open
    with lock('not a lock'):
        pass


class Body:
    from cinder.utils import synchronized as of_class

    @of_class('a')  # SITE decorator utils.synchronized process Body.method ["a"]
    def method(self):
        # The names of a class body are not seen in its methods.
        @of_class('not a lock')
        def nested(): pass


try:
    from cinder import coordination as either
except ImportError:
    either = None


@either.synchronized('a')  # SITE decorator coordination.synchronized global tried ["a"]
def tried(): pass


with COORDINATOR.get_lock('a'):  # SITE with coordination.get_lock global - ["a"]
    pass
with coordinator.get_lock('a'):  # SITE with coordination.get_lock global - ["a"]
    pass
with lock('a'), external_lock('b'):  # SITE with lockutils.lock process - ["a"] SITE with lockutils.external_lock node - ["b"]
    pass

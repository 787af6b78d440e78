"""Every place in which a lock can be taken, every scope."""
from cinder import coordination
from cinder import utils
from oslo_concurrency import lockutils

EXTERNAL = True


class Driver:
    class Inner:
        @coordination.synchronized('a')  # SITE decorator coordination.synchronized global Driver.Inner.method ["a"]
        async def method(self):
            def deep():
                return coordination.synchronized('b')  # SITE call coordination.synchronized global Driver.Inner.method.deep ["b"]
            async with coordination.COORDINATOR.get_lock('c') as held:  # SITE with coordination.get_lock global Driver.Inner.method ["c"]
                return held, deep

    def acquire(self):
        coordination.COORDINATOR.get_lock('a').acquire()  # SITE acquire coordination.get_lock global Driver.acquire ["a"]
        if coordination.COORDINATOR.get_lock('b').acquire(blocking=False):  # SITE acquire coordination.get_lock global Driver.acquire ["b"]
            pass
        lock = coordination.COORDINATOR.get_lock('c')  # SITE call coordination.get_lock global Driver.acquire ["c"]
        with coordination.COORDINATOR.get_lock('d')(False):  # SITE with coordination.get_lock global Driver.acquire ["d"]
            lock.acquire()

    def apply(self, snapshot):
        coordination.synchronized('a')(self.acquire)(snapshot)  # SITE call coordination.synchronized global Driver.apply ["a"]
        return utils.synchronized('b', external=True)(lambda: lockutils.lock('c'))  # SITE call utils.synchronized node Driver.apply ["b"] SITE call lockutils.lock process Driver.apply ["c"]


@coordination.synchronized('a')  # SITE decorator coordination.synchronized global Decorated ["a"]
class Decorated:
    pass


@staticmethod
@(utils.synchronized('a'))  # SITE decorator utils.synchronized process in_parentheses ["a"]
def in_parentheses(lock=lockutils.internal_lock('b')):  # SITE call lockutils.internal_lock process - ["b"]
    pass


@lockutils.synchronized('a', 'cinder-', True)  # SITE decorator lockutils.synchronized node scopes ["a"]
@lockutils.synchronized('b', 'cinder-', False)  # SITE decorator lockutils.synchronized process scopes ["b"]
@lockutils.synchronized('c', lock_file_prefix='cinder-')  # SITE decorator lockutils.synchronized process scopes ["c"]
@lockutils.synchronized('d', 'cinder-', EXTERNAL)  # SITE decorator lockutils.synchronized unknown scopes ["d"]
@lockutils.synchronized('e', True)  # SITE decorator lockutils.synchronized process scopes ["e"]
@utils.synchronized('f', external=True)  # SITE decorator utils.synchronized node scopes ["f"]
@utils.synchronized('g', external=False)  # SITE decorator utils.synchronized process scopes ["g"]
@utils.synchronized('h', external=EXTERNAL)  # SITE decorator utils.synchronized unknown scopes ["h"]
@utils.synchronized('i', **{'external': True})  # SITE decorator utils.synchronized unknown scopes ["i"]
@utils.synchronized(external=True, name='j')  # SITE decorator utils.synchronized node scopes ["j"]
@coordination.synchronized('k', 'l', blocking=True)  # SITE decorator coordination.synchronized global scopes ["k", "l"]
@coordination.synchronized(lock_name='m')  # SITE decorator coordination.synchronized global scopes ["m"]
@coordination.synchronized()  # SITE decorator coordination.synchronized global scopes []
@coordination.synchronized  # UNCALLED coordination.synchronized scopes
@utils.synchronized  # UNCALLED utils.synchronized scopes
def scopes():
    with lockutils.lock('a', 'cinder-', True):  # SITE with lockutils.lock node scopes ["a"]
        with lockutils.lock('b', external=EXTERNAL):  # SITE with lockutils.lock unknown scopes ["b"]
            pass
    with lockutils.external_lock('c'), lockutils.internal_lock('d'):  # SITE with lockutils.external_lock node scopes ["c"] SITE with lockutils.internal_lock process scopes ["d"]
        pass


def not_sites(volume_id):
    """@coordination.synchronized('in a docstring')"""
    coordination.synchronized_remove('a-%s' % volume_id)
    utils.synchronized_remove('a-' + volume_id)
    return 'coordination.synchronized("in a string")', coordination.synchronized

"""A backend with one command line tool: locks of a process and of a node."""

from oslo_concurrency import lockutils

from cinder import utils
from cinder.utils import synchronized as one_at_a_time


class LakesideDriver:
    @utils.synchronized('lakeside-cache')
    def refresh_cache(self):
        self.cache = utils.execute('lakeside', 'list').splitlines()

    @utils.synchronized('lakeside-connect', external=True)
    def connect(self, host):
        utils.execute('lakeside', 'connect', host)

    @one_at_a_time('lakeside-connect', external=True)
    def disconnect(self, host):
        utils.execute('lakeside', 'disconnect', host)

    @lockutils.synchronized('lakeside-login', 'cinder-', True)
    def login(self, user):
        utils.execute('lakeside', 'login', user)

    def measure(self, pool):
        with lockutils.lock('lakeside-measure-' + pool, 'cinder-', external=True):
            return utils.execute('lakeside', 'measure', pool)

    @utils.synchronized('lakeside-session')
    def open_session(self, user, host):
        self.login(user)
        self.connect(host)

"""Locks that are taken by hand, under names put together in every way Python knows."""

from cinder import coordination

PREFIX = 'meadow'
POOL_LOCK = PREFIX + '-pool-%s'


class MeadowDriver:
    def __init__(self, client):
        self.client = client

    def create_volume(self, volume):
        with coordination.COORDINATOR.get_lock(POOL_LOCK % volume.pool):
            self.client.sow(volume.name)

    def delete_volume(self, volume):
        lock = coordination.COORDINATOR.get_lock(f'meadow-pool-{volume.pool}')
        lock.acquire()
        try:
            self.client.mow(volume.name)
        finally:
            lock.release()

    def rename_pool(self, pool, name):
        with coordination.COORDINATOR.get_lock('meadow-pool-{}'.format(pool)):
            self.client.rename(pool, name)

    def forget_pool(self, pool):
        coordination.synchronized_remove('meadow-pool-' + pool)

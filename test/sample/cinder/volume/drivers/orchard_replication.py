"""The orchard's second site: takes the first one's locks and clears them away."""

from cinder import coordination


class OrchardReplication:
    def __init__(self, client, peer):
        self.client = client
        self.peer = peer

    @coordination.synchronized('orchard-{volume.id}')
    def enable_replication(self, volume):
        self.peer.plant(volume.name)

    @coordination.synchronized('orchard-{volume.id}')
    def failover(self, volume):
        self.peer.promote(volume.name)

    def clean_volume_file_locks(self, volume_id):
        coordination.synchronized_remove('orchard-' + volume_id)

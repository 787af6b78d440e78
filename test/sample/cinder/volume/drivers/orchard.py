"""Volumes grow on trees: global locks by template."""

from cinder import coordination


class OrchardDriver:
    """Every operation locks what it touches, in all the services of the deployment."""

    def __init__(self, client):
        self.client = client

    @coordination.synchronized('orchard-{volume.id}')
    def extend_volume(self, volume, new_size):
        self.client.resize(volume.name, new_size)

    @coordination.synchronized('orchard-{volume.id}', 'orchard-{src_vref.id}')
    def create_cloned_volume(self, volume, src_vref):
        self.client.graft(src_vref.name, volume.name)

    @coordination.synchronized('orchard-{volume.id}-{f_name}')
    def initialize_connection(self, volume, connector):
        return self.client.export(volume.name, connector['host'])

    @coordination.synchronized('orchard-{snapshot[id]}')
    def delete_snapshot(self, snapshot):
        self.client.prune(snapshot['name'])

    def add_to_basket(self, volume, group):
        """The basket is made only once, whoever comes first."""

        @coordination.synchronized('orchard-basket-{basket}')
        def make_basket(basket):
            if not self.client.has_basket(basket):
                self.client.make_basket(basket)

        make_basket(group.id)
        self.client.put(volume.name, group.id)

"""One mistake for each rule, with the name of the rule above it."""

from cinder import coordination
from cinder import utils


class MistakenDriver:
    # unexpanded-template: this API formats nothing, all volumes share one lock.
    @utils.synchronized('mistakes-{volume.id}')
    def extend_volume(self, volume, new_size):
        self.client.resize(volume, new_size)

    # unknown-name-field: there is no parameter of this name.
    @coordination.synchronized('mistakes-{volum.id}')
    def delete_volume(self, volume):
        self.client.delete(volume)

    # quoted-name-key: the key is looked up with its quotes.
    @coordination.synchronized("mistakes-{snapshot['id']}")
    def delete_snapshot(self, snapshot):
        self.client.delete(snapshot)

    # positional-name-field: nothing is passed by position.
    @coordination.synchronized('mistakes-{}')
    def create_volume(self, volume):
        self.client.create(volume)

    # misplaced-lock-option: a global lock has no such option.
    @coordination.synchronized('mistakes-export', external=True)
    def create_export(self, volume):
        self.client.export(volume)

    # uncalled-lock-decorator: the function becomes the name of a lock.
    @coordination.synchronized
    def remove_export(self, volume):
        self.client.unexport(volume)

    # stacked-lock-decorators: taken in this order, not in the order of their names.
    @coordination.synchronized('mistakes-{target.id}')
    @coordination.synchronized('mistakes-{source.id}')
    def copy(self, source, target):
        self.client.copy(source, target)

    # mixed-scope: one name, but the two exclude each other within a process only.
    @utils.synchronized('mistakes-shelf')
    def put_on_shelf(self, volume):
        self.client.put(volume)

    @utils.synchronized('mistakes-shelf', external=True)
    def take_from_shelf(self, volume):
        self.client.take(volume)

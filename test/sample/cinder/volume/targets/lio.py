"""Exports volumes with the kernel's target."""

from cinder import utils


class TargetAdmin:
    def create(self, name, path):
        self._execute('create', name, path)

    def delete(self, name):
        self._execute('delete', name)

    @staticmethod
    @utils.synchronized('lioadm', external=True)
    def _execute(*command):
        utils.execute('rtstool', *command)

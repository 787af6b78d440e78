"""Helpers of the whole service."""

import subprocess

from oslo_concurrency import lockutils

synchronized = lockutils.synchronized_with_prefix('cinder-')
synchronized_remove = lockutils.remove_external_lock_file_with_prefix('cinder-')


def execute(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout

"""A Python project as most are: nothing here for Cinder Locks."""

import threading

_lock = threading.Lock()


def greet(name):
    with _lock:
        return f'Hello, {name}!'

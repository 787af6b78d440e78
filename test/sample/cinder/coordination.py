"""Locks that hold in the whole deployment, named by templates."""

import functools
import inspect


class Coordinator:
    """Hands out locks by name."""

    def __init__(self, prefix='cinder-'):
        self.prefix = prefix
        self.backend = None

    def start(self, backend):
        self.backend = backend

    def get_lock(self, name):
        return self.backend.get_lock((self.prefix + name).encode('ascii'))

    def remove_lock(self, glob_name):
        self.backend.remove_locks(self.prefix + glob_name)


COORDINATOR = Coordinator()


def synchronized_remove(glob_name, coordinator=COORDINATOR):
    coordinator.remove_lock(glob_name)


def synchronized(*lock_names, blocking=True, coordinator=COORDINATOR):
    """Take all the named locks, in order of name, while the function runs."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            arguments = inspect.getcallargs(function, *args, **kwargs)
            arguments['f_name'] = function.__name__
            names = sorted({name.format(**arguments) for name in lock_names})
            locks = [coordinator.get_lock(name) for name in names]
            for lock in locks:
                lock.acquire(blocking)
            try:
                return function(*args, **kwargs)
            finally:
                for lock in reversed(locks):
                    lock.release()

        return wrapper

    return decorate

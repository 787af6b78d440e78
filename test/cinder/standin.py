"""Objects that stand for what is not known before a call: their text is the expression that leads to them."""

import re

from installed import constants_of_objects

# Braces would be fields again for `str.format`.
OPEN, CLOSE = '\u27e8', '\u27e9'


class StandIn(str):
    """`volume`, `volume.id`, `source[id]`: attributes and items of a stand-in are stand-ins; its text is its words."""

    def __new__(cls, words):
        made = super().__new__(cls, f'{OPEN}{words}{CLOSE}')
        object.__setattr__(made, 'standin_words', words)
        return made

    def __getattribute__(self, name):
        if name.startswith('__') or name == 'standin_words':
            return super().__getattribute__(name)
        return StandIn(f'{self.standin_words}.{name}')

    def __setattr__(self, name, value):
        pass

    def __getitem__(self, key):
        return StandIn(f'{self.standin_words}[{plain(key)}]')

    def __call__(self, *args, **kwargs):
        if self.standin_words.endswith('.get') and args:
            return StandIn(f'{self.standin_words[: -len(".get")]}[{plain(args[0])}]')
        arguments = [shown(each) for each in args] + [f'{name}={shown(each)}' for name, each in kwargs.items()]
        return StandIn(f'{self.standin_words}({", ".join(arguments)})')

    def __bool__(self):
        return True

    def __contains__(self, item):
        return True

    def __iter__(self):
        return iter(())

    def __enter__(self):
        entered(self.standin_words)
        return self

    def __exit__(self, *error):
        return False


def plain(value):
    return value.standin_words if isinstance(value, StandIn) else str(value)


def shown(value):
    return value.standin_words if isinstance(value, StandIn) else repr(value)


def in_braces(text):
    """A text that was made with stand-ins, with each as a field: `volume-{volume.id}`."""
    return text.replace(OPEN, '{').replace(CLOSE, '}')


def instance_of(owner):
    """An object of a class that was never initialized: what it lacks are stand-ins, `{self.client}`."""
    def missing(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return StandIn(f'self.{name}')
    members = {'__getattr__': missing, '__module__': owner.__module__, '__qualname__': owner.__qualname__}
    members |= constants_of_objects(owner)
    child = type(owner)(owner.__name__, (owner,), members)
    child.__abstractmethods__ = frozenset()
    return object.__new__(child)


#: Objects that exclude others are told by their names.
LOCK_OBJECT = re.compile(r'(?<!dead)(?<![bc])lock|semaphore|mutex', re.IGNORECASE)

taken = []


def entered(words):
    """Some stand-in is the context of a `with`."""
    if LOCK_OBJECT.search(words.rsplit('.', 1)[-1]):
        taken.append(('object', f'{OPEN}{words}{CLOSE}'))

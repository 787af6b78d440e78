"""What Python itself says of the names of locks that hang on `self`.

Reads the JSON of `cinder-locks list` from standard input, imports the installed Cinder, and compares, for every name
whose template has a field `{self.attribute}`: the classes (the class of the site and all that inherit from it), and the
value that each of them has for the attribute. Prints one JSON object: what was compared, what disagrees, what cannot be
compared and why.
"""

import dis
import importlib
import inspect
import json
import pkgutil
import re
import sys

FIELD = re.compile(r'\{self\.(\w+)\}')


def import_all(package):
    """Imports every module below a package; those that miss a vendor's library are told, not fatal."""
    failed = {}
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.', onerror=lambda name: None):
        if '.tests' in module.name:
            continue
        try:
            importlib.import_module(module.name)
        except Exception as error:  # A driver may fail in any way at import.
            failed[module.name] = f'{type(error).__name__}: {error}'
    return failed


def owner_of(module_name, function):
    """The innermost class on the way to a function, or None."""
    found = None
    current = sys.modules.get(module_name)
    for name in function.split('.'):
        current = getattr(current, name, None)
        if isinstance(current, type):
            found = current
    return found


def family(owner):
    """The class and all that inherit from it, but for those of tests."""
    members = {owner}
    for child in owner.__subclasses__():
        if not child.__module__.startswith('cinder.tests'):
            members |= family(child)
    return members


def qualified(owner):
    return f'{owner.__module__}.{owner.__qualname__}'


def assigned_by_methods(owner):
    """The attributes that methods of the class, or of those it inherits from, assign to their objects."""
    found = set()
    for each in owner.__mro__:
        for member in each.__dict__.values():
            code = getattr(inspect.unwrap(member) if callable(member) else member, '__code__', None)
            if code is not None:
                found |= {step.argval for step in dis.get_instructions(code) if step.opname == 'STORE_ATTR'}
    return found


def compare(site, name, failed):
    """Yields (kind, words) for one name of one site."""
    module = site['path'][:-len('.py')].replace('/', '.')
    owner = owner_of(module, site['function'])
    where = f"{site['path']} {site['function']} {name['template']}"
    if owner is None:
        yield ('not compared', f'{where}: {failed.get(module, "no class of that name")}')
        return
    rendered = {each: r['name'] for r in name['rendered'] for each in r['classes']}
    ours = {each for each in rendered if sys.modules.get(each.rsplit('.', 1)[0]) is not None}
    theirs = {qualified(each) for each in family(owner)}
    if any(name['rendered'][0]['classes']) and ours != theirs:
        yield ('disagree', f'{where}: classes {sorted(ours ^ theirs)}')
    for each in family(owner):
        shown = rendered.get(qualified(each))
        expected = name['template']
        if assigned_by_methods(each) & set(FIELD.findall(expected)):
            yield ('by instance', f'{where}: {each.__name__} gives {shown}')
            continue
        for attribute in FIELD.findall(name['template']):
            value = each.__dict__.get(attribute, getattr(each, attribute, None))
            if isinstance(value, str):
                expected = expected.replace('{self.%s}' % attribute, value)
        if shown is None:
            continue
        if FIELD.search(expected):
            yield ('by instance', f'{where}: {each.__name__} gives {shown}')
        elif shown == expected.replace('{f_name}', site['function'].rsplit('.', 1)[-1]):
            yield ('agree', f'{where}: {each.__name__} gives {shown}')
        else:
            yield ('disagree', f'{where}: {each.__name__} gives {shown}, Python {expected}')


def main():
    import cinder
    failed = import_all(cinder)
    result = {'agree': [], 'disagree': [], 'by instance': [], 'not compared': []}
    for site in json.load(sys.stdin)['sites']:
        for name in site['names']:
            if name['template'] and FIELD.search(name['template']):
                for kind, words in compare(site, name, failed):
                    result[kind].append(words)
    json.dump(result, sys.stdout, indent=1)


main()

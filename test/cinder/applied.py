"""What Python itself says of the names of locks that hang on `self`.

Reads the JSON of `cinder-locks list` from standard input, imports the installed Cinder, and compares, for every name
whose template has a field `{self.attribute}`: the classes (the class of the site and all that inherit from it), and the
value that each of them has for the attribute. Prints one JSON object: what was compared, what disagrees, what cannot be
compared and why.
"""

import json
import re
import sys

from installed import assigned_by_methods, family, import_all, owner_of, qualified

FIELD = re.compile(r'\{self\.(\w+)\}')


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
    failed = import_all('cinder')
    result = {'agree': [], 'disagree': [], 'by instance': [], 'not compared': []}
    for site in json.load(sys.stdin)['sites']:
        for name in site['names']:
            if name['template'] and FIELD.search(name['template']):
                for kind, words in compare(site, name, failed):
                    result[kind].append(words)
    json.dump(result, sys.stdout, indent=1)


main()

"""Which locks do the functions of the installed Cinder or Manila take when they are called? Told by calling them.

Usage: taken.py PROJECT, with the JSON of `cinder-locks list` on standard input. What really takes locks is replaced by
recorders before the project is imported. Then every decorated function of the list is called with stand-ins
(`standin.py`) up to its own first line, once for each class of the list, and so is every other function that something
is wrapped around. Prints one JSON object of lists:

agree           the locks of our list, by name and scope, are those that were recorded
by instance     they are, but for what only methods of an object assign
left open       our name has a field where Python has a text
disagree        they are not
missed          a lock that Python takes, of which our list has nothing
not called      why a function of the list, or the locks before another wrapped function, cannot be told so
wrapped         the functions that are wrapped by something that takes no lock
"""

import ast
import contextlib
import functools
import inspect
import json
import logging
import os
import re
import sys
import time
import types

from oslo_concurrency import lockutils

from installed import assigned_by_methods, import_all, qualified
from standin import LOCK_OBJECT, StandIn, in_braces, instance_of, taken

# --- Recorders --------------------------------------------------------------------------------------------------------


class RecordedLock:
    """Stands for tooz's lock."""

    def __init__(self, name):
        self.name = name

    def __call__(self, *args, **kwargs):
        return self

    def acquire(self, *args, **kwargs):
        taken.append(('global', self.name))
        return True

    def release(self):
        pass

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *error):
        pass


@contextlib.contextmanager
def recorded_lock(name, lock_file_prefix=None, external=False, *args, **kwargs):
    """Stands for `lockutils.lock`, which decorators look up when the function that they wrap is called."""
    scope = 'unknown' if isinstance(external, StandIn) else 'node' if external else 'process'
    taken.append((scope, name))
    yield


def replace_lockutils():
    lockutils.lock = recorded_lock
    lockutils.internal_lock = lambda name, *args, **kwargs: recorded_lock(name)
    lockutils.external_lock = lambda name, *args, **kwargs: recorded_lock(name, external=True)


def replace_coordination(project):
    coordination = __import__(f'{project}.coordination', fromlist=['Coordinator'])
    coordination.Coordinator.get_lock = lambda self, name: RecordedLock(name)


# --- Calling a function up to its own first line ----------------------------------------------------------------------


class Stop(BaseException):
    """Ends a call: nothing catches it as an error."""


class Arrived(Stop):
    """The function's own code would run next."""


#: Libraries that a wrapper may call, and that reach beyond this process.
REACHING_LIBRARY = re.compile(
    r'/(oslo_privsep|oslo_db|oslo_messaging|oslo_service|sqlalchemy|requests|urllib3|rados|taskflow|eventlet/hubs)/'
    r'|/(subprocess|socket|tempfile|shutil|threading)\.py$'
)
#: Events of the interpreter that do.
REACHING_EVENT = re.compile(
    r'os\.(system|exec|fork|posix_spawn|kill|remove|rename|mkdir|rmdir|link|symlink|chmod|chown|truncate)'
    r'|subprocess\.|socket\.|shutil\.|tempfile\.|sqlite3\.'
)

#: Tracing decorators log by the `LOG` of their caller, which is this module.
LOG = logging.getLogger(__name__)

is_calling = False


def refuse(event, arguments):
    """Stops what would reach beyond this process, also in a `finally` that runs when a call is stopped already."""
    if is_calling:
        writes = event == 'open' and arguments[1] is not None and set(arguments[1]) & set('wax+')
        if writes or REACHING_EVENT.match(event):
            raise Stop(f'it calls {event}')


def call_up_to(places, function, args, kwargs):
    """What a call takes before it comes to one of the places, and why it ended if it came to none."""
    def watch(frame, event, argument):
        nonlocal before
        if event == 'call':
            code = frame.f_code
            if (code.co_filename, code.co_firstlineno) in places and not code.co_name.startswith('<'):
                before = list(taken)
                raise Arrived()
            reaching = REACHING_LIBRARY.search(code.co_filename)
            if reaching:
                raise Stop(f'it enters {reaching[1] or reaching[2]}')
        elif event == 'c_call' and argument is time.sleep:
            raise Stop('it sleeps')

    global is_calling
    taken.clear()
    before = None
    trouble = 'its own code never runs'
    is_calling = True
    sys.setprofile(watch)
    try:
        outcome = function(*args, **kwargs)  # noqa: F841 - kept, so that no generator is closed while watched.
    except Stop as stop:
        trouble = str(stop)
    except Exception as error:  # A wrapper may fail on stand-ins in any way.
        trouble = f'{type(error).__name__}: {in_braces(str(error))}'
    finally:
        sys.setprofile(None)
        is_calling = False
    # What a wrapper does when the function has ended, as removing its lock, does not count.
    recorded, trouble = (taken, trouble) if before is None else (before, None)
    return [(scope, in_braces(str(name))) for scope, name in recorded], trouble


def arguments_of(definition, first):
    """A stand-in for each parameter; the first one may be something else."""
    positional = [each.arg for each in definition.args.posonlyargs + definition.args.args]
    args = [StandIn(name) for name in positional]
    if first is not None:
        args[:1] = [first]
    return args, {each.arg: StandIn(each.arg) for each in definition.args.kwonlyargs}


def ways_to_pass(definition, first):
    """By position, and, but for the first, by keyword: some wrappers look for an argument at one place only."""
    args, keywords = arguments_of(definition, first)
    yield args, keywords
    named = definition.args.args[1:]
    if not definition.args.posonlyargs and named:
        yield args[:1], keywords | {each.arg: arg for each, arg in zip(named, args[1:])}


# --- Definitions in the source ----------------------------------------------------------------------------------------

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Definition:
    """A function in the source, with the classes and functions around it, outermost first."""

    def __init__(self, node, around):
        self.node = node
        self.around = around

    @property
    def args(self):
        return self.node.args

    @property
    def first_line(self):
        return min([self.node.lineno] + [each.lineno for each in self.node.decorator_list])

    @property
    def is_in_function(self):
        return any(isinstance(each, FUNCTIONS) for each in self.around)

    def is_decorated_at(self, line):
        return any(each.lineno <= line <= each.end_lineno for each in self.node.decorator_list)


@functools.lru_cache(maxsize=None)
def definitions_of(path):
    """All functions of a file by qualified name."""
    found = {}

    def visit(node, around):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
                if isinstance(child, FUNCTIONS):
                    name = '.'.join(each.name for each in [*around, child])
                    found.setdefault(name, []).append(Definition(child, around))
                visit(child, [*around, child])
            else:
                visit(child, around)

    with open(path, encoding='utf-8') as file:
        visit(ast.parse(file.read()), [])
    return found


# --- Functions at run time --------------------------------------------------------------------------------------------


def function_in(member):
    """The function that a member of a class or module is made of, and how it is given its first argument."""
    if isinstance(member, staticmethod):
        return member.__func__, 'none'
    if isinstance(member, classmethod):
        return member.__func__, 'class'
    if isinstance(member, property):
        return member.fget, 'instance'
    return member, 'instance'


def member_of(module, names):
    """The function that a module has by a qualified name, its class, and how it is given its first argument."""
    owner = module
    for name in names[:-1]:
        owner = vars(owner).get(name)
        if not isinstance(owner, type):
            return None, None, None
    function, first = function_in(vars(owner).get(names[-1]))
    return function, (owner if isinstance(owner, type) else None), first


def first_argument(owner, first):
    if owner is None or first == 'none':
        return None
    return owner if first == 'class' else instance_of(owner)


def nested_function(module, definition, owner, follows):
    """A function that is defined in another: made as Python would, with stand-ins for the variables around it.

    Variables that can be computed are what they are if they shall be followed.
    """
    variables = dict(vars(module))
    for around in definition.around:
        if isinstance(around, FUNCTIONS):
            variables.update(variables_of(around))
    if owner is not None:
        variables['self'] = instance_of(owner)
    for around in definition.around if follows else ():
        if isinstance(around, FUNCTIONS):
            assign_simple(around, variables)
    tree = ast.Module([definition.node], [])
    exec(compile(tree, module.__file__, 'exec'), variables)
    return variables[definition.node.name]


def variables_of(around):
    """Stand-ins for the parameters and variables of a function."""
    parameters = {each.arg for each in ast.walk(around.args) if isinstance(each, ast.arg)}
    stored = {each.id for each in ast.walk(around) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return {name: StandIn(name) for name in parameters | stored}


def assign_simple(around, variables):
    """Variables that are assigned once, at the function's own level, to what can be computed."""
    stored = [each.id for each in ast.walk(around) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    for statement in around.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            value = computed(statement.value, variables) if stored.count(name) == 1 else None
            if value is not None:
                variables[name] = value


def computed(expression, variables):
    """The text that an expression is, if it takes no calls but for `.format(…)` and `.get(…)`."""
    calls = [each.func for each in ast.walk(expression) if isinstance(each, ast.Call)]
    if all(isinstance(each, ast.Attribute) and each.attr in ('format', 'get') for each in calls):
        with contextlib.suppress(Exception):
            value = eval(compile(ast.Expression(expression), '<computed>', 'eval'), variables)
            return value if isinstance(value, str) else None
    return None


def passed_by_caller(definition, function, args):
    """What the function around calls an inner one with, where that can be computed; else the stand-ins."""
    calls = [each for each in ast.walk(definition.around[-1])
             if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == definition.node.name]
    if len(calls) != 1:
        return args
    passed = [computed(each, function.__globals__) for each in calls[0].args]
    return [given or arg for given, arg in zip(passed, args)] + args[len(passed):]


# --- Our list, function by function -----------------------------------------------------------------------------------


def module_name_of(path):
    return path[:-len('.py')].replace('/', '.').removesuffix('.__init__')


def expected_for(sites, class_name):
    """(scopes and names that are right, whether it must be taken) for each lock of a function, for one class."""
    for site in sites:
        for name in site['names']:
            names = {each['name'] for each in name['rendered'] if class_name in each['classes'] or not each['classes']}
            yield site['scope'], names, not site['conditional']


def same_words(name):
    """Quotes in the keys of fields are not told apart."""
    return re.sub(r"\[(['\"])(.*?)\1\]", r'[\2]', name)


def opened(name, is_open, anything='.*'):
    """A pattern of the names that a name may be, when some of its fields may be anything."""
    parts = re.split(r'(\{[^{}]*\})', name)
    return re.compile(''.join(anything if index % 2 and is_open(part) else re.escape(part)
                              for index, part in enumerate(parts)))


def verdict(recorded, names, owner):
    """How one recorded name and the names of our list agree."""
    recorded = same_words(recorded)
    names = {same_words(name) for name in names}
    if recorded in names:
        return 'agree'
    assigned = assigned_by_methods(owner) if owner is not None else set()

    def is_assigned(field):
        attribute = re.match(r'\{self\.(\w+)', field)
        return attribute is not None and attribute[1] in assigned

    if any(opened(recorded, is_assigned).fullmatch(name) for name in names):
        return 'by instance'
    if not names or any(opened(name, lambda field: True, '[^{}]*').fullmatch(recorded) for name in names):
        return 'left open'
    return 'disagree'


ORDER = ['agree', 'by instance', 'left open', 'disagree']
KINDS = [*ORDER, 'missed', 'not called', 'wrapped']


def compare(recorded, expected, owner, trouble):
    """The verdict on all locks of a function. When something fails after the locks are taken, it does not matter."""
    rest = list(expected)
    worst = 'agree'
    for scope, name in recorded:
        judged = [(ORDER.index(verdict(name, names, owner)), index)
                  for index, (ours, names, _) in enumerate(rest) if ours == scope]
        best, index = min(judged, default=(ORDER.index('disagree'), None))
        if index is not None:
            rest.pop(index)
        worst = max(worst, ORDER[best], key=ORDER.index)
    if any(must for _, _, must in rest) and worst != 'disagree':
        return 'disagree' if trouble is None else 'not called'
    return worst


def check_listed(sites, result, failed):
    """Calls one function of our list, for each of the classes that its names are told for."""
    path, function_name = sites[0]['path'], sites[0]['function']
    where = f'{path} {function_name}'
    module = sys.modules.get(module_name_of(path))
    if module is None:
        result['not called'].append(f'{where}: {failed.get(module_name_of(path), "its module is not imported")}')
        return
    line = sites[0]['range']['start']['line'] + 1
    definition = next((each for each in definitions_of(module.__file__).get(function_name, ())
                       if each.is_decorated_at(line)), None)
    if definition is None:
        result['not called'].append(f'{where}: no function')
        return
    names_of_around = [each.name for each in definition.around if isinstance(each, ast.ClassDef)]
    function, owner, first = member_of(module, [*names_of_around, definition.node.name])
    if definition.is_in_function:
        method = next(each.name for each in definition.around if isinstance(each, FUNCTIONS))
        owner = member_of(module, [*names_of_around, method])[1]
    classes = {each for site in sites for name in site['names'] for r in name['rendered'] for each in r['classes']}
    selves = [each for each in map(class_named, sorted(classes)) if each is not None] or [owner]
    for each in selves:
        try:
            calls = list(calls_of(module, definition, function, first, each))
        except Exception as error:  # Making a class or a function anew may fail in any way.
            result['not called'].append(f'{where}: {type(error).__name__}: {error}')
            continue
        expected = list(expected_for(sites, qualified(each) if each else None))
        places = {(module.__file__, definition.first_line)}
        outcomes = []
        for called, args, keywords in calls:
            recorded, trouble = call_up_to(places, called, args, keywords)
            outcomes.append((compare(recorded, expected, each, trouble), recorded, trouble))
        kind, recorded, trouble = min(outcomes, key=lambda outcome: KINDS.index(outcome[0]))
        result[kind].append(f'{where} of {each.__name__ if each else "no class"}: ours '
                            f'{[(scope, *sorted(names)) for scope, names, _ in expected]}, Python {recorded}'
                            + (f': {trouble}' if kind == 'not called' else ''))


def calls_of(module, definition, function, first, owner):
    """(function, arguments, keywords): the ways to call one function of the list for objects of a class."""
    if not definition.is_in_function:
        for args, keywords in ways_to_pass(definition, first_argument(owner, first)):
            yield function, args, keywords
        return
    for follows in (True, False):
        inner = nested_function(module, definition, owner, follows)
        args, keywords = arguments_of(definition, None)
        yield inner, args, keywords
        if follows:
            yield inner, passed_by_caller(definition, inspect.unwrap(inner), args), keywords


def class_named(name):
    module, _, rest = name.rpartition('.')
    return getattr(sys.modules.get(module), rest, None)


# --- All that is wrapped ----------------------------------------------------------------------------------------------


def owners(project):
    """All modules of the project and all classes in them."""
    for name, module in sorted(sys.modules.items()):
        if name.split('.')[0] != project or '.tests' in name or getattr(module, '__file__', None) is None:
            continue
        yield module, module, ''
        pending = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == name]
        for each in pending:
            yield module, each, f'{each.__qualname__}.'
            pending += [inner for inner in vars(each).values() if isinstance(inner, type)
                        and inner.__qualname__ == f'{each.__qualname__}.{inner.__name__}' and inner not in pending]


def wrapped_functions(project):
    """(module, class, qualified name) of what is bound to a name of the source, but is not the code of that name."""
    for module, owner, prefix in owners(project):
        for name, member in list(vars(owner).items()):
            function, _ = function_in(member)
            if not isinstance(function, types.FunctionType) or function.__module__ != module.__name__:
                continue
            code = function.__code__
            if code.co_filename != module.__file__ or '<locals>' in code.co_qualname:
                yield module, owner, prefix + name


def code_around(function, own, seen):
    """The code of a function and of those that its closure holds, but for the code of the source's own function."""
    if not isinstance(function, types.FunctionType) or id(function) in seen:
        return
    seen.add(id(function))
    if (function.__code__.co_filename, function.__code__.co_firstlineno) not in own:
        yield function.__code__
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):
            yield from code_around(cell.cell_contents, own, seen)
    yield from code_around(getattr(function, '__wrapped__', None), own, seen)


def mentions_lock(code):
    """Whether code has any name of a lock in it, or in the functions that it defines."""
    return any(LOCK_OBJECT.search(name) or 'synchronized' in name for name in code.co_names + code.co_freevars) or any(
        mentions_lock(each) for each in code.co_consts if isinstance(each, types.CodeType))


def check_wrapped(module, owner, name, result):
    """Calls what is not of our list; what cannot be called takes no lock if nothing around it has a word of one."""
    function, first = function_in(vars(owner)[name.rsplit('.', 1)[-1]])
    where = f'{module.__name__} {name}'
    definitions = definitions_of(module.__file__).get(name, [])
    places = {(module.__file__, each.first_line) for each in definitions}
    recorded, trouble = [], 'no definition of that name'
    if definitions:
        given = first_argument(owner if isinstance(owner, type) else None, first)
        recorded, trouble = call_up_to(places, function, *arguments_of(definitions[-1], given))
    if recorded:
        result['missed'].append(f'{where}: {recorded}')
    elif trouble is not None and any(map(mentions_lock, code_around(function, places, set()))):
        result['not called'].append(f'{where}: {trouble}')
    else:
        result['wrapped'].append(where)


def main(project):
    logging.disable()
    sys.addaudithook(refuse)
    replace_lockutils()
    __import__(project)
    replace_coordination(project)
    failed = import_all(project)
    root = os.path.dirname(sys.modules[project].__path__[0])
    result = {kind: [] for kind in KINDS}
    by_function = {}
    for site in json.load(sys.stdin)['sites']:
        if site['form'] == 'decorator' and site['path'].startswith(f'{project}/'):
            line = site['range']['start']['line'] + 1
            path = os.path.join(root, site['path'])
            first = next((each.first_line for each in definitions_of(path).get(site['function'], ())
                          if each.is_decorated_at(line)), line)
            by_function.setdefault((site['path'], site['function'], first), []).append(site)
    for sites in by_function.values():
        check_listed(sites, result, failed)
    listed = {(module_name_of(path), function) for path, function, _ in by_function}
    for module, owner, name in wrapped_functions(project):
        if (module.__name__, name) not in listed:
            check_wrapped(module, owner, name, result)
    json.dump(result, sys.stdout, indent=1)


if __name__ == '__main__':
    main(sys.argv[1])

"""The project that the system's Python imports, Cinder or Manila: all its modules, and the classes in them."""

import dis
import functools
import importlib
import importlib.machinery
import importlib.util
import inspect
import pkgutil
import sys
import types


class AbsentModule(types.ModuleType):
    """Stands for a library that is not installed: whatever is taken from it is a class, even an exception."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        made = type(name, (Exception,), {})
        setattr(self, name, made)
        return made


class AbsentLibraries:
    """Finds modules of the libraries that are known to be absent."""

    def __init__(self):
        self.names = set()

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name.split('.')[0] in self.names else None

    def create_module(self, spec):
        return AbsentModule(spec.name)

    def exec_module(self, module):
        pass


def import_all(project):
    """Imports every module of a project but its tests; tells those that cannot be imported, and why."""
    package = importlib.import_module(project)
    if importlib.util.find_spec(f'{project}.objects') is not None:
        importlib.import_module(f'{project}.objects').register_all()
    absent = AbsentLibraries()
    sys.meta_path.append(absent)
    failed = {}
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.', onerror=lambda name: None):
        if '.tests' in module.name:
            continue
        try:
            import_with(absent, project, module.name)
        except Exception as error:  # A driver may fail in any way at import.
            failed[module.name] = f'{type(error).__name__}: {error}'
    return failed


def import_with(absent, project, name):
    """Imports a module; a library that it wants in vain is replaced by a stand-in."""
    while True:
        try:
            importlib.import_module(name)
            return
        except ModuleNotFoundError as error:
            library = (error.name or project).split('.')[0]
            if library == project or library in absent.names:
                raise
            absent.names.add(library)


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
        if '.tests' not in child.__module__:
            members |= family(child)
    return members


def qualified(owner):
    return f'{owner.__module__}.{owner.__qualname__}'


@functools.lru_cache(maxsize=None)
def assignments_in(owner):
    """(attribute, constant or None) for each assignment to an attribute in the class's own methods."""
    found = []
    for member in owner.__dict__.values():
        code = getattr(inspect.unwrap(member) if callable(member) else member, '__code__', None)
        steps = list(dis.get_instructions(code)) if code is not None else []
        for value, _, step in zip([None, None, *steps], [None, *steps], steps):
            if step.opname == 'STORE_ATTR':
                is_constant = value is not None and value.opname == 'LOAD_CONST'
                found.append((step.argval, value.argval if is_constant else None))
    return found


def assigned_by_methods(owner):
    """The attributes that methods of the class, or of those it inherits from, assign to their objects."""
    return {attribute for each in owner.__mro__ for attribute, _ in assignments_in(each)}


def constants_of_objects(owner):
    """The attributes to which the methods of a class and of its bases assign one text, and nothing else."""
    values = {}
    for each in owner.__mro__:
        for attribute, constant in assignments_in(each):
            values.setdefault(attribute, []).append(constant)
    return {name: found[0] for name, found in values.items() if len(found) == 1 and isinstance(found[0], str)}

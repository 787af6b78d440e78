"""Finds every directly written lock site of a source tree with Python's own parser.

The tests compare the server with this program. It is written from PRODUCT's words alone, shares no code with the server,
and knows nothing of wrappers, aliases made by assignment, lock objects or the values of names.

    python3 oracle.py ROOT    prints {"version": 1, "sites": […], "uncalled": […], "failed": […]}
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

LOCKUTILS = ("synchronized", "lock", "external_lock", "internal_lock")


def lock_apis() -> dict[str, str]:
    """Full dotted name of each lock API -> the name under which it is reported."""
    apis = {}
    lockutils_modules = ["oslo_concurrency.lockutils", "oslo.concurrency.lockutils"]
    for project in ("cinder", "manila"):
        apis[f"{project}.coordination.synchronized"] = "coordination.synchronized"
        apis[f"{project}.coordination.COORDINATOR.get_lock"] = "coordination.get_lock"
        apis[f"{project}.coordination.LOCK_COORDINATOR.get_lock"] = "coordination.get_lock"
        apis[f"{project}.utils.synchronized"] = "utils.synchronized"
        lockutils_modules.append(f"{project}.openstack.common.lockutils")
    for module in lockutils_modules:
        for name in LOCKUTILS:
            apis[f"{module}.{name}"] = f"lockutils.{name}"
    return apis


APIS = lock_apis()

# Whatever alias a lock API is imported under, the import or the use spells one of these words.
WORTH_PARSING = re.compile(r"synchronized|get_lock|lockutils")


# --- What names stand for ---------------------------------------------------------------------------------------------


@dataclass
class Scope:
    """A region in which names are bound, and what they are bound to: a dotted path, or None for anything else."""

    kind: str  # module, class or function (also lambdas and comprehensions)
    path: str  # dotted names of the enclosing classes and functions
    parent: Scope | None = None
    bindings: dict[str, set[str | None]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)

    def bind(self, name: str, target: str | None = None) -> None:
        self.bindings.setdefault(name, set()).add(target)

    def inner(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def lookup(self, name: str) -> set[str | None]:
        scope: Scope | None = self
        while scope is not None:
            # The names of a class body are not seen by the functions inside it.
            visible = scope is self or scope.kind != "class"
            if visible and name in scope.global_names:
                scope = scope.module()
            if visible and name in scope.bindings and name not in scope.nonlocal_names:
                return scope.bindings[name]
            if scope.parent is None:
                return {f"{module}.{name}" for module in scope.stars}
            scope = scope.parent
        return set()

    def module(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def arguments_of(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    yield from filter(None, (arguments.vararg, arguments.kwarg))


def evaluated_outside(node: ast.AST) -> list[ast.AST]:
    """The parts of a nested scope that run in the scope around it: decorators, defaults, annotations, bases."""
    if isinstance(node, FUNCTIONS):
        defaults = node.args.defaults + [value for value in node.args.kw_defaults if value]
        annotations = [argument.annotation for argument in arguments_of(node.args) if argument.annotation]
        return [*node.decorator_list, *defaults, *annotations, *([node.returns] if node.returns else [])]
    if isinstance(node, ast.Lambda):
        return node.args.defaults + [value for value in node.args.kw_defaults if value]
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    if isinstance(node, COMPREHENSIONS):
        return [node.generators[0].iter]
    return []


def evaluated_inside(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return list(node.body)
    if isinstance(node, ast.Lambda):
        return [node.body]
    first_source = node.generators[0].iter
    return [child for part in ast.iter_child_nodes(node) for child in
            (ast.iter_child_nodes(part) if isinstance(part, ast.comprehension) else [part])
            if child is not first_source]


def opens_scope(node: ast.AST) -> bool:
    return isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda, *COMPREHENSIONS))


def nodes_of_scope(roots: list[ast.AST]) -> Iterator[ast.AST]:
    """Every node that runs in this scope itself, nested scopes excluded but for what they evaluate outside."""
    pending = list(reversed(roots))
    while pending:
        node = pending.pop()
        yield node
        children = evaluated_outside(node) if opens_scope(node) else list(ast.iter_child_nodes(node))
        pending.extend(reversed(children))


def absolute_module(node: ast.ImportFrom, package: str) -> str:
    """`from ..utils import x` inside package `cinder.volume.drivers` -> `cinder.volume.utils`."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    kept = parts[: len(parts) - (node.level - 1)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def bind_names(scope: Scope, roots: list[ast.AST], package: str, module: str) -> None:
    # In `cinder/utils.py` itself the plain name `synchronized` is `cinder.utils.synchronized`.
    def own(name: str) -> str | None:
        return f"{module}.{name}" if scope.kind == "module" else None

    for node in nodes_of_scope(roots):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                scope.bind(alias.asname or first, alias.name if alias.asname else first)
        elif isinstance(node, ast.ImportFrom):
            source = absolute_module(node, package)
            for alias in node.names:
                if alias.name == "*":
                    scope.stars.append(source)
                else:
                    scope.bind(alias.asname or alias.name, f"{source}.{alias.name}")
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            scope.bind(node.name, own(node.name))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            scope.bind(node.id, own(node.id))
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            scope.bind(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            scope.bind(node.rest)
        elif isinstance(node, ast.Global):
            scope.global_names.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            scope.nonlocal_names.update(node.names)


def api_of(node: ast.AST, scope: Scope) -> str | None:
    """The lock API that an expression such as `cinder_utils.synchronized` names."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    for target in scope.lookup(node.id):
        api = target and APIS.get(".".join([target, *attributes]))
        if api:
            return api
    return None


# --- What a name argument says ----------------------------------------------------------------------------------------

CONVERSION = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?(?P<flags>[#0\- +]*)(?P<width>\*|\d+)?(?P<precision>\.(?:\*|\d*))?[hlL]?(?P<type>.)", re.S
)


class Templates:
    """Turns name arguments into template texts; needs the source to quote expressions as written."""

    def __init__(self, text: str) -> None:
        self.text = text

    def of_name(self, node: ast.AST) -> str | None:
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.JoinedStr):
            return self.of_f_string(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.of_piece(node.left) + self.of_piece(node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return self.of_percent(node)
        return None

    def of_piece(self, node: ast.AST) -> str:
        template = self.of_name(node)
        return self.of_field(node) if template is None else template

    def of_field(self, node: ast.AST) -> str:
        return "{" + self.source(node) + "}"

    def source(self, node: ast.AST) -> str:
        segment = ast.get_source_segment(self.text, node)
        # Before Python 3.12 the places of expressions inside f-strings are not always right.
        if segment is not None and same_expression(segment, node):
            return segment
        return ast.unparse(node)

    def of_f_string(self, node: ast.JoinedStr) -> str:
        return "".join(
            part.value if isinstance(part, ast.Constant) else self.of_replacement(part) for part in node.values
        )

    def of_replacement(self, part: ast.FormattedValue) -> str:
        conversion = "" if part.conversion == -1 else "!" + chr(part.conversion)
        specification = "" if part.format_spec is None else ":" + self.of_f_string(part.format_spec)
        return "{" + self.source(part.value) + conversion + specification + "}"

    def of_percent(self, node: ast.BinOp) -> str | None:
        format_text = literal_text(node.left)
        if format_text is None:
            return None
        values = self.percent_values(node.right)
        keys = self.percent_keys(node.right)
        positions = iter(values)
        pieces: list[str] = []
        end = 0
        for match in CONVERSION.finditer(format_text):
            pieces.append(format_text[end : match.start()])
            end = match.end()
            if match["type"] == "%":
                pieces.append("%")
                continue
            if match["width"] == "*" or match["precision"] == ".*":
                return None
            value = next(positions, None) if match["key"] is None else keys.get(match["key"])
            if value is None:
                return None
            pieces.append(self.of_percent_value(value, match))
        pieces.append(format_text[end:])
        if "%" in format_text[end:] or (isinstance(node.right, ast.Tuple) and next(positions, None)):
            return None
        return "".join(pieces)

    def of_percent_value(self, value: ast.AST, match: re.Match[str]) -> str:
        plain = not (match["flags"] or match["width"] or match["precision"])
        if plain and match["type"] == "s" and isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
        return self.of_field(value)

    def percent_values(self, node: ast.AST) -> list[ast.AST]:
        if not isinstance(node, ast.Tuple):
            return [node]
        return [] if any(isinstance(item, ast.Starred) for item in node.elts) else node.elts

    def percent_keys(self, node: ast.AST) -> dict[str, ast.AST]:
        if not isinstance(node, ast.Dict) or None in node.keys:
            return {}
        return {
            key.value: value
            for key, value in zip(node.keys, node.values)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        }


def literal_text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal_text(node.left), literal_text(node.right)
        return None if left is None or right is None else left + right
    return None


def same_expression(segment: str, node: ast.AST) -> bool:
    try:
        # The parentheses let a segment that runs over several lines parse.
        return ast.dump(ast.parse(f"({segment})", mode="eval").body) == ast.dump(node)
    except (SyntaxError, ValueError):
        return False


def names_of(call: ast.Call, api: str, templates: Templates) -> list[dict]:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if api == "coordination.synchronized":
        # `lock_name=` and the second positional argument `blocking` are of Cinder before 23.0 and of Manila.
        arguments = [argument for argument in call.args if not is_flag(argument)]
        arguments += [keywords["lock_name"]] if "lock_name" in keywords else []
    else:
        arguments = call.args[:1] or [keywords[key] for key in ("name",) if key in keywords]
    return [{"template": templates.of_name(argument)} for argument in arguments]


def is_flag(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, (str, bytes))


def scope_of(call: ast.Call, api: str) -> str:
    if api.startswith("coordination."):
        return "global"
    if api == "lockutils.external_lock":
        return "node"
    if api == "lockutils.internal_lock":
        return "process"
    return scope_of_external(external_argument(call, api))


def scope_of_external(external: ast.AST | None) -> str:
    if external is None or (isinstance(external, ast.Constant) and external.value is False):
        return "process"
    return "node" if isinstance(external, ast.Constant) and external.value is True else "unknown"


def external_argument(call: ast.Call, api: str) -> ast.AST | None:
    """The expression that decides about the file lock; a starred one may do so, and is then returned."""
    for keyword in call.keywords:
        if keyword.arg == "external":
            return keyword.value
    for keyword in call.keywords:
        if keyword.arg is None:
            return keyword.value
    if api == "utils.synchronized":
        return None
    first_three = call.args[:3]
    starred = next((argument for argument in first_three if isinstance(argument, ast.Starred)), None)
    return starred or (call.args[2] if 2 < len(call.args) else None)


# --- Where the sites are ----------------------------------------------------------------------------------------------


class Lines:
    """Turns the parser's places (line from 1, byte of UTF-8) into the protocol's (line from 0, UTF-16 code unit)."""

    def __init__(self, text: str) -> None:
        self.lines = [line.encode() for line in re.split(r"\r\n|\r|\n", text)]

    def range_of(self, node: ast.expr) -> dict:
        return {
            "start": self.position(node.lineno, node.col_offset),
            "end": self.position(node.end_lineno, node.end_col_offset),
        }

    def position(self, line: int, byte: int) -> dict:
        before = self.lines[line - 1][:byte].decode()
        return {"line": line - 1, "character": len(before.encode("utf-16-le")) // 2}


class Finder:
    def __init__(self, text: str, path: str, module: str, package: str) -> None:
        self.path = path
        self.module = module
        self.package = package
        self.lines = Lines(text)
        self.templates = Templates(text)
        self.sites: list[dict] = []
        self.uncalled: list[dict] = []
        self.parents: dict[ast.AST, ast.AST] = {}

    def find(self, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
        self.visit_scope(Scope("module", ""), list(tree.body))

    def visit_scope(self, scope: Scope, roots: list[ast.AST]) -> None:
        bind_names(scope, roots, self.package, self.module)
        for node in nodes_of_scope(roots):
            if isinstance(node, ast.Call):
                self.visit_call(node, scope)
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                self.visit_decorators(node, scope)
            if opens_scope(node):
                self.visit_scope(self.scope_inside(node, scope), evaluated_inside(node))

    def scope_inside(self, node: ast.AST, scope: Scope) -> Scope:
        kind = "class" if isinstance(node, ast.ClassDef) else "function"
        path = scope.inner(node.name) if isinstance(node, (*FUNCTIONS, ast.ClassDef)) else scope.path
        inside = Scope(kind, path, scope)
        if isinstance(node, (*FUNCTIONS, ast.Lambda)):
            for argument in arguments_of(node.args):
                inside.bind(argument.arg)
        return inside

    def visit_decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: Scope) -> None:
        for decorator in node.decorator_list:
            api = api_of(decorator, scope)
            if api:
                self.uncalled.append(self.place(decorator, scope.inner(node.name), api))

    def visit_call(self, call: ast.Call, scope: Scope) -> None:
        api = api_of(call.func, scope)
        if api is None:
            return
        parent = self.parents[call]
        decorates = isinstance(parent, (*FUNCTIONS, ast.ClassDef)) and call in parent.decorator_list
        self.sites.append({
            **self.place(call, scope.inner(parent.name) if decorates else scope.path, api),
            "form": "decorator" if decorates else self.form_of(call, parent),
            "scope": scope_of(call, api),
            "names": names_of(call, api, self.templates),
        })

    def form_of(self, call: ast.Call, parent: ast.AST) -> str:
        if isinstance(parent, ast.withitem):
            return "with"
        above = self.parents[parent]
        # tooz's lock can be called with the arguments of `acquire`: `with COORDINATOR.get_lock(name)(False):`.
        if isinstance(parent, ast.Call) and parent.func is call and isinstance(above, ast.withitem):
            return "with"
        if isinstance(parent, ast.Attribute) and parent.attr == "acquire" and isinstance(above, ast.Call):
            return "acquire" if above.func is parent else "call"
        return "call"

    def place(self, node: ast.expr, function: str, api: str) -> dict:
        return {"path": self.path, "range": self.lines.range_of(node), "function": function, "api": api}


def module_of(root: str, path: str) -> tuple[str, str]:
    """Dotted names of a file's module and package, seen from the outermost folder that is a package."""
    folder, name = os.path.split(os.path.abspath(os.path.join(root, path)))
    packages: list[str] = []
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, last = os.path.split(folder)
        packages.insert(0, last)
    if not packages:
        packages = [part for part in os.path.dirname(path).split("/") if part]
    package = ".".join(packages)
    stem = name.removesuffix(".py")
    if stem == "__init__":
        return package, package
    return (f"{package}.{stem}" if package else stem), package


def python_files(root: str) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        # Hidden folders (`.git`, `.tox`) are not sources of the project.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def position_key(found: dict) -> tuple:
    start = found["range"]["start"]
    return found["path"], start["line"], start["character"]


def extract(root: str) -> dict:
    sites: list[dict] = []
    uncalled: list[dict] = []
    failed: list[dict] = []
    for path in python_files(root):
        try:
            with tokenize.open(os.path.join(root, path)) as file:
                text = file.read()
            if not WORTH_PARSING.search(text):
                continue
            finder = Finder(text, path, *module_of(root, path))
            finder.find(ast.parse(text))
        except (SyntaxError, ValueError, OSError) as error:
            failed.append({"path": path, "reason": str(error)})
            continue
        sites += finder.sites
        uncalled += finder.uncalled
    return {
        "version": 1,
        "sites": sorted(sites, key=position_key),
        "uncalled": sorted(uncalled, key=position_key),
        "failed": sorted(failed, key=lambda failure: failure["path"]),
    }


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    json.dump(extract(sys.argv[1]), sys.stdout, ensure_ascii=False)
    print()

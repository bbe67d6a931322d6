"""What an answer asks of values that do not have it, by a type checker: nobody else sees it where no command runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from workbench.checks.type_errors import TypeFault, type_faults
from workbench.crew.judging.stated import Function, functions
from workbench.crew.slips.names import VALUES
from workbench.edits.parses import tree_of
from workbench.edits.source import PYTHON_SUFFIXES
from workbench.model import FileEdit

_TELLING = frozenset({"attr-defined", "call-arg", "operator", "arg-type"})
"""Codes of faults that hold whatever else is true; the last two only of plain values that have nothing in common."""

_ITS_OWN_WAY = re.compile(r"__dict__|\bsetattr\b|__setattr__|\bvars\(|__getattr\w*__|__slots__|\bProtocol\b|\bEnum\b")
_KNOWN = {
    "abc": {"abstractmethod"},
    "builtins": {"classmethod", "staticmethod", "property"},
    "dataclasses": {"dataclass"},
    "functools": {"cache", "cached_property", "lru_cache", "total_ordering"},
    "typing": {"final", "override", "runtime_checkable"},
}
"""Decorators, by their modules, of which a type checker knows what they make of a function or class."""

_CATCHES = re.compile(r"\b(?:AttributeError|Exception)\b")
_CALLED = re.compile(r'"(?P<name>\w+)"(?: of "(?P<owner>\w+)")?$')

_OPERANDS = re.compile(
    r'Unsupported operand types for \S+ \("(?P<one>[^"|]+)" and "(?P<other>[^"|]+)"\)'
    r'|No overload variant of "__\w+__" of "(?P<its>[^"|]+)" matches argument type "(?P<given>[^"|]+)"'
)
_GIVEN = re.compile(
    r'Argument \d+ to "(?P<name>\w+)"(?: of "(?P<owner>\w+)")? has incompatible type "(?P<one>[^"|]+)"; '
    r'expected "(?P<other>[^"|]+)"'
)
_COLLECTIONS = frozenset(
    "list tuple set frozenset dict deque defaultdict OrderedDict Counter Sequence Mapping".split()  # noqa: SIM905
) | {"MutableSequence", "MutableMapping", "MutableSet"}
"""Collections of Python: a type checker guesses what they hold by what comes first, and anything can be held."""

_KINDS = {
    **dict.fromkeys(("int", "float", "bool", "complex", "Decimal", "Fraction"), "number"),
    **dict.fromkeys(("date", "datetime"), "date"),
    **dict.fromkeys(("list", "tuple", "set", "frozenset"), "collection"),
    **{name: name for name in ("str", "bytes", "timedelta", "dict")},
}
"""Plain types, and what those have in common that some operators or functions take for each other."""

_LACKS = re.compile(r'"(?P<owner>\w+)" has no attribute "(?P<name>\w+)"(?:; maybe .*)?')


def misfit(edits: Sequence[FileEdit]) -> str:
    """Return what an edit asks for that is not there and was not asked for before; nothing where nothing is seen."""
    return next((words for edit in edits for words in _new_faults(edit)), "")


def _new_faults(edit: FileEdit) -> Iterator[str]:
    if not edit.path.endswith(PYTHON_SUFFIXES) or not edit.before or not edit.after:
        return
    after = _faults(edit.after)
    tree = tree_of(edit.after.decode("utf-8", "replace").removeprefix("\ufeff")) if after else None
    if tree is None:
        return
    # What was asked in one place before, and works there, may be asked in another.
    for fault in sorted(after - _faults(edit.before), key=lambda one: one.message):
        lacks = _LACKS.fullmatch(fault.message)
        if lacks and _is_tried(tree, lacks["name"]):
            continue
        if lacks and (_is_known(tree, **lacks.groupdict()) or _is_of_a_field(tree, **lacks.groupdict())):
            # In Python's words, as a command would have them.
            yield f"'{lacks['owner']}' object has no attribute '{lacks['name']}'"
        elif fault.code == "call-arg" and (called := _CALLED.search(fault.message)):
            name = f"{called['owner']}.{called['name']}" if called["owner"] else called["name"]
            node = functions(edit.after).get(name)
            if (node and _is_plain(tree, node)) or _is_made(tree, name):
                yield fault.message
        elif _is_of_other_kinds(fault, functions(edit.after)):
            yield fault.message


def _is_of_other_kinds(fault: TypeFault, own: Collection[str]) -> bool:
    """Return whether two plain values that have nothing in common are put together, or one given for another.

    What a function of the file does with a value that it is not declared to take is not known, and a list of numbers
    takes a text as well.
    """
    found = _OPERANDS.fullmatch(fault.message) or _GIVEN.fullmatch(fault.message)
    said = found.groupdict() if found else {}
    if not said or (said.get("owner") in _COLLECTIONS) or said.get("name") in {name.rpartition(".")[2] for name in own}:
        return False
    types = (said["one"] or said.get("its", ""), said["other"] or said.get("given", ""))
    one, other = (_KINDS.get(name.partition("[")[0]) for name in types)
    return one is not None and other is not None and one != other


def _is_tried(tree: ast.Module, name: str) -> bool:
    """Return whether it is caught somewhere that a value does not have what it is asked for."""
    tried = [
        row
        for part in ast.walk(tree)
        if isinstance(part, ast.Try)
        and any(one.type is None or _CATCHES.search(ast.unparse(one.type)) for one in part.handlers)
        for row in part.body
    ]
    return any(isinstance(one, ast.Attribute) and one.attr == name for row in tried for one in ast.walk(row))


def _is_known(tree: ast.Module, owner: str, name: str) -> bool:
    """Return whether all fields of a class stand in the file, and one that it lacks is not only asked of `self`.

    What a mixin's `self` has comes from other classes; other types, those that are derived from the class among them,
    are often told apart in ways that no checker sees. What is set anywhere in the file may be there.
    """
    every = [part for part in ast.walk(tree) if isinstance(part, ast.ClassDef)]
    made = [part for part in every if part.name == owner]
    if len(made) != 1 or made[0].bases or made[0].keywords or _ITS_OWN_WAY.search(ast.unparse(made[0])):
        return False
    if not _is_plain(tree, made[0]) or any(owner == ast.unparse(base) for part in every for base in part.bases):
        return False
    looks = [part for part in ast.walk(tree) if isinstance(part, ast.Attribute) and part.attr == name]
    if any(not isinstance(one.ctx, ast.Load) for one in looks):
        return False
    return any(not (isinstance(one.value, ast.Name) and one.value.id in {"self", "cls"}) for one in looks)


def _is_plain(tree: ast.Module, node: ast.ClassDef | Function) -> bool:
    """Return whether a function or class is what it is written as: a decorator may make something else of it."""
    known = {f"{module}.{name}" for module, names in _KNOWN.items() for name in names}
    comes_from = dict.fromkeys(_KNOWN["builtins"], "builtins") | {
        one.asname or one.name: part.module
        for part in ast.walk(tree)
        if isinstance(part, ast.ImportFrom)
        for one in part.names
    }
    called = [ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in node.decorator_list]
    return all(name in known or f"{comes_from.get(name)}.{name}" in known for name in called)


def _is_made(tree: ast.Module, name: str) -> bool:
    """Return whether a class at the top is called by its name; what is made by `cls()` may be of another class."""
    made = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == name]
    if not made or any(one.keywords or not _is_plain(tree, one) for one in made):
        return False
    return any(isinstance(part, ast.Call) and ast.unparse(part.func) == name for part in ast.walk(tree))


def _is_of_a_field(tree: ast.Module, owner: str, name: str) -> bool:
    """Return whether something is only asked of fields, and those of that name are all declared as such values.

    Other values of Python's own types are often told apart in ways that no checker sees.
    """
    if owner not in VALUES:
        return False
    looks = [part for part in ast.walk(tree) if isinstance(part, ast.Attribute) and part.attr == name]
    fields = [one.value.attr for one in looks if isinstance(one.value, ast.Attribute)]
    if len(fields) != len(looks):
        return False
    of_classes = [part for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for part in node.body]
    declared = [
        (part.target.id, ast.unparse(part.annotation))
        for part in of_classes
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    ]
    kinds = {kind for field, kind in declared if field in fields}
    return kinds == {owner} and {field for field, _ in declared} >= set(fields)


@lru_cache(maxsize=16)
def _faults(content: bytes) -> frozenset[TypeFault]:
    found = type_faults(content.decode("utf-8", "replace")) or ()
    return frozenset(fault for fault in found if fault.code in _TELLING)

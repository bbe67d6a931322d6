"""What the classes of a file tell of things: which are so and which are not, and which things a list has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import parameters
from workbench.crew.plain.known_fields import words_of_fields
from workbench.crew.plain.places import class_around, declared_fields
from workbench.crew.slips.righted import Changed

_MANY = re.compile(
    r"(?:\w+\.)?(?:[Ll]ist|[Ss]equence|[Ii]terable|[Cc]ollection|[Tt]uple|[Ss]et|[Ff]rozen[Ss]et)"
    r"\[['\"]?(\w+)['\"]?(?:, \.\.\.)?\]"
)
_TABLE = re.compile(r"(?:[Dd]ict|[Mm]apping|[Oo]rderedDict)\[[^\[\]]*, ['\"]?(\w+)['\"]?\]")


@dataclass(frozen=True)
class Flag:
    """A field or a method that tells whether a thing is so, or whether it has something.

    Attributes:
        name: the field or method.
        kind: its type as it is written.
        is_called: whether it is a method.
        owner: the class.
        members: all that the class has.
        value: the word that a field has where a thing is so; empty of what tells it by itself.
    """

    name: str
    kind: str
    is_called: bool
    owner: ast.ClassDef
    members: frozenset[str]
    value: str = ""

    @property
    def is_bool(self) -> bool:
        """Whether it is a truth value."""
        return self.kind == "bool"

    @property
    def may_miss(self) -> bool:
        """Whether it is a value that may not be there."""
        return not self.is_bool

    @property
    def word(self) -> str:
        """What a task calls it, as a pattern."""
        if self.value:
            return re.escape(self.value)
        return re.sub(r"^(?:is|has|was|are)_", "", self.name).replace("_", "[ _-]")

    def asked(self, one: str, *, so: bool) -> str:
        """Return the question whether a thing is so, or whether it is not."""
        said = f"{one}.{self.name}{'()' if self.is_called else ''}"
        if self.value:
            return f'{said} {"==" if so else "!="} "{self.value}"'
        bare = self.kind.replace(" | None", "").removeprefix("Optional[").rstrip("]")
        if self.is_bool or bare == "str" or bare.startswith(("list", "dict", "set")):
            return said if so else f"not {said}"
        return f"{said} is not None" if so else f"{said} is None"


def flags(changed: Changed) -> Iterator[Flag]:
    """Yield what tells things apart in the classes of a file; nothing that two of them have."""
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    every = [(one, _kinds(one)) for one in classes]
    for owner, kinds in every:
        for name, (kind, is_called) in kinds.items():
            is_known = is_called is False or kind == "bool"
            if is_known and kind and sum(name in others for _, others in every) == 1:
                yield Flag(name, kind, is_called, owner, frozenset(kinds))
    known = words_of_fields(changed.tree)
    for owner, kinds in every:
        told = {name for name, (kind, _) in kinds.items() if not kind} & {*declared_fields(owner)}
        for name in sorted(name for name in told if sum(name in others for _, others in every) == 1):
            for word, code in known.get(name, {}).items():
                if re.fullmatch(r"[a-z]{4,}", word) and code.startswith('"'):
                    yield Flag(name, "bool", False, owner, frozenset(kinds), word)


def _kinds(node: ast.ClassDef) -> dict[str, tuple[str, bool]]:
    """Return the members of a class, each with its type if it tells things apart, and whether it is called."""
    found: dict[str, tuple[str, bool]] = {}
    defaults = {
        one.target.id: ast.unparse(one.value)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value
    }
    for name, kind in declared_fields(node).items():
        may_miss = "None" in kind or "Optional" in kind or (kind == "str" and defaults.get(name) in {"''", '""'})
        found[name] = (kind if kind == "bool" or may_miss else "", False)
    for one in node.body:
        if isinstance(one, ast.FunctionDef):
            is_plain = len(one.args.args) == 1 and not one.args.kwonlyargs
            is_property = any(ast.unparse(each) in {"property", "cached_property"} for each in one.decorator_list)
            is_truth = is_plain and one.returns is not None and ast.unparse(one.returns) == "bool"
            found[one.name] = ("bool" if is_truth and not one.name.startswith("__") else "", not is_property)
            found |= {name: each for name, each in _set_there(one).items() if name not in found}
    return found


def _set_there(method: ast.FunctionDef) -> dict[str, tuple[str, bool]]:
    """Return the fields that a class sets when a thing is made."""
    found: dict[str, tuple[str, bool]] = {}
    for part in ast.walk(method) if method.name == "__init__" else ():
        match part:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
                is_truth = isinstance(value, ast.Constant) and isinstance(value.value, bool)
                found[name] = ("bool" if is_truth else "", False)
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name), annotation=kind):
                found[name] = ("bool" if ast.unparse(kind) == "bool" else "", False)
    return found


def elements(changed: Changed, values: ast.expr) -> ast.ClassDef | None:
    """Return the class of the things in a list or table, as it is declared, or as the name says; None if unknown."""
    classes = {one.name: one for one in changed.tree.body if isinstance(one, ast.ClassDef)}
    kind, name, pattern = "", "", _MANY
    match values:
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=name), attr="values")):
            kind, pattern = _own_kind(changed, name), _TABLE
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="values")) if name in changed.names:
            kind, pattern = _given_kind(changed, name), _TABLE
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            kind = _own_kind(changed, name)
        case ast.Name(id=name) if name in changed.names and not changed.sets(name):
            kind = _given_kind(changed, name)
        case _:
            return None
    if found := pattern.fullmatch(kind):
        return classes.get(found[1])
    singular = name.strip("_").removesuffix("s").replace("_", "").lower()
    said = [one for one in classes.values() if one.name.lower() == singular]
    return said[0] if kind in {"", "list", "dict"} and len(said) == 1 else None


def _given_kind(changed: Changed, name: str) -> str:
    annotation = parameters(changed.node)[name].node.annotation
    return ast.unparse(annotation) if annotation else ""


def _own_kind(changed: Changed, name: str) -> str:
    owner = class_around(changed)
    if owner is None:
        return ""
    for part in ast.walk(owner):
        match part:
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=attr), annotation=kind) if (
                attr == name
            ):
                return ast.unparse(kind)
    return declared_fields(owner).get(name, "")

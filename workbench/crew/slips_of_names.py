"""Names that an answer has nearly right: a module's own without the module, a field by another form of its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module

from workbench.crew.names import undefined
from workbench.crew.slips_righted import Changed, Righted

_CLOSE = 0.75
_MODULES = frozenset(
    """base64 bisect calendar collections contextlib copy csv dataclasses datetime decimal enum fractions functools
    hashlib heapq html io itertools json logging math operator os pathlib random re shlex shutil statistics string sys
    tempfile textwrap time types typing unicodedata urllib uuid""".split()  # noqa: SIM905
)
"""Modules of the standard library that answers take things from; to import them here does nothing else."""
_PREFIX = re.compile(r"^_*(?:is|has|get|was|the)_|^_+|_+$")
_LACKS_FIELD = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_WRITTEN_OUT = re.compile(r"\{self\.(\w+)(?=[}:!])")
_LOGGER = re.compile(r"_*log(?:ger)?_*", re.IGNORECASE)


def known_here(changed: Changed) -> Righted | None:
    """Return the answer with each name that nothing defines put as the file can say it, where that is plain.

    A name of a module that is imported as such gets the module before it; a module of the standard library that is
    looked into is imported; what is called a logger is the file's own.
    """
    unknown = undefined(changed.edit.after or b"") - undefined(changed.edit.before or b"")
    if not unknown:
        return None
    top = ast.parse(changed.lines.text.removeprefix("\ufeff")).body
    swaps: list[tuple[int, int, str]] = []
    said: list[str] = []
    for name in sorted(unknown):
        looks = changed.looks(name)
        spans = [changed.lines.span(look) for look in looks]
        if not looks or any(changed.lines.text[slice(*span)] != name for span in spans):
            continue
        if known := _of_a_module(name, top) or _logger(name, top):
            swaps += [(*span, known) for span in spans]
            said.append(f"`{name}` is `{known}`")
        elif _is_looked_into(changed, name) and (at := _import_place(changed, top)) is not None:
            swaps.append((at, at, f"import {name}\n"))
            said.append(f"`import {name}`")
    return changed.righted(", ".join(said), *swaps) if swaps else None


def _of_a_module(name: str, top: list[ast.stmt]) -> str:
    """Return a name as one of a module of the standard library that the file imports, if just one has it."""
    imported = [alias for one in top if isinstance(one, ast.Import) for alias in one.names]
    holders = [
        f"{alias.asname or alias.name}.{name}"
        for alias in imported
        if alias.name in _MODULES and not name.startswith("_") and hasattr(import_module(alias.name), name)
    ]
    return holders[0] if len(holders) == 1 else ""


def _logger(name: str, top: list[ast.stmt]) -> str:
    """Return the file's own logger for a name that means one."""
    if not _LOGGER.fullmatch(name):
        return ""
    for one in top:
        match one:
            case ast.Assign(targets=[ast.Name(id=known)], value=ast.Call(func=called)):
                if ast.unparse(called).endswith("getLogger"):
                    return known
    return ""


def _is_looked_into(changed: Changed, name: str) -> bool:
    """Return whether a name is a module of the standard library, and only looked into."""
    if name not in _MODULES:
        return False
    within = [part for part in ast.walk(changed.node) if isinstance(part, ast.Attribute)]
    held = {id(part.value): part.attr for part in within if isinstance(part.value, ast.Name) and part.value.id == name}
    return len(held) == len(changed.looks(name)) and all(hasattr(import_module(name), one) for one in held.values())


def _import_place(changed: Changed, top: list[ast.stmt]) -> int | None:
    """Return where an import goes: before the first of them that is no promise about the language."""
    for one in top:
        if isinstance(one, ast.Import | ast.ImportFrom) and getattr(one, "module", "") != "__future__":
            return changed.lines.start(one.lineno)
    return None


def called(changed: Changed) -> Righted | None:
    """Return the answer with methods of `self` that are compared, reckoned with or written out as if they were values.

    They are called; a method that must be given something is left.
    """
    methods = _plain_methods(changed)
    text, ends = changed.lines.text, dict[int, str]()
    for part in changed.new:
        for look in _as_values(part):
            match look:
                case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in methods:
                    ends[changed.lines.span(look)[1]] = name
        if isinstance(part, ast.JoinedStr):
            # Python 3.11 does not know where the parts of such a text stand.
            begin, end = changed.lines.span(part)
            ends |= {
                begin + found.end(): found[1] for found in _WRITTEN_OUT.finditer(text[begin:end]) if found[1] in methods
            }
    ends = {end: name for end, name in ends.items() if text[:end].endswith(f"self.{name}")}
    said = ", ".join(f"`self.{name}()`" for name in dict.fromkeys(ends.values()))
    return changed.righted(said, *((end, end, "()") for end in ends)) if ends else None


def _as_values(part: ast.AST) -> list[ast.expr]:
    match part:
        case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot(), *_]):
            return []
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.BinOp(left=left, right=right):
            return [left, right]
    return []


def _plain_methods(changed: Changed) -> set[str]:
    """Return the methods beside the changed one that need nothing but `self`."""
    tree = ast.parse(changed.lines.text.removeprefix("\ufeff"))
    owners = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(one.lineno == changed.node.lineno for one in node.body)
    ]
    return {
        one.name
        for owner in owners
        for one in owner.body
        if isinstance(one, ast.FunctionDef)
        and not one.decorator_list
        and len([*one.args.posonlyargs, *one.args.args]) - len(one.args.defaults) == 1
        and None not in one.args.kw_defaults
    }


def as_stored(changed: Changed) -> Righted | None:
    """Return the answer with what new lines look up put as it is stored: `key.strip()` where that is the key."""
    stored: dict[tuple[str, str], ast.expr] = {}
    for part in ast.walk(changed.was) if changed.was else ():
        match part:
            case ast.Assign(targets=[ast.Subscript(value=holder, slice=ast.Call() as given)]) if name := _cleaned(
                given
            ):
                stored[name, ast.dump(holder)] = given
    swaps: list[tuple[int, int, str]] = []
    said = ""
    for part in changed.new:
        match part:
            case ast.Compare(left=ast.Name(id=name) as left, ops=[ast.In() | ast.NotIn()], comparators=[holder]):
                key = stored.get((name, ast.dump(holder)))
                if key is not None:
                    said = ast.unparse(key)
                    swaps.append((*changed.lines.span(left), said))
    return changed.righted(f"`{said}` is what is looked up", *swaps) if swaps else None


def _cleaned(key: ast.expr) -> str:
    """Return the name of a text that a chain of its own methods, called with nothing, cleans."""
    while isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and not key.args and not key.keywords:
        key = key.func.value
    return key.id if isinstance(key, ast.Name) else ""


def nearest_fields(changed: Changed, said: str) -> Iterator[Righted | None]:
    """Yield the answer with a field, that its objects do not have, put as the one nearest to it that they have."""
    found = _LACKS_FIELD.search(said)
    if found is None:
        return
    owner, name = found[1], found[2]
    fields = _fields(ast.parse(changed.lines.text.removeprefix("\ufeff")), owner)
    spans = [
        (end - len(name), end)
        for part in changed.new
        if isinstance(part, ast.Attribute) and part.attr == name
        for end in [changed.lines.span(part)[1]]
    ]
    for other in _nearest(name, fields):
        yield changed.righted(f"`.{name}` is `.{other}`", *((*span, other) for span in spans))


def _fields(tree: ast.Module, owner: str) -> set[str]:
    """Return what the objects of a class have, by its body and by what its methods set."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == owner:
            for part in ast.walk(node):
                match part:
                    case ast.AnnAssign(target=ast.Name(id=name)) if part in node.body:
                        found.add(name)
                    case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                        found.add(name)
                    case ast.FunctionDef(name=name) if part in node.body and not name.startswith("__"):
                        found.add(name)
    return found


def _nearest(name: str, fields: set[str]) -> list[str]:
    """Return the fields that a name may mean, the likeliest first: the same but for a prefix, or nearly spelt so."""
    bare = _PREFIX.sub("", name)
    same = sorted(one for one in fields if _PREFIX.sub("", one) == bare)
    close = get_close_matches(bare, sorted(fields), n=1, cutoff=_CLOSE)
    return list(dict.fromkeys([*same, *close]))[:2]

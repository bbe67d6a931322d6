"""Names that an answer has nearly right: a module's own without the module, a field by another form of its name."""

from __future__ import annotations

import ast
import inspect
import logging
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType

from workbench.crew.answers.names import undefined
from workbench.crew.judging.stated import yields
from workbench.crew.slips.righted import SIZES, Changed, Righted
from workbench.crew.wrapping.tail import stored

VALUES = frozenset({"str", "int", "float", "bool"})
"""Types of plain values, which have nothing else in them."""

_CLOSE = 0.75
_MODULES = frozenset(
    """base64 bisect calendar collections contextlib copy csv dataclasses datetime decimal enum fractions functools
    hashlib heapq html io itertools json logging math operator os pathlib random re shlex shutil statistics string sys
    tempfile textwrap time types typing unicodedata urllib uuid""".split()  # noqa: SIM905
)
"""Modules of the standard library that answers take things from; to import them here does nothing else."""
_PREFIX = re.compile(r"^_*(?:is|has|get|was|the)_|^_+|_+$")
_WRITTEN_OUT = re.compile(r"(?<!\{)(?:\{\{)*\{self\.(\w+)(?=[}:])")
_SIZES = tuple(SIZES)
_CLEANS = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize", "swapcase"})
"""Methods of texts that give a text, and that do no harm to one which is clean."""
_LOGGER = re.compile(r"_*log(?:ger)?_*", re.IGNORECASE)


def known_here(changed: Changed) -> Righted | None:
    """Return the answer with each name that nothing defines put as the file can say it, where that is plain.

    A class or function of a module that is imported as such gets the module before it, where it is used as one; a
    module of the standard library that is looked into is imported; what is called a logger is the file's only one.
    """
    unknown = undefined(changed.edit.after or b"") - undefined(changed.edit.before or b"")
    if not unknown:
        return None
    top = changed.tree.body
    swaps: list[tuple[int, int, str]] = []
    said: list[str] = []
    for name in sorted(unknown - changed.own):
        looks = changed.looks(name)
        spans = [changed.lines.span(look) for look in looks]
        if not looks or not changed.stand_there(spans, name):
            continue
        if known := _logger(changed, name, top) or _of_a_module(changed, name, top):
            swaps += [(*span, known) for span in spans]
            said.append(f"`{name}` is `{known}`")
        elif (modules := _looked_into(changed, name)) and (at := _import_place(changed, top)) is not None:
            swaps += [(at, at, f"import {module}\n") for module in modules]
            said += [f"`import {module}`" for module in modules]
    return changed.righted(", ".join(said), *swaps) if swaps else None


def _of_a_module(changed: Changed, name: str, top: list[ast.stmt]) -> str:
    """Return a name as one of a module of the standard library that the file imports, if just one has it."""
    if name in _MODULES or name.startswith("_") or _LOGGER.fullmatch(name):
        return ""
    imported = {
        alias.asname or alias.name: alias.name for one in top if isinstance(one, ast.Import) for alias in one.names
    }
    found = [
        (holder, getattr(import_module(module), name))
        for holder, module in imported.items()
        if module in _MODULES and hasattr(import_module(module), name)
    ]
    if len(found) != 1 or found[0][0] in changed.own or not _is_used_as(changed, name, found[0][1]):
        return ""
    return f"{found[0][0]}.{name}"


def _is_used_as(changed: Changed, name: str, value: object) -> bool:
    """Return whether each look at a name is one at such a class or function: a variable may have its name too."""
    is_class, is_written_as_one = isinstance(value, type), name[:1].isupper()
    if isinstance(value, ModuleType) or not callable(value):
        return False
    if isinstance(value, type) and issubclass(value, BaseException) and not is_written_as_one:
        return False
    for look in changed.looks(name):
        holder = changed.holders[id(look)]
        match holder:
            case ast.Call(func=func) if func is look:
                fits = _takes(value, holder)
            case ast.Attribute(attr=attribute):
                fits = is_class and hasattr(value, attribute)
            case ast.arg() | ast.AnnAssign(annotation=ast.Name()) | ast.Call(func=ast.Name(id="isinstance")):
                fits = is_class or is_written_as_one
            case _:
                fits = is_written_as_one
        if not fits:
            return False
    return True


def _takes(value: object, call: ast.Call) -> bool:
    """Return whether a class or function can be called so, as far as Python knows its parameters."""
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
        return True
    assert callable(value)
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):
        return True
    try:
        signature.bind(*call.args, **{one.arg: one.value for one in call.keywords if one.arg})
    except TypeError:
        return False
    return True


def _logger(changed: Changed, name: str, top: list[ast.stmt]) -> str:
    """Return the file's own logger for a name that means one, if it has just one."""
    if not _LOGGER.fullmatch(name):
        return ""
    known: list[str] = []
    for one in top:
        match one:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Call(func=made)):
                if (made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")) == "getLogger":
                    known.append(found)
    are_its = all(hasattr(logging.Logger, one) for one in _attributes(changed, name))
    if len(known) != 1 or known[0] in changed.own or not are_its:
        return ""
    return known[0] if len(_attributes(changed, name)) == len(changed.looks(name)) else ""


def _looked_into(changed: Changed, name: str) -> Sequence[str]:
    """Return what to import for a name that is a module of the standard library, and only looked into."""
    if name not in _MODULES:
        return ()
    attributes = _attributes(changed, name)
    modules = {_holder(name, one) for one in attributes}
    return () if len(attributes) != len(changed.looks(name)) or "" in modules else sorted(modules)


def _attributes(changed: Changed, name: str) -> list[str]:
    """Return what is looked up in what a name stands for, each time."""
    within = (part for part in ast.walk(changed.node) if isinstance(part, ast.Attribute))
    return [part.attr for part in within if isinstance(part.value, ast.Name) and part.value.id == name]


def _holder(name: str, attribute: str) -> str:
    """Return the module to import for something in it, which is the inner one for `urllib.parse`; empty for nothing."""
    module = import_module(name)
    if hasattr(module, "__path__") and not attribute.startswith("_"):
        try:
            return import_module(f"{name}.{attribute}").__name__
        except ImportError:
            pass
    return name if hasattr(module, attribute) else ""


def _import_place(changed: Changed, top: list[ast.stmt]) -> int | None:
    """Return where an import goes: before the first that begins a line and is no promise about the language."""
    for one in top:
        if isinstance(one, ast.Import | ast.ImportFrom) and getattr(one, "module", "") != "__future__":
            at = changed.lines.start(one.lineno)
            if at == changed.lines.span(one)[0]:
                return at
    return None


def called(changed: Changed) -> Righted | None:
    """Return the answer with methods of `self` that are compared, reckoned with or written out as if they were values.

    They are called; a method that must be given something is left, as is a comparison that two methods may be meant in.
    """
    methods = _plain_methods(changed)
    text, ends = changed.lines.text, dict[int, str]()
    new = {id(part) for part in changed.new}
    for part in changed.new if methods else ():
        for look in _as_values(part):
            match look:
                case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in methods:
                    ends[changed.lines.span(look)[1]] = name
        if isinstance(part, ast.JoinedStr):
            # Python 3.11 does not know where the parts of such a text stand.
            written = list(_WRITTEN_OUT.finditer(text, *changed.lines.span(part)))
            for name in methods:
                places = [found.end() for found in written if found[1] == name]
                if len(places) == sum(_writes_out(inner, name) and id(inner) in new for inner in ast.walk(part)):
                    ends |= dict.fromkeys(places, name)
    ends = {end: name for end, name in ends.items() if text[:end].endswith(f"self.{name}")}
    said = ", ".join(f"`self.{name}()`" for name in dict.fromkeys(ends.values()))
    return changed.righted(said, *((end, end, "()") for end in ends)) if ends else None


def _writes_out(part: ast.AST, name: str) -> bool:
    match part:
        case ast.FormattedValue(value=ast.Attribute(value=ast.Name(id="self"), attr=attribute), conversion=-1):
            return attribute == name
    return False


def _as_values(part: ast.AST) -> Iterator[ast.expr]:
    """Yield what cannot be a method where it stands: Python would raise, or the comparison always be False."""
    match part:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for one, sign, other in zip([left, *others], ops, others, strict=False):
                if isinstance(sign, _SIZES) or (isinstance(sign, ast.Eq | ast.NotEq) and _is_value(other)):
                    yield one
                if isinstance(sign, (*_SIZES, ast.In, ast.NotIn)) or (
                    isinstance(sign, ast.Eq | ast.NotEq) and _is_value(one)
                ):
                    yield other
        case ast.BinOp(left=ast.Constant(value=str() as left), op=ast.Mod()) if "%r" in left:
            return
        case ast.BinOp(left=left, right=right):
            yield from (left, right)


def _is_value(side: ast.expr) -> bool:
    """Return whether one side of a comparison is plainly no method."""
    match side:
        case ast.Constant(value=value):
            return value is not None
        case ast.BinOp() | ast.JoinedStr() | ast.Call(func=ast.Name(id="len" | "int" | "str" | "sum")):
            return True
    return False


def _plain_methods(changed: Changed) -> set[str]:
    """Return the methods beside the changed one that need nothing but `self`, and that nothing else takes the name of.

    None where `self` may be something else in it.
    """
    tree = changed.tree
    owners = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(one.lineno == changed.node.lineno for one in node.body)
    ]
    given = [part.arg for part in ast.walk(changed.node) if isinstance(part, ast.arg)]
    if len(owners) != 1 or given.count("self") != 1 or given[0] != "self" or changed.sets("self"):
        return set()
    body = owners[0].body
    methods = [one for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    names = [one.name for one in methods]
    set_otherwise = stored([one for one in body if one not in methods])
    set_otherwise |= {
        part.attr for part in ast.walk(tree) if isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load)
    }
    return {
        one.name
        for one in methods
        if isinstance(one, ast.FunctionDef)
        and not one.decorator_list
        and not yields(one)
        and names.count(one.name) == 1
        and one.name not in {*set_otherwise, changed.node.name}
        and len([*one.args.posonlyargs, *one.args.args]) - len(one.args.defaults) == 1
        and None not in one.args.kw_defaults
    }


def as_stored(changed: Changed) -> Righted | None:
    """Return the answer with what new lines look up put as it is stored: `key.strip()` where that is the key."""
    stores: dict[tuple[str, str], ast.expr] = {}
    old = list(ast.walk(changed.was)) if changed.was else []
    kept = {ast.dump(part) for part in ast.walk(changed.node) if isinstance(part, ast.Assign)}
    for part in old:
        match part:
            case ast.Assign(targets=[ast.Subscript(value=holder, slice=ast.Call() as given)]) if name := _cleaned(
                given
            ):
                is_set_anew = len(changed.sets(name)) != sum(_sets(one, name) for one in old)
                if ast.dump(part) in kept and not is_set_anew and not _is_also_raw(old, name, holder):
                    stores[name, ast.dump(holder)] = given
    swaps: list[tuple[int, int, str]] = []
    said = ""
    for part in changed.new:
        match part:
            case ast.Compare(left=ast.Name(id=name) as left, ops=[ast.In() | ast.NotIn()], comparators=[holder]):
                key, span = stores.get((name, ast.dump(holder))), changed.lines.span(left)
                if key is not None and changed.stand_there([span], name):
                    said = ast.unparse(key)
                    swaps.append((*span, said))
    return changed.righted(f"`{said}` is what is looked up", *swaps) if swaps else None


def _sets(part: ast.AST, name: str) -> bool:
    return isinstance(part, ast.Name) and part.id == name and not isinstance(part.ctx, ast.Load)


def _is_also_raw(parts: Sequence[ast.AST], name: str, holder: ast.expr) -> bool:
    """Return whether a name as it is serves as a key too, in what is said to hold cleaned ones."""
    for part in parts:
        match part:
            case ast.Subscript(value=other, slice=ast.Name(id=found)) if found == name:
                if ast.dump(other) == ast.dump(holder):
                    return True
            case ast.Compare(left=ast.Name(id=found), comparators=[other]) if found == name:
                if ast.dump(other) == ast.dump(holder):
                    return True
    return False


def _cleaned(key: ast.expr) -> str:
    """Return the name of a text that a chain of its own methods, called with nothing, cleans."""
    while isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and not key.args and not key.keywords:
        if key.func.attr not in _CLEANS:
            return ""
        key = key.func.value
    return key.id if isinstance(key, ast.Name) else ""


def nearest_fields(changed: Changed, owner: str, name: str) -> Iterator[Righted | None]:
    """Yield the answer with a field, that objects of a class lack, put as the one nearest to it that they have."""
    fields = _fields(changed.tree, owner)
    spans = [
        (end - len(name), end)
        for part in changed.new
        if isinstance(part, ast.Attribute) and part.attr == name
        for end in [changed.lines.span(part)[1]]
    ]
    if not spans or not changed.stand_there(spans, name):
        return
    text = changed.lines.text
    if owner in VALUES and not any(text.startswith("(", end) for _, end in spans):
        # What is a text or a number already is meant itself.
        yield changed.righted(f"without `.{name}`", *((begin - 1, end, "") for begin, end in spans))
    for other in _nearest(name, fields):
        # What is no method is not called.
        ends = "" if _is_method(changed.tree, owner, other) else "()"
        swaps = ((begin, end + len(ends) * text.startswith(ends, end), other) for begin, end in spans)
        yield changed.righted(f"`.{name}` is `.{other}`", *swaps)


def _is_method(tree: ast.Module, owner: str, name: str) -> bool:
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == owner]
    methods = [
        part for node in classes for part in node.body if isinstance(part, ast.FunctionDef) and part.name == name
    ]
    return any(not any("property" in ast.unparse(one) for one in method.decorator_list) for method in methods)


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
    """Return the fields that a name may mean, the likeliest first.

    These are the same but for a prefix, nearly spelt so, or a part of it: `guest_name` for `guest`.
    """
    fields = fields - {name}
    bare = _PREFIX.sub("", name)
    same = sorted(one for one in fields if _PREFIX.sub("", one) == bare)
    close = get_close_matches(bare, sorted(fields), n=1, cutoff=_CLOSE)
    part = sorted((one for one in fields if f"_{one}_" in f"_{name}_"), key=len, reverse=True)
    return list(dict.fromkeys([*same, *close, *part[:1]]))[:2]

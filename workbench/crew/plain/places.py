"""Where a plain change goes: the parts of a function, their text, and the file with other text in their place.

What is put somewhere means there what it means alone, and no comment goes with what it takes the place of.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from workbench.crew.judging.stated import Function
from workbench.crew.slips.righted import Changed, Righted
from workbench.edits.parses import tree_of

QUOTED = re.compile(r"(?<!\w)'([^'\n]+)'(?!\w)|\"([^\"\n]+)\"")
"""A text that a task shows: it is one of the groups."""

_PLACE = "_nanite_place_"
_UNRUN = frozenset({"annotation", "returns", "decorator_list", "type_params"})
_PRIMARY = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)

Swap = tuple[int, int, str]
Finder = Callable[[Changed], Iterator[Righted]]
Sure = tuple[Finder, re.Pattern[str], int]
"""A finder, the words that leave no doubt of what it finds, and the most that it may find for that."""


def said_as(pattern: str) -> re.Pattern[str]:
    """Return a pattern of a task's words, in any case."""
    return re.compile(pattern, re.IGNORECASE)


def quoted(task: str) -> list[str]:
    """Return the texts that a task shows, in its order."""
    return ["".join(groups) for groups in QUOTED.findall(task)]


def parts(changed: Changed) -> Iterator[ast.AST]:
    """Yield the parts of a function's body, outer ones first; no annotations, and no decorators."""
    ahead: deque[ast.AST] = deque(changed.node.body)
    while ahead:
        part = ahead.popleft()
        yield part
        for name, value in ast.iter_fields(part):
            if name not in _UNRUN:
                inner = value if isinstance(value, list) else [value]
                ahead.extend(one for one in inner if isinstance(one, ast.AST))


def set_at_the_top(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a file sets at its top, one at a time, each with what it is set to."""
    for one in tree.body:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value


def declared_fields(node: ast.ClassDef) -> dict[str, str]:
    """Return the fields that a class declares, each with its type as it is written."""
    declared = [one for one in node.body if isinstance(one, ast.AnnAssign)]
    return {one.target.id: ast.unparse(one.annotation) for one in declared if isinstance(one.target, ast.Name)}


def class_around(changed: Changed) -> ast.ClassDef | None:
    """Return the class at the top of the file that a method stands in; None of a function."""
    line = changed.node.lineno
    classes = [one for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    return next((one for one in classes if one.lineno < line <= (one.end_lineno or 0)), None)


def fields_beside(changed: Changed, field: str) -> dict[str, str]:
    """Return the fields of the one class of the file that declares a field; nothing where none does, or several."""
    every = [declared_fields(one) for one in changed.tree.body if isinstance(one, ast.ClassDef)]
    having = [fields for fields in every if field in fields]
    return having[0] if len(having) == 1 else {}


def spot(changed: Changed, part: ast.expr | ast.stmt) -> tuple[int, int] | None:
    """Return where a part stands; None where that is not sure, as in f-strings before Python 3.12."""
    begin, end = changed.lines.span(part)
    if not _is_in_format(changed, part):
        return begin, end
    one = _function(changed, (begin, end, f"({_PLACE})"))
    places = [isinstance(inner, ast.Name) and inner.id == _PLACE for inner in ast.walk(one)] if one else []
    if one is None or sum(places) != 1:
        return None
    is_it = places.index(True) == [id(inner) for inner in ast.walk(changed.node)].index(id(part))
    rest_is = ast.dump(one).replace(_dump_of_place(), ast.dump(part)) == ast.dump(changed.node)
    return (begin, end) if is_it and rest_is else None


def _function(changed: Changed, *swaps: Swap) -> Function | None:
    """Return the function with other text at some places, read alone; None where it does not parse. No decorators."""
    node, lines = changed.node, changed.lines
    text = lines.text[: lines.end(node.end_lineno or node.lineno)]
    for begin, end, new in sorted(swaps, reverse=True):
        text = f"{text[:begin]}{new}{text[end:]}"
    own = text[lines.start(node.lineno) :]
    tree = tree_of(f"if 1:\n{own}" if lines.indent(node.lineno) else own)
    for one in ast.walk(tree) if tree else ():
        if isinstance(one, Function) and one.name == node.name:
            one.decorator_list = node.decorator_list
            return one
    return None


def _dump_of_place() -> str:
    return ast.dump(ast.Name(_PLACE, ast.Load()))


def _is_in_format(changed: Changed, part: ast.AST) -> bool:
    holder = changed.holders.get(id(part))
    while holder is not None and not isinstance(holder, ast.stmt):
        if isinstance(holder, ast.JoinedStr):
            return True
        holder = changed.holders.get(id(holder))
    return False


def written(changed: Changed, part: ast.expr) -> str:
    """Return an expression in one line, where it can be as the file has it; it may need brackets where it is put."""
    span = spot(changed, part) if id(part) in changed.holders else None
    text = changed.lines.text[slice(*span)] if span else "\n"
    return ast.unparse(part) if "\n" in text or isinstance(part, ast.GeneratorExp) else text


def meant(text: str) -> str:
    """Return the tree of an expression; nothing where it is none."""
    tree = tree_of(f"({text})")
    only = tree.body[0] if tree and len(tree.body) == 1 else None
    return ast.dump(only.value) if isinstance(only, ast.Expr) else ""


def alone(changed: Changed, part: ast.expr) -> str:
    """Return an expression so that a method can be called on it."""
    said = written(changed, part)
    return said if isinstance(part, _PRIMARY) else f"({said})"


def made(changed: Changed, what: str, *swaps: Swap) -> Iterator[Righted]:
    """Yield the file with other expressions at some places, in brackets where they would mean something else."""
    in_brackets = [(begin, end, f"({new})") for begin, end, new in swaps]
    held, bare = (_function(changed, *each) for each in (in_brackets, swaps))
    if held is not None:
        needs_none = bare is not None and ast.dump(bare) == ast.dump(held)
        yield from put(changed, what, *(swaps if needs_none else in_brackets))


def put(changed: Changed, what: str, *swaps: Swap) -> Iterator[Righted]:
    """Yield the file with other text at some places, if there are any, it parses and no comment is lost."""
    text = changed.lines.text
    righted = changed.righted(what, *swaps) if swaps else None
    if righted is None:
        return
    after = (righted.edits[0].after or b"").decode("utf-8")
    if not any("#" in text[begin:end] for begin, end, _ in swaps) or _comments(after) == _comments(text):
        yield righted


def distinct(changed: Changed, found: Iterable[Righted]) -> Iterator[Righted]:
    """Yield changes each once, and none that says the same as what is there."""
    seen: set[str] = set()
    for one in found:
        # Mostly nothing is found, and a whole file is not read out for that.
        seen = seen or {ast.dump(changed.tree)}
        tree = tree_of((one.edits[0].after or b"").decode("utf-8"))
        sense = ast.dump(tree) if tree else ""
        if tree and sense not in seen:
            seen.add(sense)
            yield one


def _comments(text: str) -> list[str] | None:
    """Return the comments of a file in their order; None where its tokens cannot be told apart."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text.removeprefix("\ufeff")).readline))
    except (tokenize.TokenError, SyntaxError):
        return None
    return [token.string for token in tokens if token.type == tokenize.COMMENT]

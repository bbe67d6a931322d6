"""What is put into a collection, or given in a list, put there once, where the task says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts
from workbench.crew.plain.places import made, parts, spot, written
from workbench.crew.slips.righted import Changed, Righted, at_the_top
from workbench.crew.wrapping.tail import stored

_TWICE = re.compile(r"\b(?:already|twice|again|duplicates?|a second time|more than once)\b", re.IGNORECASE)
_RAISES = re.compile(r"\b(?i:rais\w+|throw\w*|refus\w+ .{0,40}\bwith) an? `?(?P<error>[A-Z]\w*(?:Error|Exception))\b")
_RETURNS = re.compile(r"\b(?:returns?|gives?)(?: back)? (?P<value>True|False|None)\b")
_NOTHING = re.compile(
    r"\b(?:ignor\w+|nothing|not (?:be )?add\w*|n't (?:be )?add\w*|no more than once|only once|skip\w*)\b",
    re.IGNORECASE,
)
EACH_ONCE = re.compile(
    r"\b(?:(?:only|just|at most) once|no(?:t| longer)? .{0,30}\btwice|duplicates?|more than once|no .{0,20}\brepeat\w*"
    r"|unique|distinct)\b",
    re.IGNORECASE,
)
_ONCE_IN_EACH = re.compile(
    r"\bcount(?:s|ed)?\b(?: (?!(?:again|and|be|is|are|was|were|should|must|may|to|from)\b)[a-z]+){0,3}?"
    r" once (?:an?|per|each|every|(?:in|on|for) (?:an?|each|every)) (?P<group>[a-z]+)(?=\s*(?:[.;:,!)]|$))",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:log|logger|history|session|db|database|transaction|repo|repository|store)$", re.IGNORECASE)
_NOT_ONCE = re.compile(r"\b(?:not|never|no longer|instead of|nobody|nothing|none|stop\w*)\b|n't\b", re.IGNORECASE)


def counted_once(changed: Changed) -> Iterator[Righted]:
    """Yield what is counted in each of several groups counted once in each: `for name in dict.fromkeys(sheet)`."""
    found = _ONCE_IN_EACH.search(changed.task)
    if found is None or _NOT_ONCE.search(changed.task) or changed.hides("dict"):
        return
    inner = list(parts(changed))
    loops = [one for one in inner if isinstance(one, ast.For | ast.comprehension)]
    groups = {one.target.id for one in loops if isinstance(one.target, ast.Name)}
    # Where groups stand in others, the one that is named must be the one that is gone through.
    if len(groups) > 2:
        groups &= {found["group"].lower()}
    for part in inner:
        match part:
            case ast.For(target=ast.Name(id=name), iter=ast.Name(id=group) as values) if group in groups:
                is_counted = any(_counts(one, name) for one in part.body) and not _does_more(part, name)
            case ast.Call(func=ast.Attribute(attr="update"), args=[ast.Name(id=group) as values], keywords=[]):
                is_counted = group in groups and "Counter(" in ast.unparse(changed.node)
            case _:
                continue
        if is_counted and (span := spot(changed, values)):
            yield from made(changed, f"each once in `{group}`", (*span, f"dict.fromkeys({group})"))


def _does_more(loop: ast.For, name: str) -> bool:
    """Return whether a loop adds up, or does, something else for each that comes."""
    inner = [one for stmt in loop.body for one in ast.walk(stmt) if isinstance(one, ast.AugAssign | ast.Expr)]
    return any(not _counts(one, name) for one in inner)


def _counts(one: ast.stmt, name: str) -> bool:
    """Return whether a statement adds 1 to what is kept under a name."""
    match one:
        case ast.AugAssign(target=ast.Subscript(slice=ast.Name(id=key)), op=ast.Add(), value=ast.Constant(value=1)):
            return key == name
        case ast.Assign(
            targets=[ast.Subscript(slice=ast.Name(id=key))], value=ast.BinOp(op=ast.Add(), right=ast.Constant(value=1))
        ):
            return key == name
    return False


def each_once(changed: Changed) -> Iterator[Righted]:
    """Yield the list that a function returns with each of its elements only once, where it first comes."""
    if not EACH_ONCE.search(changed.task) or changed.hides("dict", "list"):
        return
    for part in parts(changed):
        match part:
            case ast.Return(value=ast.ListComp() as value):
                new = f"list({_once(changed, value)})"
            case ast.Return(value=ast.Call(func=ast.Name(id="list" | "sorted" as called), args=[given]) as value):
                more = "".join(f", {one.arg}={written(changed, one.value)}" for one in value.keywords)
                new = f"{called}({_once(changed, given)}{more})"
            case ast.Return(value=ast.Call(func=ast.Attribute(attr="join") as join, args=[given]) as value):
                new = f"{written(changed, join)}({_once(changed, given)})"
            case _:
                continue
        if span := spot(changed, value):
            yield from made(changed, "each comes only once", (*span, new))


def _once(changed: Changed, given: ast.expr) -> str:
    """Return what keeps each element of something once, in the order in which it comes."""
    text = written(changed, given)
    # The brackets of a comprehension are those of the call then.
    is_bare = isinstance(given, ast.ListComp | ast.GeneratorExp) and text[:1] + text[-1:] in {"[]", "()"}
    return f"dict.fromkeys({text[1:-1].strip() if is_bare else text})"


def no_twice(changed: Changed) -> Iterator[Righted]:
    """Yield the function with a question at its beginning whether what it adds is there, and what is done then.

    What is added, and to what, must be at the beginning what it is later.
    """
    if not _TWICE.search(changed.task):
        return
    own = {id(part) for part in own_parts(changed.node)}
    set_here = stored([changed.node])
    adds = [
        (held, one)
        for part in parts(changed)
        if isinstance(part, ast.Call) and id(part) in own
        for held, one in _added(part)
        if one in changed.names and not _is_asked(changed, one, held)
        if set_here.isdisjoint(inner.id for inner in ast.walk(part) if isinstance(inner, ast.Name))
    ]
    # Of a list and another for those who wait, the one that the task speaks of is meant.
    meant = [(held, one) for held, one in adds if len(adds) > 1 and _is_said(changed.task, held)]
    for held, one in meant if len(meant) == 1 else adds:
        if done := _done(changed.task, one):
            made = at_the_top(changed, [f"if {one} in {written(changed, held)}:", f"    {done}"])
            yield from [made] if made else []


def is_added_otherwise(changed: Changed) -> bool:
    """Return whether something is added in some cases only, or given back and the task does not say what is then.

    Or whether it is added to what may keep things more than once, or is no collection.
    """
    always = [
        part.value for part in changed.node.body if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call)
    ]
    returns = [part for part in own_parts(changed.node) if isinstance(part, ast.Return)]
    gives = any(one.value is not None and ast.unparse(one.value) != "None" for one in returns)
    is_told = _RAISES.search(changed.task) or _RETURNS.search(changed.task)
    into = [ast.unparse(held) for call in always for held, _ in _added(call)]
    return not into or any(map(_MANY.search, into)) or (gives and not is_told)


def _added(call: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    """Yield what a name is put into by a call, and the name."""
    match call:
        case ast.Call(func=ast.Attribute(value=held, attr="append" | "add"), args=[ast.Name(id=one)]):
            yield held, one


def _is_said(task: str, held: ast.expr) -> bool:
    """Return whether a task has the word for one of what a collection holds: `self.students`, a student."""
    word = ast.unparse(held).rpartition(".")[2].removesuffix("s")
    return re.search(rf"\b{re.escape(word)}s?\b", task, re.IGNORECASE) is not None


def _done(task: str, one: str) -> str:
    """Return the statement that a task wants where something is there already; nothing where it wants none."""
    if found := _RAISES.search(task):
        return f'raise {found["error"]}(f"already there: {{{one}}}")'
    if values := {found["value"] for found in _RETURNS.finditer(task)}:
        return f"return {values.pop()}" if len(values) == 1 else ""
    return "return" if _NOTHING.search(task) else ""


def _is_asked(changed: Changed, one: str, held: ast.expr) -> bool:
    """Return whether a function asks already whether something is in the collection."""
    return any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], ast.In | ast.NotIn)
        and isinstance(part.left, ast.Name)
        and part.left.id == one
        and ast.dump(part.comparators[0]) == ast.dump(held)
        for part in ast.walk(changed.node)
    )

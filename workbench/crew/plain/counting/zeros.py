"""A count of some known list that has all of it, with 0 for those that do not come: `dict.fromkeys(LEVELS, 0)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, parameters
from workbench.crew.plain.known_fields import fields_of, stems
from workbench.crew.plain.places import Finder, Sure, class_around, made, parts, said_as, set_at_the_top, spot, written
from workbench.crew.slips.righted import Changed, Righted

_WITH_ZERO = re.compile(
    r"(?:\b(?:with|be|show|list|have|has|get|gets|give|say|as|and|at|is|are|a|of|count|contain|include|put|by|on|it)"
    r" (?:an? )?|[:=(] ?|')(?:0(?![\w.,]\d)|zero|nought|nil)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:leave|skip|omit|ignore|hide|drop|remove|not list|not show)\b[^.,;]{0,40}\b(?:0|zero)\b"
    r"|\bwithout (?:\w+ )?(?:0|zero)\b"
    r"|\b(?:0|zero)\b[^.;]{0,40}\b(?:left out|omitted|skipped|hidden|dropped|removed)\b"
    r"|\b(?:should|must) (?:not|never)\b|shouldn't",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:\w+\.)?(?:list|List|[Ss]equence|Iterable|Collection|tuple|Tuple|set|Set|frozenset|dict|Dict)\b"
)


def all_with_zero(changed: Changed, *, is_named: bool = False) -> Iterator[Righted]:
    """Yield a dictionary in which a function adds up begun with all of a list that the task names, each with 0.

    The list is one at the file's top, one that is given, or a field; where it is a number, all from 1 up to it.

    Args:
        changed: the function as it is, and what is asked.
        is_named: whether the task must have the list's name, or its words.
    """
    if not _WITH_ZERO.search(changed.task) or _WITHOUT.search(changed.task):
        return
    for name, value, key in _tables(changed):
        for held in _known(changed, key, must_be=is_named):
            match value:
                case ast.Dict() | ast.Call(func=ast.Name(id="dict"), args=[]):
                    new = held
                case ast.Call(func=ast.Name(id="Counter") | ast.Attribute(attr="Counter"), args=[]):
                    new = f"{written(changed, value.func)}({held})"
                case ast.Call(func=ast.Name(id="defaultdict") | ast.Attribute(attr="defaultdict"), args=[kind]):
                    new = f"{written(changed, value.func)}({written(changed, kind)}, {held})"
                case _:
                    continue
            if span := spot(changed, value):
                yield from made(changed, f"`{name}` begins as `{new}`", (*span, new))


def _tables(changed: Changed) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Yield dictionaries of numbers that begin empty and that are returned: what they begin as, and a key."""
    returned = {ast.unparse(one) for one in own_parts(changed.node) if isinstance(one, ast.Return)}
    for part in parts(changed):
        match part:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if not (isinstance(value, ast.Dict) and value.keys) and len(changed.sets(name)) == 1:
                keys = list(_keys(changed, name))
                if len(keys) == 1 and any(re.search(rf"\b{re.escape(name)}\b", one) for one in returned):
                    yield name, value, keys[0]


def _keys(changed: Changed, name: str) -> Iterator[ast.expr]:
    """Yield the keys under which a dictionary is added to."""
    for part in parts(changed):
        match part:
            case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=held), slice=key), op=ast.Add()) if held == name:
                yield key
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id=held), slice=key)],
                value=ast.BinOp(left=ast.Call(func=ast.Attribute(attr="get"), args=[_, ast.Constant(value=0)])),
            ) if held == name:
                yield key


def _known(changed: Changed, key: ast.expr, *, must_be: bool) -> Iterator[str]:
    """Yield a dictionary with 0 for all of the lists that a task names, or whose name says what the keys are."""
    words = set(stems(re.sub(rf"\b{changed.node.name}\b", "", changed.task)))
    key_word = ast.unparse(key).rpartition(".")[2].lower()
    scored: list[tuple[int, str]] = []
    # What is gone through to count is not what is to be there without any.
    gone_through = {ast.unparse(one.iter) for one in parts(changed) if isinstance(one, ast.For | ast.comprehension)}
    for held, value in _lists(changed):
        if any(re.search(rf"(?<![\w.]){re.escape(held)}\b", one) for one in gone_through):
            continue
        own = set(stems(held.rpartition(".")[2].replace("_", " ")))
        is_named = re.search(rf"(?<![\w.]){re.escape(held.rpartition('.')[2])}(?!\w)", changed.task) is not None
        if is_named or own <= words or (not must_be and key_word.removesuffix("s") in own):
            # What the keys are called and what the task says is likelier than what only one of them says.
            scored.append((2 * is_named + (key_word in own) + (own <= words), value))
    for _, value in sorted(scored, key=lambda one: -one[0])[:3]:
        yield value


def _lists(changed: Changed) -> Iterator[tuple[str, str]]:
    """Yield the lists and numbers that a function knows: each with a dictionary that has 0 for all of it."""
    for name, value in set_at_the_top(changed.tree):
        match value:
            case _ if name in changed.own:
                continue
            case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
                if elts and all(isinstance(one, ast.Tuple) for one in elts):
                    continue
                yield name, f"dict.fromkeys({name}, 0)"
            case ast.Dict() | ast.Call(func=ast.Name(id="frozenset" | "tuple" | "set" | "list")):
                yield name, f"dict.fromkeys({name}, 0)"
            case ast.Constant(value=int() as number) if not isinstance(number, bool):
                yield name, _up_to(changed, name, name)
    for name, one in parameters(changed.node).items():
        if one.node.annotation and _LISTS.match(ast.unparse(one.node.annotation)) and not changed.sets(name):
            yield name, f"dict.fromkeys({name}, 0)"
    owner = class_around(changed)
    for field, kind in (fields_of(owner) if owner and "self" in parameters(changed.node) else {}).items():
        if kind == "int":
            yield f"self.{field}", _up_to(changed, f"self.{field}", field)
        elif not kind or _LISTS.match(kind):
            yield f"self.{field}", f"dict.fromkeys(self.{field}, 0)"


def _up_to(changed: Changed, most: str, name: str) -> str:
    one = name.lstrip("_").lower().removesuffix("s")
    each = one if one.isidentifier() and one not in changed.own and one != name else "number"
    return f"{{{each}: 0 for {each} in range(1, {most} + 1)}}"


def surely_all(changed: Changed) -> Iterator[Righted]:
    """Yield the same where the task names the list, or says its words."""
    yield from all_with_zero(changed, is_named=True)


FINDERS: tuple[Finder, ...] = (all_with_zero,)
SURE: tuple[Sure, ...] = (
    (
        surely_all,
        said_as(
            r"^(?!.*\b(?:unless|except|only if|(?:list|show|count|give|have|has|contain)s? only|others?"
            r"|until|left out"
            r"|ignored|count as|from (?:0|zero)"
            r"|none (?:is|are|of)|instead|rais\w*|default|parameter|sort\w*|order of|last)\b)"
            r".*\b(?:all|every|each|everybody|everyone|nobody|no one|those|none)\b"
        ),
        1,
    ),
)

"""What is refused as more than there is, or than there is room for: `less in stock than should be taken`, `full`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.judging.stated import own_parts, work_of
from workbench.crew.plain.places import Finder, set_at_the_top, written
from workbench.crew.plain.refusing.members import Member, own_members, self_of
from workbench.crew.plain.refusing.refusals import Refusal, guard, put_before, refusal, worded
from workbench.crew.plain.refusing.refused_numbers import is_of_given
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored

_TOO_MUCH = re.compile(
    r"\b(?:(?:less|fewer|more|greater|larger|higher|smaller|lower|beyond)\b.*?\b(?:than(?! (?:-?\d|zero|one)\b)|there)"
    r"|(?:not|n't|too) (?:enough|much|many|few|little)|no \w+(?: \w+)? (?:is |are )?left|nothing (?:is )?left"
    r"|below (?:zero|0)|negative|empty|used up|runs? out|insufficient|sold out|out of stock|overdra\w+|exceeds?|over"
    r"|all (?:gone|used)|suffice)\b|n't enough\b",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"\b(?:full|no (?:more |free )?\w+ (?:is |are )?(?:left|free|available)|no (?:more )?(?:room|space|free \w+)"
    r"|sold out|(?:fully )?booked(?: out| up)?|capacity|exceed\w*|limit|maximum|overfill\w*|overflow\w*"
    r"|fits?|too (?:many|much)|more (?:\w+ )?than|all \w+ (?:are )?taken)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(r"(?:^|_|\.)(?:left|free|available|balance|remaining|rest|open|stock|spare|room|vacan\w+)(?:_|$)")
_CAPACITY = re.compile(r"(?:^|_)(?:places|capacity|size|max\w*|limit|seats|most|slots|spots)(?:_|$)", re.IGNORECASE)
_NONE_LEFT = re.compile(r"\bno (?:more |free )?(?P<what>[a-z]+)(?: is| are)? (?:left|free|available)\b")


def refused_amounts(changed: Changed) -> Iterator[Righted]:
    """Yield the function with an error where more would be taken than there is, or put in than there is room for."""
    wish = refusal(changed)
    if wish is None or not self_of(changed) or is_of_given(changed, wish):
        return
    own = [one for one in own_parts(changed.node) if isinstance(one, ast.Assign | ast.AugAssign)]
    if _TOO_MUCH.search(wish.case):
        for part in own:
            if found := _taken(part):
                yield from _more_than_there(changed, wish, part, *found)
        yield from _more_than_left(changed, wish, own)
    if _FULL.search(wish.case) and not any(map(_taken, own)):
        yield from _full(changed, wish)
        yield from _over(changed, wish, own)


def _taken(part: ast.stmt) -> tuple[ast.expr, ast.expr] | None:
    """Return what there is and what a statement takes of it."""
    match part:
        case ast.AugAssign(target=ast.Attribute() | ast.Subscript() as target, op=ast.Sub(), value=value):
            return target, value
        case ast.Assign(
            targets=[ast.Attribute() | ast.Subscript()],
            value=ast.BinOp(
                left=ast.Attribute() | ast.Subscript() | ast.Call() | ast.Name() as held, op=ast.Sub(), right=value
            ),
        ):
            return held, value
    return None


def _more_than_there(
    changed: Changed, wish: Refusal, part: ast.stmt, held: ast.expr, value: ast.expr
) -> Iterator[Righted]:
    """Yield an error where a value is more than what it is taken of."""
    there = written(changed, held)
    what = f"{written(changed, value)}"
    match value:
        case ast.Name(id=name) if name in changed.names and not changed.sets(name):
            test = f"{what} > {there}"
        case ast.Constant(value=int()):
            test = f"{there} < {what}"
        case _:
            return
    keys = [
        one.id for one in ast.walk(held) if isinstance(one, ast.Name) and one.id in changed.names and one.id != what
    ]
    said = _left_message(wish, there, keys, is_one=isinstance(value, ast.Constant))
    message = worded(wish, said, test, "")
    local = stored([changed.node]) & {one.id for one in ast.walk(held) if isinstance(one, ast.Name)}
    if not message or _is_asked(changed, test):
        return
    if local or part not in changed.node.body:
        in_loop = any(
            isinstance(one, ast.For | ast.While | ast.AsyncFor) and part in ast.walk(one)
            for one in ast.walk(changed.node)
        )
        if not in_loop:
            yield from put_before(changed, part, f"if {test}:", f"    raise {wish.error}({message})")
    else:
        yield from guard(changed, wish, test, said, *[what, *keys])


def _left_message(wish: Refusal, there: str, keys: list[str], *, is_one: bool) -> str:
    """Return the message of what is not enough, as it is written in a file."""
    found = _NONE_LEFT.search(wish.case)
    of = f" of {{{keys[0]}}}" if keys else ""
    if is_one:
        return f'"no {found["what"]} left"' if found else '"nothing left"'
    if any(sign in there for sign in "\"'{}\\"):
        return f'f"not enough{of} left"' if of else '"not enough left"'
    return f'f"only {{{there}}}{of} left"'


def _is_asked(changed: Changed, test: str) -> bool:
    asked = [ast.unparse(one.test) for one in ast.walk(changed.node) if isinstance(one, ast.If)]
    left, _, right = (part.strip() for part in re.split(r"([<>])", test, maxsplit=1))
    return any(left in one and right in one and re.search(r"[<>]", one) for one in asked)


def _more_than_left(changed: Changed, wish: Refusal, own: list[ast.Assign | ast.AugAssign]) -> Iterator[Righted]:
    """Yield an error where what is counted as used is more than a field or a method tells to be left."""
    left = [one for one in own_members(changed) if one.kind == "number" and _LEFT.search(one.name)]
    for part in own:
        match part:
            case ast.AugAssign(target=ast.Attribute() as target, op=ast.Add(), value=value):
                pass
            case _:
                continue
        for one in left:
            if one.text == ast.unparse(target) or not _is_said(one, wish.case):
                continue
            match value:
                case ast.Name(id=name) if name in changed.names:
                    test = f"{name} > {one.text}"
                    yield from guard(changed, wish, test, _left_message(wish, one.text, [], is_one=False), name)
                case ast.Constant(value=1):
                    test = f"{one.text} < 1"
                    yield from guard(changed, wish, test, _left_message(wish, one.text, [], is_one=True), "self")


def _is_said(one: Member, case: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", case.lower()) for word in one.words)


def _full(changed: Changed, wish: Refusal) -> Iterator[Righted]:
    """Yield an error where what something is put into has no place left."""
    puts = [held for part in work_of(changed.node) for held in _puts(part)]
    if not puts:
        return
    found = _NONE_LEFT.search(wish.case)
    every = own_members(changed)
    titles = [one.text for one in every if one.name in {"name", "title"}]
    said = f'"no {found["what"]} left"' if found else f'f"{{{titles[0]}}} is full"' if titles else '"already full"'
    for one in every:
        if one.kind == "flag" and "full" in one.words:
            yield from guard(changed, wish, one.text, said, "self")
        elif one.kind == "flag" and {"room", "space", "free", "vacancy"} & {*one.words}:
            yield from guard(changed, wish, f"not {one.text}", said, "self")
        elif _LEFT.search(one.name) and one.kind in {"number", "many"}:
            yield from guard(
                changed, wish, f"{one.text} < 1" if one.kind == "number" else f"not {one.text}", said, "self"
            )
    for held in puts:
        for limit in _limits(changed, every):
            if not changed.hides("len"):
                yield from guard(changed, wish, f"len({held}) >= {limit}", said, "self")


def _limits(changed: Changed, every: list[Member]) -> list[str]:
    """Return what may limit how much there is: a field of the class, or a number that the file sets at its top."""
    fields = [one.text for one in every if one.kind in {"number", "other"} and _CAPACITY.search(one.name)]
    fields = [text for text in fields if not _LEFT.search(text.removesuffix("()"))]
    tops = [name for name, value in set_at_the_top(changed.tree) if isinstance(value, ast.Constant)]
    return fields or [name for name in tops if _CAPACITY.search(name) and name not in changed.own]


def _puts(part: ast.stmt) -> Iterator[str]:
    """Yield the field that a statement puts something into."""
    match part:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Attribute() as held, attr="append" | "add"))):
            yield ast.unparse(held)
        case ast.Assign(targets=[ast.Subscript(value=ast.Attribute() as held)]):
            yield ast.unparse(held)


def _over(changed: Changed, wish: Refusal, own: list[ast.Assign | ast.AugAssign]) -> Iterator[Righted]:
    """Yield an error where a field would grow beyond what limits it."""
    for part in own:
        match part:
            case ast.AugAssign(target=ast.Attribute() as target, op=ast.Add(), value=ast.Name(id=name)) if (
                name in changed.names and not changed.sets(name)
            ):
                for limit in _limits(changed, own_members(changed)):
                    test = f"{ast.unparse(target)} + {name} > {limit}"
                    if limit != ast.unparse(target) and not _is_asked(changed, test):
                        yield from guard(changed, wish, test, f'f"more than {{{limit}}}: {{{name}}}"', name)


FINDERS: tuple[Finder, ...] = (refused_amounts,)

"""Entries of a table, or lines of a list, left out where their number is 0 or less, or their value is None or empty."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.plain.leaving.filters import skipping, with_condition, without_amounts
from workbench.crew.plain.leaving.kept import skipped
from workbench.crew.plain.leaving.wanted import LEAVES, ONLY
from workbench.crew.plain.places import Finder, Sure, parts, put, said_as, spot
from workbench.crew.slips.righted import Changed, Righted

_ZERO = re.compile(
    r"(?<![\w.,'\"\[(])(?:0|zero)(?![\w,'\"]|\.\d)|\b(?:nothing|nobody|no one|none|empty|unused|unsold|zeros?)\b"
    r"|\bno [a-z]+s?\b|\b(?:n't|not|never)\b[^.;]{0,30}\b(?:any|at all|used|sold|booked)\b|\bwithout any\b"
    r"|\b(?:still|remains?|stayed|stay|are|is) the same\b|\b(?:un|not )changed\b|\benough\b|\bat least one\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:negative|(?:less|lower|fewer) than|below|under|or less|too much|more than enough|enough|owe|owes|owing"
    r"|overpaid|above (?:0|zero)|more than (?:0|zero|nothing)|positive|still (?:has|have) to)\b",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"(?<![\w.,'\"\[(])(?:0|zero)(?![\w,'\"]|\.\d)", re.IGNORECASE)
_NONE = re.compile(r"(?<![\w'\"])None\b(?!['\"])|\bno value\b|\bnot set\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|option\w*|argument|instead|rais\w*|only (?:if|when))\b", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"\b(?:than|below|under|above|over|least|most) (?:\w+ ){0,1}?(?:[1-9]\d*|\d*[.,]\d*[1-9])(?!\w)", re.IGNORECASE
)
_OF_SIGNS = re.compile(
    r"\b(?:case|white ?spaces?|blanks?|spaces?|blank lines?|empty lines?|comments?|zero(?:e?s)? in front)\b",
    re.IGNORECASE,
)
_THEM = re.compile(r"\b(?:them|those|these|such|they|that|it)\b", re.IGNORECASE)
_NAMES = ("amount", "number", "value", "rest")
_SUMS = (ast.BinOp, ast.Call)
_WHAT_IS_0 = re.compile(
    r"\b(?:whose|the|an?|where the) (?:\w+ )??(\w+) (?:is|are|of) (?:only |just )?(?:0|zero|None|empty)\b"
    r"|\b(?:with|have|has|at) (?:only |just )?(?:0|zero) (\w+)\b",
    re.IGNORECASE,
)
"""What is 0: `whose count is 0`, `with 0 pieces`."""

_NOTHING_ON_IT = re.compile(r"\b(?:on|of|for|in) (?:which|whom) nothing\b", re.IGNORECASE)
_OF_ANY = frozenset({"count", "amount", "number", "value", "quantity", "piece", "unit"})


def entries_left_out(changed: Changed) -> Iterator[Righted]:
    """Yield a table, or lines, without the entries whose value is nothing, as a task wants."""
    task = changed.task
    if not _is_wished(task) or _OTHERWISE.search(task) or _OTHER_NUMBER.search(task):
        return
    if next(without_amounts(changed), None) is not None:
        # It is found already, and may be written in another way.
        return
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension() as each])
                | ast.GeneratorExp(generators=[ast.comprehension() as each])
                | ast.DictComp(generators=[ast.comprehension() as each])
                | ast.SetComp(generators=[ast.comprehension() as each])
            ) if (name := _value_of(each.target, each.iter)) and not _is_asked(changed, name):
                yield from with_condition(changed, each, _kept(changed, name))
            case ast.For(target=target, iter=values, orelse=[]):
                name = _value_of(target, values)
                if name and not _is_asked(changed, name) and not changed.sets(name)[1:]:
                    yield from _of_each(changed, part, name)
                yield from _of_what_is_made(changed, part)


def _is_wished(task: str) -> bool:
    """Return whether a sentence wants what is nothing left out, or only the rest, or one behind it wants that."""
    sentences = [one for one in re.split(r"(?<=[.!?;])\s+|\n", task) if not _OF_SIGNS.search(one)]
    for number, sentence in enumerate(sentences):
        is_nothing = any(one.search(sentence) for one in (_ZERO, _LESS, _NONE))
        later = [one for one in sentences[number + 1 :] if LEAVES.search(one) and _THEM.search(one)]
        if is_nothing and (LEAVES.search(sentence) or ONLY.search(sentence) or later):
            return True
    return False


def _of_each(changed: Changed, loop: ast.For, name: str) -> Iterator[Righted]:
    """Yield a loop over a table that passes over entries whose value is nothing."""
    if len(loop.body) > 1 or not isinstance(loop.body[0], ast.Expr | ast.Assign | ast.AugAssign):
        yield from skipping(changed, loop, _kept(changed, name, left_out=True))
    else:
        yield from skipped(changed, loop, _kept(changed, name), _kept(changed, name, left_out=True))


def _of_what_is_made(changed: Changed, loop: ast.For) -> Iterator[Righted]:
    """Yield a loop whose last statement is done only where what it puts somewhere is something."""
    last, lines = loop.body[-1], changed.lines
    while isinstance(last, ast.If) and not last.orelse:
        last = last.body[-1]
    span, margin = lines.span(last), lines.indent(last.lineno)
    if not changed.have_their_lines(span) or "\n" in lines.text[slice(*span)]:
        return
    match last:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=table)) as place], value=ast.expr() as value):
            if any(isinstance(one, ast.Name) and one.id == table for one in ast.walk(value)):
                # What is counted in a table is something each time.
                return
            if isinstance(value, ast.Name):
                test = _kept(changed, value.id)
                yield from put(changed, f"`if {test}`", (*span, f"if {test}:\n{margin}    {lines.text[slice(*span)]}"))
            elif isinstance(value, _SUMS) and (held := spot(changed, value)) and (at := spot(changed, place)):
                name = next((one for one in _NAMES if one not in changed.own and not changed.looks(one)), "")
                test = _kept(changed, name)
                rows = (
                    f"{name} = {lines.text[slice(*held)]}",
                    f"if {test}:",
                    f"    {lines.text[slice(*at)]} = {name}",
                )
                if name:
                    yield from put(changed, f"`if {test}`", (*span, f"\n{margin}".join(rows)))
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[given], keywords=[])):
            looks = {one.id for one in ast.walk(given) if isinstance(one, ast.Name)}
            for name, is_list in _made_in(loop).items():
                if name in looks and not _is_asked(changed, name):
                    test = _kept(changed, name, is_list=is_list)
                    new = f"if {test}:\n{margin}    {lines.text[slice(*span)]}"
                    yield from put(changed, f"`if {test}`", (*span, new))


def _made_in(loop: ast.For) -> dict[str, bool]:
    """Return the names that a loop sets once to what is counted or worked out, each with whether it may be a list."""
    found = [
        (one.targets[0].id, one.value)
        for one in loop.body
        if isinstance(one, ast.Assign) and len(one.targets) == 1 and isinstance(one.targets[0], ast.Name)
    ]
    names = [name for name, _ in found]
    return {
        name: not (isinstance(value, ast.BinOp) or ast.unparse(value).startswith(("sum(", "len(", "round(")))
        for name, value in found
        if names.count(name) == 1 and isinstance(value, (*_SUMS, ast.ListComp))
    }


def _value_of(target: ast.expr, values: ast.expr) -> str:
    """Return what goes by the value of each entry of a table: `count` of `for dish, count in sorted(x.items())`."""
    match values:
        case ast.Call(func=ast.Name(id="sorted" | "list" | "reversed"), args=[inner, *_]):
            return _value_of(target, inner)
    match target, values:
        case (
            ast.Tuple(elts=[ast.Name(), ast.Name(id=name)]),
            ast.Call(func=ast.Attribute(attr="items" | "most_common")),
        ):
            return name
    return ""


def _is_asked(changed: Changed, name: str) -> bool:
    """Return whether a function asks of a value whether it is something."""
    tests = [part.test for part in parts(changed) if isinstance(part, ast.If | ast.IfExp | ast.While)]
    tests += [test for part in parts(changed) if isinstance(part, ast.comprehension) for test in part.ifs]
    said = rf"(?:^|not |and |or ){name}(?:$| (?:and|or|[!=<>]=?|is))"
    return any(re.search(said, ast.unparse(test)) for test in tests)


def _kept(changed: Changed, name: str, *, left_out: bool = False, is_list: bool = False) -> str:
    """Return the question whether a value is something, or the opposite."""
    if _NONE.search(changed.task) and not re.search(r"\b(?:0|zero)\b", changed.task):
        return f"{name} is {'' if left_out else 'not '}None"
    if _LESS.search(changed.task):
        return f"{name} {'<=' if left_out else '>'} 0"
    if not is_list and _IN_FIGURES.search(changed.task):
        return f"{name} {'==' if left_out else '!='} 0"
    return f"not {name}" if left_out else name


def entries_surely_left_out(changed: Changed) -> Iterator[Righted]:
    """Yield what `entries_left_out` does, where the task's words for what is 0 are the name of the value, or of any.

    Of "days on which nothing is shown" it is what is made of each day, and not the value of a table.
    """
    loops = [part for part in parts(changed) if isinstance(part, ast.For)]
    if _NOTHING_ON_IT.search(changed.task):
        made_there = [one for loop in loops for one in _made_in(loop).items()]
        if len(made_there) == 1 and not any(_value_of(loop.target, loop.iter) for loop in loops):
            yield from entries_left_out(changed)
        return
    names = {
        name
        for part in parts(changed)
        if isinstance(part, ast.For | ast.comprehension) and (name := _value_of(part.target, part.iter))
    }
    if len(names) == 1 and all(_is_word_of(one[1] or one[2], *names) for one in _WHAT_IS_0.finditer(changed.task)):
        yield from entries_left_out(changed)


def _is_word_of(word: str, name: str) -> bool:
    """Return whether a word of the task is the name of a value, or one for a number of anything."""
    bare = word.lower().removesuffix("s")
    return bare in _OF_ANY or bare in {one.removesuffix("s") for one in name.lower().split("_")}


FINDERS: tuple[Finder, ...] = (entries_left_out,)

SURE: tuple[Sure, ...] = (
    (
        entries_surely_left_out,
        said_as(
            r"^(?!.*\b(?:unless|except|if|when|only|but|also (?:show|print)|sort\w*|order by|rais\w*|total|sum|instead"
            r"|end|first|last|more than \d|less than [1-9]|below [1-9]|line above|once|twice|and"
            r"|no longer|stay\w*|just"
            r"|others?|rest|wrong|negative|colon|lines?|columns?|in the \w+ in"
            r"|(?:hide|omit|skip|drop|leave out|ignore|show"
            r""
            r"|print|list) (?:the|an?) \w+ (?:for|of|in|at|on|from|behind)(?! wh))\b)"
            rf".*(?:{_WHAT_IS_0.pattern}|{_NOTHING_ON_IT.pattern})"
        ),
        1,
    ),
)

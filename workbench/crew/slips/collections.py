"""What an answer drops from a collection, or goes through twice where it can be gone through once."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeGuard

from workbench import python_ast
from workbench.crew.plain.places import alone, made, spot
from workbench.crew.plain.wording.signs import named_signs
from workbench.crew.slips.righted import Changed, Righted, instead
from workbench.edits.parses import tree_of

_TAKES_OUT = re.compile(
    r"\b(?:remove|drop|delete|without|no longer|instead|only|replac\w*|swap|renam\w*|not (?:accept|allow|take)"
    r"|reject|chang\w*|correct\w*|fix\w*|wrong\w*|typos?|spell\w*|misspell\w*|rather than|should (?:be|read|say))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)([\"'`])((?:(?!\1).){0,12})\1(?!\w)")
_MOST_QUOTED = 3
_ESCAPES = "\"'`\\%{}$&"
_OF_EMPTY = re.compile(r"\b(?:empty|blanks?|nothing|leaves? out|left out|skips?|drops?|ignores?)\b", re.IGNORECASE)
_OF_RUNS = re.compile(
    r"\b(?:runs?|collaps\w*|squeez\w*|consecutive|repeated|in a row|multiple|several|never two|more than one"
    r"|doubl\w*)\b",
    re.IGNORECASE,
)

_OF_SIGNS = re.compile(r"\b(?:stands? for|means?|literal\w*|escap\w*|itself)\b", re.IGNORECASE)
"""How a task speaks of a sign that is said twice to be meant once."""

_TOGETHER = re.compile(
    r"\b(?:followed by|together|in a row|both ways|twice|one after the other|concatenat\w*|in addition|as well as the"
    r"|(?:then|and) (?:the parts|those|again)|once (?:at|by))\b",
    re.IGNORECASE,
)
"""How a task speaks of two signs that are one, or of a text that is to be cut twice."""

_ACTS = (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom)
_Literal = ast.Tuple | ast.List | ast.Set


def put_back(changed: Changed) -> Righted | None:
    """Return the answer with what a literal collection lost, where it got something new, put back at its end.

    A model that adds a word to a list likes to leave out an odd one, such as the empty text.
    """
    if changed.was is None or _TAKES_OUT.search(changed.task):
        return None
    there = Counter(ast.dump(part) for part in ast.walk(changed.node))
    before = Counter(ast.dump(part) for part in ast.walk(changed.was))
    gone = [part for part in ast.walk(changed.was) if _is_of_texts(part) and ast.dump(part) not in there]
    swaps: list[tuple[int, int, str]] = []
    said = ""
    for part in changed.new:
        if not _is_of_texts(part):
            continue
        now = [ast.dump(one) for one in part.elts]
        like = [one for one in gone if type(one) is type(part) and _shares(one, now)]
        if len(like) != 1:
            continue
        # What stands somewhere else now was moved there.
        lost = [one for one in like[0].elts if there[ast.dump(one)] < before[ast.dump(one)]]
        lost = [one for one in lost if ast.dump(one) not in now]
        begin, end = changed.lines.span(part.elts[-1])
        if lost and _stands_alone(changed.lines.text, begin, end, part.elts[-1]):
            said = ", ".join(_written(python_ast.literal_eval(one), changed.lines.text[begin:end]) for one in lost)
            swaps.append((end, end, f", {said}"))
    return changed.righted(f"{said} stays where it was", *swaps) if swaps else None


def _written(text: object, beside: str) -> str:
    """Return a text as it is written where `beside` is written too: in quotes of that kind."""
    plain = repr(text)
    is_double = beside.startswith('"') and not {'"', "\\"} & {*plain} and plain.startswith("'")
    return f'"{text}"' if is_double else plain


def _stands_alone(text: str, begin: int, end: int, last: ast.expr) -> bool:
    """Return whether the last of some constants is where it is thought to be, and in no brackets of its own."""
    try:
        value = python_ast.literal_eval(text[begin:end].strip())
    except (ValueError, SyntaxError):
        # Python 3.11 does not always know where a part of an f-string stands.
        return False
    return value == getattr(last, "value", None) and not text[:begin].rstrip().endswith("(")


def _is_of_texts(part: ast.AST) -> TypeGuard[_Literal]:
    """Return whether a part lists texts; numbers that are listed stand for something by their places."""
    return (
        isinstance(part, _Literal)
        and isinstance(getattr(part, "ctx", ast.Load()), ast.Load)
        and len(part.elts) > 1
        and all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in part.elts)
    )


def _shares(old: _Literal, now: list[str]) -> bool:
    """Return whether a literal has most of what an old one has, and more."""
    was = [ast.dump(one) for one in old.elts]
    kept = [one for one in was if one in now]
    return len(kept) * 2 > len(was) and any(one not in was for one in now)


def also_listed(changed: Changed, said: str) -> Iterator[Righted | None]:
    """Yield the answer with what a failing test passes put into a new list of texts that are told from all others."""
    wanted = list(dict.fromkeys(_passed(changed.node.name, said)))[:_MOST_QUOTED]
    for part in changed.new:
        match part:
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[listed]) if _is_of_texts(listed):
                known = {one.value for one in listed.elts if isinstance(one, ast.Constant)}
                begin, end = changed.lines.span(listed.elts[-1])
                stands = _stands_alone(changed.lines.text, begin, end, listed.elts[-1])
                for text in wanted:
                    if stands and text not in known:
                        said = _written(text, changed.lines.text[begin:end])
                        yield changed.righted(f"{said} is listed too", (end, end, f", {said}"))


def _passed(name: str, said: str) -> Iterator[str]:
    """Yield the texts that calls of a function pass in lines of a failed test."""
    for line in said.splitlines():
        tree = tree_of(line.strip())
        for node in ast.walk(tree) if tree and f"{name}(" in line else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value:
                        yield given.value


def other_value(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a new condition of a comprehension made a choice: what does not fit stays, or is quoted.

    A model that is to do something else for some elements likes to leave them out.
    """
    if changed.was is None:
        return
    plain = {
        ast.dump(part.elt)
        for part in ast.walk(changed.was)
        if isinstance(part, ast.ListComp | ast.SetComp | ast.GeneratorExp) and not part.generators[-1].ifs
    }
    quoted = list(dict.fromkeys(text for _, text in _QUOTED.findall(changed.task)))[:_MOST_QUOTED]
    for part in changed.new:
        if not isinstance(part, ast.ListComp | ast.SetComp | ast.GeneratorExp) or ast.dump(part.elt) not in plain:
            continue
        last = part.generators[-1]
        if len(last.ifs) != 1 or isinstance(part.elt, ast.IfExp):
            continue
        others: list[ast.expr] = [ast.Constant(text) for text in quoted]
        if isinstance(last.target, ast.Name) and not isinstance(part.elt, ast.Name):
            others.append(ast.Name(last.target.id, ast.Load()))
        for other in others:
            chosen = copy.deepcopy(part)
            chosen.generators[-1].ifs = []
            chosen.elt = ast.IfExp(last.ifs[0], part.elt, other)
            yield instead(changed, part, chosen)


def joined_splits(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a text cut at one sign, and again at another, cut at either of them."""
    for part in changed.new:
        if found := _cut_twice(part):
            yield _cut_at_either(changed, part, *found)


def at_both_signs(changed: Changed) -> Righted | None:
    """Return the answer with a text cut at one sign, and again or at once at another, cut at either of them.

    It is only done where the text was cut at one of them before, and no word says that both are meant.
    """
    old = [part for part in ast.walk(changed.was) if isinstance(part, ast.expr)] if changed.was else []
    if _TOGETHER.search(changed.task) or any(map(_cut_twice, old)):
        return None
    cut_before = {(ast.dump(found[0]), found[1]) for part in old if (found := _cut(part))}
    for part in changed.new:
        if twice := _cut_twice(part):
            value, *both = twice
            if any((ast.dump(value), sign) in cut_before for sign in both):
                return _cut_at_either(changed, part, *twice)
        elif (cut := _cut(part)) and _is_two(cut[1]) and cut[1] not in changed.task:
            value, signs = cut
            for first, second in ((signs[0], signs[1]), (signs[1], signs[0])):
                if (ast.dump(value), first) in cut_before and _is_named(changed.task, second):
                    return _cut_at_either(changed, part, value, first, second)
    return None


def _is_two(signs: str) -> bool:
    return len(signs) == len(set(signs)) == 2 and not signs.isalnum() and " " not in signs


def _is_named(task: str, sign: str) -> bool:
    return sign in named_signs(task) or bool(re.search(rf"(?<!\S){re.escape(sign)}(?!\S)", task))


def _cut(part: ast.AST) -> tuple[ast.expr, str] | None:
    """Return the text that is cut, and the sign it is cut at; None also where asking for the text does something."""
    match part:
        case ast.Call(func=ast.Attribute(value=value, attr="split"), args=[ast.Constant(value=str(sign))], keywords=[]):
            inner = list(ast.walk(value))
            calls = [one.func for one in inner if isinstance(one, ast.Call)]
            is_calm = all(isinstance(one, ast.Attribute) and hasattr(str, one.attr) for one in calls)
            return (value, sign) if is_calm and not any(isinstance(one, _ACTS) for one in inner) else None
    return None


def _cut_twice(part: ast.AST) -> tuple[ast.expr, str, str] | None:
    """Return the text that is cut at two signs, one after the other, and these."""
    if not isinstance(part, ast.BinOp) or not isinstance(part.op, ast.Add):
        return None
    left, right = _cut(part.left), _cut(part.right)
    if not left or not right or ast.dump(left[0]) != ast.dump(right[0]):
        return None
    first, second = left[1], right[1]
    return None if first in second or second in first else (left[0], first, second)


def _cut_at_either(changed: Changed, part: ast.AST, value: ast.expr, first: str, second: str) -> Righted | None:
    span = spot(changed, part) if isinstance(part, ast.expr) else None
    text = f"{alone(changed, value)}.replace({second!r}, {first!r}).split({first!r})"
    return next(made(changed, f"`{text}`", (*span, text)), None) if span else None


def asked_when_cleaned(changed: Changed) -> Righted | None:
    """Return the answer with empty elements left out by what they are once they are cleaned, as they come out."""
    # What may be None cannot be stripped.
    if not _OF_EMPTY.search(changed.task) or "None" in changed.task:
        return None
    for part in changed.new:
        match part:
            case ast.ListComp(
                elt=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="strip"), args=[]) as cleaned,
                generators=[ast.comprehension(target=ast.Name(id=target), ifs=[ast.Name(id=asked) as test])],
            ) if name == target == asked:
                said, span = ast.unparse(cleaned), changed.lines.span(test)
                return changed.righted(f"`if {said}`", (*span, said)) if changed.stand_there([span], name) else None
    return None


def until_gone(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a doubled sign that is replaced by a single one replaced until there is none.

    `text.replace("--", "-")` makes two of four.
    """
    lines = changed.lines
    for part in changed.new:
        match part:
            case ast.If(test=ast.Compare(), body=[ast.Assign() as step], orelse=[]) if found := _halves(step):
                name, doubled, _ = found
                if ast.unparse(part.test) == f"{doubled!r} in {name}":
                    begin = lines.span(part)[0]
                    yield changed.righted(f"`while {doubled!r} in {name}`", (begin, begin + len("if"), "while"))
            case ast.Assign() | ast.Return() if (found := _halves(part)) and not _is_repeated(changed, part):
                name, doubled, row = found
                begin, end = lines.span(part)
                margin = lines.indent(part.lineno)
                loop = f"while {doubled!r} in {name}:\n{margin}    {row}"
                loop += f"\n{margin}return {name}" if isinstance(part, ast.Return) else ""
                rest = lines.text[end : lines.end(part.end_lineno or part.lineno)].strip()
                stands_alone = not lines.text[lines.start(part.lineno) : begin].strip() and rest[:1] in {"", "#"}
                if stands_alone and name in changed.own:
                    yield changed.righted(f"`while {doubled!r} in {name}`", (begin, end, loop))


def collapsed(changed: Changed) -> Righted | None:
    """Return what `until_gone` does first, where the task speaks of runs; a doubled quote stands for one, once."""
    steps = [_halves(part) for part in changed.new if isinstance(part, ast.stmt)]
    escapes = any(step is not None and set(step[1]) & {*_ESCAPES} for step in steps)
    is_of_runs = _OF_RUNS.search(changed.task) and not _OF_SIGNS.search(changed.task)
    return next(until_gone(changed), None) if is_of_runs and not escapes else None


def _halves(step: ast.stmt) -> tuple[str, str, str] | None:
    """Return the name, the doubled text and the step, where that replaces a text said twice by the same said once."""
    match step:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.Return(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))) as value)
        ):
            match value:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id=owner), attr="replace"),
                    args=[ast.Constant(value=str() as doubled), ast.Constant(value=str() as single)],
                ) if owner == name and single and doubled == single * 2:
                    return name, doubled, f"{name} = {name}.replace({doubled!r}, {single!r})"
    return None


def _is_repeated(changed: Changed, step: ast.AST) -> bool:
    return isinstance(changed.holders.get(id(step)), ast.While | ast.If)

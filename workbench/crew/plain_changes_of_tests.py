"""Changes of what a function asks for: a boundary, None or nothing, a truth value, an error that is caught."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from workbench.crew.slips_righted import SIZES, Changed, Righted
from workbench.crew.stated import parameters
from workbench.crew.trial_words import may_raise

_ZERO = re.compile(r"(?<![\w.])0(?![\w.])|\bzero\b|\bempty\b|\bfalsy?\b|\bblank\b|''|\"\"", re.IGNORECASE)
_EMPTY = re.compile(r"\bempty\b|''|\"\"", re.IGNORECASE)
_BLANK = re.compile(r"\bblanks?\b|\bwhite ?space\b|\bspaces\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:skip\w*|ignor\w*|go(?:es)? on|going|carr(?:y|ies) on|continu\w*|leaves? out|left out"
    r"|the (?:rest|ones after))\b",
    re.IGNORECASE,
)
_BOOL = re.compile(r"\bbool(?:ean)?s?\b|\bTrue\b|\bFalse\b")
_BOUNDARY = re.compile(
    r"\b(?:inclusive\w*|exclusive\w*|exactly|at (?:least|most)|up to|boundar\w+|touch\w*|off by one|includ\w+|exclud\w+"
    r"|or (?:more|less|later|earlier|longer|older|fewer|over)|itself|equals?|already|just|counts?|same"
    r"|(?:first|last) (?:day|one|item|page|line|minute|hour|row|second)|too (?:early|late|soon|many|few)|limit)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
_WRONG = re.compile(
    r"\b(?:instead of|invalid|broken|malformed|wrong|bad|errors?|fails?|rais\w+|stop\w*|abort\w*|give up|cannot"
    r"|n't)\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"\b(?:keep|kept|never|not)\b", re.IGNORECASE)
_MISSING = re.compile(r"\b(?:empty|None|missing|without)\b")
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def not_none(changed: Changed) -> Iterator[Righted]:
    """Yield what is asked for its truth asked whether it is None, where the task speaks of nothing that counts."""
    if not _ZERO.search(changed.task):
        return
    # What is on or off is no value that could be nothing.
    switches = {name for name, one in parameters(changed.node).items() if one.written in {"True", "False"}}
    asked: dict[str, list[tuple[int, int, str]]] = {}
    for test in _conditions(changed.node):
        is_not = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        value = test.operand if isinstance(test, ast.UnaryOp) else test
        span = spot(changed, test) if isinstance(value, ast.Name | ast.Attribute) else None
        name = ast.unparse(value)
        if span and name not in switches:
            asked.setdefault(name, []).append((*span, f"{name} is {'' if is_not else 'not '}None"))
    for name, swaps in asked.items():
        yield from made(changed, f"`{name}` is asked whether it is None", *swaps)
    for part in ast.walk(changed.node):
        match part:
            case ast.BoolOp(op=ast.Or(), values=[ast.Name() | ast.Attribute() as value, other]) if span := spot(
                changed, part
            ):
                name = ast.unparse(value)
                chosen = f"({ast.unparse(other)} if {name} is None else {name})"
                yield from made(changed, f"`{name}` is asked whether it is None", (*span, chosen))


def empty_too(changed: Changed) -> Iterator[Righted]:
    """Yield what is asked whether it is None, or for its truth, asked whether it is empty, or blank."""
    is_blank = bool(_BLANK.search(changed.task))
    if not is_blank and not _EMPTY.search(changed.task):
        return
    for part in ast.walk(changed.node):
        match part:
            case ast.Compare(
                left=ast.Name() | ast.Attribute() as value,
                ops=[ast.Is() | ast.IsNot() as how],
                comparators=[ast.Constant(value=None)],
            ) if span := spot(changed, part):
                name, is_none = ast.unparse(value), isinstance(how, ast.Is)
                if is_blank:
                    said = f"({name} is None or not {name}.strip())" if is_none else f"({name} and {name}.strip())"
                    yield from made(changed, f"`{name}` may be blank", (*span, said))
                yield from made(changed, f"`{name}` may be empty", (*span, f"not {name}" if is_none else name))
    for test in _conditions(changed.node) if is_blank else ():
        asked = test.operand if isinstance(test, ast.UnaryOp) else test
        if isinstance(asked, ast.Name | ast.Attribute) and (span := spot(changed, asked)):
            name = ast.unparse(asked)
            yield from made(changed, f"`{name}` may be blank", (*span, f"{name}.strip()"))


def goes_on(changed: Changed) -> Iterator[Righted]:
    """Yield a loop that goes on where it is left, or where an error is raised within it."""
    if not _GOES_ON.search(changed.task):
        return
    for loop in ast.walk(changed.node):
        for part in _of_loop(loop) if isinstance(loop, _LOOPS) else ():
            left = (ast.Break, ast.Raise, ast.Return) if _WRONG.search(changed.task) else (ast.Break,)
            if isinstance(part, left) and (span := spot(changed, part)):
                yield from made(changed, f"`{ast.unparse(part)}` is `continue`", (*span, "continue"))


def _of_loop(loop: ast.For | ast.AsyncFor | ast.While) -> Iterator[ast.stmt]:
    """Yield the statements of branches of a loop that are of no other loop or function; not its last line."""
    ahead: list[ast.stmt] = list(loop.body)
    while ahead:
        one = ahead.pop(0)
        if one is not loop.body[-1]:
            yield one
        if isinstance(one, (*_LOOPS, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        inner = [part for part in ast.iter_child_nodes(one) if isinstance(part, ast.stmt)]
        handlers = [part for part in ast.iter_child_nodes(one) if isinstance(part, ast.ExceptHandler)]
        ahead = inner + [part for handler in handlers for part in handler.body] + ahead


def no_bool(changed: Changed) -> Iterator[Righted]:
    """Yield a question for a number that truth values do not pass."""
    if not _BOOL.search(changed.task):
        return
    nots = {id(part.operand): part for part in ast.walk(changed.node) if isinstance(part, ast.UnaryOp)}
    for part in ast.walk(changed.node):
        match part:
            case ast.Call(func=ast.Name(id="isinstance"), args=[value, kinds]) if _are_numbers(kinds):
                holder = nots.get(id(part))
                said, name = ast.unparse(part), ast.unparse(value)
                whole: ast.expr = holder or part
                new = (
                    f"(isinstance({name}, bool) or not {said})"
                    if holder
                    else f"({said} and not isinstance({name}, bool))"
                )
                if span := spot(changed, whole):
                    yield from made(changed, f"a truth value is no number for `{said}`", (*span, new))


def _are_numbers(kinds: ast.expr) -> bool:
    names = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
    last = {ast.unparse(name).rpartition(".")[2] for name in names}
    return bool(last & {"int", "Integral", "Number", "Real"}) and "bool" not in last


def at_the_boundary(changed: Changed) -> Iterator[Righted]:
    """Yield comparisons of size, all and each, that differ at the boundary, and ranges that are one longer.

    Where no word speaks of a boundary, those alone that ask for a number which the task has.
    """
    is_told = bool(_BOUNDARY.search(changed.task))
    swaps: list[tuple[str, tuple[int, int, str]]] = []
    for part in ast.walk(changed.node):
        is_size = isinstance(part, ast.Compare) and any(type(one) in SIZES for one in part.ops)
        if isinstance(part, ast.Compare) and is_size and (is_told or _has_its_number(changed, part)):
            ops = [SIZES[type(one)]() if type(one) in SIZES else one for one in part.ops]
            new = ast.unparse(ast.Compare(part.left, ops, part.comparators))
            if span := spot(changed, part):
                swaps.append((f"`{ast.unparse(part)}` is `{new}`", (*span, new)))
    if len(swaps) > 1:
        yield from made(changed, "; ".join(what for what, _ in swaps), *(swap for _, swap in swaps))
    for what, swap in swaps:
        yield from made(changed, what, swap)
    for part in ast.walk(changed.node) if is_told else ():
        match part:
            case ast.Call(func=ast.Name(id="range"), args=[stop] | [_, stop]) if span := spot(changed, stop):
                new = ast.unparse(ast.BinOp(stop, ast.Add(), ast.Constant(1)))
                yield from made(changed, f"the range ends with `{ast.unparse(stop)}`", (*span, new))


def _has_its_number(changed: Changed, part: ast.Compare) -> bool:
    """Return whether a comparison is with a number that the task has, written out or by a name."""
    named = {name: one.default for name, one in parameters(changed.node).items() if one.default is not None}
    for one in changed.tree.body:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() as value):
                named.setdefault(name, value)
    sides = [
        named.get(side.id, side) if isinstance(side, ast.Name) else side for side in (part.left, *part.comparators)
    ]
    numbers = {float(found) for found in _NUMBER.findall(changed.task)}
    return any(isinstance(side, ast.Constant) and _is_number(side.value) and side.value in numbers for side in sides)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def caught_too(changed: Changed) -> Iterator[Righted]:
    """Yield an error that the task names caught too, where another one is caught already."""
    named = [name for name in may_raise(changed.task) if name.isidentifier()]
    for part in ast.walk(changed.node):
        if isinstance(part, ast.ExceptHandler) and part.type is not None and (span := spot(changed, part.type)):
            kinds = part.type.elts if isinstance(part.type, ast.Tuple) else [part.type]
            known = [ast.unparse(kind) for kind in kinds]
            for name in named:
                if name not in known:
                    yield from made(changed, f"{name} is caught too", (*span, f"({', '.join([*known, name])})"))


def if_given(changed: Changed) -> Iterator[Righted]:
    """Yield what is looked for among others only if it is something, where the task says that nothing is kept."""
    if not (_KEEPS.search(changed.task) and _MISSING.search(changed.task)):
        return
    for part in ast.walk(changed.node):
        match part:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.In()]) if span := spot(changed, part):
                said = f"{name} and {ast.unparse(part)}"
                tests = {id(one.test) for one in ast.walk(changed.node) if isinstance(one, ast.If)}
                yield from made(changed, f"`{said}`", (*span, said if id(part) in tests else f"({said})"))


def _conditions(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what is asked for its truth: tests, what they are put together from, and what `not` stands before."""
    ahead: list[ast.expr] = []
    for part in ast.walk(node):
        if isinstance(part, ast.If | ast.While | ast.IfExp | ast.Assert):
            ahead.append(part.test)
        elif isinstance(part, ast.comprehension):
            ahead += part.ifs
    seen: set[int] = set()
    while ahead:
        part = ahead.pop(0)
        if isinstance(part, ast.BoolOp):
            ahead = part.values + ahead
        elif id(part) not in seen:
            seen.add(id(part))
            yield part
    for part in ast.walk(node):
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) and id(part) not in seen:
            yield part


def spot(changed: Changed, part: ast.expr | ast.stmt) -> tuple[int, int] | None:
    """Return where a part stands; None where its text says something else, as in f-strings before Python 3.12."""
    begin, end = changed.lines.span(part)
    text = changed.lines.text[begin:end]
    try:
        said = ast.parse(text if isinstance(part, ast.stmt) else f"({text})", mode="exec").body
    except (SyntaxError, ValueError):
        # `break` and `return` say nothing alone.
        is_there = text == ast.unparse(part)
    else:
        found = said[0] if isinstance(part, ast.stmt) else said[0].value if isinstance(said[0], ast.Expr) else None
        is_there = found is not None and ast.unparse(found) == ast.unparse(part)
    return (begin, end) if is_there else None


def made(changed: Changed, what: str, *swaps: tuple[int, int, str]) -> Iterator[Righted]:
    """Yield the file with other text at some places, if there are any and it still parses."""
    righted = changed.righted(what, *swaps) if swaps else None
    if righted is not None:
        yield righted

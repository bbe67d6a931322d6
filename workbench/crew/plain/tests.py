"""Changes of what a function asks for: a boundary, None or nothing, a truth value, an error that is caught."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from workbench.crew.judging.stated import parameters
from workbench.crew.judging.trial_words import may_raise
from workbench.crew.plain.places import Swap, made, parts, put, set_at_the_top, spot, written
from workbench.crew.slips.righted import SIGNS, SIZES, Changed, Righted

ZERO = re.compile(r"(?<![\w.])0(?![\w.])|\bzero\b|\bempty\b|\bfalsy?\b|\bblank\b|''|\"\"", re.IGNORECASE)
_EMPTY = re.compile(r"\bempty\b|''|\"\"", re.IGNORECASE)
_BLANK = re.compile(r"\bblanks?\b|\bwhite ?space\b|\bspaces\b", re.IGNORECASE)
GOES_ON = re.compile(
    r"\b(?:skip\w*|ignor\w*(?! (?:the )?(?:case|upper|lower|spaces|blanks|white))"
    r"|go(?:es)? on|going|carr(?:y|ies) on|continu\w*|leaves? out|left out"
    r"|the (?:rest|ones after))\b",
    re.IGNORECASE,
)
_BOOL = re.compile(r"\bbool(?:ean)?s?\b|\bTrue\b|\bFalse\b")
BOUNDARY = re.compile(
    r"\b(?:inclusive\w*|exclusive\w*|exactly|at (?:least|most)|up to|boundar\w+|touch\w*|off by one|includ\w+|exclud\w+"
    r"|or (?:more|less|later|earlier|longer|older|fewer|over)|itself|equals?|already|just|counts?|same|very"
    r"|(?:first|last) (?:day|one|item|page|line|minute|hour|row|second)|too (?:early|late|soon|many|few)|limit"
    r"|overlap\w*|adjacent|adjoin\w*|today|back[- ]to[- ]back"
    r"|follow(?:s|ing)? (?:each other|one another)|as soon as [^.;\n]{0,60} (?:reach\w*|full))\b",
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
_LOOSE = (ast.IfExp, ast.Lambda, ast.NamedExpr)
_ENDLESS = frozenset({"count", "cycle", "repeat", "iter"})


def not_none(changed: Changed) -> Iterator[Righted]:
    """Yield what is asked for its truth asked whether it is None, where the task speaks of nothing that counts."""
    if not ZERO.search(changed.task):
        return
    # What is on or off is no value that could be nothing.
    switches = {name for name, one in parameters(changed.node).items() if one.written in {"True", "False"}}
    asked: dict[str, list[tuple[int, int, str]]] = {}
    for test in _conditions(changed):
        is_not = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        value = test.operand if isinstance(test, ast.UnaryOp) and is_not else test
        span = spot(changed, test) if isinstance(value, ast.Name | ast.Attribute) else None
        name = ast.unparse(value)
        if span and name not in switches:
            asked.setdefault(name, []).append((*span, f"{name} is {'' if is_not else 'not '}None"))
    for name, swaps in asked.items():
        yield from made(changed, f"`{name}` is asked whether it is None", *swaps)
    for part in parts(changed):
        match part:
            case ast.BoolOp(op=ast.Or(), values=[ast.Name() | ast.Attribute() as value, other]) if span := spot(
                changed, part
            ):
                name = ast.unparse(value)
                said = f"({written(changed, other)})" if isinstance(other, _LOOSE) else written(changed, other)
                chosen = f"({said} if {name} is None else {name})"
                yield from made(changed, f"`{name}` is asked whether it is None", (*span, chosen))


def empty_too(changed: Changed) -> Iterator[Righted]:
    """Yield what is asked whether it is None, or for its truth, asked whether it is empty, or blank."""
    is_blank = bool(_BLANK.search(changed.task))
    if not is_blank and not _EMPTY.search(changed.task):
        return
    for part in parts(changed):
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
    texts = {one.arg for one in ast.walk(changed.node.args) if isinstance(one, ast.arg) and _is_text(one)}
    for test in _conditions(changed) if is_blank else ():
        is_not = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        asked = test.operand if isinstance(test, ast.UnaryOp) and is_not else test
        if isinstance(asked, ast.Name | ast.Attribute) and (span := spot(changed, test)):
            name = ast.unparse(asked)
            # What is asked for its truth may be None, which cannot be stripped.
            said = f"not {name} or not {name}.strip()" if is_not else f"{name} and {name}.strip()"
            new = f"{'not ' if is_not else ''}{name}.strip()" if name in texts else f"({said})"
            yield from made(changed, f"`{name}` may be blank", (*span, new))


def _is_text(one: ast.arg) -> bool:
    return isinstance(one.annotation, ast.Name) and one.annotation.id == "str"


def goes_on(changed: Changed) -> Iterator[Righted]:
    """Yield a loop that goes on where it is left; where it raises or returns only if the task speaks of failing."""
    if not GOES_ON.search(changed.task):
        return
    leaving = (ast.Break, ast.Raise, ast.Return) if _WRONG.search(changed.task) else (ast.Break,)
    for loop in parts(changed):
        for part in _of_loop(loop) if isinstance(loop, ast.For | ast.AsyncFor) and not _is_endless(loop) else ():
            # A loop that passes something over already is to do so for more of that; what it refuses, it refuses.
            if isinstance(part, ast.Raise) and any(isinstance(one, ast.Continue) for one in ast.walk(loop)):
                continue
            if isinstance(part, leaving) and (span := spot(changed, part)):
                yield from put(changed, f"`{ast.unparse(part)}` is `continue`", (*span, "continue"))


def _is_endless(loop: ast.For | ast.AsyncFor) -> bool:
    """Return whether what is gone through may never end, so that something has to leave the loop."""
    through = loop.iter.func if isinstance(loop.iter, ast.Call) else loop.iter
    return ast.unparse(through).rpartition(".")[2] in _ENDLESS


def _of_loop(loop: ast.For | ast.AsyncFor) -> Iterator[ast.stmt]:
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
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() | ast.Attribute() as value, kinds]) if (
                _are_numbers(kinds)
            ):
                holder = changed.holders.get(id(part))
                said, name = written(changed, part), ast.unparse(value)
                is_not = isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not)
                whole: ast.expr = holder if isinstance(holder, ast.UnaryOp) and is_not else part
                new = (
                    f"(isinstance({name}, bool) or not {said})"
                    if is_not
                    else f"({said} and not isinstance({name}, bool))"
                )
                if span := spot(changed, whole):
                    yield from made(changed, f"a truth value is no number for `{said}`", (*span, new))


def _are_numbers(kinds: ast.expr) -> bool:
    names = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
    last = {ast.unparse(name).rpartition(".")[2] for name in names}
    return bool(last & {"int", "Integral", "Number", "Real"}) and "bool" not in last


def at_the_boundary(changed: Changed) -> Iterator[Righted]:
    """Yield comparisons of size that differ at the boundary, and ranges that are one longer.

    Those come first that ask for a number which the task has; where a word speaks of a boundary, such as stand together
    in a condition come next, and then the others, each alone.
    """
    is_told = bool(BOUNDARY.search(changed.task))
    sizes = [part for part in parts(changed) if isinstance(part, ast.Compare)]
    signs = {id(one): _at_the_boundary(changed, one) for one in sizes}
    swaps = {key: [swap for swap, _ in found] for key, found in signs.items()}
    theirs = {id(one): [swap for swap, sides in signs[id(one)] if _has_its_number(changed, sides)] for one in sizes}
    for one in sizes:
        yield from _each_elsewhere(changed, one, theirs[id(one)])
    if any(theirs.values()) or not is_told:
        return
    for part in parts(changed):
        together = [one for one in part.values if id(one) in swaps] if isinstance(part, ast.BoolOp) else []
        if len(together) > 1:
            yield from _elsewhere(changed, together, swaps)
    for one in sizes:
        yield from _each_elsewhere(changed, one, swaps[id(one)])
    yield from _longer(changed)


def still_today(changed: Changed) -> Iterator[Righted]:
    """Yield boundaries at which today is to count still: only days are compared, and none of them counts today yet."""
    sizes = [one for one in ast.walk(changed.node) if isinstance(one, ast.Compare) and type(one.ops[0]) in SIZES]
    asked = [test for one in ast.walk(changed.node) if isinstance(one, ast.comprehension) for test in one.ifs]
    asked += [one.value for one in ast.walk(changed.node) if isinstance(one, ast.Return) and one.value]
    counts = any(isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.LtE | ast.GtE) for one in asked)
    if not counts and all(_says_today(one) for one in sizes):
        yield from at_the_boundary(changed)


def _says_today(one: ast.Compare) -> bool:
    """Return whether a comparison asks of a whole day, as `today` or `date.today()` is one."""
    return any(re.search(r"today\b|\bday\b", ast.unparse(side)) for side in (one.left, *one.comparators))


def _elsewhere(changed: Changed, compared: Sequence[ast.expr], swaps: Mapping[int, list[Swap]]) -> Iterator[Righted]:
    every = [swap for one in compared for swap in swaps[id(one)]]
    if every:
        yield from put(changed, "; ".join(f"`{ast.unparse(one)}` ends elsewhere" for one in compared), *every)


def _each_elsewhere(changed: Changed, one: ast.expr, swaps: list[Swap]) -> Iterator[Righted]:
    """Yield a comparison with its signs changed, all at once and each alone; alone first where they are of two kinds.

    Of `0 <= n < 10` one end is wrong, hardly both.
    """
    every = [swaps, *([swap] for swap in swaps)] if len(swaps) > 1 else [swaps]
    are_of_two_kinds = len({new.endswith("=") for _, _, new in swaps}) > 1
    for some in [*every[1:], every[0]] if are_of_two_kinds else every:
        yield from _elsewhere(changed, [one], {id(one): some})


def _longer(changed: Changed) -> Iterator[Righted]:
    for part in parts(changed):
        match part:
            case ast.Call(func=ast.Name(id="range"), args=[stop] | [_, stop]) if span := spot(changed, stop):
                match stop:
                    case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=1)):
                        new = written(changed, left)
                    case _:
                        new = ast.unparse(ast.BinOp(stop, ast.Add(), ast.Constant(1)))
                yield from made(changed, f"the range ends with `{ast.unparse(stop)}`", (*span, new))


def _at_the_boundary(changed: Changed, part: ast.Compare) -> list[tuple[Swap, tuple[ast.expr, ast.expr]]]:
    """Return the signs of size of a comparison, each as the one that differs at the boundary, with its two sides."""
    swaps: list[tuple[Swap, tuple[ast.expr, ast.expr]]] = []
    for left, sign, right in zip([part.left, *part.comparators], part.ops, part.comparators, strict=False):
        if type(sign) in SIZES:
            ends, begins = spot(changed, left), spot(changed, right)
            old = SIGNS[type(sign)]
            between = changed.lines.text[ends[1] : begins[0]].partition("#")[0] if ends and begins else ""
            if not ends or between.count(old) != 1:
                return []
            at = ends[1] + between.index(old)
            swaps.append(((at, at + len(old), SIGNS[SIZES[type(sign)]]), (left, right)))
    return swaps


def _has_its_number(changed: Changed, compared: Sequence[ast.expr]) -> bool:
    """Return whether one of two sides is a number that the task has, written out or by a name."""
    named = {name: one.default for name, one in parameters(changed.node).items() if one.default is not None}
    for name, value in set_at_the_top(changed.tree):
        if name not in changed.own:
            named.setdefault(name, value)
    sides = [named.get(side.id, side) if isinstance(side, ast.Name) else side for side in compared]
    numbers = {float(found) for found in _NUMBER.findall(changed.task)}
    return any(_number(side) in numbers for side in sides)


def _number(side: ast.expr) -> int | float | None:
    """Return the number that is written out; None where it is none."""
    match side:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
    return None


def caught_too(changed: Changed) -> Iterator[Righted]:
    """Yield an error that the task names caught too, where another one is caught already."""
    named = [name for name in may_raise(changed.task) if name.isidentifier()]
    for part in parts(changed):
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
    tests = {id(one.test) for one in parts(changed) if isinstance(one, ast.If)}
    for test in _conditions(changed):
        # Only where it is asked for its truth may it be something else than True or False.
        match test.operand if isinstance(test, ast.UnaryOp) else test:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.In()]) as part if span := spot(changed, part):
                said = f"{name} and {written(changed, part)}"
                yield from made(changed, f"`{said}`", (*span, said if id(part) in tests else f"({said})"))


def _conditions(changed: Changed) -> Iterator[ast.expr]:
    """Yield what is asked for its truth: tests, what they are put together from, and what `not` stands before."""
    ahead: list[ast.expr] = []
    for part in parts(changed):
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
    for part in parts(changed):
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) and id(part) not in seen:
            yield part

"""Texts looked at before they are cleaned, or cut where something was to be added; numbers taken for whole ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import takewhile

from workbench.crew.judging.stated import parameters, work_of
from workbench.crew.slips.righted import Changed, Righted
from workbench.crew.wrapping.tail import stored

_CLEANS = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold"})
_OF_SPACES = re.compile(
    r"\b(?:white ?space\w*|spaces?|blanks?|strip\w*|raw|before|case|capital\w*|empty|unchanged|untouched|as[- ]is"
    r"|as (?:it|they) (?:is|are|was|were|comes?|stands?))\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"\b(?:an?|any|some|other|is|are|be|as|or|and|also|both|for|with|no|not|than|plain|of|negative|real|decimal|floating"
    r"|takes?|accepts?|allows?|lets?|gives?|writes?|shows?|rounds?) numbers?\b(?! of\b)",
    re.IGNORECASE,
)
"""A word of values; the number of a page, or of what there is, is none."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OTHER_NUMBERS = frozenset({"float", "complex", "Decimal", "Fraction", "Number", "Real", "Integral", "Rational"})
_WHOLE = re.compile(r"\b(?:whole|integers?|ints?|natural|count\w*)\b", re.IGNORECASE)


def cleaned_first(changed: Changed) -> Righted | None:
    """Return the answer with old lines that clean a parameter put before new ones that compare it with some text.

    What was taken with spaces around it, or in another case, is to be taken so as well where it is new.
    """
    if changed.was is None or _OF_SPACES.search(changed.task):
        return None
    cleans = list(takewhile(lambda one: bool(_cleaned(one, changed)), work_of(changed.was)))
    body = work_of(changed.node)
    dumps = [ast.dump(one) for one in body]
    if not cleans or any(dumps.count(ast.dump(one)) != 1 for one in cleans):
        return None
    places = [dumps.index(ast.dump(one)) for one in cleans]
    ahead = body[: places[0]]
    names = {_cleaned(one, changed) for one in cleans}
    if not ahead or places != list(range(places[0], places[0] + len(places))):
        return None
    cut = {name for one in ahead for name in _cut_at(one, names, cleans)}
    if not all(_cut_at(one, names, cleans) or _asks(one, names, cut, cleans) for one in ahead):
        return None
    # In another case it is another text: what new lines make of it may well be meant as it comes.
    if _changes_case(cleans) and _speaks_of(ahead, names | cut, names):
        return None
    if any(_hands_out(one, names) for one in ahead):
        return None
    lines = changed.lines
    top = lines.start(ahead[0].lineno)
    begin, end = lines.start(cleans_row := body[places[0]].lineno), lines.start((body[places[-1]].end_lineno or 0) + 1)
    if lines.text[top : lines.span(ahead[0])[0]].strip() or lines.text[begin : lines.span(body[places[0]])[0]].strip():
        return None
    if lines.text[lines.span(body[places[-1]])[1] : end].strip()[:1] not in {"", "#"}:
        return None
    row = lines.line_at(begin)
    while row - 1 > (ahead[-1].end_lineno or 0) and lines.line(row - 1).strip().startswith("#"):
        row -= 1
    begin = lines.start(row)
    rows = lines.text[begin:end]
    return changed.righted(f"`{lines.line(cleans_row).strip()}` comes first", (top, top, rows), (begin, end, ""))


def _asks(statement: ast.stmt, names: set[str], cut: set[str], cleans: list[ast.stmt]) -> bool:
    """Return whether a statement is a choice by some clean text, or by what was cut at one."""
    if not isinstance(statement, ast.If):
        return False
    used = {part.id for part in ast.walk(statement.test) if isinstance(part, ast.Name)}
    return _compares(statement.test, names, cleans) or (bool(used & cut) and used <= cut | {"len"})


def _cut_at(statement: ast.stmt, names: set[str], cleans: list[ast.stmt]) -> set[str]:
    """Return the names that a statement gives to the parts of one of the names, cut at a clean text."""
    match statement:
        case ast.Assign(
            targets=[target],
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="split" | "rsplit" | "partition" | "rpartition"),
                args=[ast.Constant(value=str() as sign), *_],
                keywords=[],
            ),
        ) if name in names and _is_clean(ast.Constant(sign.strip()), cleans):
            return stored([target]) - names
    return set()


def _cleaned(statement: ast.stmt, changed: Changed) -> str:
    """Return the parameter that a statement sets to its own text, cleaned; nothing where it does something else."""
    match statement:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Call(
                func=ast.Attribute(value=ast.Constant(value=" "), attr="join"),
                args=[ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="split"), args=[], keywords=[])],
            ),
        ) if name == owner and name in changed.names:
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value) if name in changed.names:
            while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _CLEANS:
                if isinstance(value.func.value, ast.Name) and value.func.value.id == name:
                    return name
                if not isinstance(value.func.value, ast.Call):
                    return ""
                value = value.func.value
    return ""


def _hands_out(statement: ast.stmt, names: set[str]) -> bool:
    """Return whether a statement may return one of the names as it came."""
    values = (part.value for part in ast.walk(statement) if isinstance(part, ast.Return))
    return any(isinstance(value, ast.Name) and value.id in names for value in values)


def _changes_case(cleans: list[ast.stmt]) -> bool:
    """Return whether statements that clean write a text in another case."""
    parts = (part for one in cleans for part in ast.walk(one) if isinstance(part, ast.Attribute))
    return any(part.attr in {"lower", "upper", "casefold"} for part in parts)


def _speaks_of(statements: list[ast.stmt], looked: set[str], names: set[str]) -> bool:
    """Return whether what choices come to is made of some names, but where one of the `names` is set to it."""
    for one in statements:
        if isinstance(one, ast.If):
            inner = [*one.body, *one.orelse]
            if _speaks_of([part for part in inner if isinstance(part, ast.If)], looked, names):
                return True
            for part in inner:
                parts = () if isinstance(part, ast.If) or stored([part]) & names else ast.walk(part)
                if any(isinstance(name, ast.Name) and name.id in looked for name in parts):
                    return True
    return False


def _compares(test: ast.expr, names: set[str], cleans: list[ast.stmt]) -> bool:
    """Return whether a test holds one of the names against some clean text, and asks for nothing else."""
    match test:
        case ast.BoolOp(values=values):
            return all(_compares(one, names, cleans) for one in values)
        case ast.Compare(left=left, ops=[ast.Eq() | ast.In()], comparators=[other]):
            return _is_text_of(left, names) and _is_clean(other, cleans)
        case ast.Call(func=ast.Attribute(value=owner, attr="startswith" | "endswith"), args=[other], keywords=[]):
            return _is_text_of(owner, names) and _is_clean(other, cleans)
    return False


def _is_text_of(part: ast.expr, names: set[str]) -> bool:
    while isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in _CLEANS:
        part = part.func.value
    return isinstance(part, ast.Name) and part.id in names


def _is_clean(part: ast.expr, cleans: list[ast.stmt]) -> bool:
    """Return whether a text, or each of some, has no spaces around it and is what statements that clean would leave."""
    if isinstance(part, ast.Tuple | ast.List | ast.Set | ast.Dict):
        parts = part.keys if isinstance(part, ast.Dict) else part.elts
        return all(one is not None and _is_clean(one, cleans) for one in parts)
    if not (isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.strip() == part.value != ""):
        return False
    calls = (one for statement in cleans for one in ast.walk(statement) if isinstance(one, ast.Call))
    return all(_leaves(call, part.value) for call in calls)


def _leaves(call: ast.Call, text: str) -> bool:
    """Return whether a call of a method that cleans leaves a text as it is."""
    if not isinstance(call.func, ast.Attribute) or call.keywords:
        return False
    if call.func.attr in {"join", "split"}:
        # `" ".join(text.split())`, see `_cleaned`.
        return " ".join(text.split()) == text
    signs = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if len(signs) != len(call.args) or len(signs) > (1 if call.func.attr.endswith("strip") else 0):
        return False
    return bool(getattr(text, call.func.attr)(*signs) == text)


def cleaned_early(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a text cleaned before new lines ask how it begins or ends, where that comes later."""
    lines = changed.lines
    for part in changed.new:
        if not isinstance(part, ast.If):
            continue
        asked = {
            one.func.value.id
            for one in ast.walk(part.test)
            if isinstance(one, ast.Call)
            and isinstance(one.func, ast.Attribute)
            and one.func.attr in {"startswith", "endswith"}
            and isinstance(one.func.value, ast.Name)
        }
        for name in sorted(asked):
            later = [call for call in _cleanings(changed, name) if call.lineno > (part.end_lineno or 0)]
            begin = lines.span(part)[0]
            if later and not lines.text[lines.start(part.lineno) : begin].strip():
                said = f"{name} = {ast.unparse(later[0])}"
                yield changed.righted(f"`{said}` comes first", (begin, begin, f"{said}\n{lines.indent(part.lineno)}"))


def _cleanings(changed: Changed, name: str) -> Iterator[ast.Call]:
    for part in ast.walk(changed.node):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr="strip"), args=[], keywords=[]):
                if found == name:
                    yield part


def added_not_cut(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a missing beginning put before a text, where new lines do that for less or cut it.

    `if text.startswith("#"): text = text[1:]` makes of two forms the one that the old lines do not take.
    """
    lines = changed.lines
    for part in changed.new:
        if not (isinstance(part, ast.If) and len(part.body) == 1 and not part.orelse):
            continue
        found = _prefixed(part) or _cut(part)
        if found:
            name, text = found
            said = f"if not {name}.startswith({text!r}):"
            row = f"{said}\n{lines.indent(part.lineno)}    {name} = {text!r} + {name}"
            yield changed.righted(f"`{said} {name} = {text!r} + {name}`", (*lines.span(part), row))


def _prefixed(part: ast.If) -> tuple[str, str] | None:
    """Return name and text where a text is put before a name for some values of it."""
    match part.body[0]:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.BinOp(left=ast.Constant(value=str() as text), op=ast.Add(), right=ast.Name(id=other)),
        ) if name == other and text:
            return name, text
    return None


def _cut(part: ast.If) -> tuple[str, str] | None:
    """Return name and text where a text is cut off the beginning of a name that begins with it."""
    match part.test, part.body[0]:
        case (
            ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="startswith"),
                args=[ast.Constant(value=str() as text)],
            ),
            ast.Assign(targets=[ast.Name(id=other)], value=ast.Subscript() | ast.Call()),
        ) if name == other and text:
            return name, text
    return None


def any_number(changed: Changed) -> Righted | None:
    """Return the answer with new questions for an integer made such for a number, where the task speaks of numbers.

    Left alone is what tells numbers apart, and what takes the number for a place or a count.
    """
    if not _NUMBERS.search(changed.task) or _WHOLE.search(changed.task):
        return None
    if any(isinstance(part, ast.Name) and part.id in _OTHER_NUMBERS for part in ast.walk(changed.node)):
        return None
    asked: list[ast.Name] = []
    for part in changed.new:
        match part:
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), ast.Name(id="int") as kind]):
                if not _is_place(changed, name):
                    asked.append(kind)
    spans = [changed.lines.span(kind) for kind in asked]
    if not changed.stand_there(spans, "int"):
        return None
    swaps = [(*span, "(int, float)") for span in spans]
    return changed.righted("a number may be a `float` too", *swaps) if swaps else None


def _is_place(changed: Changed, name: str) -> bool:
    """Return whether something is taken from the place, or so many times, as a name says."""
    for look in changed.looks(name):
        match changed.holders[id(look)]:
            case ast.Subscript(slice=inner) if inner is look:
                return True
            case ast.Slice():
                return True
            case ast.Call(func=ast.Name(id="range" | "islice" | "chr" | "hex" | "bin" | "oct")):
                return True
    return False


def every_result(changed: Changed) -> Righted | None:
    """Return the answer with a text that is returned early made what new lines make of the result at the end.

    `if lower: result = result.lower()` before the last `return` leaves out `return 'N'` further up.
    """
    if changed.was is None:
        return None
    body = work_of(changed.node)
    match body[-2:]:
        case [
            ast.If(test=ast.Name(id=option), body=[ast.Assign(targets=[ast.Name(id=name)], value=value)], orelse=[]),
            ast.Return(value=ast.Name(id=given)),
        ] if name == given and option in changed.added:
            method = _method_of(value, name)
        case [
            *_,
            ast.Return(
                value=ast.IfExp(test=ast.Name(id=option), body=value, orelse=ast.Name(id=name)),
            ),
        ] if option in changed.added:
            method = _method_of(value, name)
        case _:
            return None
    inner = (part for part in ast.walk(changed.node) if isinstance(part, (*_FUNCTIONS, ast.ClassDef)))
    within = {id(part) for one in inner if one is not changed.node for part in ast.walk(one)}
    early = [
        part.value
        for part in ast.walk(changed.node)
        if isinstance(part, ast.Return) and isinstance(part.value, ast.Constant) and isinstance(part.value.value, str)
        if id(part) not in within
    ]
    swaps: list[tuple[int, int, str]] = []
    for one in early if method else ():
        other = getattr(one.value, method)()
        # What the task says of it was told to the model too.
        if other != one.value and not re.search(rf"(?<!\w){re.escape(str(one.value))}(?!\w)", changed.task):
            swaps.append((*changed.lines.span(one), f"{other!r} if {option} else {one.value!r}"))
    return changed.righted(f"`{swaps[0][2]}` is returned early", *swaps) if swaps else None


def _method_of(value: ast.expr, name: str) -> str:
    """Return the method without arguments by which a text is made of a name's; nothing where it is something else."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=attr), args=[], keywords=[]) if owner == name:
            return attr if attr in _CLEANS | {"title", "capitalize", "swapcase"} else ""
    return ""


def item_of_a_tuple(changed: Changed) -> Iterator[Righted | None]:
    """Yield the answer with a tuple, of which new lines set an item, made a list before that and a tuple after."""
    lines = changed.lines
    set_items = {
        part.value.id
        for part in changed.new
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store) and isinstance(part.value, ast.Name)
    }
    for name in sorted(set_items - parameters(changed.node).keys()):
        made = [
            part
            for part in ast.walk(changed.node)
            if isinstance(part, ast.Assign) and [ast.unparse(one) for one in part.targets] == [name]
        ]
        given = [
            part.value
            for part in ast.walk(changed.node)
            if isinstance(part, ast.Return) and isinstance(part.value, ast.Name) and part.value.id == name
        ]
        if len(made) == 1 and given:
            value = made[0].value
            items = f"[{', '.join(map(ast.unparse, value.elts))}]" if isinstance(value, ast.Tuple) else ""
            swaps = [(*lines.span(value), items or f"list({ast.unparse(value)})")]
            swaps += [(*lines.span(one), f"tuple({name})") for one in given]
            yield changed.righted(f"`{name}` is a list until it is returned", *swaps)

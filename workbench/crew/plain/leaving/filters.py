"""What the task names left out of what a function goes through, or gives: `ignore scans of the kind 'note'`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.plain.places import class_around, fields_beside, made, parts, put, spot, written
from workbench.crew.slips.righted import Changed, Righted

_LEAVES = (
    r"(?:ignor\w+|skip\w*|leav(?:e|es|ing) out|exclud\w+|disregard\w*|omit\w*|(?:not|n't|never|no longer) "
    r"(?:be )?(?:count|list|show|includ|contain|consider|appear|in)\w*)\b"
)
_OF_KIND = re.compile(
    rf"{_LEAVES}[^.;\n]{{0,40}}?\b(?:of|whose|with|where)(?: the| a| its| their)? (?P<field>[a-z_]\w*)(?: is| of)? "
    r"(?P<quote>['\"])(?P<value>[^'\"\n]{1,40})(?P=quote)",
    re.IGNORECASE,
)
_IN_A_CASE = re.compile(r"\b(?:if|when|while|unless|except|only|case)\b", re.IGNORECASE)
_IS_TEXT = re.compile(r"\b(?:str|Literal)\b")
_FLAGGED = re.compile(
    rf"{_LEAVES}(?: (?:the|all|any|those))? (?P<flag>[a-z]\w*) (?P<things>[a-z]+s|ones)\b"
    rf"|\b(?P<other>[a-z]\w*) (?P<others>[a-z]+s|ones)\b[^.;\n]{{0,40}}?{_LEAVES}",
    re.IGNORECASE,
)
_WHO_ARE = re.compile(
    rf"(?:{_LEAVES}|(?:\bnot|n't|\bnever) count the [a-z]+ of\b)(?: (?:all|any|the|our|those|out))*"
    r"(?: (?!(?:nobody|none)\b)[a-z]+)?,? (?:who|that|which) (?:is|are|was|were|has been|have been)"
    r"(?P<without> not|n't| no longer)? (?:already |now )?(?P<flag>[a-z]\w*)(?: any ?more| yet| already| now)?",
    re.IGNORECASE,
)
_ARE_LEFT_OUT = re.compile(
    r"\b(?:who|that|which) (?:is|are|was|were|lie|stand|has been|have been)(?P<without> not|n't| no longer)?"
    r" (?:already |now )?(?P<flag>[a-z]\w*)(?: any ?more| yet| already| now)?"
    rf"(?: (?:should|must|do|does) (?!be )[^.;\n]{{0,20}}{_LEAVES}"
    r"|\. (?:Please )?(?:leave|skip|ignore|omit) (?:those|them|these)\b(?: out)?)",
    re.IGNORECASE,
)
_LEAVES_THEM = re.compile(
    rf"{_LEAVES}|\b(?:leav(?:e|es|ing)|tak(?:e|es|ing)) (?:that|those|them|these|it) out\b", re.IGNORECASE
)
_WHEN = re.compile(r"(?:when|where) (?P<what>[^,;]+)$", re.IGNORECASE)
_ADDS = frozenset("a an the it its we you i adds add up sums sum counts count are is added summed how many".split())  # noqa: SIM905
_NOTHING = re.compile(r"(?<![\w.,])(?:0|zero)(?![\w,]|\.\d)", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:negative|(?:less|lower) than (?:0|zero)|(?:below|under) (?:0|zero)|or (?:less|lower|below))\b", re.IGNORECASE
)
_NEW_NAMES = ("left", "rest", "amount", "number")


@dataclass(frozen=True)
class _Kind:
    """What tells the things that are left out.

    Attributes:
        field: the field that is looked at.
        value: its value as code; empty where it is a truth value.
        fields: all fields of the one class that has it.
        without: whether those are left out that are not so.
    """

    field: str
    value: str
    fields: frozenset[str]
    without: bool = False

    def is_kept(self, one: str) -> str:
        """Return the question whether a thing is kept."""
        is_so = f"{one}.{self.field}"
        return f"{is_so} != {self.value}" if self.value else is_so if self.without else f"not {is_so}"

    def is_left_out(self, one: str) -> str:
        """Return the opposite question."""
        is_so = f"{one}.{self.field}"
        return f"{is_so} == {self.value}" if self.value else f"not {is_so}" if self.without else is_so


def without_kind(changed: Changed) -> Iterator[Righted]:
    """Yield a list or a loop of a function without the things of a kind, where one class of the file has its field."""
    kind = _kind(changed)
    if kind is None or any(isinstance(part, ast.Attribute) and part.attr == kind.field for part in _asked(changed)):
        return
    for part in parts(changed):
        match part:
            case (
                ast.ListComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.SetComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.DictComp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
                | ast.GeneratorExp(generators=[ast.comprehension(target=ast.Name(id=one)) as each])
            ) if _has_fields(part, one, kind):
                yield from with_condition(changed, each, kind.is_kept(one))
            case ast.For(target=ast.Name(id=one), orelse=[]) if _has_fields(part, one, kind):
                yield from skipping(changed, part, kind.is_left_out(one))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() | ast.Attribute() as value) if (
                _is_list_of(changed, name, kind) and not changed.looks("one") and (span := spot(changed, value))
            ):
                new = f"[one for one in {written(changed, value)} if {kind.is_kept('one')}]"
                yield from made(changed, f"`{name}` is `{new}`", (*span, new))


def without_amounts(changed: Changed) -> Iterator[Righted]:
    """Yield a table that a function makes without the entries whose number is 0, or less where the task says that."""
    if not _LEAVES_THEM.search(changed.task) or not _NOTHING.search(changed.task):
        return
    sign = ">" if _LESS.search(changed.task) else "!="
    names = {part.id for part in ast.walk(changed.node) if isinstance(part, ast.Name)} | changed.own
    for part in parts(changed):
        match part:
            case ast.DictComp(value=ast.Name(id=name), generators=[ast.comprehension(ifs=[]) as each]):
                yield from with_condition(changed, each, f"{name} {sign} 0")
            case ast.DictComp(value=ast.BinOp(op=ast.Sub()) as value, generators=[ast.comprehension(ifs=[]) as each]):
                name = next((one for one in _NEW_NAMES if one not in names), "")
                last, span = spot(changed, each.iter), spot(changed, value)
                if name and last and span:
                    kept = f" if ({name} := {written(changed, value)}) {sign} 0"
                    yield from put(changed, f"with `{kept.strip()}`", (*span, name), (last[1], last[1], kept))


def _kind(changed: Changed) -> _Kind | None:
    found = _OF_KIND.search(changed.task)
    if found and (fields := fields_beside(changed, found["field"])) and _IS_TEXT.search(fields[found["field"]]):
        return _Kind(found["field"], f'"{found["value"]}"', frozenset(fields))
    for flag, without in flags_left_out(changed.task):
        fields = fields_beside(changed, flag)
        if fields and fields[flag] == "bool":
            return _Kind(flag, "", frozenset(fields), without=without)
    return None


def flags_left_out(task: str) -> list[tuple[str, bool]]:
    """Return words that may be truth values of what a task wants left out, and whether it is what is not so.

    "Ignore paid bills", "leave out those who are not active any more".
    """
    found = [((said["flag"] or said["other"]).lower(), False) for said in _FLAGGED.finditer(task)]
    who = _who(task)
    flag = who["flag"].lower() if who else ""
    return [*found, *((name, who["without"] is not None) for name in (flag, f"is_{flag}") if who)]


def _who(task: str) -> re.Match[str] | None:
    return _WHO_ARE.search(task) or _ARE_LEFT_OUT.search(task)


def are_not_all(changed: Changed) -> bool:
    """Return whether more is said of what is left out than its kind, or the function looks at all the things elsewhere.

    "Paid bills of more than 5 euros" are not all paid ones, and a mean is divided by the length of the whole list.
    """
    found = _OF_KIND.search(changed.task) or _who(changed.task) or _FLAGGED.search(changed.task)
    if found is None or not _is_all_that_is_said(changed, found.end()):
        return True
    # What was said before tells why.
    begin = max((place.end() for place in re.finditer(r"[.!?]\s", changed.task[: found.start()])), default=0)
    if _IN_A_CASE.search(changed.task[begin : found.end()]):
        return True
    through = [part.iter for part in parts(changed) if isinstance(part, ast.For | ast.AsyncFor | ast.comprehension)]
    looks = [ast.dump(part) for part in ast.walk(changed.node) if isinstance(part, ast.Name | ast.Attribute)]
    held = [part for one in through for part in ast.walk(one) if _is_things(changed, part)]
    return any(looks.count(ast.dump(part)) > 1 for part in held)


def _is_all_that_is_said(changed: Changed, end: int) -> bool:
    """Return whether a sentence ends there, or only goes on to say what the function does: "when we add up hours"."""
    rest = re.split(r"[.!;]", changed.task[end:], maxsplit=1)[0].strip()
    if not rest:
        return True
    owner = class_around(changed)
    about = f"{changed.node.name} {owner.name if owner else ''} {ast.get_docstring(changed.node) or ''}".lower()
    said = _WHEN.match(rest)
    return said is not None and all(
        word.removesuffix("s") in about or word in _ADDS for word in re.findall(r"\w+", said["what"].lower())
    )


def _is_things(changed: Changed, part: ast.AST) -> bool:
    """Return whether a part of what is gone through may be the list: no function that is called, and no owner."""
    holder = changed.holders.get(id(part))
    is_called = isinstance(holder, ast.Call) and holder.func is part
    return isinstance(part, ast.Name | ast.Attribute) and not is_called and not isinstance(holder, ast.Attribute)


def _asked(changed: Changed) -> Iterator[ast.AST]:
    """Yield what a function asks already: of a field that it looks at, more may be meant."""
    for part in parts(changed):
        match part:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                yield from ast.walk(test)
            case ast.comprehension(ifs=tests):
                for test in tests:
                    yield from ast.walk(test)


def _has_fields(part: ast.AST, name: str, kind: _Kind) -> bool:
    """Return whether a field of the class is looked at, of what goes by a name in a part."""
    return any(
        isinstance(one, ast.Attribute)
        and isinstance(one.value, ast.Name)
        and one.value.id == name
        and one.attr in kind.fields
        for one in ast.walk(part)
    )


def _is_list_of(changed: Changed, name: str, kind: _Kind) -> bool:
    """Return whether a name is a list of such things: one of its elements is asked for a field."""
    return any(
        isinstance(one, ast.Attribute)
        and one.attr in kind.fields
        and isinstance(one.value, ast.Subscript)
        and isinstance(one.value.value, ast.Name)
        and one.value.value.id == name
        for one in ast.walk(changed.node)
    )


def with_condition(changed: Changed, each: ast.comprehension, kept: str) -> Iterator[Righted]:
    """Yield a comprehension that keeps only what answers one more question."""
    last = each.ifs[-1] if each.ifs else each.iter
    if span := spot(changed, last):
        is_and = isinstance(last, ast.BoolOp) and isinstance(last.op, ast.And)
        if isinstance(last, ast.BoolOp | ast.IfExp | ast.Lambda | ast.NamedExpr) and not is_and:
            return
        # What stands in brackets ends behind them.
        end = span[1]
        while changed.lines.text[end : end + 1] == ")" and _is_bracketed(changed, each, span, end):
            end += 1
        new = f" and {kept}" if each.ifs else f" if {kept}"
        yield from put(changed, f"with `{new.strip()}`", (end, end, new))


def _is_bracketed(changed: Changed, each: ast.comprehension, span: tuple[int, int], end: int) -> bool:
    """Return whether a bracket behind a part is its own: it is opened right before it."""
    begin = span[0] - (end - span[1]) - 1
    return begin >= changed.lines.span(each.target)[1] and changed.lines.text[begin : begin + 1] == "("


def skipping(changed: Changed, loop: ast.For, left_out: str) -> Iterator[Righted]:
    """Yield a loop that goes on with the next one at once where a question is answered with yes."""
    lines, first = changed.lines, loop.body[0]
    begin = lines.span(first)[0]
    margin = lines.indent(first.lineno)
    if lines.text[lines.start(first.lineno) : begin].strip() or first.lineno == loop.lineno:
        return
    yield from put(
        changed, f"`if {left_out}: continue`", (begin, begin, f"if {left_out}:\n{margin}    continue\n{margin}")
    )

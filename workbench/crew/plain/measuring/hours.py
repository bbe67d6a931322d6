"""A duration that shows its hours too, from one hour on, in the form that the task's examples have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.crew.judging.stated import own_parts, parameters, yields
from workbench.crew.plain.named import is_named
from workbench.crew.plain.places import Finder, Sure, put, said_as
from workbench.crew.slips.righted import Changed, Righted

_SHOWN = re.compile(
    r"(?<![\w:.,])(?P<hours>\d+)(?P<one>:| ?h(?:rs?)? ?)(?P<minutes>\d{1,2})"
    r"(?:(?P<two>:| ?m(?:in)? ?)(?P<seconds>\d{1,2}))?(?P<end> ?(?:hrs?|h|min|m|sec|s)\b)?(?![\w:]|\.\d)"
)
"""A duration with its hours: `1:02:05`, `1 h 30 min`, `1h30`."""

_BARE_HOURS = r"(?:['\"`]|\b(?:is|gives?|becomes?|be|becomes|as) )(?P<hours>\d+){one}(?=['\"`]|[.,;)]|$| and\b)"
_TODAY = re.compile(r"(?<![\w:.,])(?P<minutes>\d{1,4})(?::(?P<seconds>\d\d)(?![\w:])| ?min\b)")
_NUMBER = re.compile(
    r"(?<![\w:.,'\"])(?P<number>\d+)(?P<unit> ?(?:s|sec|seconds?|min|minutes?))?(?=\)|,| (?!h\b|hours?\b))"
)
_HOURS = re.compile(r"\bhours?\b", re.IGNORECASE)
_OTHER_LIMIT = re.compile(
    r"\b(?:from|over|above|than|least|after) (?!(?:an|one|1|60|3600|sixty|the) ?\b)[\w.]+ ?(?:h|hours?|min"
    r"|minutes?|s|seconds?)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:unless|except|parameter|argument|option\w*|rais\w+|days?|round\w*|negative|also|n't|never|no longer)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:\w+_)?(?P<unit>s|secs?|seconds?|mins?|minutes?)$")
_REST = ("rest", "left", "remaining")
_HOUR = {"seconds": 3600, "minutes": 60}
_IN_AN_HOUR = 60


@dataclass(frozen=True)
class _Form:
    """How a duration with hours is written."""

    one: str
    two: str
    end: str
    is_padded: bool
    omits_none: bool = False

    def body(self, minutes: str, seconds: str) -> str:
        """Return the inside of the formatted text."""
        first = f"{{hours}}{self.one}{{{minutes}{':02d' if self.is_padded else ''}}}"
        return (
            f"{first}{self.two}{{{seconds}{':02d' if self.is_padded else ''}}}{self.end}"
            if self.two
            else (f"{first}{self.end}")
        )

    def shown(self, seconds: int) -> str:
        """Return a number of seconds as the form has it."""
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        if self.omits_none and not minutes:
            return f"{hours}{self.one}".rstrip()
        width = 2 if self.is_padded else 1
        more = f"{self.two}{rest:0{width}d}" if self.two else ""
        return f"{hours}{self.one}{minutes:0{width}d}{more}{self.end}"


def with_hours(changed: Changed) -> Iterator[Righted]:
    """Yield a duration that shows its hours from one hour on; what is shorter stays as it is.

    Nothing is found where the task has no example, one that would come out otherwise, or a case beside it.
    """
    task, node = changed.task, changed.node
    if not _HOURS.search(task) or _OTHERWISE.search(task) or _OTHER_LIMIT.search(task) or yields(node):
        return
    last, duration = node.body[-1], _duration(changed)
    if duration is None or not isinstance(last, ast.Return) or last.value is None or _knows_hours(changed):
        return
    name, unit = duration
    form = _form(task, unit)
    if form is None or not _holds(task, form, unit):
        return
    rows = _rows(changed, last.value, form, name, unit)
    at = changed.lines.start(last.lineno)
    if rows and not changed.lines.text[at : changed.lines.span(last)[0]].strip():
        margin = changed.lines.indent(last.lineno)
        yield from put(changed, "hours are shown too", (at, at, "".join(f"{margin}{row}\n" for row in rows)))


def with_hours_surely(changed: Changed) -> Iterator[Righted]:
    """Yield what `with_hours` does, in a function that the task speaks of."""
    if is_named(changed):
        yield from with_hours(changed)


def _duration(changed: Changed) -> tuple[str, str] | None:
    """Return the one number that a function is given, and its unit; None where that is not sure."""
    found = []
    for name, one in parameters(changed.node).items():
        kind = ast.unparse(one.node.annotation) if one.node.annotation else "int"
        if kind == "int" and not changed.sets(name) and (unit := _UNIT.match(name)):
            found.append((name, "seconds" if unit["unit"].startswith("s") else "minutes"))
    return found[0] if len(found) == 1 else None


def _knows_hours(changed: Changed) -> bool:
    """Return whether a function has hours already, or gives something else than the one duration."""
    own = [*own_parts(changed.node)]
    numbers = {one.value for one in own if isinstance(one, ast.Constant) and isinstance(one.value, int)}
    return 3600 in numbers or changed.hides("divmod") or any("hour" in name for name in changed.own)


def _form(task: str, unit: str) -> _Form | None:
    """Return the one form that a task's examples have; None where they have none, or several."""
    every = [found for found in _SHOWN.finditer(task) if _is_with_hours(found, unit)]
    forms = {(found["one"], found["two"] or "", found["end"] or "") for found in every}
    if len(forms) != 1:
        return None
    ((one, two, end),) = forms
    behind_zero = any(
        len(part or "") > 1 and part[0] == "0" for found in every for part in found.group("minutes", "seconds")
    )
    bare = one.strip() and one != ":" and re.search(_BARE_HOURS.replace("{one}", re.escape(one.rstrip())), task)
    return _Form(one, two, end, one == ":" or behind_zero, omits_none=bool(bare) and not two)


def _is_with_hours(found: re.Match[str], unit: str) -> bool:
    """Return whether an example has hours: of seconds, `62:05` has none."""
    return int(found["minutes"]) < _IN_AN_HOUR and (found["one"] != ":" or unit == "minutes" or bool(found["two"]))


def _holds(task: str, form: _Form, unit: str) -> bool:
    """Return whether an example is there, and each of them comes out as it says."""
    known = 0
    shown = [found for found in _SHOWN.finditer(task) if _is_with_hours(found, unit)]
    if form.omits_none:
        shown += re.finditer(_BARE_HOURS.replace("{one}", re.escape(form.one.rstrip())), task)
    for found in shown:
        text = found[0].strip("'\"`") if "minutes" in found.groupdict() else f"{found['hours']}{form.one.rstrip()}"
        given = _given(task, found.start(), unit)
        if given is not None:
            if form.shown(given) != text:
                return False
            known += 1
        elif any(form.shown(today) == text for today in _told_today(task)):
            known += 1
    return known > 0


def _given(task: str, end: int, unit: str) -> int | None:
    """Return the seconds of the number that stands before an example in its sentence; None without one."""
    begin = max(task.rfind(sign, 0, end) for sign in (". ", "; ", ": ", "' ", '" ')) + 1
    numbers = list(_NUMBER.finditer(task, begin, end))
    if not numbers:
        return None
    said = (numbers[-1]["unit"] or "").strip() or unit
    return int(numbers[-1]["number"]) * (1 if said.startswith("s") else 60)


def _told_today(task: str) -> Iterator[int]:
    """Yield the seconds of what a task says is shown today."""
    for found in _TODAY.finditer(task):
        yield int(found["minutes"]) * 60 + int(found["seconds"] or 0)


def _rows(changed: Changed, value: ast.expr, form: _Form, name: str, unit: str) -> list[str]:
    """Return the statements for one hour and more; nothing where the result has something else in it too."""
    known = {one.id for one in ast.walk(value) if isinstance(one, ast.Name)} - {"str", "int"}
    divided = _divided(changed, name)
    if not known <= {name, *divided} or any(isinstance(one, ast.Attribute) for one in ast.walk(value)):
        return []
    rest = next((one for one in _REST if one not in changed.own), "")
    if divided and unit == "seconds":
        minutes, seconds = divided
        return [
            f"if {minutes} >= 60:",
            f"    hours, {minutes} = divmod({minutes}, 60)",
            *_returned(form, minutes, seconds),
        ]
    if divided or not rest or (unit == "seconds" and "minutes" in changed.own):
        return []
    if unit == "minutes":
        if form.two:
            return []
        return [f"if {name} >= 60:", f"    hours, {rest} = divmod({name}, 60)", *_returned(form, rest, "")]
    return [
        f"if {name} >= 3600:",
        f"    minutes, {rest} = divmod({name}, 60)",
        "    hours, minutes = divmod(minutes, 60)",
        *_returned(form, "minutes", rest),
    ]


def _returned(form: _Form, minutes: str, seconds: str) -> list[str]:
    whole = f'    return f"{form.body(minutes, seconds)}"'
    return [f'{whole} if {minutes} else f"{{hours}}{form.one.rstrip()}"'] if form.omits_none else [whole]


def _divided(changed: Changed, name: str) -> tuple[str, str] | tuple[()]:
    """Return the names of the minutes and seconds that a function makes of its seconds, each set once."""
    made: dict[str, str] = {}
    for one in changed.node.body:
        match one:
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=minutes), ast.Name(id=seconds)])], value=value) if (
                ast.unparse(value) == f"divmod({name}, 60)"
            ):
                made |= {"//": minutes, "%": seconds}
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                for sign in ("//", "%"):
                    if ast.unparse(value) == f"{name} {sign} 60":
                        made[sign] = target
    names = made.get("//", ""), made.get("%", "")
    return names if all(one and len(changed.sets(one)) == 1 for one in names) else ()


FINDERS: tuple[Finder, ...] = (with_hours,)
SURE: tuple[Sure, ...] = (
    (
        with_hours_surely,
        said_as(
            r"^(?!.*\d[.,]\d+ ?h).*"
            r"\b(?:from (?:an|one|1|60|sixty) (?:full )?(?:hour|min\w*) on(?:wards?)?\b"
            r"|(?:an|one|1) hour (?:or|and) (?:more|longer|above|over)|60 min\w* (?:or|and) (?:more|longer|above"
            r"|over)"
            r"|at least (?:an|one|1) hour)"
        ),
        1,
    ),
)

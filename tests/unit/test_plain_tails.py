"""What is put at the end of a text, in front of it or in a line of its own, where it is there."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str = "f") -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


def changes(task: str, code: str, name: str = "f") -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


CODE = """
class Boat:
    name: str
    length: float
    registration: str = ""
    berth: int | None = None
    sold: bool = False

    def f(self) -> str:
        return f"{self.name} ({self.length:g} m)"
"""
LINES = """
class Label:
    name: str
    note: str = ""

    def f(self) -> str:
        lines = [self.name]
        return "\\n".join(lines)
"""
PUT = '        text = f"{self.name} ({self.length:g} m)"\n        if %s:\n            %s\n        return text\n'


@pytest.mark.parametrize(
    ("task", "asked", "new"),
    [
        (
            "f should have the registration at its end, if there is one: 'Mia (9 m) [NL-4]'.",
            "self.registration",
            'text += f" [{self.registration}]"',
        ),
        (
            "f should add the registration if it is known: 'Mia (9 m), NL-4'.",
            "self.registration",
            'text += f", {self.registration}"',
        ),
        (
            "If a boat has a berth, f should add it, as in 'Mia (9 m) - berth 7'.",
            "self.berth is not None",
            'text += f" - berth {self.berth:g}"',
        ),
        ("If a boat is sold f should say so, like 'Mia (9 m), sold'.", "self.sold", 'text += ", sold"'),
        (
            "If there is a registration, put it in front of the name in f, like 'NL-4 Mia (9 m)'.",
            "self.registration",
            'text = f"{self.registration} {text}"',
        ),
    ],
)
def test_it_is_put_there(task: str, asked: str, new: str) -> None:
    old = '        return f"{self.name} ({self.length:g} m)"\n'
    assert surest(task, CODE, "Boat.f") == CODE.replace(old, PUT % (asked, new))


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (
            "If there is a note, f should have it as the last line, like 'Note: ring twice'.",
            'lines.append(f"Note: {self.note}")',
        ),
        ("If there is a note, f should have it as the last line.", "lines.append(self.note)"),
        ("If there is a note, f should have it as a line at the top.", "lines.insert(0, self.note)"),
    ],
)
def test_it_is_a_line_of_its_own(task: str, new: str) -> None:
    assert f"        if self.note:\n            {new}\n        return" in surest(task, LINES, "Label.f")


def test_of_a_parameter_whose_class_is_known() -> None:
    code = (
        CODE.replace("    def f(self)", "def f(boat: Boat)")
        .replace("        return", "    return")
        .replace("self", "boat")
    )
    task = "If there is a registration, f should add it, like 'Mia (9 m) [NL-4]'."
    assert '    if boat.registration:\n        text += f" [{boat.registration}]"\n' in surest(task, code)


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("f should not have the registration at its end if there is one: 'Mia (9 m) [NL-4]'.", CODE, "Boat.f"),
        ("f should have the registration at its end, unless it is sold: 'Mia (9 m) [NL-4]'.", CODE, "Boat.f"),
        ("f should have the owner at its end, if there is one: 'Mia (9 m) [NL-4]'.", CODE, "Boat.f"),
        ("f should have the registration at its end, if there is one.", CODE, "Boat.f"),
        ("If the registration is missing f should show 'Mia (9 m) (none)'.", CODE, "Boat.f"),
        ("f should show the berth when a boat is sold: 'Mia (9 m), 7'.", CODE, "Boat.f"),
        ("f shows 'Mia (9 m) [NL-4]' if there is a registration. Remove it.", CODE, "Boat.f"),
        ("f should have the registration at its end, if there is one: 'Mia, 9 m'.", CODE, "Boat.f"),
        (
            "f should have the registration at its end in upper case, if there is one: 'Mia (9 m) [NL-4]'.",
            CODE,
            "Boat.f",
        ),
        ("f should have the registration instead if there is one: 'Mia (9 m) [NL-4]'.", CODE, "Boat.f"),
        ("If a boat has a berth, f should add it: 'Mia (9 m) - berth'.", CODE, "Boat.f"),
        (
            "f should have the registration at its end, if there is one: 'Mia (9 m) [NL-4]'.",
            CODE.replace("({self.length:g} m)", "({self.length:g} m, {self.registration})"),
            "Boat.f",
        ),
        ("If there is a note, f should raise a ValueError for the last line.", LINES, "Label.f"),
        ("If there is a note, f should have it at the end.", LINES, "Label.f"),
    ],
)
def test_of_anything_else_nothing_is_sure(task: str, code: str, name: str) -> None:
    assert surest(task, code, name) == ""

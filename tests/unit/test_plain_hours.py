"""Durations that show their hours from one hour on, and times that go past midnight."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def changes(task: str, code: str, name: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), name)
    return [(one.edits[0].after or b"").decode() for one in found]


def surest(task: str, code: str, name: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


DIVIDED = "def length(seconds: int) -> str:\n    minutes, rest = divmod(seconds, 60)\n"
DIVIDED += '    # As on a clock.\n    return f"{minutes}:{rest:02d}"\n'
CLOCK = "    if minutes >= 60:\n        hours, minutes = divmod(minutes, 60)\n"
CLOCK += '        return f"{hours}:{minutes:02d}:{rest:02d}"\n'
WHOLE = 'def length(seconds: int) -> str:\n    return f"{seconds // 60}:{seconds % 60:02d}"\n'
OF_WHOLE = "    if seconds >= 3600:\n        minutes, rest = divmod(seconds, 60)\n"
OF_WHOLE += "        hours, minutes = divmod(minutes, 60)\n"
OF_WHOLE += '        return f"{hours}:{minutes:02d}:{rest:02d}"\n'
MINUTES = 'def length(minutes: int) -> str:\n    """Return how long it takes."""\n    return f"{minutes} min"\n'
IN_HOURS = '    if minutes >= 60:\n        hours, rest = divmod(minutes, 60)\n        return f"{hours} h {rest} min"\n'


@pytest.mark.parametrize(
    ("task", "code", "rows"),
    [
        ("From one hour on, length should show the hours as well: 3725 is 1:02:05.", DIVIDED, CLOCK),
        ("length(3725) should be '1:02:05', so it shows hours from an hour on.", DIVIDED, CLOCK),
        ("Mixes show up as '75:12'. length should give '1:15:12' from an hour on.", WHOLE, OF_WHOLE),
        ("From 60 minutes on, length should show the hours: 90 is '1 h 30 min', 60 is '1 h 0 min'.", MINUTES, IN_HOURS),
        (
            "length should use hours from 60 minutes on: 90 becomes '1 h 30 min' and 120 becomes '2 h'.",
            MINUTES,
            IN_HOURS.replace(' min"\n', ' min" if rest else f"{hours} h"\n'),
        ),
    ],
)
def test_hours_are_shown_from_one_hour_on(task: str, code: str, rows: str) -> None:
    at = "    # As" if "# As" in code else "    return"
    wanted = code.replace(at, rows + at) if at == "    return" else code.replace("    return", rows + "    return")
    assert changes(task, code, "length")[0] == wanted
    assert surest(task, code, "length") == wanted


HOURS = "From one hour on, length should show the hours as well: 3725 is 1:02:05."


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (HOURS.replace("1:02:05", "1:03:05"), DIVIDED),
        (HOURS.replace(": 3725 is 1:02:05", ""), DIVIDED),
        (HOURS.replace("one hour", "two hours"), DIVIDED),
        (HOURS.replace("one hour", "90 minutes"), DIVIDED),
        (HOURS.replace("well", "well, unless short is given"), DIVIDED),
        (HOURS.replace("should show", "should no longer show"), DIVIDED),
        (HOURS, DIVIDED.replace("int", "float")),
        (HOURS, DIVIDED.replace("seconds", "number")),
        (
            HOURS,
            DIVIDED.replace("(seconds: int)", "(title: str, seconds: int)").replace("{minutes}", "{title} {minutes}"),
        ),
        (HOURS, DIVIDED.replace("    #", "    hours = minutes // 60\n    #")),
        (HOURS, DIVIDED.replace("    #", "    minutes += 1\n    #")),
        (HOURS, DIVIDED.replace("return", "yield")),
        (HOURS, DIVIDED.replace("    #", "    divmod = print\n    #")),
    ],
)
def test_no_hours_are_made_up(task: str, code: str) -> None:
    assert not any(">= 60" in one or ">= 3600" in one for one in changes(task, code, "length"))


NIGHT = "class Shift:\n    def hours(self) -> float:\n        return (_minutes(self.end) - _minutes(self.start)) / 60\n"
TASK = "Bug: Shift.hours gives -16 for a shift from 22:00 to 06:00. It goes over midnight, so it should give 8."
MINUTE = "class Shift:\n    def minutes(self) -> int:\n        return self.end - self.begin\n"


@pytest.mark.parametrize(
    ("task", "code", "name", "old", "new"),
    [
        (TASK, NIGHT, "Shift.hours", ")) / 60", ")) % (24 * 60) / 60"),
        (
            "Shift.minutes is negative past midnight. It gives -960 for a night shift, but should give 480.",
            MINUTE,
            "Shift.minutes",
            "self.end - self.begin",
            "(self.end - self.begin) % (24 * 60)",
        ),
    ],
)
def test_a_time_goes_past_midnight(task: str, code: str, name: str, old: str, new: str) -> None:
    assert surest(task, code, name) == code.replace(old, new)


def test_a_time_past_midnight_without_numbers_is_no_sure_one() -> None:
    task = "Shift.minutes is negative for shifts that go past midnight."
    wanted = MINUTE.replace("self.end - self.begin", "(self.end - self.begin) % (24 * 60)")
    assert changes(task, MINUTE, "Shift.minutes") == [wanted]
    assert surest(task, MINUTE, "Shift.minutes") == ""


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (TASK.replace("should give 8", "should raise a ValueError"), NIGHT),
        (TASK.replace("should give 8", "should give 9"), NIGHT),
        (TASK, NIGHT.replace("self.start", "self.pause")),
        (TASK, NIGHT.replace("/ 60", "% 1440 / 60")),
        (
            TASK,
            NIGHT.replace("        return", "        if self.end < self.start:\n            return 0\n        return"),
        ),
        (TASK.replace("over midnight", "through the tunnel").replace("22:00 to 06:00", "the night's end"), MINUTE),
    ],
)
def test_nothing_else_goes_past_midnight(task: str, code: str) -> None:
    assert not any("% (24" in one or "% 24" in one for one in changes(task, code, "Shift.hours"))

"""The digits of a clock, a sign with its blank, and what a message says."""

from __future__ import annotations

import pytest

from workbench.crew.slips.finding import righted, without_evident
from workbench.errors import CheckFailed
from workbench.model import FileEdit

CLOCK = 'def length(seconds):\n    minutes, rest = divmod(seconds, 60)\n    return f"{minutes}:{rest:02}"\n'
TASK = "length should give '1:15:12' from an hour on."
PARSE = """def parse_clock(text):
    hours, minutes = text.strip().split(":")
    if int(minutes) > 59:
        raise ValueError(f"no time: {text!r}")
    return int(hours) * 60 + int(minutes)
"""
DOTS = "Times such as 18.30 should be read by parse_clock, too."


def evident(task: str, before: str, after: str) -> str:
    edits, _ = without_evident(task, (FileEdit(path="a.py", before=before.encode(), after=after.encode()),))
    assert edits[0].after is not None
    return edits[0].after.decode()


def of_failed(task: str, before: str, after: str) -> list[str]:
    edits = (FileEdit(path="a.py", before=before.encode(), after=after.encode()),)
    found = righted(task, edits, CheckFailed("pytest failed", code="checks-failed"))
    return [(one.edits[0].after or b"").decode() for one in found]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "{seconds // 3600}:{seconds % 3600 // 60}:{seconds % 60}",
            "{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}",
        ),
        ("{hours}:{minutes}:{rest:02}", "{hours}:{minutes:02}:{rest:02}"),
        ("{hours}:{minutes:02}:{rest:02}", "{hours}:{minutes:02}:{rest:02}"),
        ("{hours}:{minutes:>3}", "{hours}:{minutes:>3}"),
        ("{hours}: {minutes}", "{hours}: {minutes}"),
        ("{name}:{hours!r}", "{name}:{hours!r}"),
    ],
)
def test_two_digits_stand_behind_a_colon(written: str, wanted: str) -> None:
    line = '    if seconds >= 3600:\n        return f"{}"\n'
    before, after = CLOCK, CLOCK.replace("    minutes,", line.replace("{}", written) + "    minutes,")
    assert evident(TASK, before, after) == after.replace(written, wanted)


def test_what_shows_no_clock_is_left_alone() -> None:
    after = CLOCK.replace("    minutes,", '    if seconds < 0:\n        return f"{seconds}:{seconds}"\n    minutes,')
    assert evident("length should say negative ones twice.", CLOCK, after) == after


@pytest.mark.parametrize(
    ("task", "made"),
    [
        ("place should say where, as in '12:34'.", "{line}:{column}"),
        ("score should give '25:19'.", "{home}:{away}"),
        ("ratio should give '16:10'.", "{width}:{height}"),
        ("address should give '127.0.0.1:80'.", "{host}:{port}"),
        ("verse should give 'John 3:16'.", "{chapter}:{verse}"),
    ],
)
def test_what_only_looks_like_a_clock_is_left_alone(task: str, made: str) -> None:
    name = task.partition(" ")[0]
    one, other = made.strip("{}").split("}:{")
    before = f"def {name}({one}, {other}):\n    return {one}, {other}\n"
    after = before.replace(f"return {one}, {other}", f'return f"{made}"')
    assert evident(task, before, after) == after


def test_pieces_of_a_text_have_their_digits() -> None:
    before = 'def clock(text):\n    hours, minutes = text.split(".")\n    return hours, minutes\n'
    after = before.replace("return hours, minutes", 'return f"{hours}:{minutes}"')
    assert evident("clock should give '12:30' for 12.30.", before, after) == after


def test_old_words_are_left_alone() -> None:
    before = CLOCK.replace("{rest:02}", "{rest}")
    after = before.replace("    minutes,", "    seconds = int(seconds)\n    minutes,")
    assert evident(TASK, before, after) == after


SETTINGS = 'def parse(line):\n    key, _, value = line.partition("=")\n    return key.strip(), value.strip()\n'


@pytest.mark.parametrize("quote", ["'", '"', "`"])
def test_a_sign_stands_as_the_task_quotes_it(quote: str) -> None:
    task = f"parse should drop all from {quote} #{quote} on."
    after = SETTINGS.replace("value.strip()", 'value.split("#")[0].strip()')
    assert SETTINGS.replace("value.strip()", 'value.split(" #")[0].strip()') in of_failed(task, SETTINGS, after)


def test_dots_stand_as_the_task_quotes_them() -> None:
    before = "def fit(text):\n    return text[:9]\n"
    after = before.replace("text[:9]", "text[:8] + '...' if text[9:] else text")
    assert after.replace("...", "…") in of_failed("Let fit end with '…' what it cuts.", before, after)
    assert not any("…" in one for one in of_failed("Let fit end with '...' and not '…'.", before, after))


@pytest.mark.parametrize("task", ["parse should drop all from '#' on.", "It doesn't do #' on ' #b."])
def test_a_sign_that_is_not_quoted_with_a_blank_stays(task: str) -> None:
    after = SETTINGS.replace("value.strip()", 'value.split("#")[0].strip()')
    assert not any('" #"' in one for one in of_failed(task, SETTINGS, after))


def test_a_message_says_what_was_given() -> None:
    after = PARSE.replace("    hours", '    text = text.replace(".", ":")\n    hours', 1)
    wanted = PARSE.replace("text.strip()", 'text.replace(".", ":").strip()')
    assert evident(DOTS, PARSE, after) == wanted


@pytest.mark.parametrize(
    ("before", "first"),
    [
        # It is read twice, or in a loop.
        (PARSE.replace("int(minutes) > 59", "int(minutes) > 59 or not text"), 'text = text.replace(".", ":")'),
        (PARSE.replace("text.strip().split(", "[one for one in '1' if text].copy().append("), "text = text.strip()"),
        (
            PARSE.replace("text.strip()", "''.join(one for one in '12:30' if one not in text)"),
            'text = text.replace(".", ":")',
        ),
        (
            PARSE.replace("hours, minutes = text.strip()", "hours, minutes = [text for _ in '12'][0]"),
            'text = text.replace(".", ":")',
        ),
        # It is more than cleaned.
        (PARSE, "text = text.resolve()"),
        # No message says it.
        (PARSE.replace("{text!r}", "{minutes}"), 'text = text.replace(".", ":")'),
        # It is no cleaning of what was given, or not of it alone.
        (PARSE, 'text = "18:30"'),
    ],
)
def test_a_text_that_is_cleaned_for_more_than_one_look_stays(before: str, first: str) -> None:
    after = before.replace("    hours", f"    {first}\n    hours", 1)
    assert evident(DOTS, before, after) == after


def test_where_the_message_is_spoken_of_it_stays() -> None:
    after = PARSE.replace("    hours", '    text = text.replace(".", ":")\n    hours', 1)
    assert evident(f"{DOTS} The message shows a colon.", PARSE, after) == after

"""Methods that a small model takes for their twins, exchanged where a check fails."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from tests.unit.test_slips import made
from tests.unit.test_slips_of_everyday import evident
from workbench.crew.dispatch import work
from workbench.crew.slips.finding import without_evident
from workbench.model import Check, FileEdit, Solving, Verdict

PARSE = "def parse(text):\n    if not text.startswith('P'):\n        raise ValueError(text)\n    return text[1:]\n"


def answer(line: str) -> str:
    return PARSE.replace("    if", f"    {line}\n    if", 1)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("text = text.strip().lower()", "text = text.strip().upper()"),
        ("text = text.lstrip()", "text = text.rstrip()"),
        ("text = text.lower() if text.islower() else text", "text = text.upper() if text.islower() else text"),
        ("text = text.removesuffix('-')", "text = text.removeprefix('-')"),
    ],
)
def test_a_new_call_is_made_one_of_its_twin(line: str, meant: str) -> None:
    found = made(PARSE, answer(line), "ValueError: pt1h")
    assert answer(meant) in found
    assert all("startswith" in one for one in found), "what stood there before stays"


def test_all_calls_of_a_method_are_exchanged_at_once() -> None:
    line = "text = text.lower() + text[1:].lower()"
    assert made(PARSE, answer(line), "AssertionError") == [answer(line.replace("lower", "upper"))]


@pytest.mark.parametrize(
    "line", ["text = text.title()", "text = lower(text)", "lower = text", "text = text.split()[0]"]
)
def test_what_has_no_twin_is_left_alone(line: str) -> None:
    assert made(PARSE, answer(line), "AssertionError") == []


async def test_the_righted_answer_is_judged_like_any_other() -> None:
    # As things are, and with what the host makes of it, it fails too.
    ran = [(False, "ValueError: pt1h")] * 3 + [(True, "")]
    checks = [[Check(name="pytest", ok=ok, output=output)] for ok, output in ran]
    desk = ScriptedDesk(fenced(answer("text = text.lower()")), checks=checks)
    solving = Solving.model_validate({"samples": 1, "wrap": False})
    brief = a_brief("patch", "Accept lower-case letters.", {"a.py": PARSE}, check=("pytest",), solving=solving)
    proposal = await work(brief, desk)
    assert proposal.edits[0].after == answer("text = text.upper()").encode()
    assert proposal.verdict is Verdict.CHECKED
    assert any("`lower` is `upper`" in note for note in proposal.notes)


PAIRS = "def parse(text):\n    return [text]\n"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("return text.split('=')[1]", "return text.split('=', 1)[1]"),
        ("key, value = text.split('=')\n    return value", "key, value = text.split('=', 1)\n    return value"),
        ("key, value = text.split(b'=')\n    return key", "key, value = text.split(b'=', 1)\n    return key"),
        ("return text.split('=')[0]", ""),
        ("return text.split('=')[2]", ""),
        ("return text.split('=', 2)[1]", ""),
        ("return text.split(',')[1]", ""),
        ("return text.split()[1]", ""),
        ("first, *rest = text.split('=')\n    return rest", ""),
        ("parts = text.split('=')\n    return parts[1]", ""),
        ("key, value = text.str.split('=')\n    return value", ""),
    ],
)
def test_a_pair_is_cut_once(line: str, meant: str) -> None:
    after = PAIRS.replace("return [text]", line)
    edits = (FileEdit(path="a.py", before=PAIRS.encode(), after=after.encode()),)
    (edit,), done = without_evident("Take key=value pairs.", edits)
    assert edit.after == PAIRS.replace("return [text]", meant or line).encode()
    assert bool(done) is bool(meant)


def test_an_old_cut_stays() -> None:
    before = "def parse(text):\n    return text.split('=')[1]\n"
    edits = (FileEdit(path="a.py", before=before.encode(), after=before.replace("    r", "    x = 1\n    r").encode()),)
    assert without_evident("Do it.", edits) == (edits, ())


@pytest.mark.parametrize("task", ["Raise ValueError for more than one `=`.", "Give what stands after the second `=`."])
def test_a_pair_stays_where_the_task_counts_its_signs(task: str) -> None:
    after = PAIRS.replace("return [text]", "key, value = text.split('=')\n    return value")
    edits = (FileEdit(path="a.py", before=PAIRS.encode(), after=after.encode()),)
    assert without_evident(task, edits) == (edits, ())


HEX = "def read(text):\n    return text\n"


def cut_off(line: str, task: str) -> str:
    """Return the line that a new line becomes before a check."""
    after = HEX.replace("return text", line)
    ((edit,), _) = without_evident(task, (FileEdit(path="a.py", before=HEX.encode(), after=after.encode()),))
    return (edit.after or b"").decode().removeprefix("def read(text):\n    ").removesuffix("\n")


@pytest.mark.parametrize(
    ("line", "task", "meant"),
    [
        (
            "return text.lstrip('0x0X')",
            "Ignore a leading '0x' or '0X'.",
            "return (text[2:] if text.startswith(('0x', '0X')) else text)",
        ),
        (
            "text = 'é', text.rstrip('.py').lower()",
            "Drop the suffix `.py`.",
            "text = 'é', (text[:-3] if text.endswith('.py') else text).lower()",
        ),
        (
            'return text.lstrip(\n        "v1"\n    )',
            'What starts with "v1" does so no longer.',
            "return (text[2:] if text.startswith('v1') else text)",
        ),
    ],
)
def test_a_word_that_is_stripped_is_cut_off_once(line: str, task: str, meant: str) -> None:
    assert cut_off(line, task) == meant


@pytest.mark.parametrize(
    ("line", "task"),
    [
        ("return text.lstrip('0x')", "Read '0x' numbers."),
        ("return text.lstrip('0x')", "Ignore a leading 0x."),
        ("return text.lstrip('0xab')", "Ignore a leading '0x'."),
        ("return text.lstrip('0')", "Ignore a leading '0'."),
        ("return text.lstrip('00')", "Ignore a leading '00'."),
        ("return text.rstrip('.,')", "Drop a trailing `.,`."),
        ("return text.rstrip('\\r\\n')", "Drop a trailing `\\r\\n`."),
        ("return text.lstrip('aeiou')", "Drop leading vowels ('aeiou')."),
        ("return text.lstrip('xy')", "Drop any of 'xy' at the beginning."),
        ("return text.lstrip('xy')", "Drop all leading 'xy'."),
        ("return text.rstrip('.0')", "Drop trailing zeros, and what is left of '.0'."),
        ("return text.strip('0x')", "Ignore a leading '0x'."),
        ("return text.removeprefix('0x')", "Ignore a leading '0x'."),
        ("return text.lower().lstrip('0x')", "Ignore a leading '0x'."),
        ("return text.str.lstrip('0x')", "Ignore a leading '0x'."),
        ("return text.lstrip(b'0x')", "Ignore a leading '0x'."),
        ("return f'{text.lstrip(\"0x\")}'", "Ignore a leading '0x'."),
    ],
)
def test_what_may_be_a_set_of_signs_is_stripped_as_it_is(line: str, task: str) -> None:
    assert cut_off(line, task) == line


def test_an_old_strip_stays() -> None:
    before = HEX.replace("return text", "return text.lstrip('0x')")
    edits = (
        FileEdit(path="a.py", before=before.encode(), after=before.replace("    r", "    text += 'a'\n    r").encode()),
    )
    assert without_evident("Ignore a leading '0x'.", edits) == (edits, ())


@pytest.mark.parametrize(
    ("task", "new", "wanted"),
    [
        ("Ignore blanks around it.", 'text.replace(" ", "").lower()', "text.strip().lower()"),
        ("Ignore leading and trailing spaces.", "text.replace(' ', '')", "text.strip()"),
        ("Ignore blanks around it and between its parts.", 'text.replace(" ", "")', 'text.replace(" ", "")'),
        ("Ignore blanks.", 'text.replace(" ", "")', 'text.replace(" ", "")'),
        ("Ignore all blanks around and within.", 'text.replace(" ", "")', 'text.replace(" ", "")'),
        ("Ignore blanks around it.", 'text.replace("-", "")', 'text.replace("-", "")'),
        ("Ignore blanks around the dash.", 'text.replace(" ", "")', 'text.replace(" ", "")'),
        ("Ignore blanks around the '='.", 'text.replace(" ", "")', 'text.replace(" ", "")'),
        ("Ignore blanks around names.", 'text.replace(" ", "").split(",")', 'text.replace(" ", "").split(",")'),
    ],
)
def test_blanks_around_are_not_those_within(task: str, new: str, wanted: str) -> None:
    assert evident(task, "def f(text):\n    return text\n", f"def f(text):\n    return {new}\n") == (
        f"def f(text):\n    return {wanted}\n"
    )

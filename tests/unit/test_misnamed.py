"""A function that an answer gives under the name of one like it, put under its own."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.answers.misnamed import under_its_name
from workbench.crew.dispatch import work

FILE = '''import os


def from_hours(text):
    """Read hours, as from_days reads days."""
    number = text.strip()
    number = number.removesuffix("h")
    value = float(number)
    whole = value * 3600
    return whole


def from_days(text):
    first, *rest = text.split()
    print("from_days")
    return first


class Other:
    def from_weeks(self, text):
        return text
'''
ANSWER = '''def from_days(text):
    """Read it."""
    number = text.strip()
    number = number.removesuffix("h").removesuffix("H")
    value = float(number)
    whole = value * 3600
    return whole
'''


def renamed(answer: str, *names: str, content: str = FILE) -> str:
    return under_its_name(content.encode(), names or ("from_hours",), answer)


def test_an_answer_goes_under_the_name_of_the_function_that_it_nearly_is() -> None:
    said = f"Now from_days takes capitals:\n\n{fenced(ANSWER)}\n\nSo from_days is done."
    assert renamed(said) == said.replace("def from_days", "def from_hours")
    waits = FILE.replace("def", "async def")
    assert "async  def from_hours(" in renamed(fenced(ANSWER.replace("def", "async  def")), content=waits)
    assert "def from_hours(" in renamed(ANSWER), "without a fence, too"


def test_of_several_the_nearest_one_is_meant() -> None:
    both = FILE.replace("class Other", FILE[FILE.index("def from_hours") : FILE.index("def from_days")] + "class Other")
    both = both.replace("def from_hours", "def from_minutes").replace("def from_minutes", "def from_hours", 1)
    both = both.replace("value * 3600", "value * 60").replace("value * 60", "value * 3600", 1)
    assert "def from_hours(" in renamed(fenced(ANSWER), "from_minutes", "from_hours", content=both)
    minutes = fenced(ANSWER.replace("3600", "60"))
    assert "def from_minutes(" in renamed(minutes, "from_minutes", "from_hours", content=both)


def test_calls_of_itself_go_along_and_words_do_not() -> None:
    calls = ANSWER.replace('.removesuffix("H")', "").replace(
        "return whole", "return 'é', whole or from_days('from_days')  # from_days"
    )
    assert "return 'é', whole or from_hours('from_days')  # from_days" in renamed(fenced(calls))


def test_calls_of_the_other_that_the_right_one_makes_stay() -> None:
    content = FILE.replace("whole = value * 3600", "whole = from_days(value)", 1)
    answer = fenced(ANSWER.replace("whole = value * 3600", "whole = from_days(value)"))
    assert renamed(answer, content=content) == answer.replace("def from_days", "def from_hours")


@pytest.mark.parametrize(
    "answer",
    [
        fenced(ANSWER.replace("from_days", "from_hours")),
        fenced(ANSWER.replace("from_days", "from_years")),
        fenced(FILE[FILE.index("def from_days") : FILE.index("class")]),
        fenced("def from_days(text):\n    return int(text)\n"),
        fenced(f"{ANSWER}\n\ndef from_months(text):\n    return text\n"),
        fenced(ANSWER) + "\n\n" + fenced("print(1)"),
        fenced("class Other:\n    def from_weeks(self, text):\n        return from_days(text)\n"),
        fenced("def from_days(text:"),
        "I can't do that.",
        f"a.py\n<<<<<<< SEARCH\n    return first\n=======\n{ANSWER}>>>>>>> REPLACE\n",
    ],
    ids=["right", "new", "itself", "unlike both", "two", "two blocks", "a method", "broken", "words", "a change"],
)
def test_other_answers_stay(answer: str) -> None:
    assert renamed(answer) == answer


def test_what_is_too_deep_or_no_python_stays() -> None:
    deep = FILE.replace("value * 3600", "value" + ".a(1)" * 150)
    odd = FILE.replace("value * 3600", "f'{value[\"\u200b\"]}'")
    for content in (deep, odd, "def from_hours(text:", ""):
        assert renamed(fenced(ANSWER), content=content) == fenced(ANSWER)
    assert renamed(fenced(ANSWER), "Other.from_weeks") == fenced(ANSWER)


async def test_the_function_that_was_asked_for_is_changed() -> None:
    desk = ScriptedDesk(fenced(ANSWER))
    proposal = await work(a_brief("patch", "from_hours should take a capital H too", {"a.py": FILE}), desk)
    after = (proposal.edits[0].after or b"").decode()
    assert '.removesuffix("H")' in after.partition("def from_days")[0]
    assert after.partition("def from_days")[2] == FILE.partition("def from_days")[2]

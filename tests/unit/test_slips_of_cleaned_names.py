"""A new case is asked of the text that the old lines made clean."""

from __future__ import annotations

import pytest

from tests.unit.test_slips_of_everyday import evident

STATE = """def runs(text):
    word = text.strip().lower()
    if word not in STATES:
        raise ValueError(f"unknown: {text}")
    return STATES[word]
"""
CASE = '    if text == "ice":\n        return False\n'
CLEAN = "    word = text.strip().lower()\n"
TASK = 'The hut now also sends "ice". runs should take it and say that it does not run.'


@pytest.mark.parametrize(
    ("case", "righted"),
    [
        (CASE, CASE.replace("text", "word")),
        (
            '    if text in ("ice", "fog"):\n        return False\n',
            '    if word in ("ice", "fog"):\n        return False\n',
        ),
        ('    if text == "ice":\n        raise Ice(text)\n', '    if word == "ice":\n        raise Ice(text)\n'),
    ],
)
def test_the_clean_text_is_asked_for(case: str, righted: str) -> None:
    assert evident(TASK, STATE, STATE.replace(CLEAN, case + CLEAN)) == STATE.replace(CLEAN, CLEAN + righted)


@pytest.mark.parametrize(
    ("task", "before", "case"),
    [
        ("runs should take exactly 'ice'.", STATE, CASE),
        (TASK, STATE, CASE.replace("ice", "Ice")),
        (TASK, STATE, CASE.replace("return False", "print(text)")),
        (TASK, STATE, CASE.replace("text ==", "len(text) ==")),
        (TASK, STATE.replace(".strip().lower()", ".strip('-')"), CASE),
        (TASK, STATE.replace("    word", "    seen = 1\n    word"), CASE),
    ],
)
def test_what_may_be_meant_as_it_comes_is_left(task: str, before: str, case: str) -> None:
    head, _, body = before.partition("\n")
    after = f"{head}\n{case}{body}"
    assert evident(task, before, after) == after

"""Slips of answers in JavaScript that can be seen from the code and the task alone."""

from __future__ import annotations

import pytest

from workbench.crew.slips.finding import without_evident
from workbench.model import FileEdit

FILL = "function fill(text, values) {\n  return text.replace(/{(\\w+)}/g, (whole, key) => values[key]);\n}\n"
TASK = "fill should leave a placeholder as it stands when there is no value for it, and not write 'undefined'."


def after(task: str, path: str, answer: str, before: str = FILL) -> str:
    edits, done = without_evident(task, [FileEdit(path=path, before=before.encode(), after=answer.encode())])
    content = (edits[0].after or b"").decode()
    assert bool(done) is (content != answer)
    return content


@pytest.mark.parametrize("path", ["a.js", "a.ts"])
@pytest.mark.parametrize("other", ["whole", "'ä'", "`{${key}}`"])
def test_what_is_missing_is_not_what_counts_as_false(path: str, other: str) -> None:
    answer = FILL.replace("values[key]", f"values[key] || {other}")
    assert after(TASK, path, answer) == answer.replace("||", "??")


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (TASK.replace("no value", "an empty value"), "values[key] || whole"),
        ("fill should write 'undefined' for 0.", "values[key] || whole"),
        (TASK, "values[key] || key === whole"),
        (TASK, "values[key] || whole || key"),
        (TASK, "(values[key] || whole) && key"),
        (TASK, "known || whole"),
        (TASK, "values.off || values.gone"),
        (TASK, "values.off || whole"),
        (TASK, "!(values[key] || whole)"),
    ],
)
def test_a_choice_that_may_be_meant_is_left_alone(task: str, new: str) -> None:
    answer = FILL.replace("values[key]", new)
    assert after(task, "a.js", answer) == answer


def test_one_that_was_there_and_other_languages_are_left_alone() -> None:
    before = FILL.replace("values[key]", "values[key] || whole")
    answer = before.replace("\\w", "\\S")
    assert after(TASK, "a.js", answer, before) == answer
    code = "def fill(values, key)\n  values[key]\nend\n"
    assert after(TASK, "a.rb", code.replace("values[key]", "values[key] || key"), code).endswith("|| key\nend\n")


BOOK = "class Book {\n  on(day) {\n    return this.stays.filter((stay) => stay.from === day);\n  }\n}\n"
PASSED = "Book.on should leave out stays that were cancelled."


@pytest.mark.parametrize("path", ["a.js", "a.ts"])
def test_what_a_filter_asked_before_is_asked_still(path: str) -> None:
    answer = BOOK.replace("stay.from === day", "!stay.cancelled")
    assert after(PASSED, path, answer, BOOK) == BOOK.replace("=== day", "=== day && !stay.cancelled")
    either = BOOK.replace("stay.from === day", "stay.open || stay.free")
    kept = BOOK.replace("=== day", "=== day && (stay.open || stay.free)")
    assert after(PASSED, path, either, BOOK) == kept


@pytest.mark.parametrize(
    ("task", "new"),
    [
        (PASSED, "stay.from === day && !stay.cancelled"),
        (PASSED, "stay.from >= day"),
        (PASSED, "isOn(stay, day)"),
        ("Book.on should go by the cancelled ones alone instead, and skip no day.", "!stay.cancelled"),
        ("Book.on should give the cancelled ones.", "stay.cancelled"),
    ],
)
def test_a_condition_that_was_mended_or_is_to_go_is_left(task: str, new: str) -> None:
    answer = BOOK.replace("stay.from === day", new)
    assert after(task, "a.js", answer, BOOK) == answer

"""What is asked for long texts alone leaves short ones as they were."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.judging.outside import changed_outside

SUBJECT = 'def subject(title: str, count: int = 1) -> str:\n    return f"Your book: {title}"\n'
TASK = "If a title is longer than 30 characters, subject should use its first 30 characters and '...' after them."
LINE = '    return f"Your book: {title}"\n'
CUT = "    if len(title) > 30:\n        title = title[:30] + '...'\n"


def said(body: str, task: str = TASK) -> str:
    return changed_outside(task, [edit(SUBJECT, SUBJECT.replace(LINE, body))])


def test_a_short_text_that_comes_out_otherwise_is_told() -> None:
    body = """    return f"Your book: {title[:30] + '...'}"\n"""
    assert said(body) == (
        "subject('Ab') gave 'Your book: Ab' before the change and now gives 'Your book: Ab...'; "
        "what is not longer than 30 must stay as it was"
    )


def test_what_is_told_beside_it_is_no_wish() -> None:
    for task in (f"Long titles make our mails hard to read. {TASK}", f"{TASK} The rest is fine today."):
        assert said("""    return f"Your book: {title[:30] + '...'}"\n""", task)


def test_what_fails_for_a_short_text_is_told() -> None:
    assert "now raises IndexError" in said(f"    title[30]\n{LINE}")


def test_what_changes_long_ones_alone_is_right() -> None:
    assert said(CUT + LINE) == ""


@pytest.mark.parametrize(
    "task",
    [
        "If a title is longer than 30 characters, cut it; shorter ones are padded.",
        "If a title is longer than 30 characters or shorter than 3 it is wrong.",
        "If a title is longer than 30 characters, cut it. Shorter ones are written twice.",
        "If a title is longer than 30 characters, cut it. Otherwise write it twice.",
        "subject should have titles twice, and if a title is longer than 30 characters cut it.",
        "Titles come twice. If a title is longer than 30 characters, cut it.",
        "Repeat the title. When it is longer than 30 characters, cut it.",
        "If a title is longer than 30 characters, cut it. The title must come twice.",
        "If a title is longer than 30 characters, cut it, and have every title twice.",
        "Titles of up to 30 characters are enough.",
        "If there are more than 30 books, say so.",
        "If a title is longer than 1 characters, double it.",
        "If a title is longer than 30 characters cut it, when it is longer than 60 characters say so.",
    ],
)
def test_another_task_says_nothing_of_short_ones(task: str) -> None:
    assert said('    return f"Your book: {title * 2}"\n', task) == ""


def test_a_long_text_may_be_made_of_a_short_one() -> None:
    body = """    text = f"Your book: {title}"\n    return title if len(text) > 10 else text\n"""
    task = "If a subject is longer than 10 characters, subject should leave out the words before the title."
    assert said(body, task) == ""


def test_a_function_that_is_given_something_else_is_left_alone() -> None:
    before = SUBJECT.replace("title: str", "title: Title")
    after = before.replace("{title}", "{title}...")
    assert changed_outside(TASK, [edit(before, after)]) == ""
    assert (
        changed_outside(TASK, [edit(SUBJECT, SUBJECT.replace("title: str", "name: str").replace("{title}", "{name}!"))])
        == ""
    )


def test_a_wish_before_the_condition_is_one_of_all_texts() -> None:
    task = "subject should have quotes around a title, if a title is longer than 30 characters only its first 30."
    assert said("    return f\"Your book: '{title}'\"\n", task) == ""

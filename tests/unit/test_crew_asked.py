"""What a task says plainly is held against a change that nothing else checks."""

from __future__ import annotations

import pytest

from tests.unit.scripted_desk import ScriptedDesk, a_brief, fenced
from workbench.crew.asked import unmet
from workbench.crew.dispatch import work
from workbench.model import FileEdit, Solving, Verdict

BEFORE = "def cut(text, limit=10, *, mark='…'):\n    return text[:limit]\n"


def missed(task: str, after: str, before: str = BEFORE, path: str = "a.py") -> str:
    return unmet(task, [FileEdit(path=path, before=before.encode(), after=after.encode())])


@pytest.mark.parametrize(
    ("task", "after", "said"),
    [
        (
            "Add `lower=False` to cut.",
            "def cut(text, limit=10, lower=True, *, mark='…'):\n    return 1\n",
            "lower=False",
        ),
        ("Give cut an option keep=None.", "def cut(text, limit=10, keep=0, *, mark='…'):\n    return 1\n", "keep=None"),
        ("With limit=None, cut nothing.", "def cut(text, limit=None, *, mark='…'):\n    return 1\n", "must stay 10"),
        ("cut: mind the mark.", "def cut(text, limit=10, *, mark='.'):\n    return 1\n", "must stay '…'"),
        (
            "cut should strip.",
            "def cut(text, *, mark='…'):\n    return text.strip()\n",
            "must keep its parameter limit",
        ),
        ("cut raises ValueError if limit < 0.", "def cut(text, limit=10, *, mark='…'):\n    return 2\n", "ValueError"),
        ("Show the text with repr.", "def cut(text, limit=10, *, mark='…'):\n    return str(text)\n", "use repr"),
    ],
)
def test_slips_are_told(task: str, after: str, said: str) -> None:
    assert said in missed(task, after)


@pytest.mark.parametrize(
    ("task", "after"),
    [
        ("Add lower=False to cut.", "def cut(text, limit=10, lower=False, *, mark='…'):\n    return 1\n"),
        ("Add `lower = False` to cut.", "def cut(text, limit=10, *, mark='…', lower=False):\n    return 1\n"),
        ('Add sep="" to cut.', "def cut(text, limit=10, sep='', *, mark='…'):\n    return 1\n"),
        ("The default of limit is 20 now.", "def cut(text, limit=20, *, mark='…'):\n    return 1\n"),
        ("Remove the parameter limit.", "def cut(text, *, mark='…'):\n    return text\n"),
        ("cut should take more.", "def cut(text, **more):\n    return text\n"),
        ("StopIteration is raised as before.", "def cut(text, limit=10, *, mark='…'):\n    return 1\n"),
        ("Raise ValueError if it is long.", BEFORE.replace("return", "raise ValueError\n    return")),
        ("Raise ParserError if it is long.", "def cut(text, limit=10, *, mark='…'):\n    return 1\n"),
        ("Show the text with repr.", "def cut(text, limit=10, *, mark='…'):\n    return f'{text!r}'\n"),
        ("Return it in order with sorted.", "def cut(text, limit=10, *, mark='…'):\n    return sorted(text)\n"),
        ("cut(text, limit=3) should keep three.", "def cut(text, limit=10, *, mark='…'):\n    return text\n"),
        ("cut raises ValueError.", BEFORE),
        ("cut raises ValueError.", "def cut(:\n"),
    ],
)
def test_what_is_as_asked_or_cannot_be_told_is_left_alone(task: str, after: str) -> None:
    assert missed(task, after) == ""


def test_other_languages_and_new_files_are_left_alone() -> None:
    assert missed("Add lower=False.", "function cut(lower = true) {}\n", path="a.js") == ""
    assert unmet("Raise ValueError.", [FileEdit(path="a.py", before=b"x = 1\n", after=None)]) == ""


OFF = "def greet(name, loud=False):\n    return name.upper() if loud else name\n"
ON = OFF.replace("loud=False", "loud=True")
TASK = "Give greet an option loud=False that shouts."


async def test_a_slip_is_mended_with_the_words_of_the_task() -> None:
    desk = ScriptedDesk(fenced(ON), fenced(OFF))
    proposal = await work(a_brief("patch", TASK, {"a.py": "def greet(name):\n    return name\n"}), desk)
    assert "must be loud=False, as the task says" in desk.question
    assert b"loud=False" in (proposal.edits[0].after or b"")


async def test_where_all_slip_the_first_is_offered_with_a_word_of_doubt() -> None:
    desk = ScriptedDesk(fenced(ON), fenced(ON.replace("upper", "title")))
    proposal = await work(a_brief("patch", TASK, {"a.py": "def greet(name):\n    return name\n"}), desk)
    assert b"upper" in (proposal.edits[0].after or b"")
    assert proposal.verdict is Verdict.UNVERIFIED
    assert any("perhaps not all that was asked" in note for note in proposal.notes)


async def test_it_can_be_switched_off() -> None:
    desk = ScriptedDesk(fenced(ON))
    solving = Solving(samples=1, retries=0, words=False)
    await work(a_brief("patch", TASK, {"a.py": "def greet(name):\n    return name\n"}, solving=solving), desk)
    assert len(desk.asked) == 1

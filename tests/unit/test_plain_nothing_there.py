"""What a function gives where there is nothing, where an error is raised today, or where there is no file."""

from __future__ import annotations

import pytest

from workbench.crew.judging.stated import functions
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.crew.plain.missing import no_file, not_raised, nothing_there
from workbench.crew.plain.results import given_where_empty
from workbench.crew.slips.righted import Changed
from workbench.edits.source import Lines
from workbench.model import FileEdit, Source

HEAD = "from __future__ import annotations\n\n\ndef mean(marks: list[int], total: int = 3) -> float:\n"
FAILS = "mean fails with a ZeroDivisionError if there are no marks. It should return 0.0 then."
CRASHES = "mean crashes if there are no marks. It should return 0.0 then."
EMPTY = "mean raises a ValueError for an empty list. It should return None then."
ROUND = "    return round(sum(marks) / len(marks), 1)\n"
SHORT = "    return round(sum(marks) / len(marks), 1) if marks else 0.0\n"
GUARD = "    if not marks:\n        return 0.0\n"
OR_NONE = HEAD.replace("float:", "float | None:")
LOAD = (
    "import json\n\n\ndef mean(path):\n    # all of it\n    with open(path) as file:\n        return json.load(file)\n"
)
TRIED = (
    "import json\n\n\ndef mean(path):\n    # all of it\n    try:\n        with open(path) as file:\n"
    "            return json.load(file)\n    except FileNotFoundError:\n        return {}\n"
)
NO_FILE = "mean should return an empty dict if the file does not exist."


def tried(task: str, code: str) -> list[str]:
    found = plain_changes(task, Source(path="a.py", content=code.encode()), "mean")
    return [(one.edits[0].after or b"").decode() for one in found]


def surest(task: str, code: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), "mean")
    return (found.edits[0].after or b"").decode() if found else ""


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        (FAILS, HEAD + ROUND, HEAD + SHORT),
        ("mean crashes with an empty list, could you make it return 0.0?", HEAD + ROUND, HEAD + GUARD + ROUND),
        ("On days without marks mean blows up. I'd rather have 0.0 then.", HEAD + ROUND, HEAD + GUARD + ROUND),
        (
            "mean should give 0.0 instead of dying with a ZeroDivisionError when nobody has any marks.",
            HEAD + '    """Return it."""\n' + ROUND,
            HEAD + '    """Return it."""\n' + GUARD + ROUND,
        ),
        (
            CRASHES,
            HEAD + "    amount = 0\n    for mark in marks:\n        amount += mark\n    return amount / len(marks)\n",
            HEAD
            + GUARD
            + "    amount = 0\n    for mark in marks:\n        amount += mark\n    return amount / len(marks)\n",
        ),
        (
            CRASHES,
            HEAD + "    kept = marks[1:]\n    # per mark\n    return round(sum(kept) / len(kept))\n",
            HEAD
            + "    kept = marks[1:]\n    if not kept:\n        return 0.0\n"
            + "    # per mark\n    return round(sum(kept) / len(kept))\n",
        ),
        (
            "mean fails with a ZeroDivisionError if total is 0. Return None then.",
            HEAD + "    return round(sum(marks) / total)\n",
            OR_NONE + "    if total == 0:\n        return None\n    return round(sum(marks) / total)\n",
        ),
        (EMPTY, HEAD + "    return max(marks, key=abs)\n", OR_NONE + "    return max(marks, key=abs, default=None)\n"),
        (
            EMPTY,
            HEAD + "    return max(mark + 1 for mark in marks)\n",
            OR_NONE + "    return max((mark + 1 for mark in marks), default=None)\n",
        ),
        (
            EMPTY,
            HEAD + "    return max(\n        marks,\n        key=abs,\n    )\n",
            OR_NONE + "    return max(\n        marks,\n        key=abs,\n        default=None,\n    )\n",
        ),
        (
            "mean should be 1 if there are no marks yet.",
            HEAD + "    return max(mark * 2 for mark in marks) + 1\n",
            HEAD + "    return max((mark * 2 for mark in marks), default=0) + 1\n",
        ),
        (
            EMPTY,
            HEAD + "    best = min(marks)\n    return best * total\n",
            OR_NONE + "    if not marks:\n        return None\n    best = min(marks)\n    return best * total\n",
        ),
        (
            "mean stops with an IndexError if marks is empty. Return 0.0 then.",
            HEAD + "    return sorted(marks)[-1] * 2\n",
            HEAD + GUARD + "    return sorted(marks)[-1] * 2\n",
        ),
        (
            "mean fails with a StatisticsError for an empty list. It should be 0.0.",
            "import statistics\n\n\n" + HEAD + "    return round(statistics.mean(marks), 1)\n",
            "import statistics\n\n\n" + HEAD + GUARD + "    return round(statistics.mean(marks), 1)\n",
        ),
        (
            "mean returns None if nobody waits, instead of failing with an IndexError. It should return None.",
            "def mean(self):\n    first = self.line.popleft()\n    self.called.append(first)\n    return first\n",
            "def mean(self):\n    if not self.line:\n        return None\n"
            "    first = self.line.popleft()\n    self.called.append(first)\n    return first\n",
        ),
        (
            "mean should say 'no marks' if there are none.",
            "def mean(marks):\n    return ', '.join(marks) + '.'\n",
            "def mean(marks):\n    if not marks:\n        return \"no marks\"\n    return ', '.join(marks) + '.'\n",
        ),
        (
            EMPTY,
            HEAD + "    if not marks:\n        raise ValueError('none')  # why\n    return marks[0]\n",
            OR_NONE + "    if not marks:\n        return None  # why\n    return marks[0]\n",
        ),
        (
            "mean returns None if there are no marks. Please return an empty list instead.",
            HEAD + "    if len(marks) < 1:\n        return None\n    return marks[1:]\n",
            HEAD + "    if len(marks) < 1:\n        return []\n    return marks[1:]\n",
        ),
        (NO_FILE, LOAD, TRIED),
        ("mean ends with a FileNotFoundError on a new machine. It should give {} then.", LOAD, TRIED),
        (
            "A missing file should simply give [].",
            "from pathlib import Path\n\n\ndef mean(path):\n    text = Path(path).read_text()\n"
            "    return text.split()\n",
            "from pathlib import Path\n\n\ndef mean(path):\n    try:\n        text = Path(path).read_text()\n"
            "    except FileNotFoundError:\n        return []\n    return text.split()\n",
        ),
    ],
)
def test_what_is_wished_for_is_given_where_there_is_nothing(task: str, code: str, new: str) -> None:
    assert new in tried(task, code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("mean fails with a ZeroDivisionError if there are no marks. Raise a ValueError then.", ROUND),
        ("mean fails with a TypeError for None. It should return 0.0 then.", ROUND),
        ("mean should never return 0.0 if there are no marks.", ROUND),
        ("mean should return 0.0 if there are no marks and 1.0 if there is one.", ROUND),
        ("mean should take a parameter empty and return 0.0 if there are no marks.", ROUND),
        ("mean fails with an IndexError if there are no marks. It should return 0.0 then.", ROUND),
        (FAILS, "    if not marks:\n        raise LookupError\n" + ROUND),
        (FAILS, "    return [sum(row) / len(row) for row in marks]\n"),
        (FAILS, "    for mark in marks:\n        total += mark / len(marks)\n    return total\n"),
        ("mean should say 'Spring: (empty)' if there are none.", "    return f'{total}: ' + ', '.join(marks)\n"),
        (CRASHES.replace("0.0", "'Ann: 0'"), "    return f'{total}: {sum(marks) / len(marks)}'\n"),
        (FAILS, "    yield sum(marks) / len(marks)\n"),
        (FAILS, "    return lambda: 1 / len(marks)\n"),
        (FAILS, "    return marks and round(1 / len(marks))\n"),
        (FAILS, "    try:\n        return round(1 / len(marks))\n    except ValueError:\n        return 2.0\n"),
        (EMPTY, "    marks = iter(marks)\n    return max(marks) * 2\n"),
        (EMPTY, "    return max(mark for mark in marks if mark) * 2\n"),
        (EMPTY, "    return max(marks, default=1)\n"),
        (EMPTY, "    return max(total, 1)\n"),
        (EMPTY, "    max = abs\n    return max(marks)\n"),
        (EMPTY, "    return max(*marks)\n"),
        (EMPTY.replace("ValueError", "IndexError"), "    return marks[1]\n"),
        (
            "mean raises a ValueError for letters. It should raise a KeyError.",
            "    if marks:\n        raise ValueError\n",
        ),
        (NO_FILE, "    with open(total, 'w') as file:\n        file.write('')\n"),
        (NO_FILE, "    with open(total, total) as file:\n        file.write('')\n"),
        (NO_FILE, "    with open(total) as one, open(marks) as two:\n        return one, two\n"),
        (NO_FILE, "    try:\n        return open(total)\n    except OSError:\n        return None\n"),
        (NO_FILE.replace("should", "has an option; it should"), "    return open(total).read()\n"),
        ("mean should return an empty dict if the text is empty.", "    return open(total).read()\n"),
        (NO_FILE, "    return open(total).read().replace('''a\nb''', 'c')\n"),
    ],
)
def test_nothing_is_found_where_something_else_is_wanted_or_done(task: str, code: str) -> None:
    content = (HEAD + code).encode()
    node, edit = functions(content)["mean"], FileEdit(path="a.py", before=content, after=content)
    changed = Changed(task, edit, node, node, Lines(content.decode()))
    finders = (*nothing_there.FINDERS, *not_raised.FINDERS, *no_file.FINDERS, given_where_empty)
    assert [one.what for find in finders for one in find(changed)] == []


@pytest.mark.parametrize(
    ("task", "code", "new"),
    [
        (FAILS, HEAD + ROUND, HEAD + SHORT),
        (
            "mean fails with a ValueError when there are no marks. It should return 0 then.",
            HEAD + "    return max(marks, key=abs)\n",
            HEAD + "    return max(marks, key=abs, default=0)\n",
        ),
        (
            "mean should return 0.0 for an empty list.",
            HEAD.replace(", total: int = 3", "") + ROUND,
            HEAD.replace(", total: int = 3", "") + GUARD + ROUND,
        ),
        (NO_FILE, LOAD, TRIED),
    ],
)
def test_it_is_sure_where_the_words_leave_no_doubt(task: str, code: str, new: str) -> None:
    assert surest(task, code) == new


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (CRASHES.replace("then.", "then, unless total is 1."), ROUND),
        (CRASHES.replace("then.", "then, but only for guests."), ROUND),
        (CRASHES.replace("marks.", "marks and total is 2."), ROUND),
        (CRASHES.replace("mean", "share"), ROUND),
        (CRASHES.replace("0.0", "[]"), ROUND),
        (CRASHES.replace("0.0", "'none'"), ROUND),
        (CRASHES, ROUND.replace("1)", "1) / total")),
        (CRASHES, "    if total > 5:\n        raise KeyError\n" + ROUND),
        ("mean fails with a ZeroDivisionError if total is 0. It should return 0.0 then.", ROUND),
        ("mean should return 0.0 for a total that nobody knows.", ROUND),
        ("mean crashes on Sundays. It should return 0.0 then.", ROUND),
        (NO_FILE.replace(".", ", but only on Sundays."), "    return open(total).read()\n"),
        (NO_FILE.replace("not exist", "not exist or is empty"), "    return open(total).read()\n"),
    ],
)
def test_nothing_is_sure_where_there_is_a_doubt(task: str, code: str) -> None:
    assert surest(task, HEAD + code) == ""

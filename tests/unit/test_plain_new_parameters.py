"""New parameters that need no model: for what is written out, how many, which, and what is given instead."""

from __future__ import annotations

import textwrap

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source


def texts(task: str, code: str, name: str = "work") -> list[str]:
    source = Source(path="a.py", content=textwrap.dedent(code).encode("utf-8"))
    return [(made.edits[0].after or b"").decode("utf-8") for made in plain_changes(task, source, name)]


def sure(task: str, code: str, name: str = "work") -> str:
    source = Source(path="a.py", content=textwrap.dedent(code).encode("utf-8"))
    made = surest_change(task, source, name)
    return (made.edits[0].after or b"").decode("utf-8") if made else ""


JOINED = "def work(names: list[str]) -> str:\n    return ' - '.join(names)\n"
CODE = 'def work(room: str, number: int) -> str:\n    return f"{room}-{number:03d}"\n'
PRICE = 'def work(cents):\n    return f"{cents / 100:.2f} EUR"\n'
FULL = "CAPACITY = 8\n\n\ndef work(stays):\n    return len(stays) >= CAPACITY\n"
NUMBERED = "def work(acts):\n    return [f'{n}. {act}' for n, act in enumerate(acts, 1)]\n"
CARD = 'def work(owner: str) -> str:\n    """Say it."""\n    return f"Dear {owner}, it is time."\n'
TOP = "def work(hours):\n    names = sorted(hours)\n    return names[:3]\n"
RANKED = "def work(results: list[str]) -> list[str]:\n    return sorted(results)\n"
COUNTED = "def work(words):\n    counts = Counter(words)\n    return counts.most_common()\n"
LOANS = '''
    class Loan:
        """A loan."""

        member: str
        due: date
        pages: int
        kept: bool
        marks: list[str]


    def work(loans: list[Loan], today: date) -> list[Loan]:
        return [loan for loan in loans if loan.due < today]
'''
LOOP = '''
    class Loan:
        """A loan."""

        member: str
        due: date
        small_weight: float


    def work(loans):
        total = 0
        for loan in loans:
            total += loan.small_weight
        return total
'''
DATES = """
    import re
    from datetime import date, timedelta


    def work(first: date, count: int) -> list[date]:
        dates = []
        for week in range(count):
            dates.append(first + timedelta(weeks=week))
        return dates
"""
NEXT = "def work(day):\n    day += DAY\n    while not is_workday(day):\n        day += DAY\n    return day\n"
CACHED = "def work(values, key):\n    if key not in values:\n        return None\n    return values[key]\n"
PLURAL = 'def work(count: int, word: str) -> str:\n    return word if count == 1 else f"{word}s"\n'


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "Let the caller of work choose the separator. ' - ' stays the default.",
            JOINED,
            "return separator.join(names)",
        ),
        ("Let the caller of work choose the separator: work(n, separator='/').", JOINED, "separator: str = ' - ')"),
        (
            "Add an optional parameter separator to work, without it all stays as it is.",
            CODE,
            "{room}{separator}{number",
        ),
        ("Let me pass the separator to work as a third argument.", CODE, "{room}{separator}{number"),
        ("Add an optional parameter width to work, the number of digits, default 3.", CODE, "{number:0{width}d}"),
        (
            "Can work have an optional parameter digits? It should be 3 by default.",
            CODE,
            "number: int, digits: int = 3",
        ),
        (
            "Let work take the currency as an optional second argument, EUR stays the default.",
            PRICE,
            ':.2f} {currency}"',
        ),
        ("work needs an optional currency: work(5, currency='CHF').", PRICE, 'def work(cents, currency="EUR"):'),
        ("Add a parameter places to work for the digits behind the point.", PRICE, ":.{places}f} EUR"),
        (
            "Add an optional parameter capacity to work for the small house.",
            FULL,
            "def work(stays, capacity=CAPACITY):",
        ),
        ("Give work a parameter most, CAPACITY by default.", FULL, ">= most\n"),
        ("Add an optional parameter start to work, the number of the first act.", NUMBERED, "enumerate(acts, start)"),
        ("Let the caller of work choose the greeting. Without it, it stays Dear.", CARD, 'f"{greeting} {owner}, it is'),
        ("Let the caller choose the greeting of work.", CARD, 'def work(owner: str, greeting: str = "Dear") -> str:'),
        ("Give work a parameter count with 3 as its default.", TOP, "return names[:count]"),
        ("work should take an optional count, how many names come back.", TOP, "def work(hours, count=3):"),
        (
            "Add an optional parameter bullet to work, '*' by default.",
            "def work(films):\n    return '\\n'.join('* ' + film for film in films)\n",
            "f'{bullet} ' + film",
        ),
        ("work should have an optional limit: only the first so many come back.", RANKED, "sorted(results)[:limit]"),
        (
            "Add an optional parameter limit to get at most that many.",
            RANKED,
            "results: list[str], limit: int | None = None",
        ),
        ("Let work take an optional count, so that count=2 gives the two most frequent only.", COUNTED, "mon(count)"),
        ("Add a keyword-only parameter limit: at most that many.", RANKED, ", *, limit: int | None = None"),
        (
            "Add an optional parameter member to work: only the loans of that member.",
            LOANS,
            "if loan.due < today and (member is None or loan.member == member)",
        ),
        ("Add an optional parameter members, a list: only their loans.", LOANS, "or loan.member in members)"),
        ("Add an optional parameter mark: only loans that have it, of that mark.", LOANS, "or mark in loan.marks)"),
        ("Give work an optional argument until, a date: only those before it.", LOANS, "or loan.due < until)"),
        ("Give work an optional argument until, a date: only those up to it.", LOANS, "or loan.due <= until)"),
        ("Give work an optional argument since, a date: only those after it.", LOANS, "or loan.due > since)"),
        ("Add a parameter min_pages=None: only those with at least as many.", LOANS, "or loan.pages >= min_pages)"),
        (
            "Let the caller of work give a max_weight: heavier ones are left out then.",
            LOOP,
            "        if max_weight is not None and loan.small_weight > max_weight:\n            continue\n",
        ),
        (
            "Give work an optional argument since, a date: only loans of that day or later count.",
            LOOP,
            "loan.due < since",
        ),
        (
            "Add an optional parameter skip to work, a list of dates. Those are left out.",
            DATES,
            "        day = first + timedelta(weeks=week)\n        if day not in skip:\n            dates.append(day)\n",
        ),
        (
            "Add a parameter skip, a list of dates that are left out.",
            DATES,
            "import re\nfrom collections.abc import Collection",
        ),
        (
            "Add a parameter holidays, a set of dates that are skipped as well.",
            NEXT,
            "_workday(day) or day in holidays:",
        ),
        (
            "Give work a parameter closed, a list of lanes that are never free.",
            "def work(taken):\n    return [lane for lane in LANES if lane not in taken]\n",
            "def work(taken, closed=()):\n    return [lane for lane in LANES if lane not in taken and lane",
        ),
        ("Add a parameter default to work that is returned instead of None.", CACHED, "key, default=None):"),
        (
            "Add a parameter fallback to work that is returned instead of None.",
            "def work(values, key):\n    return values.get(key)\n",
            "values.get(key, fallback)",
        ),
        ("Add an optional parameter many to work, the plural of the word.", PLURAL, "{many or word + 's'}"),
    ],
)
def test_a_parameter_that_a_task_wishes_for_is_made(task: str, code: str, written: str) -> None:
    assert any(written in text for text in texts(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        # It is there, it is not wished for, or it is taken away.
        ("Add an optional parameter names to work.", JOINED),
        ("Do not add a parameter separator to work.", JOINED),
        ("Remove the parameter separator of work.", JOINED),
        ("Add a required parameter separator to work.", JOINED),
        # There are two, or the name is taken.
        ("Add an optional parameter separator and an optional parameter end to work.", JOINED),
        ("Add an optional parameter separator to work.", f"{JOINED[:-1]} + separator\n"),
        # Nothing of the name's kind is there, or of what a call gives.
        ("Add an optional parameter width to work.", JOINED),
        ("Let the caller choose the separator: work(n, separator=3).", JOINED),
        ("Add an optional parameter currency to work.", CODE),
        # What is returned is no list, comes one after the other, or the last ones are meant.
        ("Add an optional parameter limit to work: at most that many.", "def work(a):\n    return len(a)\n"),
        ("Add an optional parameter limit to work: at most that many.", "def work(a):\n    yield from sorted(a)\n"),
        ("Add an optional parameter limit to work: only the last so many.", RANKED),
        ("Add an optional parameter limit=10 to work: at most that many.", RANKED),
        # No class has the field; another question is asked; a truth value; what is in part the same.
        ("Add an optional parameter room to work: only the loans of that room.", LOANS),
        ("Add an optional parameter member to work that is logged.", LOANS),
        ("Add an optional parameter member to work: all but those of that member.", LOANS),
        ("Add an optional parameter kept to work: only those.", LOANS),
        ("Add an optional parameter member to work: only those that contain it.", LOANS),
        # Nothing is left out, or nothing of it is returned.
        ("Add an optional parameter skip to work, a list of dates that are printed in red.", DATES),
        ("Add an optional parameter skip, a list that is left out.", "def work(n):\n    return n + 2\n"),
        # What stands there is no number.
        ("Add an optional parameter skip to work.", "def work(n):\n    return n + '(' > ')'\n"),
        # Nothing is None; no word gets an s.
        ("Add a parameter default to work that is returned instead of None.", "def work(n):\n    return n\n"),
        ("Add an optional parameter many to work, the plural of the word.", CARD),
    ],
)
def test_no_parameter_is_made_where_none_is_meant(task: str, code: str) -> None:
    assert not any("work(" in text and _header(text) != _header(textwrap.dedent(code)) for text in texts(task, code))


def _header(text: str) -> str:
    return text[text.index("def work(") :].partition(":\n")[0]


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "Let the caller of work choose the separator. ' - ' stays the default.",
            JOINED,
            "return separator.join(names)",
        ),
        (
            "Add an optional parameter separator to work; without it all stays as it is.",
            CODE,
            "{room}{separator}{number",
        ),
        ("Add an optional parameter width to work, the number of digits, default 3.", CODE, "{number:0{width}d}"),
        (
            "Let work take the currency as an optional second argument, EUR stays the default.",
            PRICE,
            ":.2f} {currency}",
        ),
        ("Add an optional parameter capacity to work; by default it is as it was.", FULL, ">= capacity"),
        ("work should have an optional limit: only the first so many come back.", RANKED, "sorted(results)[:limit]"),
        ("Add an optional parameter member to work: only the loans of that member.", LOANS, "loan.member == member)"),
        ("Add an optional parameter skip to work, a list of dates that are left out.", DATES, "if day not in skip:"),
        ("Add a parameter default to work that is returned instead of None.", CACHED, "return default"),
        ("Add an optional parameter many to work, for words whose plural has no s.", PLURAL, "{many or word + 's'}"),
    ],
)
def test_a_parameter_that_leaves_no_doubt_is_sure(task: str, code: str, written: str) -> None:
    assert written in sure(task, code)


@pytest.mark.parametrize(
    ("task", "code"),
    [
        # Something else is wished for beside it, or there is a case.
        ("Add an optional parameter separator to work, and sort the names.", JOINED),
        ("Add an optional parameter separator to work. It must not be empty.", JOINED),
        ("Add an optional parameter separator to work, but only if there are two names.", JOINED),
        ("Add an optional parameter currency to work. If it is unknown, raise a ValueError.", PRICE),
        ("Add an optional parameter limit to work: only the first so many. Log the others.", RANKED),
        ("Add an optional parameter limit to work: only the first so many of each day.", RANKED),
        ("Add an optional parameter member to work: only loans not of that member.", LOANS),
        ("Add an optional parameter member to work: only that member's, in any case.", LOANS),
        ("Add an optional parameter currency to work that is written in front of the amount.", PRICE),
        ("Add an optional parameter limit to work, only 3 come back by default.", RANKED),
        ("Add an optional parameter pages to work: only loans with more pages than that.", LOANS),
        ("Add an optional parameter due to work: only loans due before it.", LOANS),
        # The function is not named, or another one is meant.
        ("Add an optional parameter member to helper: only loans of that member, as in work.", LOANS),
        ("Let the caller choose the separator. ' - ' stays the default.", JOINED),
        ("Add an optional parameter limit: only the first so many.", RANKED),
        # There are two places, or the number could be another.
        (
            "Let the caller of work choose the separator.",
            "def work(names):\n    return '-'.join(names) + '+'.join(names)\n",
        ),
        ("Add an optional parameter start to work, default 1.", "def work(n):\n    return n + 1\n"),
        # It is counted how many there are.
        (
            "Add an optional parameter skip to work, a list of days that are left out.",
            "def work(days, n):\n    found = []\n    for day in days:\n        if len(found) < n:\n"
            "            found.append(day)\n    return found\n",
        ),
    ],
)
def test_no_parameter_is_sure_where_there_is_doubt(task: str, code: str) -> None:
    assert sure(task, code) == ""


def test_a_docstring_with_entries_gets_one() -> None:
    code = '''
        def work(results: list[str]) -> list[str]:
            """Return them.

            Args:
                results: all of them.

            Returns:
                those.
            """
            return sorted(results)
    '''
    (text,) = texts("Add an optional parameter limit to work: at most that many.", code)
    assert "        results: all of them.\n        limit: the most that are returned; all if None.\n\n" in text


def test_long_lines_are_laid_out() -> None:
    code = LOANS.replace("today: date)", "today: date, something_else: int = 3)")
    text = texts("Add an optional parameter member: only the loans of that member.", code)[0]
    assert (
        "def work(\n    loans: list[Loan], today: date, something_else: int = 3, member: str | None = None\n) ->"
        in text
    )
    assert "return [\n        loan\n        for loan in loans\n        if loan.due < today and (member" in text


def test_optional_stays_what_the_file_has() -> None:
    code = f"from typing import Optional\n\n\n{RANKED}"
    assert "limit: Optional[int] = None" in texts("Add a parameter limit to work: at most that many.", code)[0]


def test_the_import_of_collections_is_joined() -> None:
    code = textwrap.dedent(DATES).replace("import re\n", "from collections.abc import Iterable\n")
    (text,) = texts("Add a parameter skip to work, a list of dates that are left out.", code)
    assert "from collections.abc import Collection, Iterable\nfrom datetime" in text

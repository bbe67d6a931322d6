"""What everyday tasks say beside the words that leave no doubt: nothing may be sure then."""

from __future__ import annotations

import textwrap

import pytest

from workbench.crew.plain.finding import surest_change
from workbench.model import Source

DESK = """
    from dataclasses import dataclass, field
    from datetime import date


    @dataclass
    class Loan:
        book: str
        member: str
        due: date
        copies: int = 1
        tags: list[str] = field(default_factory=list)


    class Desk:
        def __init__(self, loans: list[Loan]) -> None:
            self.loans: list[Loan] = loans

        def overdue(self, today: date) -> list[Loan]:
            return [loan for loan in self.loans if loan.due < today]

        def report(self) -> str:
            lines = []
            for loan in self.loans:
                lines.append(f"{loan.member}: {loan.book}")
            return "\\n".join(lines)

        def by_member(self) -> dict[str, int]:
            counts = {}
            for loan in self.loans:
                counts[loan.member] = counts.get(loan.member, 0) + loan.copies
            return counts

        def total(self) -> int:
            return sum(loan.copies for loan in self.loans)

        def books(self) -> list[str]:
            found = []
            for loan in self.loans:
                if loan.book not in found:
                    found.append(loan.book)
            return found

        def members(self) -> list[str]:
            return [loan.member for loan in self.loans]

        def purge(self, before: date) -> None:
            self.loans = [loan for loan in self.loans if loan.due >= before]

        def give_back(self, book: str) -> None:
            for loan in self.loans:
                if loan.book == book:
                    self.loans.remove(loan)
                    return

        def pop(self) -> None:
            self.loans.pop()

        def drop(self, member: str) -> None:
            gone = [loan for loan in self.loans if loan.member == member]
            for loan in gone:
                self.loans.remove(loan)

        def all_loans(self) -> list[Loan]:
            return self.loans

        def by_copies(self) -> list[Loan]:
            return sorted(self.loans, key=lambda loan: loan.copies, reverse=True)
"""
SHOP = """
    import json
    from dataclasses import dataclass
    from datetime import date, timedelta
    from pathlib import Path

    DAYS = 14
    LEVELS = ["low", "high"]


    def price_text(price: float) -> str:
        return f"{price:.2f} EUR"


    def lend(today: date) -> date:
        return today + timedelta(days=DAYS)


    def find(names: dict[str, int], name: str) -> int | None:
        return names.get(name)


    def pair(one: str, other: str) -> str:
        return f"{one}-{other}-{one}"


    def numbered(names: list[str]) -> list[str]:
        return [f"{n:03d} {name}" for n, name in enumerate(names, 1)]


    def average(scores: list[int]) -> float:
        return sum(scores) / len(scores)


    def per_day(sold: int, days: int) -> float:
        return sold / days


    def best(players: list[str]) -> str:
        return max(players, key=len)


    def greet(name: str, title: str = "") -> str:
        return "Dear " + title + " " + name + ","


    def load(path: Path) -> dict:
        with open(path) as handle:
            return json.load(handle)


    @dataclass
    class Guest:
        name: str
        room: int
        phone: str | None = None


    def by_phone(guests: list[Guest]) -> list[Guest]:
        return sorted(guests, key=lambda guest: guest.phone)


    def levels_seen(levels: list[str], events: list[str]) -> dict[str, int]:
        counts = {}
        for level in events:
            counts[level] = counts.get(level, 0) + 1
        return counts


    def by_number(levels: int, events: list[int]) -> dict[int, int]:
        counts = {}
        for level in events:
            counts[level] = counts.get(level, 0) + 1
        return counts


    def by_level(events: list[str]) -> dict[str, int]:
        counts = {}
        for level in events:
            counts[level] = counts.get(level, 0) + 1
        return counts
"""


def sure(task: str, code: str, name: str) -> str:
    made = surest_change(task, Source(path="work.py", content=textwrap.dedent(code).encode()), name)
    return (made.edits[0].after or b"").decode() if made else ""


@pytest.mark.parametrize(
    ("task", "name"),
    [
        # Other things than those that have what is given.
        ("overdue should take an optional parameter member and give only the loans of other members", "overdue"),
        ("overdue needs an optional parameter member: only loans of that member's friends are listed", "overdue"),
        ("total should take an optional parameter member; only the open loans of that member count.", "total"),
        ("total should take an optional parameter book: only loans of the same author as book count.", "total"),
        ("overdue gets an optional parameter min_copies: only loans with more than min_copies copies.", "overdue"),
        ("overdue gets an optional parameter max_copies: only loans with fewer than max_copies.", "overdue"),
        ("overdue gets an optional parameter tags: only loans that have all of these tags.", "overdue"),
        ("overdue gets an optional parameter tag: only loans with exactly that tag.", "overdue"),
        # Something else is wished for, too.
        ("Add an optional parameter member to report: only that member's loans, with the book alone.", "report"),
        ("Add an optional parameter member to report: only the member's loans, and a total line.", "report"),
        ("by_member gets an optional parameter members: only these, with 0 for those without loans.", "by_member"),
        # Not the first ones as they come.
        ("Add an optional parameter limit to books: only the first limit books, in alphabetical order.", "books"),
        ("Add an optional parameter count to overdue: only the newest count loans.", "overdue"),
        ("Add an optional parameter n to overdue: only the n most overdue loans.", "overdue"),
        ("Add an optional parameter limit to overdue: only loans with at most so many copies.", "overdue"),
        ("Add an optional limit to overdue: only the first limit loans. A limit of 0 means no limit.", "overdue"),
        # A list of something else.
        ("Give books an optional parameter skip, a list of members whose books are left out.", "books"),
        ("Give books an optional parameter skip, a list of tags that are left out.", "books"),
        # Another order, or another field.
        ("books must be in alphabetical order of their authors", "books"),
        ("books should be in alphabetical order, ignoring a leading The", "books"),
        ("by_member should be in alphabetical order; Staff comes first", "by_member"),
        ("Loans of the same member should be sorted by book", "by_copies"),
        ("Please sort loans with the same copies and the same due by book", "by_copies"),
        ("members should list each member once, sorted by length", "members"),
        ("members should list each book once", "members"),
        ("members should list each loan once", "members"),
        # More is asked for than what was removed.
        ("purge should return the number of loans removed and those kept", "purge"),
        ("purge should return how many books were removed", "purge"),
        ("give_back should return the loan it removed, or an empty text", "give_back"),
        ("drop should return how many copies were removed", "drop"),
        ("pop should return the loan removed, None if there is none", "pop"),
        ("all_loans must be sorted by due in place, other code relies on it", "all_loans"),
    ],
)
def test_nothing_is_sure_of_things_where_something_else_may_be_meant(task: str, name: str) -> None:
    assert sure(task, DESK, f"Desk.{name}") == ""


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Add an optional parameter currency to price_text, 'EUR' by default; 'JPY' has no decimals.", "price_text"),
        ("Add an optional parameter currency, EUR by default, to price_text; CHF stands in front.", "price_text"),
        ("lend should take an optional parameter days, DAYS by default; weekends are not counted", "lend"),
        ("Add a parameter default to find, a function that is called for what is returned instead of None", "find"),
        ("pair should have an optional parameter separator for the first place", "pair"),
        ("numbered should have an optional parameter digits, the digits after the point", "numbered"),
        ("average fails with ZeroDivisionError if all scores are 0. It should return 0 then.", "average"),
        ("average should return 0 for fewer than two scores; today ZeroDivisionError for an empty list", "average"),
        ("best raises a ValueError when no player has points. It should return None.", "best"),
        ("best raises ValueError if there are no players in form. It should return None.", "best"),
        ("per_day should return None if nothing was sold, not ZeroDivisionError", "per_day"),
        ("greet with an empty name gives 'Dear Dr ,', it should give 'Dear Sir or Madam,'", "greet"),
        ("greet should say 'Dear Dr colleague,' when name is empty or 'admin'", "greet"),
        ("load should return an empty dict if the file is missing a version", "load"),
        ("find should return 0 instead of None for names that we know", "find"),
        ("by_level: all of LEVELS with 0 where there are none; other levels are ignored", "by_level"),
        ("by_number should have all levels from 0 on, with 0 where there are none", "by_number"),
        ("levels_seen should list all events with 0", "levels_seen"),
        ("average should return 0 if no score is higher than 0; ZeroDivisionError today", "average"),
        ("load should return {} when the file is not found in the archive", "load"),
        ("guests without a phone should come last, sorted by room", "by_phone"),
        ("by_level should give 0 for all LEVELS of which none is an error", "by_level"),
    ],
)
def test_nothing_is_sure_where_a_case_or_another_wish_is_beside_it(task: str, name: str) -> None:
    assert sure(task, SHOP, name) == ""


@pytest.mark.parametrize(
    ("task", "name", "written"),
    [
        ("Give overdue an optional parameter member: only the loans of that member.", "overdue", "== member)"),
        ("Add an optional parameter limit to overdue: only the first so many loans.", "overdue", "[:limit]"),
        ("Give books an optional parameter skip, a list of books that are left out.", "books", "not in skip"),
        ("members should list each member only once", "members", "dict.fromkeys("),
        ("Loans with the same copies should be in alphabetical order of the member", "by_copies", "loan.member)"),
        ("purge should return how many loans were removed", "purge", "return count - len(self.loans)"),
        ("give_back should return the loan that was removed", "give_back", "str) -> Loan | None:"),
        ("give_back should return the loan that was removed", "give_back", "return loan\n        return None\n"),
    ],
)
def test_what_is_said_plainly_stays_sure(task: str, name: str, written: str) -> None:
    assert written in sure(task, DESK, f"Desk.{name}")

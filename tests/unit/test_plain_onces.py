"""What comes several times put there once, counted once, or added to the line that is there."""

from __future__ import annotations

import pytest

from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

OWNERS = """def owners(boats):
    names = []
    for boat in boats:
        names.append(boat.owner)
    return names
"""
DANCERS = """def dancers(acts):
    names: list[str] = []
    for act in acts:
        names.extend(act.dancers)
    return names
"""
COUNTED = "def members(loans):\n    return len([loan.member for loan in loans])\n"
ADDED = "class Card:\n    def add(self, person):\n        self.people.append(person)\n"
ONCE = "Each name should be in the list only once."


def found(task: str, code: str, name: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, name)]


def sure(task: str, code: str, name: str) -> str:
    one = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (one.edits[0].after or b"").decode() if one else ""


ASKED = OWNERS.replace(
    "        names.append(boat.owner)", "        if boat.owner not in names:\n            names.append(boat.owner)"
)


@pytest.mark.parametrize(
    ("task", "code", "name", "after"),
    [
        (ONCE, OWNERS, "owners", ASKED),
        ("People with two boats must not be listed twice.", OWNERS, "owners", ASKED),
        ("Please list everybody just once.", OWNERS, "owners", ASKED),
        ("owners has duplicates in it, we don't want them.", OWNERS, "owners", ASKED),
        ("List each owner once, alphabetically.", OWNERS, "owners", OWNERS.replace("n names", "n sorted(set(names))")),
        (ONCE, DANCERS, "dancers", DANCERS.replace("n names", "n list(dict.fromkeys(names))")),
        ("Count each member only once.", COUNTED, "members", COUNTED.replace("[", "{").replace("]", "}")),
        (
            "Card.add should not put somebody on the list a second time.",
            ADDED,
            "Card.add",
            ADDED.replace("        self", "        if person not in self.people:\n            self"),
        ),
    ],
)
def test_it_is_there_once(task: str, code: str, name: str, after: str) -> None:
    assert after in found(task, code, name)


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("Once the list is long, owners should be quick.", OWNERS, "owners"),
        ("Each owner should be called once.", OWNERS, "owners"),
        ("Each name should be there once, at the last place.", OWNERS, "owners"),
        (ONCE, OWNERS.replace("names = []", "names = ['x']"), "owners"),
        (ONCE, ASKED.replace("names\n", "names[:9]\n"), "owners"),
        ("owners should raise a KeyError if each name is there more than once.", OWNERS, "owners"),
        ("Count each name only once.", OWNERS, "owners"),
        ("Count each member only once.", COUNTED.replace("loan.member for", "pay(loan) for"), "members"),
    ],
)
def test_what_is_not_to_be_once_is_left(task: str, code: str, name: str) -> None:
    assert not found(task, code, name)


def test_what_collects_and_no_more_is_sure() -> None:
    assert sure(ONCE, OWNERS, "owners") == ASKED
    assert sure(ONCE, DANCERS, "dancers")
    assert sure("Every member should count only once.", COUNTED, "members")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("Each name should be in the list only once if it is long.", OWNERS),
        ("Each name should be there once per boat.", OWNERS),
        ("Each name should not be there only once.", OWNERS.replace("owner)", "owner, 1)")),
        ("The last name of each should be there only once.", OWNERS),
        (ONCE, OWNERS.replace("    return", "    boats.append(1)\n    return")),
    ],
)
def test_what_may_mean_more_is_not_sure(task: str, code: str) -> None:
    assert not sure(task, code, "owners")


LEVELS = """LEVELS = ("low", "high")


def count(entries):
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.level] = counts.get(entry.level, 0) + 1
    return counts
"""
LANES = """class Plan:
    def __init__(self, lanes: int, staff: list[str]):
        self.lanes = lanes
        self.staff = staff
        self.bookings = []

    def hours(self):
        hours = {}
        for one in self.bookings:
            hours[one.lane] = hours.get(one.lane, 0) + one.hours
        return hours
"""
NONE = "Lanes that nobody has booked should be there with 0 hours."


@pytest.mark.parametrize(
    ("task", "code", "name", "new"),
    [
        ("Let count have all of LEVELS, with 0 where there are none.", LEVELS, "count", "= dict.fromkeys(LEVELS, 0)\n"),
        ("Levels without any entry are missing, list them with zero.", LEVELS, "count", "= dict.fromkeys(LEVELS, 0)\n"),
        (
            "Let count have all of LEVELS, with 0 where there are none.",
            LEVELS.replace(": dict[str, int] = {}", " = Counter()"),
            "count",
            "= Counter(dict.fromkeys(LEVELS, 0))\n",
        ),
        (
            "Let count have all of LEVELS, with 0 where there are none.",
            LEVELS.replace(": dict[str, int] = {}", " = defaultdict(int)"),
            "count",
            "= defaultdict(int, dict.fromkeys(LEVELS, 0))\n",
        ),
        (NONE, LANES, "Plan.hours", "{lane: 0 for lane in range(1, self.lanes + 1)}"),
        (
            "Everybody on the staff should be there, with 0 for who has none.",
            LANES,
            "Plan.hours",
            "= dict.fromkeys(self.staff, 0)",
        ),
    ],
)
def test_all_are_there_with_zero(task: str, code: str, name: str, new: str) -> None:
    assert any(new in one for one in found(task, code, name))
    assert new in sure(task, code, name) or "Levels without" in task


@pytest.mark.parametrize(
    ("task", "code", "name"),
    [
        ("Leave out LEVELS with 0 entries, please.", LEVELS, "count"),
        ("Let count have all of COLOURS, with 0 where there are none.", LEVELS.replace("LEVELS", "NAMES"), "count"),
        ("Let count have all of LEVELS.", LEVELS, "count"),
        ("LEVELS should not be there with 0.", LEVELS, "count"),
        (NONE, LANES.replace("hours = {}", "hours = {1: 2}"), "Plan.hours"),
        (NONE, LANES.replace("return hours", "return 1"), "Plan.hours"),
    ],
)
def test_nothing_gets_a_zero_that_is_not_to_be_there(task: str, code: str, name: str) -> None:
    assert not any("0 for" in one or "fromkeys" in one for one in found(task, code, name))


LINE = """@dataclass
class Line:
    article: str
    cents: int
    count: int = 1


class Order:
    def add(self, article: str, cents: int, count: int = 1) -> None:
        self.lines.append(Line(article, cents, count))
"""
MERGED = LINE.replace(
    "        self.lines",
    "        for line in self.lines:\n            if line.article == article{}:\n"
    "                line.count += count\n                return\n        self.lines",
)
GIVEN = LINE.replace("-> None", "-> Line").replace(
    "self.lines.append(Line(article, cents, count))",
    "line = Line(article, cents, count)\n        self.lines.append(line)\n        return line",
)


@pytest.mark.parametrize(
    ("task", "code", "after"),
    [
        (
            "When an article is added at the same price, raise the count of the line instead of adding another one.",
            LINE,
            MERGED.format(" and line.cents == cents"),
        ),
        (
            "Order.add makes a second line for the same article. Add the count to the line that is there.",
            LINE,
            MERGED.format(""),
        ),
        ("The same article should never give two lines, add up the count.", LINE, MERGED.format("")),
        (
            "The same article should not get a new line, increase the count and return the line that is there.",
            GIVEN,
            GIVEN.replace(
                "        line =",
                "        for line in self.lines:\n            if line.article == article:\n"
                "                line.count += count\n                return line\n        line =",
            ),
        ),
    ],
)
def test_the_line_that_is_there_is_increased(task: str, code: str, after: str) -> None:
    assert after in found(task, code, "Order.add")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("The same article should never give two lines, raise a ValueError.", LINE),
        ("The same colour should not give a second line.", LINE),
        ("The same article should not give a second line.", LINE.replace("@dataclass", "@dataclass(frozen=True)")),
        ("The same article should not give a second line.", LINE.replace(", count))", ", 1))")),
        ("The same article should be cheaper.", LINE),
    ],
)
def test_no_line_is_increased_otherwise(task: str, code: str) -> None:
    assert not any("+=" in one for one in found(task, code, "Order.add"))


POINTS = "class Table:\n    def award(self, rider, points: int):\n        self.points[rider] = points\n"
COUNTS = "class Stock:\n    def receive(self, name, stems):\n        self.counts[name] += stems\n"


@pytest.mark.parametrize(
    "task",
    [
        "A rider should have all of them together.",
        "At the moment only those of the last race count, that is wrong.",
        "After award('a', 2) and award('a', 1) there are 1 points, but there should be 3.",
        "award overwrites what was there, it should add to it.",
    ],
)
def test_what_is_kept_adds_up(task: str) -> None:
    assert any("self.points.get(rider, 0) + points" in one for one in found(task, POINTS, "Table.award"))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("award should keep the last race.", POINTS),
        ("There are 5 points, but there should be 3.", POINTS),
        ("A rider should have all of them together.", POINTS.replace("points: int", "points: str")),
    ],
)
def test_what_is_replaced_stays_so(task: str, code: str) -> None:
    assert not any(".get(rider" in one for one in found(task, code, "Table.award"))


def test_what_is_new_begins_with_zero() -> None:
    task = "receive crashes with a KeyError for a flower we never had. It should start at zero."
    after = COUNTS.replace("self.counts[name] += stems", "self.counts[name] = self.counts.get(name, 0) + stems")
    assert after in found(task, COUNTS, "Stock.receive")
    assert after not in found(
        "receive raises a KeyError for a new flower, it should raise a ValueError.", COUNTS, "Stock.receive"
    )

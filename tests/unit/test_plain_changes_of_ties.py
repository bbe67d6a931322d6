"""What is sorted gets a second thing to be sorted by, where a task speaks of ties."""

from __future__ import annotations

import time

import pytest

from tests.unit.test_slips_of_everyday import evident
from workbench.crew.plain.finding import plain_changes, surest_change
from workbench.model import Source

TOP = """from collections import Counter


def top(sales, count=3):
    return [name for name, _ in Counter(sales).most_common(count)]
"""
KEYS = "def top(sales):\n    counts = tally(sales)\n    return sorted(counts, key=counts.get, reverse=True)\n"
STAR = """class Star:
    name: str
    size: float
    place: str


def top(stars):
    return sorted(stars, key=lambda star: star.size)
"""


def changes(task: str, code: str) -> list[str]:
    source = Source(path="a.py", content=code.encode())
    return [(one.edits[0].after or b"").decode() for one in plain_changes(task, source, "top")]


HEAVY = STAR.replace("    size: float\n", "    size: float\n    weight: int\n")
DOWN = HEAVY.replace("star.size)", "star.size, reverse=True)")


@pytest.mark.parametrize(
    ("task", "code", "written"),
    [
        (
            "What was sold equally often should come in alphabetical order, says top.",
            TOP,
            "sorted(Counter(sales).items(), key=lambda pair: (-pair[1], pair[0]))[:count]]",
        ),
        (
            "top: those sold equally often come as they were sold. Sort them by name instead.",
            TOP,
            "sorted(Counter(sales).items(), key=lambda pair: (-pair[1], pair[0]))[:count]]",
        ),
        ("In top, ties should be alphabetical.", KEYS, "sorted(sorted(counts), key=counts.get, reverse=True)"),
        ("top: those of the same size should be sorted by name.", STAR, "key=lambda star: (star.size, star.name))"),
        ("top: those of the same size should be in alphabetical order.", STAR, "(star.size, star.name))"),
        ("top: those of the same size by the place, please.", STAR, "(star.size, star.place))"),
        ("top: of equal size, the one with the lower place should come first.", STAR, "(star.size, star.place))"),
        ("top: of equal size, the one with the higher weight should come first.", HEAVY, "(star.size, -star.weight))"),
        ("top: if two have the same size, the one with more weight comes first.", DOWN, "(star.size, star.weight), "),
        ("top: if two have the same size, the one with less weight wins.", DOWN, "(star.size, -star.weight), "),
        ("top: those of the same size should be sorted by name.", DOWN, "key=lambda star: (-star.size, star.name))"),
        (
            "top: those of the same size should be sorted by name.",
            DOWN.replace("key=lambda star: star.size, reverse=True", "reverse=True, key=lambda star: star.size"),
            "(stars, key=lambda star: (-star.size, star.name))",
        ),
        (
            "top: those of the same size should be in alphabetical order.",
            DOWN.replace("size: float", "size: str"),
            "sorted(sorted(stars, key=lambda star: star.name), key=lambda star: star.size, reverse=True)",
        ),
    ],
)
def test_ties_are_in_the_order_that_the_task_names(task: str, code: str, written: str) -> None:
    assert any(written in one for one in changes(task, code))


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("top should be in alphabetical order.", TOP),
        ("In top, ties should stay as they came.", TOP),
        ("top: those of the same size should be sorted by colour.", STAR),
        ("top: those of the same size should be sorted by name.", STAR.replace("    size: float\n", "")),
        # A text has no minus, and who is larger is not said to come first.
        ("top: of equal size, the one with the higher place should come first.", STAR),
        ("top: of equal size, those with more weight should be left out. They come first.", HEAVY),
        ("top: of equal size, the one with more weight should not come first.", HEAVY),
        ("top: those of the same size should be sorted by name.", STAR.replace("size)", "size)[::-1]")),
        ("top: of two of the same size, the first by name wins.", STAR.replace("sorted(", "max(")),
        ("top: those of the same size should be in order by name.", STAR.replace("sorted(", "groupby(")),
        ("top: those of the same size should be sorted by name, descending.", STAR),
        ("top: ties should be in reverse alphabetical order.", TOP),
        ("top: ties should not be alphabetical, but as they came.", TOP),
        ("top: ties shouldn't be alphabetical.", TOP),
        ("top counts by name, but 'Ada' and 'ada' are the same.", TOP),
        ("top: sales are grouped by the name, so equal ones must be counted once.", TOP),
    ],
)
def test_what_is_not_named_or_known_is_left(task: str, code: str) -> None:
    assert not any("lambda pair" in one or "(star.size," in one for one in changes(task, code))


def test_a_long_task_is_read_at_once() -> None:
    begun = time.process_time()
    assert changes(f"top: ties. {'not ' * 8000}", STAR) == []
    assert time.process_time() - begun < 2


def test_without_a_check_it_is_sure() -> None:
    source = Source(path="a.py", content=TOP.encode())
    assert surest_change("top: those sold equally often should come in alphabetical order.", source, "top")


def test_the_change_gives_what_is_asked_for() -> None:
    (code,) = changes("What was sold equally often should come in alphabetical order, says top.", TOP)[:1]
    known: dict[str, object] = {}
    exec(code, known)
    assert known["top"](["poster", "book", "mug", "mug"]) == ["mug", "book", "poster"]  # type: ignore[operator]
    assert known["top"](["b", "a", "c"], 2) == ["a", "b"]  # type: ignore[operator]


LISTING = """class Pupil:
    first: str
    last: str


def listing(pupils):
    return sorted(pupils, key=lambda pupil: pupil.first)
"""


def test_an_answer_that_sorts_by_the_first_alone_sorts_by_the_second_too() -> None:
    task = "listing should be sorted by last name, and by first name where the last name is the same."
    after = LISTING.replace("pupil.first)", "pupil.last)")
    assert evident(task, LISTING, after) == LISTING.replace("pupil.first)", "(pupil.last, pupil.first))")
    right = LISTING.replace("pupil.first)", "(pupil.last, pupil.first))")
    assert evident(task, LISTING, right) == right
    assert evident("listing should be sorted by last name.", LISTING, after) == after


def test_an_answer_that_sorts_ties_backwards_too_sorts_them_from_the_first_on() -> None:
    task = "top: those of the same size should be in alphabetical order of their names."
    after = DOWN.replace("star.size, reverse", "(star.size, star.name), reverse")
    assert evident(task, DOWN, after) == DOWN.replace("star.size, reverse=True", "(-star.size, star.name)")
    of_texts = DOWN.replace("size: float", "size: str")
    twice = "sorted(sorted(stars, key=lambda star: star.name), key=lambda star: star.size, reverse=True)"
    assert twice in evident(task, of_texts, after.replace("size: float", "size: str"))
    by_place = after.replace("star.name)", "star.place)")
    for other, answer in (
        ("top: sort by name in reverse alphabetical order where the size is the same.", after),
        ("top: those of the same size by name, Z first.", after),
        ("top: those of the same size should be sorted by name, decreasing.", after),
        ("top: those of the same size should be in reverse alphabetical order.", after),
        ("top: sort by size and name.", after),
        (task, by_place),
    ):
        assert evident(other, DOWN, answer) == answer


@pytest.mark.parametrize(
    "task",
    [
        "top: those of the same size should be sorted by weight, no matter which way.",
        "In top, ties should be decided by weight.",
    ],
)
def test_ties_that_a_number_decides_may_be_meant_backwards(task: str) -> None:
    after = DOWN.replace("star.size, reverse", "(star.size, star.weight), reverse")
    assert evident(task, DOWN, after) == after
    assert not any("star.weight" in one for one in changes(task, DOWN))


def test_what_is_latest_may_be_a_text_that_is_to_come_first() -> None:
    after = DOWN.replace("star.size, reverse", "(star.size, star.place), reverse")
    meant = "(-star.size, star.place)"
    for task, is_from_the_first in (
        ("top: those of the same size should be sorted by place, the latest first.", False),
        ("top: those of the same size should be sorted by place. The latest comes first.", True),
    ):
        assert (meant in evident(task, DOWN, after)) is is_from_the_first
        assert any(meant in one for one in changes(task, DOWN)) is is_from_the_first


FLAGS = """class Star:
    name: str
    size: float
    is_bright: bool = False
    seen: bool = False


def top(stars):
    return sorted(stars, key=lambda star: (star.size, star.name))
"""


@pytest.mark.parametrize(
    ("task", "key"),
    [
        (
            "top: bright stars first, please, and the small ones before others.",
            "(not star.is_bright, star.size, star.name)",
        ),
        ("top should give what was seen on top.", "(not star.seen, star.size, star.name)"),
    ],
)
def test_what_has_a_flag_comes_first_where_the_task_says_so(task: str, key: str) -> None:
    assert any(f"lambda star: {key})" in one for one in changes(task, FLAGS))


def test_one_key_and_the_other_way_round_have_a_flag_first_too() -> None:
    code = FLAGS.replace("(star.size, star.name))", "star.size, reverse=True)")
    assert any(
        "key=lambda star: (star.seen, star.size), reverse=True" in one for one in changes("top: seen first.", code)
    )


@pytest.mark.parametrize(
    "task",
    [
        "top: those not seen first.",
        "top: seen ones should not be first.",
        "top: the first by name.",
        "top: seen. Sort first.",
    ],
)
def test_a_flag_that_is_not_to_be_first_is_left(task: str) -> None:
    assert not any("not star" in one for one in changes(task, FLAGS))


TABLE = "def top(points):\n    return sorted(points.items(), key=lambda one: one[1], reverse=True)\n"


def test_pairs_that_are_sorted_by_their_values_are_in_alphabetical_order_in_ties() -> None:
    task = "In top, players who have the same number of points should come in alphabetical order of their names."
    meant = TABLE.replace("points.items(),", "sorted(points.items()),")
    assert changes(task, TABLE) == [meant]
    made = surest_change(task, Source(path="a.py", content=TABLE.encode()), "top")
    assert made is not None
    assert (made.edits[0].after or b"").decode() == meant
    assert changes("top should come in alphabetical order.", TABLE.replace("one[1]", "one[0]")) == []

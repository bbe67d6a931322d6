"""What is left out, forgotten when the rest was put in order."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import without_evident

TASK = "When we look for groups with free places, the group with the most of them should come first."
BEFORE = '''def free(groups: list[Group]) -> list[Group]:
    """Return the open ones."""
    return [group for group in groups if group.free() > 0]
'''
CHOSEN = "[group for group in groups if group.free() > 0]"


def mended(new: str, task: str = TASK) -> str:
    edits, _ = without_evident(task, [edit(BEFORE, BEFORE.replace(f"return {CHOSEN}", new))])
    return (edits[0].after or b"").decode().partition("\n    return ")[2].strip()


@pytest.mark.parametrize("end", [")", ", key=lambda group: group.free(), reverse=True)", ", key=Group.free)"])
def test_what_is_sorted_is_what_was_chosen(end: str) -> None:
    assert mended(f"return sorted(groups{end}") == f"sorted({CHOSEN}{end}"


def test_how_it_is_sorted_now_says_nothing_of_what_is_left_out() -> None:
    task = "free should give the groups in the order of their names, not in the order in which they were made."
    assert mended("return sorted(groups, key=Group.name)", task) == f"sorted({CHOSEN}, key=Group.name)"


@pytest.mark.parametrize(
    "task",
    [
        "Sort the groups by name, not in the order of their size, and show full groups at the end.",
        "Sort the groups by name, not by size but with the full ones as well.",
        "Sort the groups by name, not in two lists: the full ones belong to it, too.",
    ],
)
def test_behind_how_it_is_sorted_now_something_else_may_be_said(task: str) -> None:
    assert mended("return sorted(groups)", task) == "sorted(groups)"


@pytest.mark.parametrize(
    ("new", "task"),
    [
        ("return sorted(groups)", "free should give all of the groups, even full ones, sorted."),
        ("return sorted(filter(Group.free, groups))", TASK),
        ("return [group for group in sorted(groups) if group.free()]", TASK),
        ("return sorted(others)", TASK),
        ("return sorted(group for group in groups if group.is_open)", TASK),
    ],
)
def test_what_is_left_out_elsewhere_or_meant_is_not_put_back(new: str, task: str) -> None:
    assert mended(new, task) == new.removeprefix("return ")


@pytest.mark.parametrize(
    ("new", "task"),
    [
        ("return sorted(groups, key=lambda group: not group.free())", "Full groups should stand below the others."),
        ("return sorted(groups, key=Group.is_full)", "free should show full groups too, after the others."),
        ("return sorted(groups, key=Group.free)[-3:]", "free should give the three with the most free places."),
        ("return sorted(groups, key=lambda group: not group.free())", "Put the full groups first."),
        ("return sorted(groups, key=attrgetter('is_open'))", "Put the closed groups first."),
        ("return sorted(groups)", "Put the blank groups first."),
        ("return list(dropwhile(Group.is_full, sorted(groups)))", TASK),
    ],
)
def test_what_stands_behind_or_is_left_out_by_another_is_not_put_back(new: str, task: str) -> None:
    assert mended(new, task) == new.removeprefix("return ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def free(groups):\n    return {}\n",
            "def free(groups):\n    groups = few(groups)\n    return sorted(groups)\n",
        ),
        ("def free(groups, least):\n    return {}\n", "def free(groups):\n    return sorted(groups)\n"),
        ("def free(groups):\n    least = few()\n    return {}\n", "def free(groups):\n    return sorted(groups)\n"),
        ("def free(groups):\n    log({})\n    return groups\n", "def free(groups):\n    return sorted(groups)\n"),
    ],
)
def test_what_is_done_elsewhere_or_cannot_be_asked_any_more_is_not_put_back(before: str, after: str) -> None:
    choice = "[group for group in groups if group.free() > least]"
    edits, _ = without_evident(TASK, [edit(before.format(choice), after)])
    assert (edits[0].after or b"").decode() == after


def test_it_is_put_back_as_it_stood() -> None:
    before = 'def free(groups):\n    """É."""; return [one for one in groups if one.kind != "full"]\n'
    after = before.replace('[one for one in groups if one.kind != "full"]', "sorted(groups)")
    edits, _ = without_evident(TASK, [edit(before, after)])
    assert b'sorted([one for one in groups if one.kind != "full"])' in (edits[0].after or b"")


def test_what_was_sorted_otherwise_is_still_chosen() -> None:
    before = BEFORE.replace(CHOSEN, f"sorted({CHOSEN}, key=str)")
    edits, _ = without_evident(TASK, [edit(before, before.replace(CHOSEN, "groups").replace("str", "len"))])
    assert (edits[0].after or b"").decode() == before.replace("str", "len")


@pytest.mark.parametrize(
    ("task", "chosen"),
    [
        ("free should leave out the groups that are not open any more.", "group.free() > 0 and group.is_open"),
        ("free should leave out groups which are no longer open.", "group.free() > 0 and group.is_open"),
        ("free should not leave out full groups any more, but skip closed ones.", "group.is_open"),
        ("free should skip closed groups, and not full ones, which are not skipped any more.", "group.is_open"),
        ("free should skip closed groups. Full ones come again so that they are no longer left out.", "group.is_open"),
        ("free should skip closed groups and not full ones, that should no longer be left out.", "group.is_open"),
    ],
)
def test_a_condition_of_things_that_are_no_longer_something_stands_beside_the_old_one(task: str, chosen: str) -> None:
    new = "return [group for group in groups if group.is_open]"
    assert mended(new, task) == f"[group for group in groups if {chosen}]"

"""The first so many are those of the order."""

from __future__ import annotations

import textwrap

import pytest

from tests.unit.test_slips import edit
from workbench.crew.slips.finding import without_evident

TASK = "Give suggest an optional parameter limit, so that only the first so many are returned."
SORTED = """def suggest(self, start):
    found = [one for one in self.names if one.startswith(start)]
    return sorted(found, key=str.casefold)
"""
IN_PLACE = """def suggest(start):
    found = [one for one in NAMES if one.startswith(start)]
    found.sort()
    return found
"""


def righted(before: str, after: str, task: str = TASK) -> str:
    (made,), _ = without_evident(task, [edit(before, after)])
    return (made.after or b"").decode()


def with_limit(text: str) -> str:
    return text.replace("start):", "start, limit=None):", 1)


@pytest.mark.parametrize("test", ["limit is not None", "limit"])
def test_a_cut_comes_behind_the_sorting(test: str) -> None:
    after = with_limit(SORTED).replace(
        "    return sorted(", f"    if {test}:\n        found = found[:limit]\n    return sorted("
    )
    assert righted(SORTED, after) == with_limit(SORTED).replace("return sorted(", "found = sorted(") + (
        f"    if {test}:\n        found = found[:limit]\n    return found\n"
    )
    after = with_limit(IN_PLACE).replace(
        "    found.sort()\n", f"    if {test}:\n        found = found[:limit]\n    found.sort()\n"
    )
    assert righted(IN_PLACE, after) == with_limit(IN_PLACE).replace(
        "    found.sort()\n", f"    found.sort()\n    if {test}:\n        found = found[:limit]\n"
    )


def test_so_it_does_where_there_is_no_question() -> None:
    after = with_limit(SORTED).replace("    return sorted(", "    found = found[:limit]\n    return sorted(")
    assert righted(SORTED, after).endswith(
        "    found = sorted(found, key=str.casefold)\n    found = found[:limit]\n    return found\n"
    )
    within = with_limit(SORTED).replace("sorted(found,", "sorted(found[:limit],")
    assert righted(SORTED, within) == with_limit(SORTED).replace("casefold)", "casefold)[:limit]")


def before_return(lines: str) -> str:
    return with_limit(SORTED).replace("    return", f"{lines}    return")


UNSORTED = SORTED.replace("return sorted(found, key=str.casefold)", "return found")


@pytest.mark.parametrize(
    ("before", "after", "task"),
    [
        # The task says that the cut comes first, there was no order, something else is cut, or by something else.
        (SORTED, before_return("    found = found[:limit]\n"), f"{TASK} Cut before sorting."),
        (SORTED, before_return("    found = found[:limit]\n"), f"{TASK} Only the newest are listed."),
        (SORTED, before_return("    found = found[:limit]\n"), f"{TASK} The others are not considered."),
        (UNSORTED, with_limit(SORTED).replace("sorted(found", "sorted(found[:limit]"), TASK),
        (SORTED, before_return("    other = found[:limit]\n"), TASK),
        (SORTED, before_return("    found = found[:3]\n"), TASK),
        (SORTED, before_return("    found = found[limit:]\n"), TASK),
        (SORTED, before_return("    if limit and start:\n        found = found[:limit]\n"), TASK),
        (SORTED, before_return("    found = found[:limit]; print()\n"), TASK),
        (SORTED, with_limit(SORTED).replace("sorted(found, key=str.casefold)", "sorted(found)[:limit]"), TASK),
    ],
)
def test_another_cut_stays(before: str, after: str, task: str) -> None:
    assert righted(before, after, task) == after


SHORT = "def shorten(text, width=40):\n    return text[:width]\n"
CUT = """def shorten(text, width=40):
    result = text[:width]
    if len(result) > width:
        result = result[:width - 3] + "..."
    return result
"""
DOTS = "If shorten has to cut the text, it should end in '...'. The dots count too."


def test_whether_something_was_cut_is_asked_of_the_whole() -> None:
    assert righted(SHORT, CUT, DOTS) == CUT.replace("len(result)", "len(text)")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text[:width]", "text[:width + 1]"),
        ("text[:width]", "text.strip()"),
        ("len(result) >", "len(result) >="),
        ("    if len", "    result += '!'\n    if len"),
        ("    result = text", "    text = text.strip()\n    result = text"),
    ],
)
def test_a_length_that_may_be_more_is_left_as_it_is(old: str, new: str) -> None:
    assert righted(SHORT, CUT.replace(old, new, 1), DOTS) == CUT.replace(old, new, 1)


LABEL = "def label(name, title=None, width=20):\n    return name\n"


@pytest.mark.parametrize(
    "lines",
    [
        # What is asked for may be no cut at all: it was given.
        "if title is None:\n    title = name[:width]\nif len(title) > width:\n    title = title[:width - 1] + '~'",
        "title = ' '.join(name.split())\nif len(title) > width:\n    title = name[:width]",
        # It may have grown, in plain sight or elsewhere.
        "shown = name[:width]\nif title:\n    shown.append(title)\nif len(shown) > width:\n    shown.pop(0)",
        "shown = name[:width]\nfor one in title:\n    if len(shown) > width:\n        break\n    shown += one",
        "best = name[:width]\nfor one in name:\n    push(best, one)\n    if len(best) > width:\n        pop(best)",
        # What is asked again and again would never end.
        "head = name[:width]\nwhile len(head) > width:\n    head = head.rsplit(' ', 1)[0]",
        "head = name[:width]\nwidth += 5\nif len(head) > width:\n    return ''",
        "head = name[:take()]\nif len(head) > take():\n    return ''",
        "head = name[:width]\nrows = [head for head in title if len(head) > width]",
        "head = name[:width]\nrows = list(filter(lambda head: len(head) > width, title))",
        "head = name[:width]\nwere = name.pop()\nif len(head) > width:\n    return were",
    ],
)
def test_a_length_that_is_not_surely_that_of_a_cut_is_left_as_it_is(lines: str) -> None:
    answer = LABEL.replace("    return name", textwrap.indent(f"{lines}\nreturn title", "    "))
    assert righted(LABEL, answer, "label should end in '~' where it was cut.") == answer


def test_the_length_of_a_cut_is_asked_of_the_whole_in_a_case_too() -> None:
    cut = CUT.replace("    if len(result) > width:", "    mark = '...'\n    if result and len(result) > width:")
    assert righted(SHORT, cut, DOTS) == cut.replace("len(result)", "len(text)")

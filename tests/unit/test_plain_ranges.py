"""Numbers that are refused outside of a range, parts of a line that may be missing, and what is counted in groups."""

from __future__ import annotations

import pytest

from workbench.crew.plain.elsewhere.finding import changes_elsewhere
from workbench.crew.plain.finding import surest_change
from workbench.model import Source


def surest(task: str, code: str, name: str) -> str:
    found = surest_change(task, Source(path="a.py", content=code.encode()), name)
    return (found.edits[0].after or b"").decode() if found else ""


RANGE = "arrow takes '11' without complaint. Raise a ValueError for everything that is not from 0 to 10."
ARROW = 'def arrow(mark: str) -> int:\n    if mark == "X":\n        return 10\n    return int(mark)\n'
REFUSED = (
    "    value = int(mark)\n    if not 0 <= value <= 10:\n"
    '        raise ValueError(f"mark must be from 0 to 10: {mark!r}")\n    return value\n'
)


def test_a_number_that_is_read_is_refused_outside() -> None:
    assert surest(RANGE, ARROW, "arrow") == ARROW.replace("    return int(mark)\n", REFUSED)


def test_a_number_that_is_given_is_refused_outside() -> None:
    code = "def shelf(level: int) -> str:\n    return f'S{level}'\n"
    task = "shelf should raise a ValueError when the level is outside 1 to 5."
    guard = '    if not 1 <= level <= 5:\n        raise ValueError(f"level must be from 1 to 5: {level}")\n'
    assert surest(task, code, "shelf") == code.replace("    return", guard + "    return")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (RANGE, ARROW.replace("return 10", "raise KeyError(mark)")),
        (RANGE, ARROW.replace("return int(mark)", "return int(mark[0])")),
        (RANGE.replace("10.", "10, unless it is '11'."), ARROW),
        ("arrow should raise a ValueError for a mark that is no number.", ARROW),
        ("arrow should return 0 for everything that is not from 0 to 10.", ARROW),
    ],
)
def test_of_anything_else_no_range_is_sure(task: str, code: str) -> None:
    assert surest(task, code, "arrow") == ""


SHELF = "def shelf(level: int) -> str:\n    return f'S{level}'\n"


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("shelf should not raise a ValueError for a level outside 1 to 5.", SHELF),
        ("shelf raises a ValueError for a level outside 1 to 5. It should give '' then.", SHELF),
        ("shelf should raise a ValueError for a level outside 0 to 1,000.", SHELF),
        ("shelf should raise a ValueError for a level outside 0 to 10 000.", SHELF),
        ("shelf should raise a ValueError for a level outside 5 to 1.", SHELF),
        ("shelf should raise a LevelError for a level outside 1 to 5.", SHELF),
        ("shelf should raise a UnicodeDecodeError for a level outside 1 to 5.", SHELF),
        ("shelf should raise a valueerror for a level outside 1 to 5.", SHELF),
        ("shelf should raise a ValueError when the hour is outside 0 to 23.", SHELF),
        ("shelf should raise a ValueError for a level that is not between 1 and 5 digits long.", SHELF),
        ("shelf should raise a ValueError for a level outside 1 to 5.", SHELF.replace("int)", "int = None)")),
    ],
)
def test_of_another_number_or_error_no_range_is_sure(task: str, code: str) -> None:
    assert surest(task, code, "shelf") == ""


def test_a_name_that_a_function_looks_at_is_not_taken() -> None:
    code = ARROW.replace('mark == "X"', "value(mark)")
    assert "    number = int(mark)\n" in surest(RANGE, code, "arrow")


BOW = "Some lines that we read archers from have no bow at the end. Please accept those too, the bow is recurve then."
PARSE = (
    'def parse(line):\n    name, born, bow = [part.strip() for part in line.split(";")]\n    return (name, born, bow)\n'
)
SHORTER = (
    '    parts = [part.strip() for part in line.split(";")]\n    if len(parts) == 2:\n'
    '        parts.append("recurve")\n    name, born, bow = parts\n'
)


@pytest.mark.parametrize(
    "task",
    [
        BOW,
        "A line without a bow is fine for parse, the bow is 'recurve' then.",
        "In parse the bow may be missing. The bow defaults to recurve.",
    ],
)
def test_the_last_part_of_a_line_may_be_missing(task: str) -> None:
    line = PARSE.splitlines()[1] + "\n"
    assert surest(task, PARSE, "parse") == PARSE.replace(line, SHORTER)


@pytest.mark.parametrize(
    "task",
    [
        "parse should raise a ValueError for lines that have no bow, as the bow is recurve then.",
        "Some lines have no bow at the end, please accept those too.",
        "Some lines have no date of birth, the bow is recurve then.",
        "Some lines have no bow, the bow is missing then.",
        "Some lines have no bow, the bow is unknown then.",
        "Some lines have no bow, the bow is required.",
        "Some lines have no bow, the bow is computed then.",
        "Some lines have no bow, the bow is zero then.",
        "Some lines have no bow, the bow is today then.",
        "Some lines have no bow, the bow is default_bow then.",
    ],
)
def test_of_anything_else_no_part_is_sure(task: str) -> None:
    assert surest(task, PARSE, "parse") == ""


@pytest.mark.parametrize(("old", "new"), [("[part.strip() for", "[len(part) for"), ("born, bow = [", "*born, bow = [")])
def test_of_numbers_and_of_any_count_no_part_is_sure(old: str, new: str) -> None:
    assert surest(BOW, PARSE.replace(old, new), "parse") == ""


def test_what_is_cut_takes_no_name_that_a_function_looks_at() -> None:
    code = PARSE.replace("return (name,", "return (parts(name),")
    assert "    pieces = [part.strip()" in surest(BOW, code, "parse")


def test_a_part_may_be_empty() -> None:
    code = PARSE.replace("bow", "email")
    task = "Some lines for parse have no e-mail at the end, like 'a;b'. Read them too, with an empty email."
    assert '    parts.append("")\n' in surest(task, code, "parse")


def test_a_quoted_word_is_a_text() -> None:
    task = "Some lines have no bow, the bow is 'unknown' then."
    assert '.append("unknown")' in surest(task, PARSE, "parse")


def test_in_javascript_the_last_name_has_a_default() -> None:
    code = (
        'function parse(line) {\n  const [name, bow] = line.split(";").map((part) => part.trim());\n  return name;\n}\n'
    )
    found = changes_elsewhere(BOW, Source(path="a.js", content=code.encode()), "parse")
    assert (found[0].edits[0].after or b"").decode() == code.replace("bow]", 'bow = "recurve"]')


TWICE = "attendance counts somebody twice who is twice on a sheet. It should be counted once an evening."
COUNTS = """
def attendance(sheets):
    counts = {}
    for sheet in sheets:
        for name in sheet:
            counts[name] = counts.get(name, 0) + 1
    return counts
"""
WEEKS = """
def attendance(weeks):
    counts = {}
    for week in weeks:
        for sheet in week:
            for name in sheet:
                counts[name] = counts.get(name, 0) + 1
    return counts
"""


@pytest.mark.parametrize("adds", ["counts[name] = counts.get(name, 0) + 1", "counts[name] += 1"])
def test_each_is_counted_once_in_a_group(adds: str) -> None:
    code = COUNTS.replace("counts[name] = counts.get(name, 0) + 1", adds)
    assert surest(TWICE, code, "attendance") == code.replace("name in sheet:", "name in dict.fromkeys(sheet):")


def test_each_is_counted_once_by_a_counter() -> None:
    code = "def attendance(sheets):\n    counts = Counter()\n    for sheet in sheets:\n        counts.update(sheet)\n"
    assert surest(TWICE, code, "attendance") == code.replace("(sheet)", "(dict.fromkeys(sheet))")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (TWICE, COUNTS.replace("+ 1", "+ len(sheet)")),
        (TWICE.replace("once an evening", "once an evening unless it came back"), COUNTS),
        ("attendance should be counted only once.", COUNTS),
        ("The counts of attendance are wrong once a name has capitals.", COUNTS),
        ("attendance should count from 0 once a sheet is empty.", COUNTS),
        ("The counts of attendance should be saved once a day.", COUNTS),
        ("Nobody should be counted once an evening, count every visit.", COUNTS),
        (TWICE, COUNTS.replace("            counts[name] =", "            visits += 1\n            counts[name] =")),
        (TWICE.replace("evening", "week"), WEEKS),
    ],
)
def test_of_anything_else_no_count_is_sure(task: str, code: str) -> None:
    assert surest(task, code, "attendance") == ""


ENROL = """
class Course:
    def enrol(self, name: str) -> None:
        if name in self.names:
            raise ValueError(name)
        self.names.append(name)
"""


def test_a_name_is_stripped_first_though_people_are_many() -> None:
    task = "People paste names with blanks around them. Course.enrol should strip the name first, so that ' A ' is 'A'."
    first = "        if name in"
    assert surest(task, ENROL, "Course.enrol") == ENROL.replace(first, f"        name = name.strip()\n{first}")


@pytest.mark.parametrize(
    "task",
    [
        "Course.enrol should strip the first name.",
        "Course.enrol should strip the names of them.",
        "People paste names with blanks around them. Course.enrol should strip the name and the city.",
        "Blanks around all parts are wrong. Course.enrol should strip the name's parts.",
    ],
)
def test_of_several_names_none_is_stripped_surely(task: str) -> None:
    assert surest(task, ENROL.replace("str)", "str, city: str)"), "Course.enrol") == ""


COMING = "def coming(courses, today):\n    return [course for course in courses if course.start > today]\n"


def test_what_starts_today_is_still_there() -> None:
    task = "A course that starts today should still be given. At the moment we get the one after it."
    assert surest(task, COMING, "coming") == COMING.replace("> today", ">= today")


@pytest.mark.parametrize(
    "task",
    [
        "A course that starts today should not be given, still less one of yesterday.",
        "A course that starts today should never be given, as it still is.",
        "A course that starts today comes too late in the list.",
        "A course that starts today should also be printed in bold.",
        "A course that starts today should be marked, too.",
    ],
)
def test_what_starts_today_may_be_unwanted(task: str) -> None:
    assert surest(task, COMING, "coming") == ""


@pytest.mark.parametrize("asked", ["course.places > 0", "course.start >= now", "course.start >= today"])
def test_what_asks_of_no_day_or_has_it_already_is_no_boundary(asked: str) -> None:
    code = COMING.replace("course.start > today", asked)
    assert surest("A course that starts today should still be given.", code, "coming") == ""


def test_what_is_valid_today_already_is_no_boundary() -> None:
    code = "def coming(card, today):\n    return card.until >= today\n"
    assert surest("A card that expires today should still be valid.", code, "coming") == ""
    strict = code.replace(">=", ">")
    assert surest("A card that expires today should still be valid.", strict, "coming") == code

"""Slips in the smallest of changes: a word too few in a list, a text not yet cleaned, a choice made a condition."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import edit, made
from workbench.crew.slips.cases import nearer
from workbench.crew.slips.finding import without_evident


def evident(task: str, before: str, after: str) -> str:
    (one,), _ = without_evident(task, (edit(before, after),))
    return (one.after or b"").decode()


FLAG = """def flag(text):
    text = text.strip()
    if text in ("yes", "1"):
        return True
    if text in ("no", "0", ""):
        return False
    raise ValueError(text)
"""


TAKES = "flag should also accept 'on' and 'off'."


def test_what_a_list_lost_when_it_got_a_word_is_put_back() -> None:
    after = FLAG.replace('"1"', '"1", "on"').replace('"0", ""', '"0", "off"')
    assert evident(TAKES, FLAG, after) == after.replace('"off"', '"off", ""')


@pytest.mark.parametrize(
    ("task", "old", "new"),
    [
        ("flag should take 'off' instead of the empty text.", '"0", ""', '"0", "off"'),
        (TAKES, '"0", ""', '"0"'),
        (TAKES, '"no", "0", ""', '"off", "aus"'),
        (TAKES, '("no", "0", "")', '["no", "0", "off"]'),
        ("Correct '0' in flag; that is '00'.", '"0", ""', '"00", ""'),
        ("Change '0' to '00' in flag.", '"0", ""', '"00", ""'),
        (TAKES, '"0", ""', '"0", ("off")'),
        (
            TAKES,
            '"0", ""):\n        return False',
            '"0", "off"):\n        return False\n    if text == "":\n        return None',
        ),
    ],
)
def test_a_list_that_may_have_lost_something_on_purpose_is_left_alone(task: str, old: str, new: str) -> None:
    after = FLAG.replace(old, new)
    assert evident(task, FLAG, after) == after


def test_numbers_that_are_listed_are_no_words_of_which_one_was_lost() -> None:
    before = "def rate(step):\n    return (1, 2, 3)[step]\n"
    after = before.replace("3", "4")
    assert evident("rate should give 4 for the last step.", before, after) == after


def test_old_lines_that_clean_a_text_come_before_new_ones_that_compare_it() -> None:
    new = '    if text.lower() in ["on", "off"]:\n        return text.lower() == "on"\n'
    after = FLAG.replace("    text = text.strip()\n", f"{new}    text = text.strip()\n")
    assert evident(TAKES, FLAG, after) == FLAG.replace("text.strip()\n", f"text.strip()\n{new}", 1)


@pytest.mark.parametrize(
    ("task", "new"),
    [
        ("flag should raise a TypeError for None.", "    if text is None:\n        raise TypeError(text)\n"),
        ("flag should return None for spaces alone.", "    if text == 'x':\n        return None\n"),
        (TAKES, "    if not text:\n        return False\n"),
        (TAKES, "    if text == 'on ':\n        return True\n"),
        (TAKES, "    other = text\n"),
        (TAKES, "    if text.startswith('@'):\n        return text\n"),
        ("flag should return a text with '@' as it is.", "    if text.startswith('@'):\n        return text + ''\n"),
    ],
)
def test_lines_that_may_mean_the_text_as_it_comes_stay_first(task: str, new: str) -> None:
    after = FLAG.replace("    text = text.strip()\n", f"{new}    text = text.strip()\n")
    assert evident(task, FLAG, after) == after


@pytest.mark.parametrize(
    ("cleaning", "test"),
    [
        ("text.lower()", "text == 'N/A'"),
        ("text.strip('#')", "text.startswith('#')"),
        ("text.lstrip('0').upper()", "text.startswith('0X')"),
        ("text.strip(CHARS)", "text == 'x'"),
    ],
)
def test_a_text_that_cleaning_would_alter_is_compared_before_that(cleaning: str, test: str) -> None:
    before = f"def f(text):\n    text = {cleaning}\n    return text\n"
    after = before.replace("    text", f"    if {test}:\n        return None\n    text", 1)
    assert evident("f should return None for what is no value.", before, after) == after


FILL = """def fill(text, values):
    for key, value in values.items():
        text = text.replace(key, value)
    return text
"""


def test_a_number_is_no_integer_alone() -> None:
    new = "        if isinstance(value, int):\n            value = str(value)\n"
    after = FILL.replace("        text =", f"{new}        text =")
    meant = after.replace("value, int)", "value, (int, float))")
    assert evident("fill fails if a value is a number.", FILL, after) == meant
    assert evident("fill fails if a value is a whole number.", FILL, after) == after
    assert evident("fill fails if a value is an int.", FILL, after) == after
    assert evident("fill should write the number of a page.", FILL, after) == after


@pytest.mark.parametrize(
    "new",
    [
        "    if isinstance(key, int):\n        return 1\n    if isinstance(key, float):\n        return 2\n",
        "    if isinstance(key, int):\n        return list(values)[key]\n",
        "    if isinstance(key, int):\n        return [0 for _ in range(key)]\n",
    ],
)
def test_an_integer_that_is_told_apart_or_counts_is_left_alone(new: str) -> None:
    before = "def get(values, key):\n    return values[key.strip()]\n"
    after = before.replace("    return", f"{new}    return")
    assert evident("get should take a number too.", before, after) == after


QUOTE = 'def quote(text):\n    return "\\n".join("> " + line for line in text.splitlines())\n'


def test_elements_that_are_to_come_out_otherwise_are_not_left_out() -> None:
    after = QUOTE.replace("splitlines()", "splitlines() if line")
    found = made(QUOTE, after, "AssertionError", task="quote should put only '>' on an empty line.")
    chosen = "return \"\\n\".join('> ' + line if line else {} for line in text.splitlines())\n"
    assert [one.partition("    ")[2] for one in found[:2]] == [chosen.format("'>'"), chosen.format("line")]
    assert made(after, QUOTE, "AssertionError") == []


LINE = 'def pair(line):\n    key, _, value = line.partition("=")\n    return key.strip(), value.strip()\n'


def test_a_text_that_is_cleaned_late_is_cleaned_before_it_is_asked_how_it_begins() -> None:
    new = "    if value.startswith('\"') and value.endswith('\"'):\n        value = value[1:-1]\n"
    after = LINE.replace("    return", f"{new}    return")
    assert LINE.replace("    return", f"    value = value.strip()\n{new}    return") in made(
        LINE, after, "AssertionError"
    )


HEX = "def rgb(text):\n    text = text[1:]\n    return int(text, 16)\n"


@pytest.mark.parametrize(
    "new",
    [
        "    if text.startswith('#'):\n        text = text[1:]\n",
        "    if len(text) == 3:\n        text = '#' + text\n",
    ],
)
def test_a_beginning_that_old_lines_want_is_added_and_not_cut(new: str) -> None:
    after = HEX.replace("    text = text[1:]\n", f"{new}    text = text[1:]\n", 1)
    wanted = "    if not text.startswith('#'):\n        text = '#' + text\n"
    found = made(HEX, after, "ValueError", task="rgb should also take a value without the leading '#'.")
    assert HEX.replace("    text = text[1:]\n", f"{wanted}    text = text[1:]\n") in found


def test_a_tuple_of_which_an_item_is_set_is_a_list_until_it_is_returned() -> None:
    before = "def pair(line):\n    found = cut(line)\n    return found\n"
    after = before.replace("    return", "    found[1] = found[1][1:-1]\n    return")
    found = made(before, after, "TypeError: 'tuple' object does not support item assignment")
    assert found[0] == after.replace("cut(line)", "list(cut(line))").replace("return found", "return tuple(found)")


def test_what_is_gone_through_twice_is_a_list_first() -> None:
    before = "def distinct(items):\n    return len(items) == len(set(items))\n"
    after = "def distinct(items):\n    return len(list(items)) == len(set(list(items)))\n"
    said = "AssertionError\n  distinct((n for n in [1, 2, 3])) gave False"
    found, *_ = made(before, after, said, task="distinct fails on a generator, which has no len().")
    assert found == after.replace("    return", "    items = list(items)\n    return")


SLUG = "def slug(text):\n    text = text.lower()\n    return text\n"


@pytest.mark.parametrize(
    ("new", "meant"),
    [
        (
            "    if '--' in text:\n        text = text.replace('--', '-')\n    return text\n",
            "    while '--' in text:\n        text = text.replace('--', '-')\n    return text\n",
        ),
        (
            "    text = text.replace('  ', ' ')\n    return text\n",
            "    while '  ' in text:\n        text = text.replace('  ', ' ')\n    return text\n",
        ),
        (
            "    return text.replace('--', '-')\n",
            "    while '--' in text:\n        text = text.replace('--', '-')\n    return text\n",
        ),
        ("    text = text.replace('--', '+')\n    return text\n", ""),
        ("    while '--' in text:\n        text = text.replace('--', '-')\n    return text\n", ""),
    ],
)
def test_a_doubled_sign_is_replaced_until_there_is_none(new: str, meant: str) -> None:
    found = made(SLUG, SLUG.replace("    return text\n", new), "AssertionError")
    wanted = [SLUG.replace("    return text\n", meant)] if meant else []
    assert [one for one in found if "while" in one and one != SLUG.replace("    return text\n", new)][:1] == wanted


def test_what_a_failing_test_passes_is_listed_too() -> None:
    before = "def platform(name):\n    if name == 'linux':\n        return 1\n    return 0\n"
    after = before.replace(
        "    return 0", "    if name not in ['linux', 'auto']:\n        raise ValueError(name)\n    return 0"
    )
    said = """check.py failed: Traceback (most recent call last):
  File "check.py", line 15, in <module>
    assert pathvalidate.platform("any") == 0
ValueError: any"""
    assert after.replace("'auto']", "'auto', 'any']") in made(before, after, said)
    assert not any("'any'" in one for one in made(before, after, said.replace("platform(", "other(")))


ROMAN = """def roman(n):
    if n == 0:
        return 'N'
    result = ""
    for numeral, value in NUMERALS:
        result += numeral
    return result
"""


@pytest.mark.parametrize(
    "end",
    [
        "    if lower:\n        result = result.lower()\n    return result\n",
        "    return result.lower() if lower else result\n",
    ],
)
def test_an_option_for_the_result_is_for_one_that_is_returned_early_too(end: str) -> None:
    after = ROMAN.replace("(n)", "(n, lower=False)").replace("    return result\n", end)
    task = "Add a parameter lower=False to roman, with which it gives the numeral in lower case."
    assert evident(task, ROMAN, after) == after.replace("return 'N'", "return 'n' if lower else 'N'")
    assert evident(task, ROMAN, after.replace("'N'", "None")) == after.replace("'N'", "None")
    assert evident(task, after, after.replace("'N'", "'M'")) == after.replace("'N'", "'M'")


TIME = "def running(seconds):\n    minutes, rest = divmod(seconds, 60)\n    return f'{minutes}:{rest:02d}'\n"


HOURS = """def running(seconds):
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f'{hours}:{minutes:02d}:{rest:02d}'
"""


def test_old_cases_stay_where_what_is_new_is_nothing() -> None:
    kept = "    if not hours:\n        minutes, rest = divmod(seconds, 60)\n        return f'{minutes}:{rest:02d}'\n"
    meant = HOURS.replace("    return", f"{kept}    return")
    task = "running should show the hours too if it takes an hour or more."
    assert meant in made(TIME, HOURS, "AssertionError", task=task)
    said, answered, wanted = (text.replace("'", '"') for text in (TIME, HOURS, meant))
    task = "From one hour on, running should show the hours as well."
    assert wanted in made(said, answered, "AssertionError", task=task)
    assert meant not in made(TIME, HOURS, "AssertionError", task="Show hours, minutes and seconds.")
    taken = HOURS.replace("hours, rest", "hours, seconds").replace("(rest, 60)", "(seconds, 60)")
    assert not any("if not hours" in one for one in made(TIME, taken, "AssertionError", task=task))


ANSWERED = "def running(seconds):\n    hours, rest = divmod(seconds, 3600)\n    return f'{hours}:{rest}'\n"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (" return f'{seconds}'", "        return f'{seconds}'\n"),
        ('\n    """Say it."""; return seconds', "        return seconds\n"),
        ('\n    return f"""{seconds}\nin all"""', "        return f'{seconds}\\nin all'\n"),
        (
            '\n    return (\n        f"{seconds}"\n        " or so"  # nobody knows\n        f"{seconds}"\n    )',
            "        return f'{seconds} or so{seconds}'\n",
        ),
        ("\n    return (\n        seconds\n        - 1  # ours\n        - 2\n    )", None),
    ],
)
def test_old_lines_that_stay_say_what_they_said(body: str, kept: str | None) -> None:
    kept = kept or "        return (\n            seconds\n            - 1  # ours\n            - 2\n        )\n"
    meant = ANSWERED.replace("    return", f"    if not hours:\n{kept}    return")
    task = "running should show the hours too if it takes an hour or more."
    assert meant in made(f"def running(seconds):{body}\n", ANSWERED, "AssertionError", task=task)


MARK = "def mark(name, number):\n    return f'{name[:3].upper()}-{number:03d}'\n"


WIDTH = MARK.replace("number)", "number, width=3)")


def test_a_parameter_that_is_a_word_in_a_format_is_put_in_braces() -> None:
    task = "Add an optional parameter width to mark, default 3."
    after = WIDTH.replace("03d", "0widthd")
    assert evident(task, MARK, after) == WIDTH.replace("03d", "0{width}d")
    assert evident(task, after, after.replace("upper", "lower")) == after.replace("upper", "lower")


def test_a_parameter_stands_for_one_of_two_like_constants() -> None:
    after = WIDTH.replace(":03d", ":0{width}d").replace("[:3]", "[:width]")
    assert WIDTH.replace(":03d", ":0{width}d") in made(MARK, after, "AssertionError")
    before = "def cut(text):\n    return text[:3] + text[3:]\n"
    after = before.replace("text)", "text, n=3)").replace("[:3]", "[:n]").replace("[3:]", "[n:]")
    found = made(before, after, "AssertionError")
    assert {after.replace("[:n]", "[:3]"), after.replace("[n:]", "[3:]")} <= set(found)


NAME = """def name(text):
    text = " ".join(text.split())
    first, _, last = text.rpartition(" ")
    return first, last
"""


def test_a_text_is_cleaned_before_it_is_cut_as_well() -> None:
    new = "    parts = text.split(', ')\n    if len(parts) == 2:\n        return parts[1], parts[0]\n"
    clean = '    text = " ".join(text.split())\n'
    after = NAME.replace(clean, f"{new}{clean}")
    task = "name should also accept 'Last, First'."
    assert evident(task, NAME, after) == NAME.replace(clean, f"{clean}{new}")
    for other in ("if len(text) == 2", "if parts is text"):
        left = after.replace("if len(parts) == 2", other)
        assert evident(task, NAME, left) == left


def test_where_a_task_speaks_of_runs_a_doubled_sign_is_replaced_until_there_is_none() -> None:
    new = "    if '--' in text:\n        text = text.replace('--', '-')\n    return text\n"
    after = SLUG.replace("    return text\n", new)
    meant = after.replace("if '--'", "while '--'")
    assert evident("slug should never have two dashes in a row.", SLUG, after) == meant
    assert evident("make slug collapse runs: 'a__b' should give 'a-b'", SLUG, after) == meant
    assert evident("slug should give '-' for '--'.", SLUG, after) == after
    quotes = after.replace("--", '""').replace("'-'", "'\"'")
    assert evident("slug should read a doubled quote as one.", SLUG, quotes) == quotes


IS_ONE = """def is_date(text):
    try:
        found = DATE.match(text)
        return bool(found)
    except Exception as error:
        raise ParseError(error)
"""


CASE = "    if not isinstance(text, str):\n        return False\n"


MADE_UP = "    try:\n        DATE.match(text)\n        return True\n    except Exception:\n        return False\n"


def test_the_old_lines_follow_a_new_case_that_comes_first() -> None:
    task = "is_date(None) raises a ParseError. Return False if it isn't a string."
    kept = IS_ONE.replace("    try:\n", f"{CASE}    try:\n")
    made_up = f"def is_date(text):\n{CASE}{MADE_UP}"
    (found,) = nearer(task, [edit(IS_ONE, made_up)])
    assert (found.edits[0].after or b"").decode() == kept
    assert not list(nearer("Let is_date be quick.", [edit(IS_ONE, made_up)]))
    assert not list(nearer(task, [edit(IS_ONE, kept)]))
    assert not list(nearer(task, [edit(IS_ONE, f"def is_date(text):\n    text = str(text)\n{CASE}{MADE_UP}")]))


def test_old_lines_that_were_written_anew_are_not_said_twice() -> None:
    new = FLAG.replace('"1"', '"1", "on"').replace('"0", ""', '"0", "off"').replace("    raise ValueError(text)\n", "")
    body = FLAG.partition("\n")[2]
    (found,) = nearer(TAKES, [edit(FLAG, f"{new}{body}")])
    assert (found.edits[0].after or b"").decode() == f"{new}    raise ValueError(text)\n"
    case = FLAG.replace("    text =", "    if text is None:\n        return False\n    text =", 1)
    assert not list(nearer(TAKES, [edit(FLAG, case)]))

"""New lines in the wrong place, loops that take over a name, and a `try` that catches what is raised on purpose."""

from __future__ import annotations

import pytest

from tests.unit.test_slips import evident, made

STEPS = "def f(rows):\n    rows = list(rows)\n    rows.sort()\n    total = sum(rows)\n    return total\n"


def with_step(line: str, before: str) -> str:
    return STEPS.replace(f"    {before}", f"    {line}\n    {before}")


def test_a_new_step_is_moved_by_one_place_either_way() -> None:
    after = with_step("rows.pop()", "rows.sort()")
    assert made(STEPS, after, "AssertionError") == [
        with_step("rows.pop()", "total"),
        with_step("rows.pop()", "rows = list"),
    ]


def test_a_choice_with_its_lines_is_moved_and_a_comment_stays() -> None:
    step = "if 'é' in rows:\n        rows = rows[1:]  # one\n\n        print(rows)"
    after = with_step(f"# Look.\n    {step}", "rows.sort()")
    found = made(STEPS, after, "AssertionError")
    assert found[0] == with_step("# Look.", "rows.sort()").replace("    total", f"    {step}\n    total")
    assert "    # Look.\n    rows = list(rows)\n" in found[1]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("return rows.pop()", "total"),
        ("rows = rows[1:]", "rows.sort()"),
        ("rows.pop(); rows.pop()", "rows.sort()"),
        ("rows.pop(); rows.clear()", "rows.sort()"),
        ("rows.pop()  # one", "rows.sort()"),
    ],
    ids=["leaves", "sets", "twice in a line", "two in a line", "with a remark"],
)
def test_a_step_that_leaves_sets_or_shares_its_line_stays(line: str, before: str) -> None:
    assert made(STEPS, with_step(line, before), "AssertionError") == []


def test_nothing_comes_before_a_docstring_or_behind_a_return() -> None:
    before = 'def f(t):\n    """Do."""\n    return t\n'
    assert made(before, before.replace("    return", "    t.go()\n    return"), "AssertionError") == []
    assert (
        made("def f(t):\n    t = 1\n    return t\n", 'def f(t):\n    """Do."""\n    t = 1\n    return t\n', "E") == []
    )


def test_no_step_goes_between_a_function_and_its_decorator() -> None:
    before = "def f(t):\n    @cache\n    def g(): ...\n    t.h()\n    return g\n"
    after = before.replace("    @cache", "    t.go()\n    @cache")
    assert made(before, after, "AssertionError") == []


LINE = "def f(row):\n    name = str(row)\n    row.sort()\n    return name\n"


def with_loop(loop: str, code: str = LINE) -> str:
    return code.replace("    row.sort()\n", f"    row.sort()\n{loop}", 1)


LOOP = "    for name in row:\n        print('é', name, sep=name)\n"


def test_a_loop_that_takes_over_a_name_gets_one_of_its_own() -> None:
    assert evident(LINE, with_loop(LOOP)) == with_loop(LOOP.replace("name", "one"))
    taken = LINE.replace("row)", "one)").replace("f(row", "f(one").replace("row.", "one.")
    loop = LOOP.replace("row", "one")
    after = taken.replace("    one.sort()\n", f"    one.sort()\n{loop}")
    assert evident(taken, after) == after.replace(loop, loop.replace("name", "each"))


@pytest.mark.parametrize(
    "loop",
    [
        "    for name in row:\n        if name:\n            break\n",
        "    for name in row:\n        print(list(map(lambda name: name + 1, name)))\n",
        "    for name in row:\n        print([name for name in name])\n",
        "    for name in row:\n        name = name.strip()\n        print(name)\n",
        "    for name in row:\n        if (name := print(name)):\n            pass\n",
        "    for name in row:\n        try:\n            row()\n        except OSError as name:\n            raise\n",
        "    for name in name.split():\n        print(name)\n",
        "    for name in row:\n        print(f'{name=}')\n",
        "    for name, other in row:\n        print(name)\n",
        "    for other in row:\n        print(name, other)\n",
        "    for name in row:\n        print(name)\n    name = str(name)\n",
        "    for name in row:\n        print(name)\n    print(name)\n",
        "    global name\n    for name in row:\n        print(name)\n",
    ],
)
def test_a_loop_that_may_mean_to_or_cannot_be_renamed_is_left(loop: str) -> None:
    assert evident(LINE, with_loop(loop)) == with_loop(loop)


@pytest.mark.parametrize("value", ["None", "''", "0", "[]", "()"])
def test_a_name_set_to_nothing_is_there_for_the_loop(value: str) -> None:
    before = LINE.replace("str(row)", value)
    assert evident(before, with_loop(LOOP, before)) == with_loop(LOOP, before)


@pytest.mark.parametrize(
    "before",
    [
        LINE.replace("    name = str(row)\n", ""),
        LINE.replace("return name", "return row"),
        LINE.replace("    name = str(row)\n", "    if row:\n        name = str(row)\n"),
        LINE.replace("    name = str(row)\n", "    name = str(row)\n    for name in row:\n        row.pop()\n"),
    ],
    ids=["never set", "not looked at", "may be set", "set by an old loop"],
)
def test_a_loop_whose_name_nobody_else_needs_is_left(before: str) -> None:
    assert evident(before, with_loop(LOOP, before)) == with_loop(LOOP, before)


def test_the_last_one_that_a_new_function_saw_is_what_it_returns() -> None:
    before = "X = 1\n"
    after = f"{before}\n\n{with_loop(LOOP)}"
    assert evident(before, after) == after


def test_names_in_a_text_with_values_are_changed_or_all_are_left() -> None:
    after = with_loop("    for name in row:\n        print(f'''{name}\n{name}''', f'{name}')\n")
    found = evident(LINE, after)
    assert found in {after, with_loop("    for one in row:\n        print(f'''{one}\n{one}''', f'{one}')\n")}


OLD = "def f(text):\n    return int(text)\n"
TRIES = """def f(text):
    try:
        number = int(text)  # é
        # None below.
        if number < 0:
            raise ValueError('below')

        print(number)
    except ValueError:
        return None
    return number
"""
TRIED = """def f(text):
    try:
        number = int(text)  # é
    except ValueError:
        return None
    # None below.
    if number < 0:
        raise ValueError('below')

    print(number)
    return number
"""


@pytest.mark.parametrize("unit", ["    ", "\t", "  "])
def test_only_the_first_step_is_tried_where_the_next_raise_what_is_caught(unit: str) -> None:
    old, tries, tried = (one.replace("    ", unit) for one in (OLD, TRIES, TRIED))
    assert made(old, tries, "E", code="not-as-before") == [tried]
    assert evident(old, tries) == tries, "that is for a check to say"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("raise ValueError('below')", "raise KeyError('below')"),
        ("except ValueError", "except (ValueError, KeyError)"),
        ("        return None\n", "        number = 0\n"),
        ("    return number", "    else:\n        return number"),
        ("    return number", "    finally:\n        print(text)\n    return number"),
        ("'below'", "f'''be\n        low {number}'''"),
        ("number = int(text)  # é", "number = int(text); print(number)"),
        ("        number = int(text)  # é", "        print(text)"),
    ],
)
def test_a_try_that_may_catch_all_or_cannot_be_cut_stays(old: str, new: str) -> None:
    assert made(OLD, TRIES.replace(old, new), "E", code="not-as-before") == []


def test_an_old_try_stays() -> None:
    assert made(TRIES, TRIES.replace("    return number", "    return -number"), "E", code="not-as-before") == []


def test_a_text_that_cannot_be_written_anew_is_left() -> None:
    loop = "    for name in row:\n        print(f'{row[\"\u200b\"]} {name}')\n"
    assert evident(LINE, with_loop(loop)) in {with_loop(loop), with_loop(loop.replace("name", "one"))}

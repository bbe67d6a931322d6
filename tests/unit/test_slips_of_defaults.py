"""A new parameter that took a constant's place has that constant for who gives none."""

from __future__ import annotations

import pytest

from workbench.crew.slips.finding import without_evident
from workbench.model import FileEdit

PASS_IT = "Let me pass the separator to work as a third argument, the printer wants '0503/007'. Else it stays as it is."


def right(task: str, before: str, after: str) -> str:
    edit = FileEdit(path="a.py", before=before.encode(), after=after.encode())
    ((one,), _) = without_evident(task, [edit])
    return (one.after or b"").decode()


DASHED = 'def work(day, number):\n    return f"{day:%d}-{number:03d}"\n'
SEPARATED = 'def work(day, number, sep{default}):\n    return f"{{day:%d}}{{sep}}{{number:03d}}"\n'


@pytest.mark.parametrize(
    ("task", "default", "wanted"),
    [
        (PASS_IT, '="/"', '="-"'),
        (PASS_IT, "='/'", "='-'"),
        (PASS_IT, ": str = '/'", ": str = '-'"),
        (PASS_IT, "", "='-'"),
        (PASS_IT, ": str", ": str = '-'"),
        ("work should take another separator, sep.", '=" "', '="-"'),
        ("work should take another separator, sep.", "", ""),
        ("work should take another separator, sep, which is '/' by default.", '="/"', '="/"'),
        ("work should take another separator, sep='/'.", '="/"', '="/"'),
        ("From now on work cuts with '/', or with sep if that is passed.", '="/"', '="/"'),
        (PASS_IT, "=None", "=None"),
        (PASS_IT, "=SEP", "=SEP"),
    ],
)
def test_a_word_of_a_format_is_the_default(task: str, default: str, wanted: str) -> None:
    assert right(task, DASHED, SEPARATED.format(default=default)) == SEPARATED.format(default=wanted)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("return a * 3", "return a * n", "=3"),
        ("return ', '.join(a)", "return n.join(a)", "=', '"),
        ("return a[:3] + b[:3]", "return a[:n] + b[:n]", "=3"),
        ("return f'{a}{b}'", "return f'{a}{n}{b}'", "=''"),
        ("'Doc.'\n    return a * 3", "'Docs.'\n    return a * n", "=3"),
        ("return f'{a:.2f} {b}'", "return f'{a:.{n}f} {b}'", "=2"),
        ("return f'{a:10}{b:>10}'", "return f'{a:{n}}{b:>{n}}'", "=10"),
        ("return f'{a:>5}{b}'", "return f'{a:{n}5}{b}'", "='>'"),
    ],
)
def test_what_stood_there_in_each_place_is_the_default(before: str, after: str, wanted: str) -> None:
    head = "def work(a, b{}):\n    {}\n"
    made = right("Let me pass n, else as before.", head.format("", before), head.format(", n=9", after))
    assert made == head.format(f", n{wanted}", after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("return a[:3] + b[:4]", "return a[:n] + b[:n]"),
        ("return a * len(b)", "return a * n"),
        ("return a * 3", "return a * n + 1"),
        ("return a * 3", "n = n or 3\n    return a * n"),
        ("return a * 3", "return a * 3"),
        ("return f'{a}{{{b}'", "return f'{a}{n}{b}'"),
        ("return f'{a}' + SIGN + f'{b}'", "return f'{a}{n}{b}'"),
        ("return f'{a:02d}{b}'", "return f'{a:{n}d}{b}'"),
    ],
)
def test_what_is_not_known_or_changed_too_is_left(before: str, after: str) -> None:
    head = "def work(a, b{}):\n    {}\n"
    changed = head.format(", n=9", after)
    assert right("Let me pass n, else as before.", head.format("", before), changed) == changed


@pytest.mark.parametrize(
    ("task", "before", "after"),
    [
        ("work should round to 2 places, unless n is given.", "round(a, 1)", "round(a, n)|2"),
        ("work takes n, and 4 where it is without it.", "round(a, 1)", "round(a, n)|4"),
        ("work should give three of them, or as many as n says.", "a[:5]", "a[:n]|3"),
        ("work should join by a slash, or by n.", "'-'.join(a)", "n.join(a)|'/'"),
        ("work takes an optional n ('/' if missing).", "'-'.join(a)", "n.join(a)|'/'"),
        ("work takes an optional n and falls back to 4.", "round(a, 1)", "round(a, n)|4"),
        ("work should be strict by default; n switches that off.", "read(a, strict=False)", "read(a, strict=n)|True"),
    ],
)
def test_another_default_that_the_task_has_in_its_own_words_is_left(task: str, before: str, after: str) -> None:
    work, _, default = after.partition("|")
    changed = f"def work(a, n={default}):\n    return {work}\n"
    assert right(task, f"def work(a):\n    return {before}\n", changed) == changed


@pytest.mark.parametrize("head", ["@given(n=3)\ndef work(n):", "def test_work(n):"])
def test_what_others_give_has_no_default(head: str) -> None:
    before = f"{head.replace('(n)', '()')}\n    return cut(5)\n"
    after = f"{head}\n    return cut(n)\n"
    assert right("Take n, else as before.", before, after) == after


def test_what_stands_in_many_places_is_looked_for_once() -> None:
    before = f"def work(a):\n    return f'{'{a} ' * 30}{'-' * 40}'\n"
    after = f"def work(a, n='/'):\n    return f'{'{a} ' * 30}{'{n}' * 30}!'\n"
    assert right("Let me pass n, else as before.", before, after) == after


AND = "work should read like in a sentence, 'Anna, Ben and Carla'."
JOINED = 'def work(names):\n    return ", ".join(names)\n'


@pytest.mark.parametrize(
    "line",
    ['return ", ".join(names[:-1]) + " and " + names[-1]', "return f\"{', '.join(names[:-1])} and {names[-1]}\""],
)
def test_less_than_two_are_as_they_were(line: str) -> None:
    assert right(AND, JOINED, f"def work(names):\n    {line}\n") == (
        f'def work(names):\n    if len(names) < 2:\n        return ", ".join(names)\n    {line}\n'
    )


@pytest.mark.parametrize(
    "body",
    [
        "if len(names) < 2:\n        return ''.join(names)\n    return ', '.join(names[:-1]) + ' and ' + names[-1]",
        "if not names:\n        return ''\n    return ', '.join(names[:-1]) + ' and ' + names[-1]",
        "names = sorted(names)\n    return ', '.join(names[:-1]) + ' and ' + names[-1]",
        "return ', '.join(names[:-1])",
        "return names[-1]",
        "return ', '.join(names[:-1]) + ' and ' + other[-1]",
        "return ', '.join(names[:-1]) + names[-1].upper()",
        "return names[:-1] + [names[-1].upper()]",
        "return names[:-1] + '-' + names[-1]",
    ],
)
def test_who_asks_how_many_there_are_or_takes_one_end_alone_is_left(body: str) -> None:
    after = f"def work(names):\n    {body}\n"
    assert right(AND, JOINED, after) == after


def test_what_was_there_is_found_behind_a_form_feed() -> None:
    other = "def other(names):\n    return 1\n\f\n\f\n\f\n"
    new = 'def work(names):\n    return ", ".join(names[:-1]) + " and " + names[-1]\n'
    made = right(AND, other + JOINED, other + new)
    assert made.endswith(f'if len(names) < 2:\n        return ", ".join(names)\n    {new.splitlines()[1].strip()}\n')


def test_less_than_two_are_as_they_were_in_a_file_with_tabs() -> None:
    new = '\treturn ", ".join(names[:-1]) + " and " + names[-1]\n'
    made = right(AND, JOINED.replace("    ", "\t"), f"def work(names):\n{new}")
    assert made == f'def work(names):\n\tif len(names) < 2:\n\t\treturn ", ".join(names)\n{new}'
